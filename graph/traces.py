"""What commits touched, read from their records: things changed, things removed, what is hidden.

A record of millions of rows is looked through as text, once; what is kept of it is small.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from .erased import is_marked
from .patch import DELETE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .engines.base import Engine

THINGS_NAMED = 20
"""So many of the things that a commit touched are named."""
_HIDDEN = b"/id/graph/restricted-"
_REMOVED = re.compile(rb"^D <([^>]*)> .*<([^>]*)> \.$", re.MULTILINE)
_TOUCHED = re.compile(rb"^[AD] <([^>]*)> .*<([^>]*)> \.$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Trace:
    """What everybody may know of what a commit touched.

    Attributes:
        things: the IRIs of the first things of the store's own that it said something of.
        removed: numbers that stand for the subjects of statements it took away, sorted.
        is_hidden: whether any of it is in a restricted graph.

    """

    things: tuple[str, ...]
    removed: array[int]
    is_hidden: bool

    def took_from(self, iri: str) -> bool:
        """Tell whether it took away a statement about something."""
        wanted = hash(iri.encode())
        place = bisect_left(self.removed, wanted)
        return place < len(self.removed) and self.removed[place] == wanted


class Traces:
    """The traces of all commits of a store, each read when it is first asked for.

    Threads may share one; the records never change while the store is open.

    Args:
        engine: whose commits they are.

    """

    def __init__(self, engine: Engine) -> None:
        self._engine, self._start = engine, f"{engine.base}/id/".encode()
        self._known: dict[int, Trace] = {}
        self._looked_at = 0
        self._taking: list[int] = []
        self._marks: list[str] = []
        self._lock = Lock()

    def of(self, number: int) -> Trace:
        """Return the trace of a commit, or raise NotFound."""
        with self._lock:
            if number not in self._known:
                self._known[number] = self._read(number)
            return self._known[number]

    def removal(self, iri: str, *, until: int) -> int | None:
        """Return the last commit, up to one, that took a statement about something away.

        Only commits that took anything away are read. What was said in a restricted graph
        only is told to nobody.

        Args:
            iri: of which nothing is known after that commit.
            until: the state in which it is not known.

        """
        self._look(until)
        taking = [number for number in reversed(self._taking) if number <= until]
        return next((number for number in taking if self.of(number).took_from(iri)), None)

    def is_erased(self, iri: str) -> bool:
        """Tell whether an address was erased from the whole history of the store."""
        self._look(self._engine.newest())
        return any(is_marked(iri, mark) for mark in self._marks)

    def _look(self, until: int) -> None:
        """Look at the heads of records up to one, each once."""
        with self._lock:
            for number in range(self._looked_at + 1, until + 1):
                commit = self._engine.commit(number)
                self._marks += commit.info.erased
                self._taking += [number] if commit.removed else []
                self._looked_at = number

    def _read(self, number: int) -> Trace:
        things: dict[bytes, None] = {}
        removed: set[int] = set()
        is_hidden = False
        for part in self._engine.rows(number):
            is_hidden = is_hidden or _HIDDEN in part
            if len(things) < THINGS_NAMED:
                things |= dict.fromkeys(self._own(_TOUCHED, part))
            if part.startswith(DELETE) or b"\n" + DELETE in part:
                removed.update(hash(found) for found in self._own(_REMOVED, part))
        named = tuple(found.decode() for found in list(things)[:THINGS_NAMED])
        return Trace(named, array("q", sorted(removed)), is_hidden)

    def _own(self, rows: re.Pattern[bytes], part: bytes) -> Iterator[bytes]:
        for subject, graph in rows.findall(part):
            if subject.startswith(self._start) and _HIDDEN not in graph:
                yield subject
