from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
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
    StoreMissing,
    StoreTooNew,
)
from tests.statements import commit, quad, stated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
    monkeypatch.setattr("graph.engines.grouping.datetime", PutBack)
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
