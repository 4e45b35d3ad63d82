"""A remote state that is copied while others write is exact once it is settled."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from graph.engines.remote.session import Session
from graph.engines.replica import Replica
from graph.errors import AnswerCut, ChangedMeanwhile
from graph.terms import DEFAULT_GRAPH
from service.passing import PassingEngine
from service.processes.states import states_of

from .contracts.engines import address_of
from .remote_world import EX, new_store, says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Reader
    from graph.store import Store
    from graph.terms import NamedNode, Quad

    from .real_engines import OxigraphServer

MOST = 1_000


@pytest.fixture
def store(oxigraph_server: OxigraphServer) -> Iterator[Store]:
    with new_store(oxigraph_server) as made:
        for graph in "ghi":
            made.update(" ; ".join(says(subject, graph=graph) for subject in "abc"))
        yield made


@pytest.fixture
def engine(oxigraph_server: OxigraphServer, store: Store) -> Iterator[PassingEngine]:
    assert store.version == 3
    with PassingEngine.open(address_of(oxigraph_server)) as made:
        assert isinstance(made, PassingEngine)
        yield made


def copied(engine: PassingEngine, *, version: int) -> Replica:
    out = BytesIO()
    assert states_of(engine).dump(version, out, most=MOST)
    out.seek(0)
    replica = Replica(version=version, prologue=engine.prologue)
    replica.fill(out, each=lambda: None)
    return replica


def everything(state: Reader) -> set[Quad]:
    return {*state.quads(), *state.quads(graph=DEFAULT_GRAPH)}


def test_what_was_written_during_the_copy_is_in_it_and_what_was_removed_is_not(
    store: Store, engine: PassingEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, seen = Session.graph, list[str]()

    def interrupted(
        session: Session, graph: NamedNode, expected: int | None = None
    ) -> Iterator[Quad]:
        yield from read(session, graph, expected)
        seen.append(graph.value)
        if len(seen) == 1:
            for name in "ghi":
                gone = f'<{EX}a> <{EX}says> "x"'
                store.update(f"DELETE DATA {{ GRAPH <{EX}{name}> {{ {gone} }} }}")
                store.update(says("new", graph=name))
            store.update(says("a", graph="h"))
            store.update(says("only", graph="later"))

    monkeypatch.setattr(Session, "graph", interrupted)
    replica = copied(engine, version=3)
    monkeypatch.undo()
    assert len(seen) == 3
    with store.read() as now:
        assert everything(replica) != everything(now)
        states_of(engine).settle(replica)
        assert replica.version == now.version == 11
        assert everything(replica) == everything(now)


def test_a_copy_that_lacks_something_is_noticed(
    engine: PassingEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Session.graph

    def cut(session: Session, graph: NamedNode, expected: int | None = None) -> Iterator[Quad]:
        yield from list(read(session, graph, expected))[1:]

    monkeypatch.setattr(Session, "graph", cut)
    with pytest.raises(AnswerCut, match="gives 6 of its 9 statements"):
        states_of(engine).settle(copied(engine, version=3))


def test_a_state_that_does_not_fit_is_not_begun_with(engine: PassingEngine) -> None:
    out = BytesIO()
    assert not states_of(engine).dump(3, out, most=8)
    assert out.getvalue() == b""


def test_a_state_that_the_store_has_left_is_asked_for_anew(
    store: Store, engine: PassingEngine
) -> None:
    store.update(says("new"))
    with pytest.raises(ChangedMeanwhile):
        states_of(engine).read(3)
    with states_of(engine).read(4) as state:
        assert state.version == 4
