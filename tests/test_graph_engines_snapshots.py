from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from graph.errors import (
    BadTerm,
    NotFound,
    StoreDamaged,
    StoreExists,
    StoreLocked,
    StoreMissing,
    StoreTooNew,
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


def test_a_store_keeps_its_base_and_its_state(path: Path) -> None:
    with SnapshotEngine.create(path, base="https://example.org/games/") as engine:
        commit(engine, quad("a"))
    with SnapshotEngine.open(path) as again:
        assert again.base == "https://example.org/games"
        with again.read() as reader:
            assert stated(reader) == {quad("a")}


def test_the_layout_is_the_one_that_is_documented(engine: SnapshotEngine, path: Path) -> None:
    commit(engine, quad("a"))
    assert {each.name for each in path.iterdir()} == {
        "FORMAT",
        "CURRENT",
        "lock",
        "head",
        "snapshots",
        "commits",
    }
    assert [each.name for each in (path / "commits").iterdir()] == ["00000001.rdfp.gz"]
    assert kept(path) == [0, 1]


def test_nobody_else_may_read_any_file_of_a_store(path: Path) -> None:
    before = os.umask(0)
    try:
        with SnapshotEngine.create(path) as engine:
            commit(engine, quad("a"))
            modes = {
                each: each.stat().st_mode & 0o077
                for each in (path, *path.rglob("*"))
                if "head" not in each.relative_to(path).parts[1:2]
                and path / "head" not in each.parents
            }
            heads = [each.stat().st_mode & 0o077 for each in (path / "head").iterdir()]
    finally:
        os.umask(before)
    assert set(modes.values()) == {0}
    assert heads == [0]


def test_a_store_is_not_made_where_something_is(tmp_path: Path, path: Path) -> None:
    SnapshotEngine.create(path).close()
    with pytest.raises(StoreExists, match="There is a store in"):
        SnapshotEngine.create(path)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("years of work")
    with pytest.raises(StoreExists, match="not empty"):
        SnapshotEngine.create(tmp_path / "other")
    with pytest.raises(StoreExists, match="is a file"):
        SnapshotEngine.create(tmp_path / "other" / "thesis.txt")
    assert (tmp_path / "other" / "thesis.txt").read_text() == "years of work"


def test_a_store_is_made_in_an_empty_folder_or_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "empty", tmp_path / "new" / "deep"):
        SnapshotEngine.create(place).close()
        assert SnapshotEngine.open(place).newest() == 0


def test_a_store_whose_making_was_interrupted_can_be_made_again(path: Path) -> None:
    SnapshotEngine.create(path).close()
    (path / "FORMAT").unlink()
    (path / "CURRENT").unlink()
    with pytest.raises(StoreMissing):
        SnapshotEngine.open(path)
    SnapshotEngine.create(path).close()
    assert SnapshotEngine.open(path).newest() == 0


def test_commits_are_never_removed_by_making_a_store_again(path: Path) -> None:
    with SnapshotEngine.create(path) as engine:
        commit(engine, quad("a"))
    (path / "FORMAT").unlink()
    with pytest.raises(StoreExists):
        SnapshotEngine.create(path)
    assert len(list((path / "commits").iterdir())) == 1


def test_a_base_that_is_no_iri_is_refused_before_anything_is_made(path: Path) -> None:
    with pytest.raises(BadTerm):
        SnapshotEngine.create(path, base="not an iri")
    assert not path.exists()


def test_a_place_without_a_store_is_named(path: Path) -> None:
    with pytest.raises(StoreMissing, match=str(path)):
        SnapshotEngine.open(path)


def test_a_store_of_a_newer_layout_is_refused_and_left_alone(path: Path) -> None:
    with SnapshotEngine.create(path) as engine:
        commit(engine, quad("a"))
    (path / "FORMAT").write_text('{"layout": 99, "base": "https://example.org"}')
    before = {each: each.stat().st_mtime_ns for each in path.rglob("*")}
    with pytest.raises(StoreTooNew, match="layout 99"):
        SnapshotEngine.open(path)
    assert {each: each.stat().st_mtime_ns for each in path.rglob("*")} == before


def test_a_missing_newest_snapshot_is_rebuilt_from_the_commits(path: Path) -> None:
    with SnapshotEngine.create(path) as engine:
        commit(engine, quad("a"))
    shutil.rmtree(path / "snapshots" / "1")
    with SnapshotEngine.open(path) as engine, engine.read(1) as reader:
        assert stated(reader) == {quad("a")}


def test_a_current_that_names_a_commit_that_is_not_there_is_damage(path: Path) -> None:
    with SnapshotEngine.create(path) as engine:
        commit(engine, quad("a"))
    shutil.rmtree(path / "snapshots" / "1")
    (path / "commits" / "00000001.rdfp.gz").unlink()
    with SnapshotEngine.open(path) as engine, pytest.raises(StoreDamaged, match="00000001"):
        engine.read()


def test_a_snapshot_whose_files_were_changed_is_damage(path: Path) -> None:
    with SnapshotEngine.create(path) as engine:
        commit(engine, quad("a"))
    (path / "snapshots" / "1" / "CURRENT").write_text("rubbish")
    with SnapshotEngine.open(path) as engine, pytest.raises(StoreDamaged):
        engine.read()


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


def test_closing_forgets_an_open_draft(path: Path) -> None:
    engine = SnapshotEngine.create(path)
    draft = engine.draft()
    draft.apply(Change.of([quad("a")]))
    engine.close()
    draft.discard()
    with pytest.raises(ValueError, match="discarded"):
        draft.publish(CommitInfo())
    with SnapshotEngine.open(path) as again:
        assert again.newest() == 0
        assert commit(again, quad("b")).number == 1
    assert list((path / "head").iterdir()) == []


def test_a_closed_reader_says_so(engine: SnapshotEngine) -> None:
    reader = engine.read()
    reader.close()
    reader.close()
    with pytest.raises(ValueError, match="closed"):
        stated(reader)


def test_an_open_reader_outlives_its_engine(path: Path) -> None:
    with SnapshotEngine.create(path) as engine:
        commit(engine, quad("a"))
        reader = engine.read()
    with reader:
        assert stated(reader) == {quad("a")}


def test_commit_times_ascend_even_when_the_clock_was_put_back(
    engine: SnapshotEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PutBack(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override] # always UTC here
            del tz
            return datetime.fromisoformat("2001-01-01T00:00:00+00:00")

    first = commit(engine, quad("a"))
    monkeypatch.setattr("graph.engines.snapshots.datetime", PutBack)
    second = commit(engine, quad("b"))
    before, after = (datetime.fromisoformat(each.time) for each in (first, second))
    assert after - before == timedelta(microseconds=1)


def test_leftovers_of_a_crash_are_ignored_by_readers_and_removed_by_the_next_writer(
    engine: SnapshotEngine, path: Path
) -> None:
    commit(engine, quad("a"))
    shutil.copytree(path / "snapshots" / "1", path / "snapshots" / "2")
    (path / "snapshots" / "3.tmp").mkdir()
    (path / "snapshots" / "0.gone").mkdir()
    (path / "commits" / "00000002.rdfp.gz").write_bytes(b"half a reco")
    (path / "head" / "1-dead").mkdir()
    with SnapshotEngine.open(path) as other:
        assert other.newest() == 1
        assert [made.number for made in other.commits()] == [1]
        with pytest.raises(NotFound):
            other.read(2)
        assert commit(other, quad("b")).number == 2
        assert other.change(2) == Change.of([quad("b")])
    assert kept(path) == [0, 1, 2]
    assert not (path / "head" / "1-dead").exists()
