"""Bringing a folder to the version of a manifest: records, then the snapshot, and last CURRENT."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.engines import workspace
from graph.engines.disk import (
    PRIVATE_FOLDER,
    disk_problems,
    link_durably,
    remove,
    sync_folder,
    write_current,
)
from graph.engines.records import Records
from graph.engines.snapshot_files import Snapshots
from graph.engines.snapshots import KEEP
from graph.errors import BadCopy, DiskProblem, StoreDamaged

from .staging import Staging

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engines.disk import Places
    from graph.progress import Progress

    from .manifest import Manifest, Part
    from .sources import Source

_PULLING = ".pulling"
_SPARE_BYTES = 16 << 20
"""So much of the disk is left for whatever else is written."""


@dataclass(slots=True)
class Filling:
    """One folder that is brought to the version of a manifest.

    Args:
        source: where files are pulled from.
        places: the folder, with the folders that every store has.
        manifest: what the folder will hold.
        held: files that are here already, by their sums.
        progress: told the bytes pulled, of how many.

    Attributes:
        pulled_bytes: how many bytes came from the source.

    """

    source: Source
    places: Places
    manifest: Manifest
    held: dict[str, Path]
    progress: Progress
    pulled_bytes: int = 0
    _expected: int = field(init=False, default=0)
    _staging: Staging = field(init=False)

    def __post_init__(self) -> None:
        """Find the files that were pulled before."""
        self._staging = Staging(self.places.replication, root=self.places.root)

    def fill(self) -> None:
        """Bring the folder to the version, durably; until the very end it is of the old one.

        Raises:
            MovedOn: if the primary no longer offers it.
            PrimaryProblem: if it cannot be had.
            DiskProblem: if the disk does not let us.

        """
        with disk_problems(self.places.root):
            self._check_room()
        self._take_records()
        self._take_snapshot()
        with disk_problems(self.places.root):
            write_current(self.places, self.manifest.newest)
            tidy(self.places, self.manifest.newest)

    def _take_records(self) -> None:
        records = Records(self.places.commits)
        first = self.manifest.since + 1
        for number, record in enumerate(self.manifest.records, first):
            self._put(record.part, records.path(number), is_last=True)
        with disk_problems(self.places.root):
            sync_folder(self.places.commits)

    def _take_snapshot(self) -> None:
        snapshots = Snapshots(self.places.snapshots)
        folder = snapshots.folder / f"{self.manifest.newest}{_PULLING}"
        with disk_problems(self.places.root):
            remove(folder)
            folder.mkdir(PRIVATE_FOLDER)
        for name, part in self.manifest.snapshot.items():
            self._put(part, folder / name, is_last=False)
        try:
            snapshots.adopt(folder, self.manifest.newest)
        except StoreDamaged as error:
            self._staging.clear()
            raise BadCopy(
                f"The snapshot of commit {self.manifest.newest} at {self.source.name} is not whole"
                " or of another medalgraph.",
                primary=self.source.name,
                hint="Look at it with 'medalgraph doctor'; a folder may be half copied just now.",
            ) from error

    def _put(self, part: Part, target: Path, *, is_last: bool) -> None:
        """Put a file in its place: one that is here already, or one that is pulled.

        Args:
            part: its size and sum.
            target: its place.
            is_last: whether it is needed in no other place, and stays where it is put.

        """
        here = self.held.get(part.sha256)
        with disk_problems(self.places.root):
            if here == target:
                return
            if here is not None:
                target.unlink(missing_ok=True)
                link_durably(here, target)
                return
        taken = self._staging.take(self.source, part, self._came)
        with disk_problems(self.places.root):
            if is_last:
                taken.replace(target)
                self.held[part.sha256] = target
            else:
                link_durably(taken, target)

    def _came(self, count: int) -> None:
        self.pulled_bytes += count
        self.progress(self.pulled_bytes, self._expected)

    def _check_room(self) -> None:
        """Find out how much there is to pull, and whether it fits on the disk.

        Raises:
            DiskProblem: if it does not.

        """
        parts = [record.part for record in self.manifest.records]
        lacking = {
            part.sha256: part
            for part in (*parts, *self.manifest.snapshot.values())
            if part.sha256 not in self.held
        }
        self._staging.clear(but=lacking)
        self._expected = sum(part.bytes - self._staging.holds(part) for part in lacking.values())
        free = shutil.disk_usage(self.places.root).free
        if self._expected + _SPARE_BYTES > free:
            raise DiskProblem(
                f"The disk that holds {self.places.root} has {free:,} bytes left, and"
                f" {self._expected:,} have to be pulled; the replica is as it was.",
                path=self.places.root,
                hint="Free some space and try again.",
            )


def tidy(places: Places, newest: int) -> None:
    """Remove what no version needs: half-made files, and snapshots as a primary thins them out."""
    Records(places.commits).sweep(newest)
    snapshots = Snapshots(places.snapshots)
    snapshots.sweep(newest)
    snapshots.thin(KEEP)
    workspace.sweep(places.heads)
    Staging(places.replication, root=places.root).clear()
