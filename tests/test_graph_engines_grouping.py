"""Commits of a group: each by itself in the history, all of them at once for everybody else."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.engines import drafting
from graph.engines.base import CommitInfo
from graph.engines.records import Records
from graph.engines.snapshot_files import Snapshots
from graph.engines.snapshots import SnapshotEngine
from graph.errors import DiskProblem, NotFound, StoreLocked, WriteConflict
from tests.statements import commit, count, quad, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Commit


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def engine(path: Path) -> Iterator[SnapshotEngine]:
    with SnapshotEngine.create(path, keep=3) as made:
        commit(made, quad("a"))
        yield made


def kept(path: Path) -> list[int]:
    return sorted(int(each.name) for each in (path / "snapshots").iterdir())


def records(path: Path) -> list[str]:
    return sorted(each.name for each in (path / "commits").iterdir())


def together(engine: SnapshotEngine, *names: str) -> list[Commit]:
    """Publish one commit for each name, all of them together."""
    with engine.group() as group:
        made = [commit(group, quad(name), message=name) for name in names]
        group.publish()
    return made


def test_nobody_sees_a_commit_of_a_group_before_all_are_published(engine: SnapshotEngine) -> None:
    with engine.group() as group:
        for number, name in enumerate("bcd", start=2):
            assert commit(group, quad(name)).number == number
            assert engine.newest() == 1
            with engine.read() as reader:
                assert stated(reader) == {quad("a")}
            with pytest.raises(NotFound):
                engine.commit(number)
        group.publish()
        assert engine.newest() == 4
        with engine.read() as reader:
            assert stated(reader) == {quad(name) for name in "abcd"}
            assert (len(reader), count(reader)) == (4, 4)


def test_each_commit_of_a_group_has_its_own_place_in_the_history(engine: SnapshotEngine) -> None:
    made = together(engine, "b", "c", "d")
    assert list(engine.commits(newest_first=False))[1:] == made
    assert [(each.number, each.parent) for each in made] == [(2, 1), (3, 2), (4, 3)]
    assert [each.info.message for each in made] == ["b", "c", "d"]
    assert [engine.change(each.number) for each in made] == [
        Change.of([quad(name)]) for name in "bcd"
    ]
    times = [each.time for each in made]
    assert times == sorted(set(times))


def test_a_group_has_one_snapshot_and_the_states_between_are_rebuilt(
    engine: SnapshotEngine, path: Path
) -> None:
    together(engine, "b", "c", "d")
    assert kept(path) == [0, 1, 4]
    for number, names in ((2, "ab"), (3, "abc")):
        with engine.read(number) as reader:
            assert (reader.version, stated(reader)) == (number, {quad(name) for name in names})


def test_a_change_of_a_group_begins_with_what_those_before_it_left(engine: SnapshotEngine) -> None:
    with engine.group() as group:
        commit(group, quad("b"), removed=(quad("a"),))
        with group.draft(expected=2) as draft:
            assert draft.version == 2
            assert (stated(draft), len(draft), count(draft)) == ({quad("b")}, 1, 1)
        with pytest.raises(WriteConflict, match="is at commit 2"):
            group.draft(expected=1)


def test_what_is_staged_can_be_looked_at_and_stays_as_it_is(engine: SnapshotEngine) -> None:
    with engine.group() as group:
        first = commit(group, quad("b"))
        assert (group.newest(), group.commit(2), group.change(2)) == (
            2,
            first,
            Change.of([quad("b")]),
        )
        with group.read() as staged:
            commit(group, quad("c"))
            assert (staged.version, stated(staged)) == (2, {quad("a"), quad("b")})
        with group.read(1) as published:
            assert stated(published) == {quad("a")}
        with pytest.raises(NotFound):
            group.change(4)


@pytest.mark.parametrize("size", ["small", "large", "loaded"])
def test_a_change_that_is_refused_leaves_those_before_it(
    engine: SnapshotEngine, monkeypatch: pytest.MonkeyPatch, size: str
) -> None:
    monkeypatch.setattr(drafting, "SMALL_CHANGE", 1 if size == "large" else 10)
    with engine.group() as group:
        commit(group, quad("b"))
        draft = group.draft()
        if size == "loaded":
            draft.bulk_add([quad("x"), quad("y")])
        else:
            draft.apply(Change.of([quad("x"), quad("y")], [quad("b")]))
        draft.discard()
        commit(group, quad("c"))
        group.publish()
    with engine.read() as reader:
        assert stated(reader) == {quad(name) for name in "abc"}
    assert engine.newest() == 3


def test_a_load_is_one_commit_of_a_group(engine: SnapshotEngine) -> None:
    with engine.group() as group:
        commit(group, quad("b"))
        draft = group.draft()
        draft.bulk_add([quad("b"), quad("c"), quad("d", graph="h")])
        assert draft.publish(CommitInfo(kind="load")).added == 2
        commit(group, quad("e"), removed=(quad("c"),))
        group.publish()
    with engine.read() as reader:
        assert stated(reader) == {quad("a"), quad("b"), quad("d", graph="h"), quad("e")}
        assert len(reader) == 4


def test_a_group_that_was_not_published_leaves_nothing(engine: SnapshotEngine, path: Path) -> None:
    with engine.group() as group:
        commit(group, quad("b"))
        commit(group, quad("c"))
        assert len(records(path)) == 3
    assert (engine.newest(), records(path), kept(path)) == (1, ["00000001.rdfp.gz"], [0, 1])
    assert commit(engine, quad("d")).number == 2
    with engine.read() as reader:
        assert stated(reader) == {quad("a"), quad("d")}


def test_a_group_may_publish_more_than_once(engine: SnapshotEngine, path: Path) -> None:
    with engine.group() as group:
        commit(group, quad("b"))
        group.publish()
        commit(group, quad("c"))
    assert engine.newest() == 2
    assert records(path) == ["00000001.rdfp.gz", "00000002.rdfp.gz"]
    with engine.read() as reader:
        assert stated(reader) == {quad("a"), quad("b")}


def test_nobody_else_writes_until_a_group_is_closed(engine: SnapshotEngine, path: Path) -> None:
    with SnapshotEngine.open(path) as other:
        with engine.group() as group:
            group.publish()
            with pytest.raises(StoreLocked):
                other.draft()
        assert commit(other, quad("b")).number == 2
    assert together(engine, "c", "d")[-1].number == 4


def test_closing_the_engine_forgets_an_open_group(path: Path) -> None:
    engine = SnapshotEngine.create(path)
    group = engine.group()
    commit(group, quad("a"))
    group.draft().apply(Change.of([quad("b")]))
    engine.close()
    with SnapshotEngine.open(path) as again:
        assert again.newest() == 0
        assert commit(again, quad("c")).number == 1
    assert records(path) == ["00000001.rdfp.gz"]


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", [(Snapshots, "publish"), (Records, "sync")])
def test_a_group_whose_publishing_fails_is_forgotten_as_a_whole(
    engine: SnapshotEngine, path: Path, monkeypatch: pytest.MonkeyPatch, step: tuple[type, str]
) -> None:
    with engine.group() as group:
        commit(group, quad("b"))
        commit(group, quad("c"))
        with monkeypatch.context() as patched:
            patched.setattr(*step, full)
            with pytest.raises(DiskProblem, match="is full"):
                group.publish()
        assert (engine.newest(), group.newest()) == (1, 1)
        assert (records(path), kept(path)) == (["00000001.rdfp.gz"], [0, 1])
        assert commit(group, quad("d")).number == 2
        group.publish()
    with engine.read() as reader:
        assert stated(reader) == {quad("a"), quad("d")}


def test_a_record_that_does_not_fit_on_the_disk_refuses_its_own_change_only(
    engine: SnapshotEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with engine.group() as group:
        commit(group, quad("b"))
        with monkeypatch.context() as patched:
            patched.setattr(Records, "write", full)
            with pytest.raises(DiskProblem, match="is full"):
                commit(group, quad("x"))
        commit(group, quad("c"))
        group.publish()
    assert engine.newest() == 3
    with engine.read() as reader:
        assert stated(reader) == {quad(name) for name in "abc"}


def test_every_record_of_a_group_is_on_the_disk_before_the_group_is_committed(
    engine: SnapshotEngine, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    before: list[Path] = []
    sync, rename = os.fsync, Path.replace

    def noting_sync(number: int) -> None:
        sync(number)
        synced.append(Path(os.readlink(f"/proc/self/fd/{number}")))  # noqa: PTH115 - of a number

    def noting_rename(self: Path, target: Path) -> Path:
        if target == path / "CURRENT":
            before.extend(synced)
        return rename(self, target)

    with engine.group() as group:
        for name in "bcdefg":
            commit(group, quad(name))
        monkeypatch.setattr(os, "fsync", noting_sync)
        monkeypatch.setattr(Path, "replace", noting_rename)
        group.publish()
    wanted = {path / "commits" / f"{number:08d}.rdfp.gz" for number in range(2, 8)}
    assert wanted <= set(before)
    names = [path / "commits", path / "snapshots", path / "snapshots" / "7", path / "CURRENT.tmp"]
    assert set(names) <= set(before)
    # A folder is synced after what was put into it.
    assert before.index(path / "commits") > max(map(before.index, wanted))
    assert synced[-1] == path
