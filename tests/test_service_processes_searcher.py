"""The process that searches follows the store, and is replaced when it ends."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from graph.search import Question
from service.faults import NotYet, Relayed, TooManyOfYours, WorkerLost, WorkFault
from service.limits import Limits
from service.processes.answering import Asker
from service.processes.searcher import Searcher
from service.processes.starting import Programs
from service.whereabouts import Whereabouts

from .search_world import BOOK, NAMES, searchable
from .waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graph.store import Store
    from service.processes.searching import Found

KARELIN = NAMES.of("person", "karelin").value


@contextmanager
def searcher(store: Store, killed: Callable[[str], None] = lambda _: None) -> Iterator[Searcher]:
    place = store.engine.place  # type: ignore[attr-defined] # a store on disk
    programs = Programs(Whereabouts.of(place), Limits())
    made = Searcher(programs, newest=lambda: store.version, killed=killed)
    try:
        yield made
    finally:
        made.close()


def find(made: Searcher, *texts: str) -> Found:
    """Return what is found once the index is there."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return made.find([Question(text) for text in texts])
        except (NotYet, WorkerLost):
            assert time.monotonic() < until, "the index is never there"
            time.sleep(0.02)


def labels(found: Found) -> list[list[str]]:
    return [[hit.label for hit in hits] for hits in found.hits]


def test_questions_are_answered_in_their_order_from_one_snapshot(tmp_path: Path) -> None:
    with searchable(tmp_path / "store") as store, searcher(store) as made:
        found = find(made, "Karelin", "Nobody", "JAM")
        assert labels(found) == [["Александр Карелин"], [], ["Jamaica"]]
        assert found.version == 1
        assert find(made, "Usain Bolt").labels[found.hits[2][0].iri] == "Jamaica"


def test_addresses_near_to_one_that_is_not_there_are_told(tmp_path: Path) -> None:
    with searchable(tmp_path / "store") as store, searcher(store) as made:
        find(made, "Karelin")
        assert made.near(NAMES.of("person", "karelim").value) == [KARELIN]
        assert made.near(NAMES.of("person", "zzz").value) == []


def test_a_commit_is_searched_at_once(tmp_path: Path) -> None:
    with searchable(tmp_path / "store") as store, searcher(store) as made:
        find(made, "Karelin")
        store.update(f'INSERT DATA {{ GRAPH {BOOK} {{ person:ek rdfs:label "Bo Ek" }} }}')
        found = made.find([Question("Bo Ek")])
        assert (labels(found), found.version) == ([["Bo Ek"]], 2)


def test_a_process_that_was_ended_is_replaced(tmp_path: Path) -> None:
    reasons: list[str] = []
    with searchable(tmp_path / "store") as store, searcher(store, reasons.append) as made:
        find(made, "Karelin")
        os.kill(made._process.pid, signal.SIGKILL)
        assert labels(find(made, "Karelin")) == [["Александр Карелин"]]
    assert set(reasons) <= {"lost"}


def test_a_filter_that_names_nothing_is_told_as_it_would_be_here(tmp_path: Path) -> None:
    with searchable(tmp_path / "store") as store, searcher(store) as made:
        find(made, "Karelin")
        with pytest.raises(Relayed) as caught:
            made.find([Question("Karelin", sport="quidditch")])
        assert caught.value.problem.status == 404


def test_one_client_cannot_let_too_many_questions_wait(tmp_path: Path) -> None:
    with searchable(tmp_path / "store") as store, searcher(store) as made:
        find(made, "Karelin")
        with made._turn, ThreadPoolExecutor(20) as pool:
            asked = [
                pool.submit(made.find, [Question("Karelin")], asker=Asker("a")) for _ in range(20)
            ]
            refused = [each for each in asked if isinstance(each.exception(), WorkFault)]
        assert any(isinstance(each.exception(), TooManyOfYours) for each in refused)
        assert made.find([Question("Karelin")], asker=Asker("b")).version == 1


def test_who_asks_while_the_index_is_built_is_told_so(tmp_path: Path) -> None:
    with searchable(tmp_path / "store") as store, searcher(store) as made:
        find(made, "Karelin")
        with made._turn:
            made._version = None
            with pytest.raises(NotYet, match="being built"):
                made.find([Question("Karelin")])
