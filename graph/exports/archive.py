"""Several files as one ZIP archive, the same bytes each time, written without going back."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.rdf import Writable

_NO_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that ZIP knows: the archive of one state is the same whenever it is made."""


@contextmanager
def archive(out: Writable, *, packed: bool) -> Iterator[Archive]:
    """Give a ZIP archive that grows file by file; after an error it is never whole.

    Args:
        out: where it goes.
        packed: whether the files are compressed; those that are already need not be.

    """
    forward = _Forward(out)
    with ZipFile(cast("IO[bytes]", forward), "w") as file:
        try:
            yield Archive(file, ZIP_DEFLATED if packed else ZIP_STORED)
        except BaseException:
            # The list of files that ends an archive would make a part look like the whole.
            forward.is_cut = True
            raise


@dataclass(frozen=True, slots=True)
class Archive:
    """A ZIP archive to which files can be added."""

    zip: ZipFile
    packing: int

    @contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        """Take the content of one file."""
        told = ZipInfo(name, date_time=_NO_DAY)
        told.compress_type = self.packing
        told.external_attr = 0o644 << 16
        # Not even the system on which it is made may show in the bytes.
        told.create_system = 3
        with self.zip.open(told, "w", force_zip64=True) as inside:
            yield inside


class _Forward:
    """A file that can only be written to, and that takes no more once it is cut."""

    def __init__(self, out: Writable) -> None:
        self._out, self.is_cut = out, False

    def write(self, content: bytes, /) -> int:
        """Pass the content on."""
        if not self.is_cut:
            self._out.write(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Do nothing: nothing is held back here."""
