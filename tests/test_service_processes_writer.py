"""Changes are made in a process of their own; whenever it is killed, none is half made."""

from __future__ import annotations

import os
import random
import signal
import threading
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from graph.store import Store
from service.faults import Crowded, Relayed, TookTooLong, TookTooMuch, WorkerLost
from service.limits import MIB
from service.processes.answering import Asker
from service.processes.edits import Act, Edit, Origin
from service.processes.performing import found_again

from .processes_world import LIMITS, STATEMENTS, YES, Processes, is_alive, processes
from .service_world import EX, ex
from .waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

G = f"{EX}g9"
ENDLESS_UPDATE = (
    f"INSERT {{ GRAPH <{G}> {{ ?a <{EX}p> ?n }} }}"
    f" WHERE {{ {{ SELECT ?a (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }}"
    " GROUP BY ?a } }"
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    with processes(tmp_path_factory.mktemp("writer")) as world:
        yield world


@pytest.fixture
def world(shared: Processes) -> Iterator[Processes]:
    shared.killed.clear()
    yield shared
    turns = shared.pool.changing.turns
    assert (turns.running, turns.waiting) == (0, 0)


def stating(name: str, *, message: str = "") -> Edit:
    """Return the edit that states something about a node."""
    text = f'INSERT DATA {{ GRAPH <{G}> {{ <{ex(name).value}> <{EX}says> "x" }} }}'
    return Edit(Act.UPDATE, text=text, origin=Origin("the tests", message or name))


def is_stated(world: Processes, name: str) -> bool:
    """Tell whether a reader sees what ``stating`` states."""
    return world.ask(f"ASK {{ <{ex(name).value}> <{EX}says> 'x' }}") == YES


def test_a_change_is_made_and_seen_by_the_next_query(world: Processes) -> None:
    done = world.pool.changing.change(stating("one"))

    assert (done.commit, done.version, done.added) == (2, 2, 1)
    assert done.graphs == (G,)
    assert is_stated(world, "one")


def test_a_file_is_loaded_as_it_is(world: Processes) -> None:
    content = BytesIO(f"<{ex('two').value}> <{EX}says> 'x' .".encode())

    done = world.pool.changing.change(
        Edit(Act.REPLACE, graph=f"{EX}loaded", parts=(("turtle", 0),), origin=Origin("me")), content
    )

    assert (done.existed, done.exists, done.added) == (False, True, 1)
    assert not content.closed
    assert is_stated(world, "two")


def test_what_the_writer_finds_wrong_is_told_as_it_would_be_here(world: Processes) -> None:
    before = world.store.version

    with pytest.raises(Relayed) as refused:
        world.pool.changing.change(Edit(Act.UPDATE, text="INSERT DATA {"))

    assert (refused.value.problem.status, refused.value.problem.slug) == (400, "syntax")
    assert world.store.version == before


def test_what_the_gate_refuses_comes_with_its_report(world: Processes) -> None:
    text = f"INSERT DATA {{ GRAPH <{G}> {{ <{EX}old> a mg:Person ; mg:birthDate '2050-01-01' }} }}"

    with pytest.raises(Relayed) as refused:
        world.pool.changing.change(Edit(Act.UPDATE, text=text))

    assert refused.value.problem.status == 422
    assert refused.value.problem.members["sentences"]


def test_a_writer_that_was_killed_idle_is_replaced(world: Processes) -> None:
    writer = world.pool.changing
    process = writer.process
    os.kill(process.pid, signal.SIGKILL)
    wait_for(lambda: writer.process is not process, "another writer was there")

    assert writer.change(stating("three")).added == 1
    assert is_stated(world, "three")


def test_a_change_comes_through_although_the_writer_is_being_replaced(world: Processes) -> None:
    os.kill(world.pool.changing.process.pid, signal.SIGKILL)
    wait_for(lambda: not world.pool.changing.process.alive, "the writer ended")

    assert world.pool.changing.change(stating("four")).added == 1


def test_a_change_whose_writer_is_killed_is_not_made(world: Processes) -> None:
    before = world.store.version
    pid = world.pool.changing.process.pid
    timer = threading.Timer(0.3, os.kill, [pid, signal.SIGKILL])
    timer.start()

    with pytest.raises(WorkerLost, match="Nothing was kept"):
        world.pool.changing.change(Edit(Act.UPDATE, text=ENDLESS_UPDATE))

    assert world.store.version == before
    assert world.killed == ["lost"]
    assert world.pool.changing.change(stating("five")).commit == before + 1
    timer.join()


def test_a_change_that_takes_too_long_is_stopped_and_not_made(tmp_path: Path) -> None:
    with processes(tmp_path, replace(LIMITS, change_s=1.0)) as world:
        with pytest.raises(TookTooLong, match=r"The change was stopped after 1 second.*"):
            world.pool.changing.change(Edit(Act.UPDATE, text=ENDLESS_UPDATE))

        assert world.killed == ["time"]
        assert world.store.version == 1


def test_a_change_that_needs_too_much_memory_is_stopped_and_not_made(tmp_path: Path) -> None:
    text = (
        f"INSERT {{ GRAPH <{G}> {{ ?a <{EX}p> ?i }} }}"
        " WHERE { SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?c ?i }"
    )
    with processes(tmp_path, replace(LIMITS, change_memory_bytes=256 * MIB)) as world:
        with pytest.raises(TookTooMuch, match=r"The change needs more memory .* \(256 MiB\)"):
            world.pool.changing.change(Edit(Act.UPDATE, text=text))

        assert world.killed == ["memory"]
        assert world.store.version == 1
        assert world.pool.changing.change(stating("six")).commit == 2


def test_a_writer_that_dies_between_its_commit_and_its_reply_is_found_to_have_kept_the_change(
    tmp_path: Path,
) -> None:
    with processes(tmp_path) as world:
        edit = stating("seven", message="seven times")
        with world.store.transaction_of(edit.info) as change:
            change.update(edit.text)

        done = found_again(edit, world.store, after=1)

        assert done is not None
        assert (done.commit, done.added, done.graphs) == (2, 1, (G,))
        assert found_again(edit, world.store, after=2) is None
        assert found_again(stating("eight"), world.store, after=1) is None


def test_more_changes_than_may_wait_are_turned_away(tmp_path: Path) -> None:
    limits = replace(LIMITS, waiting_changes=1, change_s=3.0)
    with processes(tmp_path, limits) as world:
        errors: list[Exception] = []
        threads = [threading.Thread(target=collect_error, args=[world, errors]) for _ in range(2)]
        for thread in threads:
            thread.start()
        turns = world.pool.changing.turns
        wait_for(lambda: (turns.running, turns.waiting) == (1, 1), "one waited")

        with pytest.raises(Crowded):
            world.pool.changing.change(stating("nine"), asker=Asker(client="another"))

        for thread in threads:
            thread.join()
        assert [type(error) for error in errors] == [TookTooLong, TookTooLong]


def collect_error(world: Processes, errors: list[Exception]) -> None:
    try:
        world.pool.changing.change(Edit(Act.UPDATE, text=ENDLESS_UPDATE))
    except TookTooLong as error:
        errors.append(error)


def test_whenever_the_writer_is_killed_what_was_acknowledged_is_kept_and_nothing_else(
    tmp_path: Path,
) -> None:
    random_moments = random.Random(4)  # noqa: S311 - the same moments each time
    acknowledged: list[str] = []
    with processes(tmp_path) as world:
        for number in range(12):
            pid = world.pool.changing.process.pid
            delay = random_moments.random() * 0.06
            timer = threading.Timer(delay, kill_if_alive, [pid])
            timer.start()
            name = f"n{number}"
            try:
                done = world.pool.changing.change(stating(name))
            except WorkerLost:
                assert not is_stated(world, name)
            else:
                assert done.added == 1
                acknowledged.append(name)
            timer.join()

        assert all(is_stated(world, name) for name in acknowledged)
        assert world.store.version == 1 + len(acknowledged)
    with Store.open(tmp_path / "store") as store, store.read() as state:
        assert len(state) == STATEMENTS + len(acknowledged)


def kill_if_alive(pid: int) -> None:
    if is_alive(pid):
        os.kill(pid, signal.SIGKILL)
