"""A store made again from its commit records alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.progress import Progress, silent
from graph.terms import iri

from .disk import Places, disk_problems, write_current, write_format
from .rebuilding import walk
from .records import Records
from .snapshot_files import Snapshots
from .workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


def adopt(place: Path, newest: int, *, base: str, progress: Progress = silent) -> None:
    """Make an empty store, into whose folder records were put, a store of those commits.

    Args:
        place: the folder of the store.
        newest: the last commit.
        base: the base IRI of the store from now on.
        progress: told the statements done, of how many.

    Raises:
        StoreDamaged: if a record is not what was written.
        BadTerm: if the base is not an IRI.
        DiskProblem: if the disk does not let us.

    """
    places = Places(place)
    records, snapshots = Records(places.commits), Snapshots(places.snapshots)
    with disk_problems(place):
        copy = Workspace(places.heads, snapshots, None)
        try:
            walk(copy.store, records, 0, newest, progress=progress)
            copy.store.optimize()
            if newest:
                snapshots.publish(copy.store, newest)
        finally:
            copy.close()
        write_format(places, iri(base).value)
        write_current(places, newest)
