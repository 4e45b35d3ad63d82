"""kill -9 of who pulls, at any step: the replica is whole, at the old version or at the new one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.engines.base import CommitInfo
from graph.engines.disk import Places
from graph.engines.snapshot_files import Snapshots
from graph.engines.snapshots import SnapshotEngine
from graph.erasing import erase
from graph.errors import DiskProblem
from graph.names import RDFS_LABEL, Names
from graph.replicating import standing_of
from graph.terms import Literal, Quad

from .disks import fill, mounted
from .replica_world import commit, primary_in, proved, pull
from .statements import name

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[1]
ANA = Names().of("person", "ana-silva-1999")
OURS = {"FORMAT", "CURRENT", "REPLICA", "lock", "head", "snapshots", "commits", "replication"}


def died_at_steps(before: Path | None, after: Path, folder: Path, *, stride: int) -> list[Path]:
    """Let somebody who pulls die at each step, and return where the replicas lie."""
    folder.mkdir()
    program = [sys.executable, "-m", "tests.crashing_puller"]
    subprocess.run(
        [*program, str(before or "-"), after, folder, str(stride)],
        check=True,
        cwd=ROOT,
        timeout=500,
    )
    return [path / "replica" for path in sorted(folder.iterdir(), key=lambda one: int(one.name))]


def check_tidy(place: Path) -> None:
    """Nothing is left of what was at work when it died."""
    assert {path.name for path in place.iterdir()} == OURS
    assert [path.name for path in (place / "replication").iterdir()] == ["standing.json"]
    assert list((place / "head").iterdir()) == []
    assert all(path.name.isdecimal() for path in (place / "snapshots").iterdir())
    assert [path.name for path in place.parent.iterdir()] == ["replica"]


def words_in(places: Iterable[Path]) -> bytes:
    return b"".join(path.read_bytes() for place in places for path in place.rglob("*.sst"))


@pytest.mark.slow
def test_who_makes_a_replica_may_be_killed_at_any_step(tmp_path: Path) -> None:
    primary = primary_in(tmp_path)

    replicas = died_at_steps(None, primary, tmp_path / "replicas", stride=3)

    assert len(replicas) > 10
    for place in replicas:
        if place.exists():
            assert proved(place) == 3
        pull(primary, place)
        assert proved(place) == 3
        check_tidy(place)


@pytest.mark.slow
def test_who_follows_may_be_killed_at_any_step(tmp_path: Path) -> None:
    primary = primary_in(tmp_path)
    before = shutil.copytree(primary, tmp_path / "before")
    commit(primary, 2)

    replicas = died_at_steps(before, primary, tmp_path / "replicas", stride=2)

    assert len(replicas) > 20
    versions = []
    for place in replicas:
        versions.append(proved(place))
        pull(primary, place)
        assert proved(place) == 5
        check_tidy(place)
    assert set(versions) == {3, 5}
    assert versions == sorted(versions)


@pytest.mark.slow
def test_who_makes_a_replica_without_an_erased_person_may_be_killed_at_any_step(
    tmp_path: Path,
) -> None:
    primary = primary_in(tmp_path)
    book = name("book")
    with SnapshotEngine.open(primary) as engine:
        draft = engine.draft()
        draft.bulk_add([Quad(ANA, RDFS_LABEL, Literal("Ana Silva"), book)])
        draft.publish(CommitInfo(message="Ana Silva comes"))
    before = shutil.copytree(primary, tmp_path / "before")
    erase(primary, ANA)

    replicas = died_at_steps(before, primary, tmp_path / "replicas", stride=4)

    assert len(replicas) > 10
    for place in replicas:
        assert proved(place) == 4
        pull(primary, place)
        assert proved(place) == 4
        check_tidy(place)
        with SnapshotEngine.open(place) as engine, SnapshotEngine.open(primary) as theirs:
            assert list(engine.commits()) == list(theirs.commits())
    assert b"Ana Silva" in words_in([before])
    assert b"Ana Silva" not in words_in(replicas)


@pytest.mark.parametrize("spare_kib", [0, 16, 64])
def test_a_disk_that_gets_full_meanwhile_leaves_the_replica_as_it_was(
    tmp_path: Path, spare_kib: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    primary = primary_in(tmp_path)
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=24m", "tmpfs") as disk:
        place = disk / "replica"
        pull(primary, place)
        commit(primary, 2)
        filler = fill(disk, spare_kib=spare_kib)
        usage = shutil.disk_usage(disk)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1 << 40))

        with pytest.raises(DiskProblem, match="is full"):
            pull(primary, place)
        assert proved(place) == 3
        filler.unlink()
        assert pull(primary, place).newest == proved(place) == 5
        standing = standing_of(place, version=5)
        assert standing is not None
        assert standing.commits == 0
        assert Snapshots(Places(place).snapshots).kept() == [3, 5]
