from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.engines.rebuilding import rebuilt
from graph.engines.records import Records
from graph.engines.snapshot_files import Snapshots
from graph.engines.snapshots import SnapshotEngine
from graph.errors import StoreDamaged
from tests.statements import commit, quad

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engines.workspace import Workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Six commits: each adds a statement and takes back the one before."""
    with SnapshotEngine.create(tmp_path / "store") as engine:
        commit(engine, quad("1"))
        for number in range(2, 7):
            commit(engine, quad(str(number)), removed=(quad(str(number - 1)),))
    return tmp_path / "store"


def state(path: Path, number: int) -> set[object]:
    copy = copy_of(path, number)
    try:
        return {each for each in copy.store if each.graph_name == quad("any").graph_name}
    finally:
        copy.close()


def copy_of(path: Path, number: int) -> Workspace:
    return rebuilt(
        number,
        folder=path / "head",
        records=Records(path / "commits"),
        snapshots=Snapshots(path / "snapshots"),
    )


@pytest.mark.parametrize("kept", [{0}, {6}, {3}, {0, 6}, set[int](), set(range(7))])
def test_a_state_is_reached_from_whatever_snapshot_is_kept(path: Path, kept: set[int]) -> None:
    for snapshot in (path / "snapshots").iterdir():
        if int(snapshot.name) not in kept:
            snapshot.rename(path / f"away-{snapshot.name}")
    assert state(path, 0) == set()
    for number in range(1, 7):
        assert state(path, number) == {quad(str(number))}


def test_the_nearest_snapshot_is_the_beginning(path: Path) -> None:
    for number in (1, 2, 3):
        (path / "snapshots" / str(number)).rename(path / f"away-{number}")
    for number in (1, 2, 3, 5, 6):
        (path / "commits" / f"{number:08d}.rdfp.gz").rename(path / f"gone-{number}")
    with pytest.raises(StoreDamaged):
        state(path, 3)
    for number in (1, 2, 3, 5, 6):
        (path / f"gone-{number}").rename(path / "commits" / f"{number:08d}.rdfp.gz")
    damage = path / "commits" / "00000002.rdfp.gz"
    damage.write_bytes(damage.read_bytes()[:-9])
    assert state(path, 3) == {quad("3")}


def test_a_damaged_record_on_the_way_leaves_no_copy_behind(path: Path) -> None:
    for number in range(4):
        (path / "snapshots" / str(number)).rename(path / f"away-{number}")
    damage = path / "commits" / "00000004.rdfp.gz"
    damage.write_bytes(damage.read_bytes()[:-9])
    with pytest.raises(StoreDamaged, match="00000004"):
        state(path, 3)
    assert list((path / "head").iterdir()) == []
