"""A version of the store held in memory, kept up by the changes of the commits that follow."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store, parse

from . import record
from .memory import MemoryReader
from .remembering import Remembering

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from typing import IO

    from graph.change import Change
    from graph.prologue import Prologue
    from graph.terms import Quad

    from .base import Result

BATCH_QUADS = 50_000


class Replica(MemoryReader):
    """A state in memory that can be brought to a later one.

    No method starts a thread, so a process that holds one may be forked.

    Args:
        version: the number of the commit whose state this is.
        prologue: what holds for queries before they declare anything.

    """

    def __init__(self, *, version: int, prologue: Prologue) -> None:
        super().__init__(Store(), version=version, prologue=prologue)
        self._remembered = Remembering()

    def fill(self, dump: IO[bytes], *, each: Callable[[], None]) -> int:
        """Take in a whole state from what ``SnapshotReader.dump`` wrote; return how many quads.

        Args:
            dump: the record and all named graphs as N-Quads.
            each: called now and then; an error that it raises ends the filling.

        """
        return self.take(parse(dump, format=RdfFormat.N_QUADS), each=each)

    def take(self, quads: Iterable[Quad], *, each: Callable[[], None] | None = None) -> int:
        """Take in the statements of a whole state, also as the record has them; see ``fill``."""
        quads, count = iter(quads), 0
        while batch := list(islice(quads, BATCH_QUADS)):
            self._store.extend(batch)
            count += len(batch)
            if each is not None:
                each()
        return count

    def follow(self, changes: Iterable[Change], *, version: int) -> None:
        """Come to a later version by the changes that lead to it, in order."""
        for change in changes:
            record.apply(self._store, change)
        self._version = version
        self._remembered.forget()

    def once(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """Return what ``work`` reads of this state, remembered until it follows another."""
        return self._remembered.once(key, work)
