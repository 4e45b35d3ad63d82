"""Queries run in processes of their own, which may be killed at any time."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.store import Store
from service.faults import ClientGone, Relayed, SlowClient, TookTooLong, TookTooMuch, WorkerLost
from service.limits import KIB, MIB
from service.processes.answering import Asker
from service.processes.jobs import Job, Kind, work
from service.processes.running import HELD_BACK_BYTES
from service.processes.sandbox import Walls

from .processes_world import (
    ENDLESS,
    LIMITS,
    LONG,
    NO,
    SORTED,
    STATEMENTS,
    YES,
    Processes,
    is_alive,
    processes,
)
from .service_world import ex, says
from .waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.processes.running import Running

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    with processes(tmp_path_factory.mktemp("readers")) as world:
        yield world


@pytest.fixture
def world(shared: Processes) -> Iterator[Processes]:
    shared.killed.clear()
    yield shared
    assert shared.pool.state().running == 0


def held(world: Processes) -> None:
    """Wait until the image holds the newest version and a reader of it waits."""
    bench = world.pool.answering.bench
    newest = world.store.version
    wait_for(
        lambda: (
            bench.image is not None
            and bench.image.alive
            and bench.image.version == newest
            and any(worker.version == newest for worker in bench.idle)
        ),
        "a reader of the newest version waited",
    )


def test_a_query_is_answered(world: Processes) -> None:
    assert world.ask("ASK {}") == YES
    assert f'"value":"{STATEMENTS}"'.encode() in world.ask(COUNT)


def test_an_answer_says_how_long_it_is_once_that_is_known(world: Processes) -> None:
    answer = world.begin("ASK {}")

    assert answer.size == len(YES)
    assert b"".join(answer) == YES


def test_what_a_reader_finds_wrong_is_told_as_it_would_be_here(world: Processes) -> None:
    with pytest.raises(Relayed) as refused:
        world.ask("SELECT ?x { ?x }")

    assert (refused.value.problem.status, refused.value.problem.slug) == (400, "syntax")
    assert refused.value.problem.members["line"] == 1
    assert world.killed == []


def test_a_reader_does_one_job_after_the_other(world: Processes) -> None:
    held(world)
    before = {worker.pid for worker in world.pool.answering.bench.idle}

    for _ in range(20):
        world.ask("ASK {}")

    assert {worker.pid for worker in world.pool.answering.bench.idle} & before


def test_a_reader_has_no_network_and_writes_no_file(world: Processes) -> None:
    held(world)

    walls = world.pool.state().walls

    assert walls is not None
    assert walls.no_network
    assert walls == Walls(walls.network_namespace, network_calls=True, writing=True)


def test_a_query_that_takes_too_long_is_stopped(world: Processes) -> None:
    with pytest.raises(TookTooLong, match=r"stopped after 0\.5 seconds"):
        world.ask(ENDLESS, Asker(seconds=0.5))

    assert world.killed == ["time"]
    assert world.ask("ASK {}") == YES


def test_nobody_gets_more_time_than_there_is(tmp_path: Path) -> None:
    with (
        processes(tmp_path, replace(LIMITS, query_s=0.5)) as world,
        pytest.raises(TookTooLong, match=r"stopped after 0\.5 seconds"),
    ):
        world.ask(ENDLESS, Asker(seconds=3_600))


def test_a_query_whose_client_leaves_is_stopped(world: Processes) -> None:
    left = threading.Event()
    timer = threading.Timer(0.3, left.set)
    timer.start()

    with pytest.raises(ClientGone):
        world.ask(ENDLESS, Asker(gone=left.is_set))

    assert world.killed == ["client"]
    timer.join()


def test_an_answer_that_nobody_reads_on_is_stopped(world: Processes) -> None:
    answer = world.begin(LONG)
    parts = iter(answer)
    next(parts)

    answer.close()

    assert world.killed == ["client"]
    assert world.ask("ASK {}") == YES


def test_a_query_that_needs_too_much_memory_is_stopped(tmp_path: Path) -> None:
    with processes(tmp_path, replace(LIMITS, query_memory_bytes=64 * MIB)) as world:
        with pytest.raises(TookTooMuch, match=r"more memory than one query may have \(64 MiB\)"):
            world.ask(SORTED)

        assert world.killed == ["memory"]
        assert world.ask("ASK {}") == YES


def test_a_query_that_needs_too_much_of_the_processor_is_stopped(tmp_path: Path) -> None:
    with processes(tmp_path, replace(LIMITS, query_processor_s=1)) as world:
        with pytest.raises(TookTooMuch, match="the 1 seconds of processor time"):
            world.ask(ENDLESS)

        assert world.killed == ["processor"]
        assert world.ask("ASK {}") == YES


def test_an_answer_longer_than_allowed_breaks_off_and_never_ends_well(tmp_path: Path) -> None:
    with processes(tmp_path, replace(LIMITS, answer_bytes=3 * MIB)) as world:
        answer = world.begin(LONG)
        assert answer.size is None
        got: list[bytes] = []
        with pytest.raises(Relayed, match=r"longer than an answer may be \(3 MiB\)"):
            got.extend(answer)

        assert MIB <= sum(map(len, got)) <= 3 * MIB
        assert world.ask("ASK {}") == YES


def test_a_short_answer_that_would_be_too_long_is_a_proper_error(tmp_path: Path) -> None:
    with (
        processes(tmp_path, replace(LIMITS, answer_bytes=100 * KIB)) as world,
        pytest.raises(Relayed) as refused,
    ):
        world.begin(LONG)

    assert refused.value.problem.status == 503
    assert refused.value.problem.slug == "resource-limit"


def test_time_in_which_the_client_is_waited_for_counts_apart(tmp_path: Path) -> None:
    with processes(tmp_path, replace(LIMITS, query_s=5, client_s=6)) as world:
        with pytest.raises(SlowClient, match="more than 6 seconds in all"):
            take_slowly(world.begin(LONG))

        assert world.killed == ["slow-client"]


def take_slowly(answer: Running) -> None:
    """Take an answer so that it waits for 7 seconds, which is longer than a query may take."""
    begun = 0
    for part in answer:
        begun += len(part)
        if begun > HELD_BACK_BYTES:
            time.sleep(3.5)


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_reader_that_is_killed_before_its_answer_is_replaced_and_asked_again(
    world: Processes, sign: signal.Signals
) -> None:
    held(world)
    for worker in world.pool.answering.bench.idle:
        os.kill(worker.pid, sign)

    assert world.ask("ASK {}") == YES


def test_a_query_whose_every_reader_is_killed_is_told_so(world: Processes) -> None:
    killing = threading.Event()
    thread = threading.Thread(target=kill_readers, args=[world, killing])
    thread.start()
    try:
        with pytest.raises(WorkerLost):
            world.ask(ENDLESS)
    finally:
        killing.set()
        thread.join()

    assert world.killed == ["lost", "lost"]
    assert world.ask("ASK {}") == YES


def kill_readers(world: Processes, until: threading.Event) -> None:
    """Kill whatever the image and its twin have forked, again and again."""
    bench = world.pool.answering.bench
    while not until.wait(0.2):
        parents = {process.pid for process in (bench.image, bench.plain) if process}
        idle = {worker.pid for worker in bench.idle}
        for pid in children_of(parents) - idle:
            os.kill(pid, signal.SIGKILL)


def children_of(parents: set[int]) -> set[int]:
    found: set[int] = set()
    for parent in parents:
        listed = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
        found |= set(map(int, listed.split()))
    return found


@pytest.mark.parametrize("which", ["image", "plain"])
def test_a_process_that_readers_are_forked_from_may_be_killed_during_a_query(
    world: Processes, which: str
) -> None:
    held(world)
    bench = world.pool.answering.bench
    process = getattr(bench, which)
    answer = world.begin(LONG)
    os.kill(process.pid, signal.SIGKILL)

    assert len(next(iter(answer))) > 0
    answer.close()
    assert world.ask("ASK {}") == YES
    wait_for(
        lambda: getattr(bench, which) is not None and getattr(bench, which).pid != process.pid,
        "the process was replaced",
    )
    held(world)
    assert world.ask("ASK {}") == YES


def test_a_running_query_keeps_its_version_and_the_next_sees_the_new_one(
    world: Processes,
) -> None:
    question = f"ASK {{ <{ex('fresh').value}> ?p ?o }}"
    before = world.store.version
    running = world.begin(LONG)

    with world.store.transaction() as change:
        change.add(says("fresh", "new"))

    assert world.ask(question) == YES
    assert world.ask(question, version=before) == NO
    assert len(next(iter(running))) > 0
    running.close()
    held(world)
    assert world.ask(question) == YES


def test_an_old_version_whose_snapshot_is_gone_is_rebuilt(tmp_path: Path) -> None:
    with processes(tmp_path) as world:
        for number in range(25):
            with world.store.transaction() as change:
                change.add(says(f"later{number}", "x"))

        for version in (0, 1, 2, 13):
            expected = STATEMENTS + version - 1 if version else 0
            assert f'"value":"{expected}"'.encode() in world.ask(COUNT, version=version)


def test_what_a_commit_removes_is_gone_from_the_image(tmp_path: Path) -> None:
    with processes(tmp_path) as world:
        held(world)
        with world.store.transaction() as change:
            change.remove(*(says(f"s{number}", str(number)) for number in range(100)))
        held(world)

        assert f'"value":"{STATEMENTS - 100}"'.encode() in world.ask(COUNT)


def test_a_graph_too_large_for_the_memory_is_read_from_the_disk(tmp_path: Path) -> None:
    with processes(tmp_path, replace(LIMITS, image_memory_bytes=MIB)) as world:
        bench = world.pool.answering.bench
        wait_for(lambda: bench.image is None and bench.idle, "the image was given up")

        assert world.ask("ASK {}") == YES
        with world.store.transaction() as change:
            change.add(says("fresh", "new"))
        assert world.ask(f"ASK {{ <{ex('fresh').value}> ?p ?o }}") == YES


def test_a_reader_is_replaced_after_many_jobs(tmp_path: Path) -> None:
    with processes(tmp_path, replace(LIMITS, jobs_of_reader=3)) as world:
        held(world)
        bench = world.pool.answering.bench
        first = {worker.pid for worker in bench.idle}

        for _ in range(12):
            assert world.ask("ASK {}") == YES

        wait_for(lambda: not any(map(is_alive, first)), "the first readers were replaced")
        assert world.killed == []


def test_nothing_is_left_when_the_pool_is_closed(tmp_path: Path) -> None:
    with processes(tmp_path) as world:
        held(world)
        bench = world.pool.answering.bench
        pids = {worker.pid for worker in bench.idle}
        pids |= {process.pid for process in (bench.image, bench.plain) if process}
        pids.add(world.pool.changing.process.pid)
        assert all(map(is_alive, pids))

    wait_for(lambda: not any(map(is_alive, pids)), "all processes ended")


def test_a_store_that_another_program_changes_is_followed(tmp_path: Path) -> None:
    with processes(tmp_path) as world:
        with Store.open(tmp_path / "store") as other, other.transaction() as change:
            change.add(says("fresh", "new"))

        held(world)
        assert world.ask(f"ASK {{ <{ex('fresh').value}> ?p ?o }}") == YES


def test_a_pinned_answer_has_the_same_bytes_whoever_gives_it(tmp_path: Path) -> None:
    query = "SELECT * { ?s ?p ?o }"
    with processes(tmp_path) as world:
        wait_for(lambda: world.pool.state().image_version == 1, "the image")
        pinned = Job(Kind.QUERY, 1, "json", text=query, pinned=True)

        def answered() -> tuple[str, bytes]:
            answer = world.begin(query)
            found = answer.mark, b"".join(answer)
            answer.close()
            return found

        # Until the first reader of the image is ready, one of the disk answers.
        wait_for(lambda: bool(answered()[0]), "a reader of the image")
        mark, seen = answered()
        first = world.pool.answering.answer(pinned, Asker())
        told, repeated = first.mark, b"".join(first)
        first.close()

    with Store.open(tmp_path / "store") as store, store.read(1) as state:
        out = BytesIO()
        work(pinned, state, store.names, out)
    assert (bool(mark), told) == (True, "")
    assert repeated == out.getvalue()
    assert sorted(json.loads(seen)["results"]["bindings"], key=str) == sorted(
        json.loads(repeated)["results"]["bindings"], key=str
    )
