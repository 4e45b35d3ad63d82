"""The rows of a bulk load, kept in a file until the commit record is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .disk import private_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Spool:
    """Quads that were added, each once, in a private file.

    Args:
        path: where to keep them; the file goes with the workspace that it lies in.

    """

    def __init__(self, path: Path) -> None:
        self._file = private_file(path)

    def write(self, rows: bytes) -> None:
        """Append rows of a patch that add quads which are not in the file yet."""
        self._file.write(rows)

    def rows(self) -> Iterator[bytes]:
        """Yield each quad as a row of a patch, in the order in which they came."""
        self._file.seek(0)
        yield from self._file

    def close(self) -> None:
        """Close the file."""
        self._file.close()
