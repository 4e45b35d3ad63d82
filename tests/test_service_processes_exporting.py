"""Downloads are made by processes of their own, which end when they take too much."""

from __future__ import annotations

import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from graph.store import Store
from service.faults import TookTooLong, TookTooMuch, WorkFault
from service.limits import Limits
from service.processes.answering import ANYBODY, Asker
from service.processes.exporting import Exporter, Kept, Killable, Making
from service.processes.orders import Order
from service.processes.sandbox import adopt_orphans
from service.processes.starting import Programs
from service.whereabouts import Whereabouts

from .export_world import quads, store_of
from .processes_world import ENDLESS
from .running_service import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GRAPH = Order("graph.nq.gz")


@contextmanager
def exporter(place: Path, limits: Limits, killed: list[str]) -> Iterator[Exporter]:
    adopt_orphans()
    programs = Programs(Whereabouts.of(place), limits)
    made = Exporter(place, limits, Killable(programs, killed.append))
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return store_of(tmp_path / "store", quads())


def content(found: Kept | Making) -> bytes:
    return found.path.read_bytes() if isinstance(found, Kept) else b"".join(found)


def test_many_who_ask_at_once_get_the_same_file_made_once(place: Path) -> None:
    with exporter(place, Limits(), killed := list[str]()) as service, ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda _: content(service.get(GRAPH, 1, ANYBODY)), range(8)))
        kept = service.kept(GRAPH, 1)
    assert kept is not None
    assert set(answers) == {kept.path.read_bytes()}
    assert b"Lamiya" in gzip.decompress(answers[0])
    assert killed == []


def test_a_file_that_takes_too_long_is_ended_and_leaves_nothing(place: Path) -> None:
    order = Order("answer.csv.gz", query=ENDLESS.replace("COUNT(*) AS ?n", "?a AS ?n"))
    limits = replace(Limits(), query_s=1.0)
    with exporter(place, limits, killed := list[str]()) as service:
        with pytest.raises((TookTooLong, TookTooMuch)):
            content(service.get(order, 1, ANYBODY))
        assert service.kept(order, 1) is None
        assert isinstance(service.get(GRAPH, 1, ANYBODY), Kept | Making)
    assert list((place / "downloads").rglob("*.part")) == []
    assert killed


def test_a_file_that_grows_too_long_is_ended(place: Path) -> None:
    limits = replace(Limits(), downloads_bytes=1_000)
    with exporter(place, limits, list[str]()) as service, pytest.raises(WorkFault, match="longer"):
        content(service.get(Order("tables-csv.zip"), 1, ANYBODY))


def test_who_leaves_does_not_stop_what_others_wait_for(place: Path) -> None:
    with exporter(place, Limits(), list[str]()) as service:
        leaving = service.get(GRAPH, 1, Asker(gone=lambda: True))
        assert b"Lamiya" in gzip.decompress(content(leaving))
        assert b"Lamiya" in gzip.decompress(content(service.get(GRAPH, 1, ANYBODY)))


def test_a_running_service_gives_downloads_and_its_health_meanwhile(place: Path) -> None:
    with running(place) as service, ThreadPoolExecutor(4) as many:
        asked = [
            many.submit(service.request, "GET", f"/downloads/{name}")
            for name in ("graph.nq.gz", "graph.graphml.gz", "tables-parquet.zip")
        ]
        assert service.request("GET", "/health").status == 200
        assert [each.result().status for each in asked] == [200, 200, 200]
        games = urlencode({"games": "2024-summer-para"})
        listed = json.loads(
            service.request("GET", "/downloads", headers={"Accept": "application/json"}).body
        )
        made = {each["file"] for each in listed["files"] if "sha256" in each}
        assert made == {"graph.nq.gz", "graph.graphml.gz", "tables-parquet.zip"}
        part = service.request("GET", f"/downloads/graph.ttl.gz?{games}")
        assert b"Lamiya" in gzip.decompress(part.body)
    with Store.open(place) as store:
        assert store.version == 1
