"""A remote store as a running service sees it, through a network that fails for a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.engines.remote.address import Address
from graph.engines.remote.engine import RemoteEngine
from graph.errors import EngineUnreachable
from graph.store import Store
from service.processes import caretaker
from service.watching import Watched, watched

from .faulty_network import ANSWER_LOST, SOUND, Fault, FaultyNetwork
from .remote_world import new_store
from .waiting import PATIENCE_S, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .real_engines import OxigraphServer

TRIES = 4
"""How often a client asks before it gives up."""


@pytest.fixture
def network(oxigraph_server: OxigraphServer) -> Iterator[FaultyNetwork]:
    new_store(oxigraph_server).close()
    with FaultyNetwork(oxigraph_server.port) as made:
        yield made


@pytest.fixture
def engine(network: FaultyNetwork, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    """An engine that is looked at once, and then only when there is a reason."""
    monkeypatch.setattr(caretaker, "ROUND_S", 10 * PATIENCE_S)
    address = Address.of(f"http://127.0.0.1:{network.port}")
    with watched(Store(RemoteEngine.open(address))) as store:
        assert isinstance(store.engine, Watched)
        looks = store.engine._watch
        wait_for(lambda: looks.requests > 1, "the engine was looked at")
        store.engine.look()
        yield store.engine


def test_an_engine_whose_answer_breaks_off_once_is_not_taken_for_gone(
    engine: Watched, network: FaultyNetwork
) -> None:
    with network.suffering(Fault(answer_bytes=400), times=1):
        engine.look()
        assert network.fault is SOUND

    assert engine.fault is None


def test_an_engine_that_seems_to_be_gone_is_looked_at_again_at_once(
    engine: Watched, network: FaultyNetwork
) -> None:
    with network.suffering(ANSWER_LOST, times=TRIES), pytest.raises(EngineUnreachable):
        engine.look()

    wait_for(lambda: engine.fault is None, "the engine was found again")
