"""What the gate said of a large change that was rehearsed, so that making it does not ask again.

A rehearsal and the commit after it ask the gate about one and the same state, and of a large
change that is most of the work. The verdict of the last rehearsal stands for a change only if
the change is the same, statement by statement, and begins with the same version.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from .lexical import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .change import Change
    from .gate import Report
    from .terms import Quad


class Loaded:
    """A digest of what is bulk loaded, in its order.

    Example:
        >>> list(Loaded().watched([]))
        []

    """

    def __init__(self) -> None:
        self._total = blake2b()

    def watched(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield the quads, and digest each."""
        for quad in quads:
            self._total.update(digest(str(quad)))
            yield quad

    @property
    def digest(self) -> bytes:
        """What stands for all that was loaded so far."""
        return self._total.digest()


@dataclass(slots=True)
class Rehearsed:
    """The last rehearsal of a large change to one store.

    Example:
        >>> from .change import Change
        >>> Rehearsed().report_of(5, Change(), Loaded()) is None
        True

    """

    _mark: bytes = b""
    _report: Report | None = None

    def keep(self, version: int, change: Change, loaded: Loaded, report: Report) -> None:
        """Keep what the gate said of a change, in place of what it said before.

        Args:
            version: that the change begins with.
            change: all of it but what was bulk loaded, exact for that version.
            loaded: what was bulk loaded.
            report: what the gate found.

        """
        self._mark, self._report = _mark(version, change, loaded), report

    def forget(self) -> None:
        """Forget it: a version may become another than the one that was rehearsed upon."""
        self._mark, self._report = b"", None

    def report_of(self, version: int, change: Change, loaded: Loaded) -> Report | None:
        """Return what the gate said of this very change; None if that is not known."""
        if self._report is None or _mark(version, change, loaded) != self._mark:
            return None
        return self._report


def _mark(version: int, change: Change, loaded: Loaded) -> bytes:
    """Return what no other change has: a digest of all that it adds, removes and loads."""
    total = blake2b(f"{version} {len(change.added)} ".encode() + loaded.digest)
    for quads in (change.added, change.removed):
        for one in sorted(digest(str(quad)) for quad in quads):
            total.update(one)
    return total.digest()
