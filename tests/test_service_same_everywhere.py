"""The bundled data answer the same, byte for byte, from a folder and from an Oxigraph server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.engines.base import CommitInfo
from graph.engines.remote.engine import RemoteEngine
from tests.bundled_record import bundled_record
from tests.bundled_service import bundled_store
from tests.contracts.engines import address_of
from tests.service_world import world_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.real_engines import OxigraphServer
    from tests.service_world import World

HIGH_JUMP = "2024-summer-para--para-athletics--mens-high-jump-t64"
LEPIATO = "maciej-lepiato-1988"
JSON = (
    "/medals?games=2024-summer-para",
    "/medals/all-time",
    "/medals/nation?nation=AZE",
    "/medals/athletes?games=2024-summer-para",
    "/audit",
    "/conflicts",
    "/id/games/2024-summer-para.json",
    "/id/nation/AZE.json",
    f"/id/person/{LEPIATO}.json",
    f"/id/event/{HIGH_JUMP}.json",
    f"/id/entry/{HIGH_JUMP}--{LEPIATO}.json",
    f"/id/award/{HIGH_JUMP}--{LEPIATO}.json",
    "/id/sport/para-athletics.json",
    "/sources/azernews-2024-09-17",
    "/explore/neighbours?thing=nation:AZE",
    "/search/suggest?q=lepiat",
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def worlds(
    tmp_path_factory: pytest.TempPathFactory, oxigraph_server: OxigraphServer
) -> Iterator[tuple[World, World]]:
    """The service over the bundled data in a folder, and in an Oxigraph server."""
    oxigraph_server.empty()
    address = address_of(oxigraph_server)
    with RemoteEngine.create(address) as engine, engine.draft() as draft:
        assert draft.bulk_add(bundled_record().quads()) == 137_242
        draft.publish(CommitInfo(kind="load", message="the bundled sources"))
    place = bundled_store(tmp_path_factory.mktemp("folder"))
    with world_of(place) as here, world_of(address) as there:
        yield here, there


@pytest.mark.parametrize("address", JSON)
def test_an_answer_is_the_same(worlds: tuple[World, World], address: str) -> None:
    here, there = (
        one.client.get(address, headers={"Accept": "application/json"}) for one in worlds
    )
    assert here.status_code == there.status_code == 200
    assert here.data == there.data


def test_the_change_that_loaded_it_is_the_same(worlds: tuple[World, World]) -> None:
    here, there = (one.store for one in worlds)
    assert here.change(1) == there.change(1)
    assert (here.commit(1).added, here.commit(1).removed) == (137_242, 0)


def test_the_verdict_of_the_checks_is_the_same(worlds: tuple[World, World]) -> None:
    here, there = (one.store.check() for one in worlds)
    assert here == there
