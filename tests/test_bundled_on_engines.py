"""The bundled sources on real engines: tables, audits and pages are the same, byte for byte."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from graph.engines.base import CommitInfo
from graph.engines.remote.engine import RemoteEngine
from graph.store import Store
from service.app import create_app
from service.config import Settings

from .bundled_record import bundled_record
from .bundled_service import bundled_store
from .contracts.engines import address_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from tests.real_engines import RealEngine

HIGH_JUMP = "2024-summer-para--para-athletics--mens-high-jump-t64"
LEPIATO = "maciej-lepiato-1988"
PLACES = (
    "/medals",
    "/medals?games=2024-summer-para",
    "/medals/all-time",
    "/medals?games=2024-summer-para&nation=AZE",
    "/medals?games=2024-summer-para&sport=para-judo&sex=women",
    "/medals?games=2024-summer-para&on=2024-09-03",
    "/medals/athletes?kind=paralympic",
    "/medals/nation?nation=AZE",
    "/audit",
    "/audit?source=azernews-2024-09-17",
    "/audit?source=ipc-medals-by-sport",
    "/conflicts",
    "/sources/azernews-2024-09-17",
    "/graphs",
    "/id/nation/AZE.json",
    "/id/games/2024-summer-para.json",
    f"/id/person/{LEPIATO}.json",
    f"/id/event/{HIGH_JUMP}.json",
    f"/id/entry/{HIGH_JUMP}--{LEPIATO}.json",
    f"/id/award/{HIGH_JUMP}--{LEPIATO}.json",
    "/id/sport/para-athletics.json",
    "/explore/neighbours?thing=nation:AZE",
    "/search/suggest?q=lepiat",
)


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    place = bundled_store(tmp_path_factory.mktemp("bundled"))
    with Store.open(place) as store:
        yield create_app(replace(Settings(), store=place), store).test_client()


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def elsewhere(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    """A service over a real engine that was given the same statements."""
    server: RealEngine = request.getfixturevalue(f"{request.param}_server")
    server.empty()
    address = address_of(server)
    with RemoteEngine.create(address) as engine, engine.draft() as draft:
        draft.bulk_add(bundled_record().quads())
        draft.publish(CommitInfo(kind="load", message="the bundled sources"))
    with Store.open(address) as store:
        yield create_app(replace(Settings(), store=address), store).test_client()
    server.empty()


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_what_is_answered_there_is_what_is_answered_here(
    place: str, embedded: FlaskClient, elsewhere: FlaskClient
) -> None:
    here, there = (
        client.get(place, headers={"Accept": "application/json"})
        for client in (embedded, elsewhere)
    )
    assert here.status_code == 200, here.text
    assert there.data == here.data
