"""A disk that is full or read-only: a clear error, nothing of the change kept, no damage."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from graph.errors import DiskProblem
from tests.disks import fill, mounted
from tests.statements import commit, count, quad, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.terms import Quad

ROOT = Path(__file__).resolve().parents[1]
NOBODY = 65534
SPARE_KIB = (0, 16, 64, 80, 100, 200, 400, 1600)
"""How much room is left, so that different steps of a commit are the one that fails."""


def try_to_write(engine: SnapshotEngine, quads: list[Quad], number: int) -> int:
    """Try a small and a large change; return how many of the two were kept."""
    kept = 0
    for load in (False, True):
        try:
            draft = engine.draft()
            draft.apply(Change.of([quad(f"try{number}-{load}")]))
            if load:
                draft.bulk_add(quads)
            draft.publish(CommitInfo())
            kept += 1
        except DiskProblem as error:
            assert "is full" in str(error)  # noqa: PT017 - only some of the attempts fail
            assert error.hint  # noqa: PT017
    return kept


@pytest.mark.slow
def test_a_full_disk_is_a_clear_error_and_the_store_is_as_it_was(tmp_path: Path) -> None:
    quads = [quad(f"n{n}", graph=graph) for n in range(700) for graph in "gh"]
    with (
        mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=24m", "tmpfs") as disk,
        SnapshotEngine.create(disk / "store", keep=2) as engine,
    ):
        refusals = 0
        for spare_kib in SPARE_KIB:
            before = engine.newest()
            with engine.read() as reader:
                state = stated(reader)
            filler = fill(disk, spare_kib=spare_kib)
            kept = try_to_write(engine, quads, spare_kib)
            refusals += 2 - kept
            assert engine.newest() == before + kept
            if not kept:
                with engine.read() as reader:
                    assert stated(reader) == state
            filler.unlink()
            commit(engine, quad(f"after{spare_kib}"))
        assert refusals >= len(SPARE_KIB)
        with engine.read() as reader:
            changes = Change()
            for made in engine.commits(newest_first=False):
                changes = changes.then(engine.change(made.number))
            assert stated(reader) == changes.added
            assert count(reader) == len({each.subject for each in stated(reader)})


LIMITED = """
import resource, signal, sys
from pathlib import Path
from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from graph.errors import DiskProblem
from tests.disks import fill, mounted
from tests.statements import quad
engine = SnapshotEngine.open(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    draft = engine.draft()
    draft.apply(Change.of(quad(f"n{number}") for number in range(2000)))
    draft.publish(CommitInfo())
except DiskProblem as error:
    print(error)
"""


@pytest.mark.parametrize("limit", [0, 500, 20_000, 66_000, 69_000, 90_000])
def test_a_limit_on_the_size_of_files_is_a_clear_error(tmp_path: Path, limit: int) -> None:
    path = tmp_path / "store"
    with SnapshotEngine.create(path) as engine:
        commit(engine, quad("a"))
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, path, str(limit)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == (
        f"The disk that holds {path} takes no larger file; the store is as it was.\n"
    )
    with SnapshotEngine.open(path) as engine:
        assert engine.newest() == 1
        assert commit(engine, quad("b")).number == 2


def check_only_reading_works(path: Path) -> None:
    with SnapshotEngine.open(path, keep=1) as engine:
        with engine.read() as reader:
            assert stated(reader) == {quad("a"), quad("b")}
        with engine.read(1) as reader:
            assert stated(reader) == {quad("a")}
        with pytest.raises(DiskProblem, match=r"is read-only|does not let this user in") as caught:
            engine.draft()
        assert str(path) in str(caught.value)
    with pytest.raises(DiskProblem):
        SnapshotEngine.create(path / "other")


def make_two_commits(path: Path) -> None:
    with SnapshotEngine.create(path, keep=1) as engine:
        commit(engine, quad("a"))
        commit(engine, quad("b"))


def test_a_read_only_disk_can_be_read_and_says_so_when_written(tmp_path: Path) -> None:
    make_two_commits(tmp_path / "store")
    before = {each: each.stat().st_mtime_ns for each in tmp_path.rglob("*")}
    with mounted(tmp_path / "view", "--bind", "-o", "ro", str(tmp_path)) as view:
        check_only_reading_works(view / "store")
    assert {
        each: each.stat().st_mtime_ns for each in tmp_path.rglob("*") if each.name != "view"
    } == before


@contextmanager
def ordinary_user(folder: Path) -> Iterator[None]:
    """Act as somebody whom permissions bind, which they do not do to root."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, -1)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_without_permission_can_be_read_and_says_so_when_written() -> None:
    with TemporaryDirectory() as place:
        path = Path(place) / "store"
        make_two_commits(path)
        folders = [path, path / "head", path / "snapshots", path / "commits"]
        for folder in folders:
            folder.chmod(0o500)
        with ordinary_user(Path(place)):
            check_only_reading_works(path)
        for folder in folders:
            folder.chmod(0o700)


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("nth", range(1, 8))
def test_a_disk_that_fails_at_any_step_of_a_commit_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, nth: int
) -> None:
    with SnapshotEngine.create(tmp_path / "store") as engine:
        commit(engine, quad("a"))
        draft = engine.draft()
        draft.apply(Change.of([quad("b")]))
        place, calls = (os, 0) if step == "fsync" else (Path, 0)
        real = getattr(place, step)

        def fail_once(*arguments: object) -> object:
            nonlocal calls
            calls += 1
            if calls == nth:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return real(*arguments)

        monkeypatch.setattr(place, step, fail_once)
        try:
            made = draft.publish(CommitInfo())
        except DiskProblem as error:
            assert "reads or writes wrongly" in str(error)  # noqa: PT017 - late steps may not fail
            assert engine.newest() == 1
            with engine.read() as reader:
                assert stated(reader) == {quad("a")}
        else:
            assert made.number == engine.newest() == 2
            assert calls < nth
        monkeypatch.undo()
        newest = engine.newest()
        assert commit(engine, quad("c")).number == newest + 1
