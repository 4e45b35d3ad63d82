"""Whether a store is what was written: a sum over a state, and the same sum over its records."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol

from graph.progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.change import Change
    from graph.errors import StoreDamaged
    from graph.terms import Quad

    from .base import Commit

_MODULUS = 1 << 256


class History(Protocol):
    """The commit records of a store, wherever they are kept."""

    def read(self, number: int) -> Commit:
        """Return what is known of a commit, or raise StoreDamaged."""

    def quads(self, number: int) -> int:
        """Return how many quads named graphs hold right after a commit."""

    def batches(self, number: int) -> Iterator[Change]:
        """Yield the change of a commit in parts, and raise StoreDamaged if its sum is not right."""

    def damaged(self, number: int) -> StoreDamaged:
        """Return the error for a record that is not what was written."""


class Fingerprint:
    """A sum over quads in which their order does not count: the SHA-256 of each line, added up.

    It tells a state from one that was damaged by chance; it is no signature.

    Attributes:
        count: how many quads are in it.

    """

    def __init__(self) -> None:
        self.count = self._sum = 0

    def add(self, quads: Iterable[Quad]) -> None:
        """Take quads in that are not in it."""
        for quad in quads:
            self._sum += _number(quad)
            self.count += 1

    def remove(self, quads: Iterable[Quad]) -> None:
        """Take quads out that are in it."""
        for quad in quads:
            self._sum -= _number(quad)
            self.count -= 1

    def __str__(self) -> str:
        """Return the sum, hexadecimal."""
        return f"{self._sum % _MODULUS:064x}"


def of_records(
    records: History, newest: int, *, progress: Progress = silent, done: int = 0
) -> Fingerprint:
    """Return the sum over the state that the commit records lead to, from the empty store on.

    Args:
        records: the commit records.
        newest: the last commit that counts.
        progress: told the rows done, from ``done`` on.
        done: how many rows are done already.

    Raises:
        StoreDamaged: if a record is not what was written, is out of its order, or counts
            other quads than it leads to.

    """
    total = Fingerprint()
    for number in range(1, newest + 1):
        commit = records.read(number)
        if (commit.number, commit.parent) != (number, number - 1):
            raise records.damaged(number)
        for part in records.batches(number):
            total.remove(part.removed)
            total.add(part.added)
            done += part.size
            progress(done, None)
        if total.count != records.quads(number):
            raise records.damaged(number)
    return total


def of_state(quads: Iterable[Quad], *, progress: Progress = silent) -> Fingerprint:
    """Return the sum over the named graphs of a state."""
    total = Fingerprint()
    for number, quad in enumerate(quads, start=1):
        total.add((quad,))
        if number % 10_000 == 0:
            progress(number, None)
    return total


def _number(quad: Quad) -> int:
    return int.from_bytes(hashlib.sha256(str(quad).encode()).digest())
