from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Store

from graph.engines.snapshot_files import Snapshots
from graph.engines.workspace import Workspace, sweep
from tests.statements import quad

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    """One version, 1, with one statement."""
    for name in ("snapshots", "head"):
        (tmp_path / name).mkdir()
    head, made = Store(str(tmp_path / "first")), Snapshots(tmp_path / "snapshots")
    head.add(quad("a"))
    made.publish(head, 1)
    return made


@pytest.fixture
def folder(snapshots: Snapshots) -> Path:
    return snapshots.folder.parent / "head"


def test_a_workspace_begins_as_a_copy_and_goes_its_own_way(
    folder: Path, snapshots: Snapshots
) -> None:
    one, two = Workspace(folder, snapshots, 1), Workspace(folder, snapshots, 1)
    one.store.add(quad("b"))
    assert len(one.store) == 2
    assert list(two.store) == [quad("a")]
    pinned = snapshots.open(1, quads=1)
    assert pinned is not None
    assert list(pinned.store) == [quad("a")]
    pinned.release()
    one.close()
    two.close()


def test_a_copy_shares_the_large_files(folder: Path, snapshots: Snapshots) -> None:
    copy = Workspace(folder, snapshots, 1)
    numbers = {path.stat().st_ino for path in snapshots.path(1).glob("*.sst")}
    assert numbers
    assert numbers <= {path.stat().st_ino for path in copy.path.glob("store/*.sst")}
    copy.close()


def test_where_links_are_not_possible_files_are_copied(
    folder: Path, snapshots: Snapshots, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "no links on this disk")

    monkeypatch.setattr(os, "link", refuse)
    copy = Workspace(folder, snapshots, 1)
    assert list(copy.store) == [quad("a")]
    copy.close()


def test_a_workspace_of_no_version_is_empty(folder: Path, snapshots: Snapshots) -> None:
    copy = Workspace(folder, snapshots, None)
    assert len(copy.store) == 0
    copy.close()


def test_a_snapshot_that_is_gone_is_not_copied(folder: Path, snapshots: Snapshots) -> None:
    with pytest.raises(FileNotFoundError):
        Workspace(folder, snapshots, 7)
    assert list(folder.iterdir()) == []


def test_closing_removes_everything_and_may_be_repeated(folder: Path, snapshots: Snapshots) -> None:
    copy = Workspace(folder, snapshots, 1)
    copy.close()
    copy.close()
    assert list(folder.iterdir()) == []
    with pytest.raises(ValueError, match="closed"):
        len(copy.store)


def test_sweeping_removes_only_what_nobody_uses(folder: Path, snapshots: Snapshots) -> None:
    used = Workspace(folder, snapshots, 1)
    (folder / "12345-dead" / "store").mkdir(parents=True)
    sweep(folder)
    assert list(folder.iterdir()) == [used.path]
    used.close()
