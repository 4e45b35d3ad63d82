"""Where a replica pulls from: what every source can do, and the one that is a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from graph.engines.disk import disk_problems

from .offering import Offer

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path
    from typing import BinaryIO

    from .manifest import Manifest

_PART_BYTES = 1 << 20


class Source(Protocol):
    """A primary, as its replica reaches it."""

    @property
    def name(self) -> str:
        """Where it is, as a steward wrote it."""

    @property
    def address(self) -> str:
        """Where clients reach it if it does not say so itself; empty where nobody knows."""

    def manifest(self, since: int, *, known: str = "") -> Manifest | None:
        """Return what the primary offers; None if that is what it offered before.

        Args:
            since: commits up to this one need not be listed.
            known: the mark of the last manifest; empty asks for one in any case.

        Raises:
            PrimaryProblem: if it cannot be had.
            StoreProblem: if the store there cannot be read.

        """

    def read(self, sha256: str, start: int) -> Generator[bytes]:
        """Yield a file of the manifest from ``start`` on in parts; close it if you stop early.

        Raises:
            MovedOn: if it is no longer offered.
            PrimaryProblem: if it cannot be had, or breaks off.

        """

    def close(self) -> None:
        """Let connections go."""


class FolderSource:
    """A store in a folder that this machine can read, such as one on a shared disk.

    Args:
        place: the folder.

    """

    def __init__(self, place: Path) -> None:
        self._place, self._offer = place, Offer(place)

    @property
    def name(self) -> str:
        """The folder."""
        return str(self._place)

    @property
    def address(self) -> str:
        """Nothing: a folder is no address for clients."""
        return ""

    def manifest(self, since: int, *, known: str = "") -> Manifest | None:
        """Return what the store offers; see ``Source.manifest``."""
        if known and self._offer.mark() == known:
            return None
        return self._offer.manifest(since)

    def read(self, sha256: str, start: int) -> Generator[bytes]:
        """Yield a file of the manifest; see ``Source.read``."""
        with disk_problems(self._place):
            file = self._offer.open(sha256)
        with file:
            file.seek(start)
            while part := self._part(file):
                yield part

    def _part(self, file: BinaryIO) -> bytes:
        """Return the next part; an error of whoever takes it is none of this disk."""
        with disk_problems(self._place):
            return file.read(_PART_BYTES)

    def close(self) -> None:
        """Do nothing: a folder has no connections."""
