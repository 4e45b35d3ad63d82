"""Several readers and writers of one store at a time, in this process and in others."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from graph.errors import (
    StoreLocked,
)
from tests.statements import commit, count, quad, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]

READ = """
import sys
from pathlib import Path
from graph.engines.snapshots import SnapshotEngine
from tests.statements import count, stated
with SnapshotEngine.open(Path(sys.argv[1])) as engine, engine.read() as reader:
    for line in sys.stdin:
        print(reader.version, len(stated(reader)), count(reader), flush=True)
"""

WRITE = """
import sys
from pathlib import Path
from graph.engines.snapshots import SnapshotEngine
with SnapshotEngine.open(Path(sys.argv[1])) as engine, engine.draft():
    print("writing", flush=True)
    sys.stdin.read()
"""


def start(program: str, store: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, store],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def ask(reader: subprocess.Popen[str]) -> str:
    assert reader.stdin is not None
    assert reader.stdout is not None
    reader.stdin.write("?\n")
    reader.stdin.flush()
    return reader.stdout.readline().strip()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def engine(path: Path) -> Iterator[SnapshotEngine]:
    with SnapshotEngine.create(path, keep=3) as made:
        yield made


def kept(path: Path) -> list[int]:
    return sorted(int(each.name) for each in (path / "snapshots").iterdir())


def test_two_processes_read_while_one_writes(engine: SnapshotEngine, path: Path) -> None:
    commit(engine, quad("a"), quad("a", graph="h"))
    with start(READ, path) as one, start(READ, path) as two:
        assert ask(one) == "1 2 1"
        assert ask(two) == "1 2 1"
        draft = engine.draft()
        draft.apply(Change.of([quad("b")], [quad("a")]))
        assert ask(one) == "1 2 1"
        draft.publish(CommitInfo())
        for number in range(6):
            commit(engine, quad(f"more{number}"))
            assert ask(one) == "1 2 1"
            assert ask(two) == "1 2 1"
        with start(READ, path) as three:
            assert ask(three) == "8 8 8"


def test_what_somebody_reads_in_another_process_is_not_removed(
    engine: SnapshotEngine, path: Path
) -> None:
    commit(engine, quad("a"))
    with start(READ, path) as reader:
        assert ask(reader) == "1 1 1"
        for number in range(5):
            commit(engine, quad(f"more{number}"))
        assert kept(path) == [1, 4, 5, 6]
        assert ask(reader) == "1 1 1"
        reader.kill()
    commit(engine, quad("last"))
    assert kept(path) == [5, 6, 7]


def test_what_somebody_reads_in_this_process_is_not_removed(
    engine: SnapshotEngine, path: Path
) -> None:
    with engine.read(0) as reader:
        for number in range(4):
            commit(engine, quad(str(number)))
        assert kept(path) == [0, 2, 3, 4]
        assert count(reader) == 0
    commit(engine, quad("last"))
    assert kept(path) == [3, 4, 5]


def test_states_whose_snapshot_is_gone_are_rebuilt(engine: SnapshotEngine, path: Path) -> None:
    states = [set[object]()]
    for number in range(9):
        gone = (quad(str(number - 2)),) if number > 1 else ()
        commit(engine, quad(str(number)), quad(str(number), graph="h"), removed=gone)
        with engine.read() as reader:
            states.append(set(stated(reader)))
    assert kept(path) == [7, 8, 9]
    for number, state in enumerate(states):
        with engine.read(number) as reader:
            assert (reader.version, stated(reader)) == (number, state)
            assert len(reader) == len(state)
            assert count(reader) == len({(q.subject, q.object) for q in stated(reader)})
    assert kept(path) == [7, 8, 9]


def test_a_rebuilt_state_leaves_nothing_behind(engine: SnapshotEngine, path: Path) -> None:
    for number in range(5):
        commit(engine, quad(str(number)))
    with engine.read(1):
        assert len(list((path / "head").iterdir())) == 2
    assert len(list((path / "head").iterdir())) == 1


def test_a_writer_in_another_process_is_named(path: Path) -> None:
    SnapshotEngine.create(path).close()
    with start(WRITE, path) as writer, SnapshotEngine.open(path) as engine:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        with pytest.raises(StoreLocked, match=f"process {writer.pid} ") as caught:
            engine.draft()
        assert sys.executable in caught.value.command
        with engine.read() as reader:
            assert len(reader) == 0
        writer.communicate()
        assert commit(engine, quad("a")).number == 1


def test_a_writer_in_another_thread_is_named(engine: SnapshotEngine, path: Path) -> None:
    refused: list[StoreLocked] = []

    def write() -> None:
        with SnapshotEngine.open(path) as other:
            try:
                other.draft()
            except StoreLocked as error:
                refused.append(error)

    with engine.draft():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert [error.pid for error in refused] == [os.getpid()]


def test_two_engines_write_in_turn(engine: SnapshotEngine, path: Path) -> None:
    with SnapshotEngine.open(path) as other:
        for number in range(1, 5):
            writer = (engine, other)[number % 2]
            assert commit(writer, quad(str(number))).number == number
        for each in (engine, other):
            with each.read() as reader:
                assert len(reader) == 4


def test_many_threads_read_while_one_writes(engine: SnapshotEngine) -> None:
    wrong: list[tuple[int, int]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            with engine.read() as reader:
                if count(reader) != reader.version:
                    wrong.append((count(reader), reader.version))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(15):
        commit(engine, quad(str(number)))
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
