"""The embedded engine: a folder of immutable snapshots, and a private head for who writes.

A commit writes its record, then its snapshot, and last replaces the file CURRENT. That
replacement is the commit: before it nothing is visible, after it everything is, and what
a crash leaves on either side is removed when somebody writes next.

The lock of the writer is held while a draft or group is open, so programs may take turns.
The head stays open between drafts and is made anew when somebody else has written.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import NotFound, StoreExists, StoreReplaced
from graph.names import DEFAULT_BASE, Names
from graph.prologue import house_prologue
from graph.terms import iri

from . import workspace
from .base import Engine
from .disk import (
    PRIVATE_FOLDER,
    Places,
    disk_problems,
    erasures_of,
    identity_of,
    read_current,
    read_format,
    remove,
    sync_folder,
    write_current,
    write_format,
)
from .drafting import Publisher
from .grouping import Files, SnapshotGroup, sweep
from .head import Head
from .lock import WriterLock
from .rebuilding import rebuilt
from .records import Records
from .replicated import refuse_replica
from .snapshot_files import Pinned, Snapshots
from .view import SnapshotReader
from .workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.change import Change
    from graph.prologue import Prologue

    from .base import Commit, CommitInfo
    from .drafting import SnapshotDraft

KEEP = 20
"""How many of the newest snapshots are kept unless the caller says otherwise."""


class SnapshotEngine(Engine):
    """A store of versions in a folder; ``create`` and ``open`` make one.

    Reading needs no lock and may happen in any number of processes and threads.

    Args:
        path: the folder.
        base: the base IRI that the folder says.
        keep: how many of the newest snapshots retention leaves; older states are rebuilt
            from the commit records when somebody asks for one.

    """

    def __init__(self, path: Path, *, base: str, keep: int) -> None:
        self._places, self._base, self._keep = Places(path), base, max(keep, 1)
        self._identity = identity_of(self._places)
        self._prologue = house_prologue(Names(base))
        self._records = Records(self._places.commits)
        self._snapshots = Snapshots(self._places.snapshots)
        self._newest_open: Pinned | None = None
        self._opening = threading.Lock()
        head = Head(lambda version: self._copy(version, self._places.heads))
        self._files = Files(self._places, self._records, self._snapshots, head)
        self._group: SnapshotGroup | None = None
        self._has_published = self._is_swept = False

    @classmethod
    def create(cls, path: Path, *, base: str = DEFAULT_BASE, keep: int = KEEP) -> SnapshotEngine:
        """Make an empty store in a folder that is empty or not there.

        Raises:
            StoreExists: if the folder holds anything.
            BadTerm: if the base is not an IRI.
            DiskProblem: if the disk does not let us.

        """
        base = iri(base).value.rstrip("/")
        with disk_problems(path):
            _make_room(Places(path))
            _write_empty(Places(path), base)
        return cls.open(path, keep=keep)

    @classmethod
    def open(cls, path: Path, *, keep: int = KEEP) -> SnapshotEngine:
        """Open a store.

        Raises:
            StoreMissing: if there is none.
            StoreTooNew: if a newer medalgraph wrote it.
            StoreDamaged: if a file is not what was written.

        """
        return cls(path, base=read_format(Places(path)), keep=keep)

    @property
    def base(self) -> str:
        """The base IRI under which the store mints its own."""
        return self._base

    @property
    def place(self) -> Path:
        """The folder of the store."""
        return self._places.root

    def newest(self) -> int:
        """Return the number of the newest version.

        Raises:
            StoreReplaced: if another store was put in the place of the one that was opened.

        """
        number = read_current(self._places)
        if self.is_replaced:
            raise StoreReplaced(
                f"Another store was put in the place of {self.place}.",
                path=self.place,
                hint="Open it again.",
            )
        return number

    @property
    def erasures(self) -> int:
        """How often the history was written anew, which gives versions another content."""
        return erasures_of(self._places)

    @property
    def is_replaced(self) -> bool:
        """Whether another store lies in the folder than the one that was opened."""
        return identity_of(self._places) != self._identity

    def read(self, version: int | None = None) -> SnapshotReader:
        """Open a version, the newest by default; see ``Engine.read``."""
        number = self.newest() if version is None else version
        self._check_number(number)
        pinned = self._pinned(number)
        if pinned is None and version is None and self.newest() != number:
            return self.read()
        pinned = pinned or self._rebuilt(number)
        if self.is_replaced:
            pinned.release()
            self.newest()
        return SnapshotReader(pinned, prologue=self._prologue)

    def draft(self, *, expected: int | None = None) -> SnapshotDraft:
        """Begin a change; see ``Engine.draft``. The lock is held until the draft ends.

        Raises:
            IsReplica: if the store is a replica.

        """
        group = self.group()
        try:
            return group.begin(_Alone(group), expected)
        except BaseException:
            group.close()
            raise

    def group(self) -> SnapshotGroup:
        """Begin changes that are published together. The lock is held until it is closed.

        Raises:
            StoreLocked: naming the process that writes.
            IsReplica: if the store is a replica.

        """
        refuse_replica(self._places)
        lock = WriterLock(self._places.lock, store=self._places.root)
        try:
            with disk_problems(self._places.root):
                self._sweep(self.newest())
            self._group = SnapshotGroup(self, self._files, lock)
        except BaseException:
            lock.release()
            raise
        return self._group

    def commits(self, *, newest_first: bool = True) -> Iterator[Commit]:
        """Yield what is known of each commit."""
        numbers = range(1, self.newest() + 1)
        return map(self._records.read, reversed(numbers) if newest_first else numbers)

    def commit(self, number: int) -> Commit:
        """Return what is known of one commit, or raise NotFound."""
        self._check_number(number, first=1)
        return self._records.read(number)

    def change(self, number: int) -> Change:
        """Return the exact change of one commit, or raise NotFound."""
        self._check_number(number, first=1)
        return self._records.change(number)

    def rows(self, number: int) -> Iterator[bytes]:
        """Yield the rows of a commit in parts of whole lines; see ``Engine.rows``."""
        self._check_number(number, first=1)
        yield from self._records.rows(number)

    def changes(self, first: int, last: int) -> Iterator[Change]:
        """Yield the changes of commits ``first`` to ``last`` in parts that fit in memory.

        Raises:
            StoreReplaced: at the end, if they may be of another store.

        """
        for number in range(first, last + 1):
            yield from self._records.batches(number)
        self.newest()

    @property
    def prologue(self) -> Prologue:
        """What holds for queries before they declare anything."""
        return self._prologue

    def close(self) -> None:
        """Forget an open draft, and release files and locks; open readers go on."""
        if self._group is not None:
            self._group.close()
        self._let_go()
        self._files.head.throw_away()

    def rebuilt(self, number: int) -> Workspace:
        """Return a private copy in the state of a version, in which somebody may write."""
        return self._copy(number, self._scratch())

    def is_published(self) -> None:
        """Close the newest state, since there is a newer one. Called by the group."""
        self._let_go()
        self._has_published = True

    def is_over(self) -> None:
        """Thin out old snapshots when the group has ended. Called by the group."""
        self._group = None
        if self._has_published:
            self._has_published = False
            with contextlib.suppress(OSError):
                self._snapshots.thin(self._keep)

    def _sweep(self, newest: int) -> None:
        # To list a long history takes time; what a crash leaves begins with the next number.
        if self._is_swept and not self._records.path(newest + 1).exists():
            self._snapshots.sweep(newest)
            workspace.sweep(self._places.heads)
        else:
            sweep(self._files, newest)
        self._is_swept = True

    def _pinned(self, number: int) -> Pinned | None:
        """Return the open snapshot of a version; the newest stays open for the next reader."""
        with self._opening:
            held = self._newest_open
            if held is not None and held.version == number:
                return held.share()
            pinned = self._snapshots.open(number, quads=self._records.quads(number))
            if pinned is not None and (held is None or held.version < number):
                self._newest_open = pinned.share()
                if held is not None:
                    held.release()
            return pinned

    def _let_go(self) -> None:
        with self._opening:
            pinned, self._newest_open = self._newest_open, None
        if pinned is not None:
            pinned.release()

    def _rebuilt(self, number: int) -> Pinned:
        quads = self._records.quads(number)
        copy = self.rebuilt(number)
        return Pinned(copy.store, version=number, quads=quads, let_go=copy.close)

    def _copy(self, number: int, folder: Path) -> Workspace:
        return rebuilt(number, folder=folder, records=self._records, snapshots=self._snapshots)

    def _scratch(self) -> Path:
        """Return where a state may be rebuilt: beside the head, or off a disk we may only read."""
        heads = self._places.heads
        writable = os.access(heads, os.W_OK, effective_ids=True)
        return heads if writable else Path(tempfile.gettempdir())

    def _check_number(self, number: int, *, first: int = 0) -> None:
        newest = self.newest()
        if not first <= number <= newest:
            raise NotFound(
                f"There is no commit {number}; the newest is {newest}.",
                hint="List them with: medalgraph history",
            )


class _Alone(Publisher):
    """Publishes one draft as soon as it is made, and ends the writer's turn with it."""

    def __init__(self, group: SnapshotGroup) -> None:
        self._group = group

    def keep(self, draft: SnapshotDraft, info: CommitInfo) -> Commit:
        """Publish the draft: its record, its snapshot, then CURRENT."""
        try:
            commit = self._group.keep(draft, info)
            self._group.publish()
        finally:
            self._group.close()
        return commit

    def drop(self, *, head_is_clean: bool) -> None:
        """Forget the draft."""
        self._group.drop(head_is_clean=head_is_clean)
        self._group.close()


def _make_room(places: Places) -> None:
    """Make the folder; what an interrupted ``create`` left behind is removed.

    Raises:
        StoreExists: if it holds anything else.

    """
    root = places.root
    if root.exists() and not root.is_dir():
        raise StoreExists(f"{root} is a file.", path=root, hint="Choose another place.")
    root.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    root.chmod(PRIVATE_FOLDER)
    if places.format.exists():
        raise StoreExists(f"There is a store in {root} already.", path=root)
    ours = {path.name for path in (*places.folders(), places.current, places.lock)}
    found = {path.name.removesuffix(".tmp") for path in root.iterdir()} - {"FORMAT"}
    if not found <= ours or (places.commits.is_dir() and any(places.commits.iterdir())):
        raise StoreExists(
            f"The folder {root} is not empty.", path=root, hint="Choose an empty folder."
        )
    for path in list(root.iterdir()):
        remove(path)


def _write_empty(places: Places, base: str) -> None:
    for folder in places.folders():
        folder.mkdir(mode=PRIVATE_FOLDER)
    snapshots = Snapshots(places.snapshots)
    empty = Workspace(places.heads, snapshots, None)
    try:
        snapshots.publish(empty.store, 0)
    finally:
        empty.close()
    write_current(places, 0)
    write_format(places, base)
    sync_folder(places.root.parent)
