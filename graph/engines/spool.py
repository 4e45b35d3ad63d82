"""The rows of a bulk load, kept in a file until the commit record is written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from .disk import private_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_BLOCK_BYTES = 1 << 20


class Spool:
    """Quads that were added, each once, in a private file.

    Args:
        path: where to keep them; the file goes with the workspace that it lies in.

    Attributes:
        count: how many there are.

    """

    def __init__(self, path: Path) -> None:
        self._file = private_file(path)
        self.count = 0

    def write(self, rows: bytes, count: int) -> None:
        """Append so many rows of a patch that add quads which are not in the file yet."""
        self._file.write(rows)
        self.count += count

    def rows(self) -> Iterator[bytes]:
        """Yield each quad as a row of a patch, in the order in which they came."""
        self._file.seek(0)
        yield from self._file

    def blocks(self) -> Iterator[bytes]:
        """Yield the same text in large parts, which is faster."""
        self._file.seek(0)
        yield from iter(partial(self._file.read, _BLOCK_BYTES), b"")

    def close(self) -> None:
        """Close the file."""
        self._file.close()
