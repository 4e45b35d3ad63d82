"""The seam between the routes and whoever reads for them: who asks, and what the answer is."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

from .jobs import work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.store import Store

    from .jobs import Job


def _stays() -> bool:
    """Tell that a client is still there; one whose connection nobody can see never leaves."""
    return False


def _go_on() -> None:
    """Let work begin."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who waits for an answer, and how long.

    Attributes:
        client: whom the fair queue counts the request for.
        seconds: how long it may take; None for as long as any.
        gone: tells whether the client has ended the connection.
        begin: called when the turn for the work has come, perhaps once more if a process was
            lost; what it raises ends the turn before anything is done.

    """

    client: str = ""
    seconds: float | None = None
    gone: Callable[[], bool] = _stays
    begin: Callable[[], None] = _go_on


ANYBODY = Asker()
"""Somebody who waits as long as it takes."""


class Answer(Protocol):
    """The body of an answer, in parts. Whoever gets one closes it, read or not."""

    @property
    def size(self) -> int | None:
        """How many bytes there are; None while that is not known."""

    @property
    def mark(self) -> str:
        """What else decides the bytes of the answer, besides the state and the job.

        It is empty if nothing does: the answer was read from the disk, where one state
        always gives its rows in one order.
        """

    def __iter__(self) -> Iterator[bytes]:
        """Yield the parts; an error after the first means that the answer is not whole."""

    def close(self) -> None:
        """End the work if it still goes on."""


class Answering(Protocol):
    """Whoever does jobs."""

    def answer(self, job: Job, asker: Asker) -> Answer:
        """Return the answer to a job once most of what can fail is behind it.

        Raises:
            MedalgraphError: if there is no answer.

        """


class Whole:
    """An answer that is there already."""

    def __init__(self, content: bytes, *, mark: str = "") -> None:
        self._content, self._mark = content, mark

    @property
    def mark(self) -> str:
        """What else decides the bytes; see ``Answer.mark``."""
        return self._mark

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return len(self._content)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the one part."""
        yield self._content

    def close(self) -> None:
        """Do nothing: the work is done."""


@dataclass(frozen=True, slots=True)
class Direct:
    """Does jobs where it is asked, without a limit; for tests and for programs of one user."""

    store: Store

    def answer(self, job: Job, asker: Asker) -> Whole:
        """Return the answer to a job; see ``Answering.answer``."""
        asker.begin()
        out = BytesIO()
        with self.store.read(job.version) as reader:
            work(job, reader, self.store.names, out)
        return Whole(out.getvalue())
