"""States whose snapshot is gone, rebuilt from the nearest one that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.progress import Progress, silent

from . import record
from .workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pyoxigraph import Store

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
        start = _nearest(number, snapshots.kept(), records)
        try:
            copy = Workspace(folder, snapshots, start or None)
        except FileNotFoundError:
            continue
        try:
            walk(copy.store, records, start, number)
        except BaseException:
            copy.close()
            raise
        return copy
    raise FileNotFoundError(snapshots.path(number))


def _nearest(number: int, kept: Sequence[int], records: Records) -> int:
    """Return the version, kept or the empty one, from which the fewest changes lead to another."""
    before = max((one for one in kept if one <= number), default=0)
    after = min((one for one in kept if one >= number), default=before)
    if number in (before, after):
        return number
    return min((before, after), key=lambda start: _changes(records, start, number))


def walk(
    store: Store, records: Records, start: int, end: int, *, progress: Progress = silent
) -> None:
    """Change a store from the state of one version into that of another.

    Args:
        store: in the state of ``start``.
        records: the changes.
        start: a version.
        end: a version, later or earlier.
        progress: told the statements done, of how many.

    Raises:
        StoreDamaged: if a commit record on the way is not what was written.

    """
    expected, done = _changes(records, start, end), 0
    for number in (*range(start + 1, end + 1), *range(start, end, -1)):
        for part in records.batches(number):
            record.apply(store, part if start < end else part.inverse())
            done += part.size
            progress(done, expected)


def _changes(records: Records, start: int, end: int) -> int:
    between = range(min(start, end) + 1, max(start, end) + 1)
    return sum(commit.added + commit.removed for commit in map(records.read, between))
