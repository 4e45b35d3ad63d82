"""Files on their way to a replica: they grow under a name of their own until they are whole.

What was pulled stays when the pulling is stopped or killed, and is gone on with the next time.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import closing
from typing import TYPE_CHECKING

from graph.engines.disk import PRIVATE_FILE, PRIVATE_FOLDER, disk_problems, remove, sync_file
from graph.errors import BadCopy, PrimaryLost

from .manifest import is_sum

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from .manifest import Part
    from .sources import Source

_PART_BYTES = 1 << 20
_GROWING = ".part"
_TRIES = 4
"""How often in a row a connection may be lost without a byte more."""
_COPIES = 2
"""How often a file may come wrong."""


class Staging:
    """The folder of files that were pulled and are in no version yet, named by their sums.

    Args:
        folder: is made when it is needed.
        root: the folder of the replica, for errors about its disk.

    """

    def __init__(self, folder: Path, *, root: Path) -> None:
        self._folder, self._root = folder, root

    def take(self, source: Source, part: Part, came: Callable[[int], None]) -> Path:
        """Return a durable file with the content that a sum names; it is pulled if need be.

        Args:
            source: where it is pulled from.
            part: its size and sum.
            came: told how many bytes came, as they come.

        Raises:
            MovedOn: if it is no longer offered.
            PrimaryLost: if the connection is lost again and again.
            BadCopy: if what comes is not what its sum says, twice.
            DiskProblem: if the disk of the replica does not let us.

        """
        whole = self._folder / part.sha256
        with disk_problems(self._root):
            self._folder.mkdir(PRIVATE_FOLDER, exist_ok=True)
            if whole.exists():
                return whole
        for _ in range(_COPIES):
            growing = self._grown(source, part, came)
            if growing is not None:
                with disk_problems(self._root):
                    return growing.replace(whole)
        raise BadCopy(
            f"A file of {source.name} came with other content than its checksum says,"
            f" {_COPIES} times.",
            primary=source.name,
            hint="Check the disk of the primary with 'medalgraph doctor', and the way to it.",
        )

    def holds(self, part: Part) -> int:
        """Return how many bytes of a file are here."""
        for name in (part.sha256, part.sha256 + _GROWING):
            path = self._folder / name
            if path.exists():
                return min(path.stat().st_size, part.bytes)
        return 0

    def clear(self, *, but: Collection[str] = ()) -> None:
        """Remove what was pulled and is in a version by now, or is needed in none.

        Args:
            but: the sums of files that are still needed.

        """
        for path in self._folder.glob("*"):
            sum_ = path.name.removesuffix(_GROWING)
            if is_sum(sum_) and sum_ not in but:
                remove(path)

    def _grown(self, source: Source, part: Part, came: Callable[[int], None]) -> Path | None:
        """Pull the rest of a file; return None if it is not what it should be, and is gone."""
        path = self._folder / (part.sha256 + _GROWING)
        tries = 0
        while True:
            before = self.holds(part)
            try:
                with disk_problems(self._root):
                    right = _appended(source, part, path, came)
                    if not right:
                        remove(path)
            except PrimaryLost:
                tries = 0 if self.holds(part) > before else tries + 1
                if tries == _TRIES:
                    raise
            else:
                return path if right else None


def _appended(source: Source, part: Part, path: Path, came: Callable[[int], None]) -> bool:
    """Append what a file lacks; return whether it is what it should be, durably then."""
    total = hashlib.sha256()
    number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
    with os.fdopen(number, "r+b") as file:
        while kept := file.read(_PART_BYTES):
            total.update(kept)
        size = file.tell()
        if size < part.bytes:
            with closing(source.read(part.sha256, size)) as chunks:
                for chunk in chunks:
                    size += len(chunk)
                    if size > part.bytes:
                        return False
                    total.update(chunk)
                    file.write(chunk)
                    came(len(chunk))
        if size < part.bytes:
            raise PrimaryLost(
                f"A file of {source.name} broke off after {size:,} of {part.bytes:,} bytes.",
                primary=source.name,
                hint="Nothing is lost: the pulling goes on from there.",
            )
        sync_file(file)
    return (size, total.hexdigest()) == (part.bytes, part.sha256)
