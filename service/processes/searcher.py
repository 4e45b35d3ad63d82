"""The search index as the service sees it: a process that keeps it, and is kept alive."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from service.faults import NotYet, TookTooLong, WorkerLost

from .answering import ANYBODY
from .caretaker import Caretaker
from .children import LOG
from .failures import relayed
from .searching import Found
from .turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graph.search import Question
    from service.wire.problem import Json

    from .answering import Asker
    from .starting import Programs

PROGRAM = "service.processes.search_program"
_PATIENCE_S = 3.0
"""How long a question waits for its turn, and how long it may take."""
_WAITING_OF_CLIENT = 16
"""So many questions of one client may wait: a few for each page that somebody has open."""


class Searcher:
    """Finds things by their names, in a process that may be killed; see ``Searching``.

    Args:
        programs: starts the process.
        newest: returns the number of the newest version.
        killed: told the reason whenever the process was ended during its work: time or lost.

    """

    def __init__(
        self,
        programs: Programs,
        *,
        newest: Callable[[], int],
        killed: Callable[[str], None],
    ) -> None:
        self._programs, self._newest, self._killed = programs, newest, killed
        self._version: int | None = None
        self._turn = threading.Lock()
        self._turns: Turns[None] = Turns(
            running=1,
            running_of_client=1,
            waiting=programs.limits.waiting,
            waiting_of_client=_WAITING_OF_CLIENT,
        )
        self._process = self._programs.start(PROGRAM)
        self._caretaker = Caretaker("the search index", self._look_after)
        self._caretaker.start()

    @property
    def version(self) -> int | None:
        """The snapshot that can be searched just now; None while the index is built."""
        return self._version

    def find(self, questions: Sequence[Question], *, asker: Asker = ANYBODY) -> Found:
        """Return what is found; see ``Searching.find``.

        Raises:
            WorkFault: if too many questions wait, in all or of this client.
            NotYet: if the index is being built.
            TookTooLong: if the answer took too long.
            Relayed: with what the process found wrong.

        """
        asked: list[Json] = [question.to_json() for question in questions]
        return Found.from_json(self._asked({"do": "find", "questions": asked}, asker))

    def near(self, iri: str, *, asker: Asker = ANYBODY) -> list[str]:
        """Return addresses near to one; see ``Searching.near``.

        Raises:
            WorkFault: as ``find`` does.

        """
        told: Any = self._asked({"do": "near", "iri": iri}, asker)
        return list(told["near"])

    def look_at_store(self) -> None:
        """Find out soon whether there is a newer version."""
        self._caretaker.wake()

    def close(self) -> None:
        """End the process; an index that is being built is built anew the next time."""
        self._caretaker.close()
        self._process.end(patience_s=0.0)
        self._caretaker.join()
        self._process.end(patience_s=0.0)

    def _asked(self, message: dict[str, Json], asker: Asker) -> dict[str, Json]:
        """Return what the process answers, in turn."""
        with self._turn_of(asker):
            try:
                told = self._process.ask(message, until=time.monotonic() + _PATIENCE_S)
            except WorkerLost as error:
                self._caretaker.wake()
                if isinstance(error.__cause__, TimeoutError):
                    self._killed("time")
                    raise TookTooLong(_PATIENCE_S) from error
                self._killed("lost")
                raise
        if "problem" in told:
            raise relayed(told)
        if "stale" in told:
            self._version = None
            self._caretaker.wake()
            raise _being_built()
        return told

    @contextmanager
    def _turn_of(self, asker: Asker) -> Iterator[None]:
        until = time.monotonic() + _PATIENCE_S
        self._turns.enter(asker, seconds=_PATIENCE_S, until=until)
        try:
            left = max(until - time.monotonic(), 0.0) if self._version is not None else 0.0
            if not self._turn.acquire(timeout=left):
                raise _being_built()
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._turns.leave(asker.client)

    def _look_after(self) -> None:
        if not self._process.alive:
            LOG.warning("the process that keeps the search index has ended; it is replaced")
            self._process.end()
            self._version = None
            self._process = self._programs.start(PROGRAM)
        if self._version == self._newest():
            return
        with self._turn:
            told = self._process.ask({"do": "follow"})
        if "problem" in told:
            raise relayed(told)
        self._version = int(str(told["version"]))


def _being_built() -> NotYet:
    return NotYet(
        "The search index is being built.",
        hint="Ask again in a few seconds. Queries in SPARQL without mg:search work meanwhile.",
    )
