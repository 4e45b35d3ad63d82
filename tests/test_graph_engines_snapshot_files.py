from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Store

from graph.engines.snapshot_files import Pinned, Snapshots
from tests.statements import quad

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    """Five versions, each with as many statements as its number says."""
    folder = tmp_path / "snapshots"
    folder.mkdir()
    made = Snapshots(folder)
    head = Store(str(tmp_path / "head"))
    for version in range(5):
        made.publish(head, version)
        head.add(quad(str(version)))
    return made


def size(pinned: Pinned | None) -> int:
    assert pinned is not None
    try:
        return len(pinned.store)
    finally:
        pinned.release()


def test_each_version_is_opened_as_it_was_published(snapshots: Snapshots) -> None:
    assert snapshots.kept() == [0, 1, 2, 3, 4]
    assert [size(snapshots.open(version, quads=0)) for version in range(5)] == [0, 1, 2, 3, 4]


def test_what_was_written_but_not_flushed_is_in_the_snapshot(tmp_path: Path) -> None:
    (tmp_path / "snapshots").mkdir()
    head, made = Store(str(tmp_path / "head")), Snapshots(tmp_path / "snapshots")
    head.add(quad("a"))
    made.publish(head, 1)
    pinned = made.open(1, quads=0)
    assert pinned is not None
    assert quad("a") in pinned.store
    pinned.release()


def test_reading_a_snapshot_writes_nothing_into_it(snapshots: Snapshots) -> None:
    def files() -> dict[str, tuple[int, int]]:
        found = (path for path in snapshots.path(4).iterdir())
        return {path.name: (path.stat().st_size, path.stat().st_mtime_ns) for path in found}

    before = files()
    one, two = snapshots.open(4, quads=0), snapshots.open(4, quads=0)
    assert one is not None
    assert two is not None
    assert len(list(one.store)) == len(list(two.store)) == 4
    assert files() == before
    one.release()
    two.release()
    assert files() == before


def test_thinning_keeps_the_newest(snapshots: Snapshots) -> None:
    snapshots.thin(2)
    assert snapshots.kept() == [3, 4]
    assert sorted(path.name for path in snapshots.folder.iterdir()) == ["3", "4"]
    assert [size(snapshots.open(version, quads=0)) for version in (3, 4)] == [3, 4]


def test_thinning_leaves_what_is_open_and_takes_it_later(snapshots: Snapshots) -> None:
    pinned = snapshots.open(1, quads=0)
    assert pinned is not None
    snapshots.thin(2)
    assert snapshots.kept() == [1, 3, 4]
    assert len(pinned.store) == 1
    pinned.release()
    snapshots.thin(2)
    assert snapshots.kept() == [3, 4]


def test_a_snapshot_that_is_gone_is_not_opened(snapshots: Snapshots) -> None:
    snapshots.thin(1)
    assert snapshots.open(0, quads=0) is None
    assert snapshots.pin(0) is None


def test_a_snapshot_removed_between_opening_and_locking_is_gone(
    snapshots: Snapshots, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def open_then_thin(path: Path, flags: int) -> int:
        number = real(path, flags)
        monkeypatch.undo()
        snapshots.thin(1)
        return number

    monkeypatch.setattr("graph.engines.snapshot_files.os.open", open_then_thin)
    assert snapshots.pin(0) is None
    assert snapshots.kept() == [4]


def test_sweeping_removes_what_no_commit_stands_for(snapshots: Snapshots) -> None:
    (snapshots.folder / "5.tmp").mkdir()
    (snapshots.folder / "0.gone").mkdir()
    (snapshots.folder / "stray").touch()
    snapshots.sweep(3)
    assert sorted(path.name for path in snapshots.folder.iterdir()) == ["0", "1", "2", "3"]


def test_a_shared_state_is_let_go_by_its_last_user() -> None:
    let_go: list[str] = []
    pinned = Pinned(Store(), version=1, quads=0, let_go=lambda: let_go.append("now"))
    pinned.share()
    pinned.release()
    assert len(pinned.store) == 0
    assert let_go == []
    pinned.release()
    assert let_go == ["now"]
    with pytest.raises(ValueError, match="closed"):
        len(pinned.store)
