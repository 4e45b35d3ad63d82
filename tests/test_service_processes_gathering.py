"""Changes that wait are published together; each is made, refused and acknowledged by itself."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from graph.engines.snapshots import SnapshotEngine
from graph.store import Store
from service.faults import Relayed, TookTooLong, TookTooMuch, WorkerLost
from service.limits import MIB
from service.processes import gathering
from service.processes.answering import Asker
from service.processes.edits import Act, Condition, Edit
from service.processes.wanted import SMALL_BYTES, Wanted

from .processes_world import LIMITS, STATEMENTS, Processes, processes
from .service_world import EX
from .test_service_processes_writer import G, is_stated, kill_if_alive, stating
from .waiting import PATIENCE_S, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from service.processes.edits import Done

REFUSED = f"INSERT DATA {{ GRAPH <{G}> {{ <{EX}old> a mg:Person ; mg:birthDate '2050-01-01' }} }}"
SLOW = (
    f"INSERT {{ GRAPH <{G}> {{ <{EX}all> <{EX}says> ?n }} }} WHERE {{ SELECT (COUNT(*) AS ?n)"
    " { ?a ?b ?c . ?d ?e ?f FILTER(SHA512(CONCAT(STR(?a), STR(?d))) != '') } }"
)
"""Goes over 90,000 pairs of statements."""
GREEDY = (
    f"INSERT {{ GRAPH <{G}> {{ ?a <{EX}p> ?i }} }}"
    " WHERE { SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?c ?i }"
)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Processes]:
    # Where the machine is busy every change takes long; which do is for the tests to say.
    monkeypatch.setattr(gathering, "QUICK_S", PATIENCE_S)
    monkeypatch.setattr(gathering, "PATIENCE_S", PATIENCE_S)
    with processes(tmp_path) as made:
        yield made
        turns = made.pool.changing.turns
        assert (turns.running, turns.waiting) == (0, 0)


@contextmanager
def turn_taken(world: Processes) -> Iterator[None]:
    """Keep everybody from writing, so that those who want to are in the queue together."""
    turns = world.pool.changing.turns
    turns.enter(Asker(client="nobody"), seconds=PATIENCE_S, until=time.monotonic() + PATIENCE_S)
    try:
        yield
    finally:
        turns.leave("nobody")


def outcome(world: Processes, edit: Edit) -> Done | Exception:
    try:
        return world.pool.changing.change(edit)
    except (Relayed, TookTooLong, TookTooMuch, WorkerLost) as error:
        return error


def together(world: Processes, *edits: Edit) -> list[Done | Exception]:
    """Ask for changes one after another while nobody can write, and return what became of each."""
    turns = world.pool.changing.turns
    with ThreadPoolExecutor(len(edits)) as threads:
        with turn_taken(world):
            asked = []
            for number, edit in enumerate(edits, start=1):
                asked.append(threads.submit(outcome, world, edit))
                wait_for(lambda number=number: turns.waiting == number, "it waits")  # type: ignore[misc] # an int
        return [each.result(PATIENCE_S) for each in asked]


def commits(found: list[Done | Exception]) -> list[int | None]:
    """Return the commit of each change; None of one that failed."""
    return [None if isinstance(each, Exception) else each.commit for each in found]


def has_snapshot(world: Processes, number: int) -> bool:
    engine = world.store.engine
    assert isinstance(engine, SnapshotEngine)
    return (engine.place / "snapshots" / str(number)).exists()


def test_changes_that_wait_have_commits_of_their_own_and_one_snapshot(world: Processes) -> None:
    names = [f"n{number}" for number in range(6)]
    found = together(world, *map(stating, names))
    assert commits(found) == [2, 3, 4, 5, 6, 7]
    assert [world.store.commit(number).info.message for number in range(2, 8)] == names
    assert all(is_stated(world, name) for name in names)
    assert [has_snapshot(world, number) for number in range(2, 8)] == [False] * 5 + [True]
    with world.store.read(4) as between:
        assert len(between) == STATEMENTS + 3


def test_a_change_that_is_refused_keeps_no_other_from_being_made(world: Processes) -> None:
    broken = (Edit(Act.UPDATE, text=REFUSED), Edit(Act.UPDATE, text="INSERT DATA {"))
    found = together(world, stating("a"), broken[0], stating("b"), broken[1], stating("c"))
    assert commits(found) == [2, None, 3, None, 4]
    errors = [each for each in found if isinstance(each, Relayed)]
    assert [error.problem.status for error in errors] == [422, 400]
    assert errors[0].problem.members["sentences"]


def test_of_two_changes_for_the_same_version_the_first_is_made(world: Processes) -> None:
    wanted = Condition(version=1)
    found = together(world, *(replace(stating(name), condition=wanted) for name in "ab"))
    assert commits(found) == [2, None]
    assert isinstance(found[1], Relayed)
    assert found[1].problem.slug == "conflict"
    assert not is_stated(world, "b")


def test_a_change_sees_what_those_before_it_in_the_group_have_done(world: Processes) -> None:
    copied = f"INSERT {{ GRAPH <{G}> {{ <{EX}copy> ?p ?o }} }} WHERE {{ <{EX}first> ?p ?o }}"
    first = stating("first")
    found = together(world, first, Edit(Act.UPDATE, text=copied))
    assert commits(found) == [2, 3]
    assert is_stated(world, "copy")


def test_what_is_left_of_a_group_that_was_given_up_is_never_published(world: Processes) -> None:
    told = world.pool.changing.process.ask({"edit": stating("lost").to_json(), "begins": True})
    assert "done" in told
    assert commits(together(world, *map(stating, "ab"))) == [2, 3]
    assert not is_stated(world, "lost")


def test_with_groups_of_one_each_change_has_its_snapshot(tmp_path: Path) -> None:
    with processes(tmp_path, replace(LIMITS, grouped_changes=1)) as world:
        assert commits(together(world, *map(stating, "abc"))) == [2, 3, 4]
        assert [has_snapshot(world, number) for number in (2, 3, 4)] == [True] * 3


def test_large_changes_and_decisions_are_made_alone() -> None:
    far = time.monotonic() + PATIENCE_S
    small, large = stating("a"), stating("x" * SMALL_BYTES)
    assert Wanted(small, PATIENCE_S, far).joins
    assert not Wanted(large, PATIENCE_S, far).joins
    assert not Wanted(small, PATIENCE_S, far, size=SMALL_BYTES).joins


def test_nobody_joins_while_changes_take_long(
    world: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "QUICK_S", 0.0)
    assert commits(together(world, *map(stating, "abc"))) == [2, 3, 4]
    assert [has_snapshot(world, number) for number in (2, 3, 4)] == [True] * 3


def test_a_change_that_takes_long_is_made_alone_and_keeps_nobody_waiting(
    world: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "PATIENCE_S", 0.02)
    first = world.pool.changing.process.pid
    found = together(world, stating("a"), Edit(Act.UPDATE, text=SLOW))
    assert commits(found) == [2, 3]
    assert [has_snapshot(world, number) for number in (2, 3)] == [True, True]
    # The process was ended to let the first of them through, and nobody is to blame.
    assert world.pool.changing.process.pid != first
    assert world.killed == []


def test_a_change_that_needs_too_much_memory_fails_alone(tmp_path: Path) -> None:
    with processes(tmp_path, replace(LIMITS, change_memory_bytes=256 * MIB)) as world:
        found = together(world, stating("a"), Edit(Act.UPDATE, text=GREEDY), stating("b"))
        assert isinstance(found[1], TookTooMuch)
        assert commits(found) == [2, None, 3]
        assert world.killed == ["memory"]


def test_when_the_process_is_lost_only_the_change_that_was_being_made_fails(
    world: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, lost = world.pool.changing, threading.Event()
    invite = writer.turns.invite

    def killing(*args: object, **named: object) -> object:
        if not lost.is_set():
            lost.set()
            os.kill(writer.process.pid, signal.SIGKILL)
        return invite(*args, **named)  # type: ignore[arg-type] # passed on

    monkeypatch.setattr(writer.turns, "invite", killing)
    found = together(world, stating("a"), stating("b"), stating("c"))
    assert lost.is_set()
    # Who was being made then is told; nobody else has to know.
    errors = [each for each in found if isinstance(each, Exception)]
    assert [type(error) for error in errors] == [WorkerLost]
    assert [number for number in commits(found) if number] == [2, 3]


def test_whenever_the_writer_is_killed_every_acknowledged_change_of_a_group_is_kept(
    tmp_path: Path,
) -> None:
    dice = random.Random(9)  # noqa: S311 - the same moments each time
    kept: list[str] = []
    with processes(tmp_path) as world:
        for turn in range(8):
            names = [f"n{turn}-{number}" for number in range(4)]
            pid = world.pool.changing.process.pid
            timer = threading.Timer(dice.random() * 0.15, kill_if_alive, [pid])
            timer.start()
            found = together(world, *map(stating, names))
            timer.join()
            for name, each in zip(names, found, strict=True):
                if isinstance(each, Exception):
                    assert isinstance(each, WorkerLost)
                    assert not is_stated(world, name)
                else:
                    assert is_stated(world, name)
                    kept.append(name)
        assert world.store.version == 1 + len(kept)
    with Store.open(tmp_path / "store") as store, store.read() as state:
        assert len(state) == STATEMENTS + len(kept)
