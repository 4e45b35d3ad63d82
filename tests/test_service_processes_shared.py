"""One answer for many who ask the same at once, from processes that are killed for one of them."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest

from service.faults import ClientGone, TookTooLong
from service.processes.answering import Asker
from service.processes.jobs import Job, Kind
from service.processes.keeping import KIND, Keeping
from service.room import Looks, Room

from .processes_world import LIMITS, STATEMENTS, Processes, processes
from .service_world import says
from .waiting import PATIENCE_S, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.processes.answering import Answer

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d) }"
CROWD = 12
_NUMBERS = count(1)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    limits = replace(LIMITS, query_s=PATIENCE_S, query_processor_s=PATIENCE_S)
    with processes(tmp_path_factory.mktemp("shared"), limits) as world:
        yield world


@pytest.fixture
def world(shared: Processes) -> Iterator[Processes]:
    shared.killed.clear()
    yield shared
    assert shared.pool.state().running == 0


def job_of(world: Processes, text: str) -> Job:
    """Return a query that nobody has asked."""
    text = f"{text} # {next(_NUMBERS)}"
    return Job(Kind.QUERY, world.store.version, "json", text=text, is_repeatable=True)


class Waiting:
    """Somebody who waits, and tells how often they were looked for."""

    def __init__(self, client: str) -> None:
        self.looked, self.left = threading.Event(), threading.Event()
        self.asker = Asker(client, gone=self._gone)

    def _gone(self) -> bool:
        self.looked.set()
        return self.left.is_set()


def number_of(answer: Answer) -> int:
    told = json.loads(b"".join(answer))
    return int(told["results"]["bindings"][0]["n"]["value"])


def test_a_crowd_of_clients_has_one_query_evaluated_once(world: Processes) -> None:
    room = Room(1 << 20)
    keeping, job = Keeping(world.pool.answering, room), job_of(world, SLOW)
    with ThreadPoolExecutor(CROWD) as crowd:
        asked = [crowd.submit(keeping.answer, job, Asker(f"{one}")) for one in range(CROWD)]
        numbers = {number_of(one.result()) for one in asked}
    assert numbers == {(STATEMENTS * STATEMENTS - STATEMENTS) * STATEMENTS}
    assert room.looks[KIND] == Looks(hits=CROWD - 1, misses=1)
    assert world.killed == []


def test_who_waits_is_not_hurt_if_the_client_who_was_first_leaves(world: Processes) -> None:
    room = Room(1 << 20)
    keeping, job = Keeping(world.pool.answering, room), job_of(world, SLOW)
    first, second, third = Waiting("a"), Waiting("b"), Waiting("c")
    with ThreadPoolExecutor(3) as crowd:
        leads = crowd.submit(keeping.answer, job, first.asker)
        wait_for(lambda: room.looks[KIND].misses == 1, "it was begun")
        follow = [crowd.submit(keeping.answer, job, one.asker) for one in (second, third)]
        second.looked.wait()
        third.looked.wait()
        first.left.set()
        with pytest.raises(ClientGone):
            leads.result()
        numbers = {number_of(one.result()) for one in follow}
    assert numbers == {(STATEMENTS * STATEMENTS - STATEMENTS) * STATEMENTS}
    assert world.killed == ["client"]
    assert room.looks[KIND] == Looks(hits=1, misses=2), "one of the two led again"


def test_who_has_less_time_ends_for_itself_alone(world: Processes) -> None:
    room = Room(1 << 20)
    keeping, job = Keeping(world.pool.answering, room), job_of(world, SLOW)
    with ThreadPoolExecutor(2) as crowd:
        hasty = crowd.submit(keeping.answer, job, Asker("a", seconds=0.2))
        patient = crowd.submit(keeping.answer, job, Asker("b"))
        with pytest.raises(TookTooLong, match=r"after 0\.2 seconds|within 0\.2 seconds"):
            hasty.result()
        assert number_of(patient.result()) > 0


def test_who_follows_keeps_the_time_that_it_was_given(world: Processes) -> None:
    room = Room(1 << 20)
    keeping, job = Keeping(world.pool.answering, room), job_of(world, SLOW)
    with ThreadPoolExecutor(1) as crowd:
        leads = crowd.submit(keeping.answer, job, Asker("a"))
        wait_for(lambda: room.looks[KIND].misses == 1, "it was begun")
        with pytest.raises(TookTooLong, match=r"stopped after 0\.05 seconds"):
            keeping.answer(job, Asker("b", seconds=0.05))
        assert number_of(leads.result()) > 0
    assert world.killed == []


def test_an_answer_is_of_the_state_that_was_asked_for_whatever_is_committed(
    world: Processes,
) -> None:
    keeping = Keeping(world.pool.answering, Room(1 << 20))
    before = job_of(world, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    known = number_of(keeping.answer(before, Asker()))
    with world.store.transaction() as change:
        change.add(says("another", "said"))
    after = replace(before, version=world.store.version)
    assert number_of(keeping.answer(after, Asker())) == known + 1
    assert number_of(keeping.answer(before, Asker())) == known
