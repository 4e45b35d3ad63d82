"""What a primary offers to its replicas: its newest version as files, each by its checksum.

Nothing is held in place for those who pull: a snapshot that is thinned out meanwhile is no longer
offered, and they begin again with the next, which shares most of its files.
"""

from __future__ import annotations

import hashlib
import os
import threading
from typing import TYPE_CHECKING

from graph.engines.disk import (
    LAYOUT_VERSION,
    Places,
    disk_problems,
    erasures_of,
    identity_of,
    read_current,
    read_format,
)
from graph.engines.records import Records
from graph.engines.replicated import primary_of
from graph.engines.snapshot_files import Snapshots
from graph.errors import MovedOn

from .ledger import Ledger, Sums
from .manifest import Manifest

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from .manifest import Part

TOKENS = "tokens.json"
_ATTEMPTS = 10
"""How often a snapshot may be thinned out while its files are summed up."""
_REMEMBERED = 20
"""The files of so many versions are offered by their sums, as long as they are kept."""


class Offer:
    """What the store in a folder offers; threads may share one.

    Args:
        place: the folder of the store.
        address: where clients reach it; empty if that is not known.
        tokens: the file of tokens; None for the one in the store.

    """

    def __init__(self, place: Path, *, address: str = "", tokens: Path | None = None) -> None:
        self._places, self._address = Places(place), address
        self._tokens = tokens or place / TOKENS
        self._one_at_a_time = threading.Lock()
        self._identity: tuple[int, int, int] | None = None
        self._base = ""
        self._begin()

    def mark(self) -> str:
        """Return what tells the present offer from earlier ones; it takes next to no time.

        Raises:
            StoreProblem: if the store cannot be read.

        """
        with self._one_at_a_time, disk_problems(self._places.root):
            return self._mark(self._newest(), self._address_told(), self._token_text())

    def manifest(self, since: int = 0) -> Manifest:
        """Return what is offered now; commits up to one are not listed.

        Raises:
            StoreProblem: if the store cannot be read.
            MovedOn: if snapshots are thinned out faster than they can be summed up.

        """
        with self._one_at_a_time, disk_problems(self._places.root):
            for _ in range(_ATTEMPTS):
                found = self._offered(since)
                if found is not None:
                    return found
        raise self._moved_on()

    def open(self, sha256: str) -> BinaryIO:
        """Open the file with a sum that a manifest of this object named.

        Raises:
            MovedOn: if no such file is offered any more.

        """
        # Copied in one step, for another thread may be making a manifest.
        snapshots = list(self._snapshots_offered.values())
        for files in (self._records_offered, *reversed(snapshots)):
            path = files.get(sha256)
            if path is not None:
                try:
                    return path.open("rb")
                except FileNotFoundError:
                    continue
        raise self._moved_on()

    def _offered(self, since: int) -> Manifest | None:
        """Return what is offered; None if the store moved on under our hands."""
        newest = self._newest()
        since = min(since, newest)
        snapshot = self._snapshot(newest)
        tokens, base, address = self._token_text(), self._base, self._address_told()
        if snapshot is None or self._identity != identity_of(self._places):
            return None
        records = self._ledger.since(since, newest)
        for number, record in enumerate(records, since + 1):
            self._records_offered[record.part.sha256] = self._records.path(number)
        return Manifest(
            mark=self._mark(newest, address, tokens),
            layout=LAYOUT_VERSION,
            base=base,
            erasures=erasures_of(self._places),
            address=address,
            newest=newest,
            since=since,
            lineage=self._ledger.lineage(since),
            content=self._ledger.content(since),
            records=records,
            snapshot=snapshot,
            tokens=tokens,
        )

    def _newest(self) -> int:
        """Return the newest version, with all commits up to it read; forget another store."""
        self._base = read_format(self._places)
        identity = identity_of(self._places)
        if identity != self._identity:
            self._begin()
            self._identity = identity
        newest = read_current(self._places)
        self._ledger.read_to(newest)
        return newest

    def _begin(self) -> None:
        self._records = Records(self._places.commits)
        self._ledger, self._sums = Ledger(self._records), Sums()
        self._records_offered: dict[str, Path] = {}
        self._snapshots_offered: dict[int, dict[str, Path]] = {}

    def _snapshot(self, version: int) -> dict[str, Part] | None:
        """Return the files of a snapshot; None if it was thinned out meanwhile."""
        snapshots = Snapshots(self._places.snapshots)
        pin = snapshots.pin(version)
        if pin is None:
            return None
        try:
            files = self._sums.of_folder(snapshots.path(version))
        finally:
            os.close(pin)
        folder = snapshots.path(version)
        self._snapshots_offered.pop(version, None)
        self._snapshots_offered[version] = {
            part.sha256: folder / name for name, part in files.items()
        }
        while len(self._snapshots_offered) > _REMEMBERED:
            del self._snapshots_offered[next(iter(self._snapshots_offered))]
        return files

    def _token_text(self) -> str:
        try:
            return self._tokens.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    def _address_told(self) -> str:
        """Return where changes are made: of a replica that is its own primary."""
        primary = primary_of(self._places)
        return primary.address if primary else self._address

    def _mark(self, newest: int, address: str, tokens: str) -> str:
        told = f"{newest} {self._ledger.content(newest)} {address} {tokens}"
        return hashlib.sha256(told.encode()).hexdigest()

    def _moved_on(self) -> MovedOn:
        return MovedOn(
            "What is asked for is no longer offered: the store has moved on.",
            primary=str(self._places.root),
            hint="Ask for the manifest anew.",
        )
