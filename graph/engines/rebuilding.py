"""States whose snapshot is gone, rebuilt from the nearest one that is kept."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from . import record
from .workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from .records import Records
    from .snapshot_files import Snapshots

_ATTEMPTS = 10
"""How often a snapshot may be thinned out by a writer while it is about to be copied."""


def rebuilt(number: int, *, folder: Path, records: Records, snapshots: Snapshots) -> Workspace:
    """Return a private copy of the store in the state of a version.

    Where the snapshot of that version is kept, this is a copy of it. Otherwise the state
    is reached from the snapshot that is the fewest changes away, forwards or backwards.

    Args:
        number: the version.
        folder: where the copy is made.
        records: the changes.
        snapshots: where to begin from.

    Raises:
        StoreDamaged: if a commit record on the way is not what was written.

    """
    for _ in range(_ATTEMPTS):
        start = min(chain([0], snapshots.kept()), key=lambda kept: _changes(records, kept, number))
        try:
            copy = Workspace(folder, snapshots, start or None)
        except FileNotFoundError:
            continue
        try:
            _walk(copy, records, start, number)
        except BaseException:
            copy.close()
            raise
        return copy
    raise FileNotFoundError(snapshots.path(number))


def _walk(copy: Workspace, records: Records, start: int, end: int) -> None:
    for number in range(start + 1, end + 1):
        for part in records.batches(number):
            record.apply(copy.store, part)
    for number in range(start, end, -1):
        for part in records.batches(number):
            record.apply(copy.store, part.inverse())


def _changes(records: Records, start: int, end: int) -> int:
    between = range(min(start, end) + 1, max(start, end) + 1)
    return sum(commit.added + commit.removed for commit in map(records.read, between))
