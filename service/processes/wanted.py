"""A change that somebody waits for, from its arrival until it is known what became of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.faults import WorkerLost

if TYPE_CHECKING:
    from graph.errors import MedalgraphError

    from .edits import Done, Edit

SMALL_BYTES = 256 << 10
"""A change with more content than this waits for a turn of its own."""
_OF_A_CHARACTER, _OF_THE_REST = 6, 4 << 10
"""How many bytes a message takes at most for each character of an update, and for all else."""


@dataclass(slots=True, eq=False)
class Wanted:
    """A change that somebody waits for.

    Attributes:
        edit: what to do.
        seconds: how long it may take, from its arrival to its commit.
        until: the ``time.monotonic()`` at which that is over.
        file: the number of a file with its content; None if it has none.
        size: how many bytes that has.
        is_slow: whether it was found to take long, so that it is made alone.
        settled: set once it is known what became of it.

    """

    edit: Edit
    seconds: float
    until: float
    file: int | None = None
    size: int = 0
    is_slow: bool = False
    settled: threading.Event = field(default_factory=threading.Event)
    _done: Done | None = None
    _error: MedalgraphError | None = None

    @property
    def joins(self) -> bool:
        """Whether it may be made in the turn of another one."""
        is_small = self.size + len(self.edit.text) <= SMALL_BYTES
        return is_small and self.edit.sheet is None and self.edit.decision is None

    @property
    def message_bytes(self) -> int:
        """How long the message is at most that orders it."""
        return _OF_A_CHARACTER * len(self.edit.text) + _OF_THE_REST

    def kept(self, done: Done) -> None:
        """Settle it: it was made."""
        self._done = done
        self.settled.set()

    def failed(self, error: MedalgraphError) -> None:
        """Settle it: nothing of it was kept."""
        self._error = error
        self.settled.set()

    def outcome(self) -> Done:
        """Return what became of it, or raise why it was not made."""
        self.settled.wait()
        if self._done is None:
            raise self._error or WorkerLost("Nobody made the change. Nothing was kept.")
        return self._done
