"""Sums over the commits of a store, by which two stores find out how much they have in common."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from .manifest import Part, Record

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engines.records import Records

_PART_BYTES = 1 << 20
_START = "0" * 64


class Ledger:
    """The commits of a store, each read once; records never change as long as a store lives.

    Args:
        records: the commit records.

    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._known: list[Record] = []
        self._lineage, self._content = [_START], [_START]

    def read_to(self, newest: int) -> None:
        """Read the commits up to one.

        Raises:
            StoreDamaged: if a record is not what was written, or not there.

        """
        for number in range(len(self._known) + 1, newest + 1):
            time = self._records.read(number).time
            record = Record(sum_of(self._records.path(number)), time)
            self._known.append(record)
            self._lineage.append(_chained(self._lineage[-1], time))
            self._content.append(_chained(self._content[-1], record.part.sha256))

    def since(self, number: int, newest: int) -> tuple[Record, ...]:
        """Return the commits after one, up to the newest that counts."""
        return tuple(self._known[number:newest])

    def lineage(self, number: int) -> str:
        """Return the sum over the times of the commits up to one."""
        return self._lineage[number]

    def content(self, number: int) -> str:
        """Return the sum over the records of the commits up to one."""
        return self._content[number]


class Sums:
    """The sums of files that never change, each read once.

    A file is known by its number, size and time, whatever its name: the snapshots of a store
    share files. A number that the system gives to a new file comes with another time.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, int, int], Part] = {}

    def of_folder(self, folder: Path) -> dict[str, Part]:
        """Return the sum of each file in a folder, by name."""
        return {path.name: self.of(path) for path in sorted(folder.iterdir())}

    def of(self, path: Path) -> Part:
        """Return the sum of a file."""
        about = path.stat()
        key = about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns
        if key not in self._known:
            self._known[key] = sum_of(path)
        return self._known[key]


def sum_of(path: Path) -> Part:
    """Read a file and return its sum."""
    size, total = 0, hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_PART_BYTES):
            size += len(part)
            total.update(part)
    return Part(size, total.hexdigest())


def _chained(before: str, text: str) -> str:
    return hashlib.sha256(f"{before} {text}".encode()).hexdigest()
