"""Snapshots on disk: opened by readers, published by the writer, thinned, never changed."""

from __future__ import annotations

import fcntl
import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Store

from .disk import damaged, disk_problems, make_private, remove, sync_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_GONE = ".gone"


class Pinned:
    """An open state: a pyoxigraph store and what keeps its files in place.

    It is shared: each user calls ``share`` and later ``release``, and the last one
    releases the files.

    Args:
        store: the open store.
        version: whose state it is.
        quads: how many quads its named graphs hold.
        let_go: called once when nobody uses it any more.

    """

    def __init__(
        self, store: Store, *, version: int, quads: int, let_go: Callable[[], None]
    ) -> None:
        self.version, self.quads, self._let_go = version, quads, let_go
        self._store: Store | None = store
        self._users, self._counting = 1, threading.Lock()

    @property
    def store(self) -> Store:
        """The open store."""
        if self._store is None:
            raise ValueError("This reader has been closed.")
        return self._store

    def share(self) -> Pinned:
        """Count one user more."""
        with self._counting:
            self._users += 1
        return self

    def release(self) -> None:
        """Count one user less."""
        with self._counting:
            self._users -= 1
            unused = self._users == 0
        if unused:
            self._store = None
            self._let_go()


@dataclass(frozen=True, slots=True)
class Snapshots:
    """The folder of snapshots.

    A reader holds a shared lock on the snapshot's folder as long as it is open, and
    retention takes it exclusively before it removes one. The lock is the system's, so
    a reader in another process counts, and one that was killed does not.
    """

    folder: Path

    def path(self, version: int) -> Path:
        """Return where the snapshot of a version lies."""
        return self.folder / str(version)

    def kept(self) -> list[int]:
        """Return the versions that have a snapshot, ascending."""
        return sorted(int(path.name) for path in self.folder.iterdir() if path.name.isdecimal())

    def open(self, version: int, *, quads: int) -> Pinned | None:
        """Open the snapshot of a version, or return None if it has been thinned out.

        Args:
            version: which one.
            quads: how many quads its named graphs hold, for whoever asks.

        """
        pin = self.pin(version)
        if pin is None:
            return None
        try:
            with disk_problems(self.folder.parent):
                store = Store.read_only(str(self.path(version)))
        except BaseException:
            os.close(pin)
            raise
        return Pinned(store, version=version, quads=quads, let_go=lambda: os.close(pin))

    def pin(self, version: int) -> int | None:
        """Keep a snapshot in place until the returned descriptor is closed; None if it is gone."""
        try:
            with disk_problems(self.folder.parent):
                pin = os.open(self.path(version), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        fcntl.flock(pin, fcntl.LOCK_SH)
        if not self._is_still(version, pin):
            os.close(pin)
            return None
        return pin

    def publish(self, head: Store, version: int) -> None:
        """Write the state of a store as the snapshot of a version, durably.

        RocksDB flushes its buffers and syncs each file of a checkpoint; only the name of
        the checkpoint in the folder is left to us.
        """
        path = self.path(version)
        head.backup(str(path))
        make_private(path)
        sync_folder(path)
        sync_folder(self.folder)

    def adopt(self, folder: Path, version: int) -> None:
        """Make a folder whose files are durable the snapshot of a version, if it can be opened.

        Raises:
            StoreDamaged: if a file of it is missing or too short.

        """
        try:
            with disk_problems(self.folder.parent):
                Store.read_only(str(folder))
        except (OSError, RuntimeError, ValueError) as error:
            raise damaged(folder) from error
        make_private(folder)
        sync_folder(folder)
        remove(self.path(version))
        folder.rename(self.path(version))
        sync_folder(self.folder)

    def thin(self, keep: int) -> None:
        """Remove all but the newest ``keep`` snapshots; those that somebody reads stay."""
        for version in self.kept()[:-keep]:
            self._remove_unless_read(version)

    def sweep(self, newest: int) -> None:
        """Remove what a crash left behind: half-made snapshots, and those of no commit."""
        for path in list(self.folder.iterdir()):
            if not path.name.isdecimal() or int(path.name) > newest:
                remove(path)

    def _remove_unless_read(self, version: int) -> None:
        path = self.path(version)
        number = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        gone = path.with_name(path.name + _GONE)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.rename(gone)
        except BlockingIOError:
            return
        finally:
            os.close(number)
        remove(gone)

    def _is_still(self, version: int, pin: int) -> bool:
        """Tell whether the pinned folder was not removed before it was pinned."""
        try:
            return os.path.samestat(os.fstat(pin), self.path(version).stat())
        except FileNotFoundError:
            return False
