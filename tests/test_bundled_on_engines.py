"""The bundled sources on real engines: tables, audits and pages are the same, byte for byte."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from graph.engines.base import CommitInfo
from graph.engines.remote import copying, fragment
from graph.engines.remote.engine import RemoteEngine
from graph.store import Store
from service.app import create_app
from service.config import Settings

from .bundled_record import bundled_record
from .bundled_service import bundled_store
from .contracts.engines import address_of
from .remote_world import filed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

    from tests.real_engines import Loading

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
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled_store(tmp_path_factory.mktemp("bundled"))


@pytest.fixture(scope="module")
def near(place: Path) -> Iterator[Store]:
    with Store.open(place) as store:
        yield store


@pytest.fixture(scope="module")
def embedded(place: Path, near: Store) -> FlaskClient:
    return create_app(replace(Settings(), store=place), near).test_client()


@pytest.fixture(
    scope="module",
    params=[(name, way) for way in ("HTTP", "its loader") for name in ("oxigraph", "virtuoso")],
    ids=" by ".join,
)
def far(request: pytest.FixtureRequest, near: Store) -> Iterator[Store]:
    """A store on a real engine that was given the same statements."""
    name, way = request.param
    server: Loading = request.getfixturevalue(f"{name}_server")
    server.empty()
    address = address_of(server)
    if way == "HTTP":
        with RemoteEngine.create(address) as engine, engine.draft() as draft:
            draft.bulk_add(bundled_record().quads())
            draft.publish(CommitInfo(kind="load", message="the bundled sources"))
    else:
        server.load(filed(near.engine, server))
    with Store.open(address) as store:
        yield store
    server.empty()


@pytest.fixture(scope="module")
def elsewhere(far: Store) -> FlaskClient:
    """A service over that store."""
    assert isinstance(far.engine, RemoteEngine)
    return create_app(replace(Settings(), store=far.engine.address), far).test_client()


@pytest.mark.slow
@pytest.mark.parametrize("path", PLACES)
def test_what_is_answered_there_is_what_is_answered_here(
    path: str, embedded: FlaskClient, elsewhere: FlaskClient
) -> None:
    here, there = (
        client.get(path, headers={"Accept": "application/json"}) for client in (embedded, elsewhere)
    )
    assert here.status_code == 200, here.text
    assert there.data == here.data


@pytest.mark.slow
def test_the_check_and_the_history_say_the_same_there(far: Store, near: Store) -> None:
    assert far.check() == near.check()
    (there,), (here,) = far.history(), near.history()
    assert (there.checksum, there.added, there.info) == (here.checksum, here.added, here.info)


CHANGES = {
    "a person": 'INSERT DATA { person:new a mg:Person ; rdfs:label "New One"@en }',
    "a birth on no day": 'INSERT DATA { person:new a mg:Person ; rdfs:label "A"@en ;'
    ' mg:born "2001-02-30" }',
    "a medal withdrawn": "INSERT DATA { decision:new a mg:Decision ; mg:action mg:Withdrawn ;"
    f' mg:award award:{HIGH_JUMP}--{LEPIATO} ; mg:date "2025-01-31" }}',
    "an entry of another nation": f"DELETE {{ GRAPH ?g {{ ?entry mg:nation ?nation }} }}"
    f" INSERT {{ GRAPH ?g {{ ?entry mg:nation nation:AZE }} }} WHERE {{ GRAPH ?g {{"
    f" ?entry mg:athlete person:{LEPIATO} ; mg:nation ?nation }} }}",
    "a sport gone": "DELETE WHERE { GRAPH ?g { sport:para-judo ?p ?o } }",
}


@pytest.mark.slow
@pytest.mark.parametrize("update", CHANGES.values(), ids=CHANGES)
def test_a_change_of_a_store_too_large_to_be_copied_is_judged_there_as_here(
    update: str, far: Store, near: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fragment, "MOST_QUADS", 20_000)
    monkeypatch.setattr(copying, "MOST_COPIED", 20_000)
    reports = []
    for store in (near, far):
        with store.transaction() as tx:
            tx.update(update)
            reports.append((tx.rehearse(), tx.change))
    assert reports[1] == reports[0]
