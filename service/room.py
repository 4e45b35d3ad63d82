"""What may be given again, in one room of the memory: so many bytes, older states leave first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Hashable

Key = TypeVar("Key", bound="Hashable")
Value = TypeVar("Value")

_SHARE = 8
"""One thing may take this part of the room, so that it never pushes out all the others."""


@dataclass(frozen=True, slots=True)
class Looks:
    """How often something was asked for: ``hits`` were given again, ``misses`` had to be made."""

    hits: int = 0
    misses: int = 0


class Room:
    """Keeps things that belong to a state of the store, each of which never changes.

    Where there is no more room, what is of the oldest state goes first, and of one state what
    nobody has asked for longest.

    Args:
        most_bytes: how much memory all of it may take together; none keeps nothing.

    """

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._lock = threading.Lock()
        self._states: dict[int, OrderedDict[Hashable, tuple[object, int]]] = {}
        self._bytes = 0
        self._looks: dict[str, Looks] = {}

    @property
    def bytes(self) -> int:
        """How much memory is taken."""
        return self._bytes

    @property
    def looks(self) -> dict[str, Looks]:
        """How often things were asked for, by kind."""
        with self._lock:
            return dict(self._looks)

    @property
    def most_of_one(self) -> int:
        """How many bytes one thing may have."""
        return self._most // _SHARE

    def count(self, kind: str, *, hits: int = 0, misses: int = 0) -> None:
        """Count that things of a kind were asked for."""
        with self._lock:
            known = self._looks.get(kind, Looks())
            self._looks[kind] = Looks(known.hits + hits, known.misses + misses)

    def get(self, key: Hashable, *, version: int) -> object | None:
        """Return what is kept of a state under a key; None if nothing is."""
        with self._lock:
            state = self._states.get(version)
            if state is None or key not in state:
                return None
            state.move_to_end(key)
            return state[key][0]

    def put(self, key: Hashable, value: object, *, version: int, size: int) -> None:
        """Keep something, if it is not too large, in the place of what had its key.

        Args:
            key: under which it is found again.
            value: what is never changed from now on.
            version: the state that it is of.
            size: how many bytes it takes, its key included.

        """
        if size > self.most_of_one:
            return
        with self._lock:
            state = self._states.setdefault(version, OrderedDict())
            self._bytes += size - state.pop(key, (None, 0))[1]
            state[key] = value, size
            while self._bytes > self._most:
                self._let_one_go()

    def _let_one_go(self) -> None:
        oldest = min(self._states)
        state = self._states[oldest]
        self._bytes -= state.popitem(last=False)[1][1]
        if not state:
            del self._states[oldest]


class Part(Generic[Key, Value]):
    """The things of one kind that are kept in a room.

    Args:
        room: where they are, beside those of other kinds.
        kind: what they are called where looks are counted.

    """

    def __init__(self, room: Room, kind: str) -> None:
        self._room, self._kind = room, kind
        room.count(kind)

    @property
    def most_of_one(self) -> int:
        """How many bytes one thing may have."""
        return self._room.most_of_one

    def get(self, key: Key, *, version: int) -> Value | None:
        """Return what is kept of a state under a key; see ``Room.get``."""
        return cast("Value | None", self._room.get((self._kind, key), version=version))

    def put(self, key: Key, value: Value, *, version: int, size: int) -> None:
        """Keep something; see ``Room.put``."""
        self._room.put((self._kind, key), value, version=version, size=size)

    def hit(self) -> None:
        """Count that something was given again."""
        self._room.count(self._kind, hits=1)

    def miss(self) -> None:
        """Count that something had to be made."""
        self._room.count(self._kind, misses=1)
