"""A writer's turn: commits that are staged one by one, and become durable and visible together.

To stage a commit is to write its record and to have its state on the head. To publish is to
make the records durable, to take one snapshot of the head, and to replace CURRENT: this is the
commit of all of them. Before it nobody but the writer sees any of them, and a crash leaves
none; after it each has its number, and the states between are rebuilt from the records.
"""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from graph.errors import NotFound, StoreDamaged, WriteConflict

from . import workspace
from .base import Commit, CommitInfo, Engine
from .disk import disk_problems, remove, write_current
from .drafting import Publisher, SnapshotDraft
from .records import Body
from .snapshot_files import Pinned
from .view import SnapshotReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.change import Change
    from graph.prologue import Prologue

    from .disk import Places
    from .head import Head
    from .lock import WriterLock
    from .records import Records
    from .snapshot_files import Snapshots
    from .workspace import Workspace


class Host(Protocol):
    """The engine for which a group writes, as the group needs it."""

    @property
    def base(self) -> str:
        """The base IRI of the store."""

    @property
    def prologue(self) -> Prologue:
        """What holds for queries before they declare anything."""

    def newest(self) -> int:
        """Return the number of the newest version that is published."""

    def read(self, version: int | None = None) -> SnapshotReader:
        """Open a version that is published."""

    def rebuilt(self, number: int) -> Workspace:
        """Return a private copy in the state of a version."""

    def is_published(self) -> None:
        """Take note of a newer version."""

    def is_over(self) -> None:
        """Take note that the group has ended."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a store that a writer writes.

    Attributes:
        places: where everything is.
        records: the commit records.
        snapshots: the snapshots.
        head: the private state of the writer.

    """

    places: Places
    records: Records
    snapshots: Snapshots
    head: Head


class SnapshotGroup(Engine, Publisher):
    """The store as the writer has it while it holds the lock; one thread at a time uses it.

    It is an engine of its own: a draft begins with what was staged last, and commits that are
    staged can be looked at. ``publish`` makes them those of the store; what was not published
    when the group is closed is forgotten.

    Args:
        host: the engine.
        files: of the store.
        lock: held; it belongs to the group from now on.

    """

    def __init__(self, host: Host, files: Files, lock: WriterLock) -> None:
        self._host, self._files, self._lock = host, files, lock
        self._published = self._newest = host.newest()
        self._draft: SnapshotDraft | None = None
        self._last: Commit | None = None
        with disk_problems(files.places.root):
            self._quads = self._quads_published = files.records.quads(self._newest)

    @property
    def base(self) -> str:
        """The base IRI under which the store mints its own."""
        return self._host.base

    @property
    def has_staged(self) -> bool:
        """Whether there is anything to publish."""
        return self._newest != self._published

    def newest(self) -> int:
        """Return the number of the newest version, staged or published."""
        return self._newest

    def read(self, version: int | None = None) -> SnapshotReader:
        """Open a version; one that is staged is copied, so that it stays as it is."""
        number = self._newest if version is None else version
        if number <= self._published:
            return self._host.read(number)
        self._check_number(number)
        copy = self._host.rebuilt(number)
        quads = self._files.records.quads(number)
        pinned = Pinned(copy.store, version=number, quads=quads, let_go=copy.close)
        return SnapshotReader(pinned, prologue=self._host.prologue)

    def draft(self, *, expected: int | None = None) -> SnapshotDraft:
        """Begin a change on top of what was staged last.

        Raises:
            WriteConflict: if ``expected`` is given and is not the newest version here.

        """
        return self.begin(self, expected)

    def begin(self, publisher: Publisher, expected: int | None) -> SnapshotDraft:
        """Begin a change that somebody publishes; see ``draft``."""
        if expected is not None and expected != self._newest:
            raise WriteConflict(expected=expected, found=self._newest)
        with disk_problems(self._files.places.root):
            head = self._files.head.at(self._newest)
        self._draft = SnapshotDraft(
            publisher,
            head,
            version=self._newest,
            quads=self._quads,
            prologue=self._host.prologue,
        )
        return self._draft

    def commits(self, *, newest_first: bool = True) -> Iterator[Commit]:
        """Yield what is known of each commit."""
        numbers = range(1, self._newest + 1)
        return map(self._files.records.read, reversed(numbers) if newest_first else numbers)

    def commit(self, number: int) -> Commit:
        """Return what is known of one commit, or raise NotFound."""
        self._check_number(number)
        return self._files.records.read(number)

    def change(self, number: int) -> Change:
        """Return the exact change of one commit, or raise NotFound."""
        self._check_number(number)
        return self._files.records.change(number)

    def rows(self, number: int) -> Iterator[bytes]:
        """Yield the rows of a commit in parts of whole lines; see ``Engine.rows``."""
        self._check_number(number)
        yield from self._files.records.rows(number)

    def keep(self, draft: SnapshotDraft, info: CommitInfo) -> Commit:
        """Stage a draft. Called by the draft.

        Raises:
            DiskProblem: and then the commit is not staged; those before it are.

        """
        try:
            with disk_problems(self._files.places.root):
                commit = self._staged(draft, info)
        except BaseException:
            with contextlib.suppress(OSError):
                remove(self._files.records.path(draft.version + 1))
            self.drop(head_is_clean=False)
            raise
        self._draft, self._last, self._newest = None, commit, commit.number
        self._quads = len(draft)
        self._files.head.is_now(commit.number)
        return commit

    def drop(self, *, head_is_clean: bool) -> None:
        """Forget a draft, and throw the head away unless it is clean. Called by the draft."""
        self._draft = None
        if not head_is_clean:
            self._files.head.throw_away()

    def publish(self) -> None:
        """Make all that is staged visible, durably and at once.

        Raises:
            DiskProblem: and then nothing of it is visible, and all of it is forgotten.

        """
        if not self.has_staged:
            return
        try:
            with disk_problems(self._files.places.root):
                self._make_durable()
                write_current(self._files.places, self._newest)
        except BaseException:
            self._take_back()
            raise
        self._published, self._quads_published = self._newest, self._quads
        self._host.is_published()

    def close(self) -> None:
        """Forget what is not published, and let others write."""
        if self._draft is not None:
            self._draft.discard()
        if self.has_staged:
            self._take_back()
        self._host.is_over()
        self._lock.release()

    def _staged(self, draft: SnapshotDraft, info: CommitInfo) -> Commit:
        head = self._files.head.at(draft.version)
        with Body(head.path / "body") as body:
            draft.write(body)
        commit = Commit(
            number=draft.version + 1,
            parent=draft.version,
            time=self._time_after(draft.version),
            info=info,
            added=body.added,
            removed=body.removed,
            checksum=body.checksum,
        )
        self._files.records.write(commit, body=body.path, quads=len(draft))
        remove(body.path)
        return commit

    def _make_durable(self) -> None:
        """Sync the records while the snapshot is taken: both wait for the disk most of the time."""
        numbers = range(self._published + 1, self._newest + 1)
        head = self._files.head.at(self._newest)
        with ThreadPoolExecutor(1, thread_name_prefix="records") as beside:
            synced = beside.submit(self._files.records.sync, numbers)
            self._files.snapshots.publish(head.store, self._newest)
            synced.result()

    def _take_back(self) -> None:
        """Leave the store as it was before the group, as far as the disk lets us."""
        with contextlib.suppress(OSError, StoreDamaged):
            if self._host.newest() != self._published:
                write_current(self._files.places, self._published)
            sweep(self._files, self._published)
        self._files.head.throw_away()
        self._newest, self._last = self._published, None
        self._quads = self._quads_published

    def _time_after(self, version: int) -> str:
        """Return the time now, or just after the parent's where the clock was put back."""
        now = datetime.now(UTC)
        if version:
            parent = self._last or self._files.records.read(version)
            now = max(now, datetime.fromisoformat(parent.time) + timedelta(microseconds=1))
        return now.isoformat(timespec="microseconds")

    def _check_number(self, number: int) -> None:
        if not 1 <= number <= self._newest:
            raise NotFound(f"There is no commit {number}; the newest is {self._newest}.")


def sweep(files: Files, newest: int) -> None:
    """Remove what a crash or a failure left behind, and what belongs to no commit."""
    files.records.sweep(newest)
    files.snapshots.sweep(newest)
    workspace.sweep(files.places.heads)
