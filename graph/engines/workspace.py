"""Workspaces: private, writable, disposable copies of a snapshot, one folder for each user.

A writer drafts on one; an older state whose snapshot is gone is rebuilt on one. A copy
links the large files of the snapshot, which RocksDB never changes, and copies the rest.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from .disk import PRIVATE_FOLDER, disk_problems, remove

if TYPE_CHECKING:
    from .snapshot_files import Snapshots


class Workspace:
    """A writable store in a folder of its own, removed by ``close``.

    The folder is locked while it is in use; what a crash leaves behind is therefore known
    by being unlocked, and removed by ``sweep``.

    Args:
        folder: where workspaces lie, in the folder of the store.
        snapshots: where to copy from.
        version: which snapshot to copy; None begins empty.

    """

    def __init__(self, folder: Path, snapshots: Snapshots, version: int | None) -> None:
        self.root = folder.parent
        self._store: Store | None = None
        with disk_problems(self.root):
            self.path, self._number = _locked_folder(folder)
        try:
            with disk_problems(self.root):
                self._store = self._filled(snapshots, version)
        except BaseException:
            self.close()
            raise

    @property
    def store(self) -> Store:
        """The writable store."""
        if self._store is None:
            raise ValueError("This draft or reader has been closed.")
        return self._store

    def close(self) -> None:
        """Remove the copy."""
        self._store = None
        if self._number >= 0:
            number, self._number = self._number, -1
            remove(self.path)
            os.close(number)

    def _filled(self, snapshots: Snapshots, version: int | None) -> Store:
        target = self.path / "store"
        target.mkdir(PRIVATE_FOLDER)
        if version is not None:
            _copy(snapshots, version, target)
        return Store(str(target))


def _locked_folder(parent: Path) -> tuple[Path, int]:
    """Make a folder and lock it, unseen by ``sweep`` until it is locked."""
    door = _open_folder(parent)
    try:
        fcntl.flock(door, fcntl.LOCK_SH)
        path = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=parent))
        number = _open_folder(path)
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return path, number
    finally:
        os.close(door)


def _open_folder(path: Path) -> int:
    return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def _copy(snapshots: Snapshots, version: int, target: Path) -> None:
    pin = snapshots.pin(version)
    if pin is None:
        raise FileNotFoundError(snapshots.path(version))
    try:
        for source in snapshots.path(version).iterdir():
            _link_or_copy(source, target / source.name)
    finally:
        os.close(pin)


def _link_or_copy(source: Path, target: Path) -> None:
    if source.suffix == ".sst":
        try:
            target.hardlink_to(source)
        except OSError:
            shutil.copyfile(source, target)
    else:
        shutil.copyfile(source, target)


def sweep(folder: Path) -> None:
    """Remove the workspaces of processes that are no more."""
    door = _open_folder(folder)
    try:
        fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for path in list(folder.iterdir()):
            _remove_unless_used(path)
    except BlockingIOError:
        return
    finally:
        os.close(door)


def _remove_unless_used(path: Path) -> None:
    number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        remove(path)
    finally:
        os.close(number)
