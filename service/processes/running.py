"""One answer on its way from a reader process to a client."""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from typing import TYPE_CHECKING

from service.faults import (
    ClientGone,
    SlowClient,
    TookTooLong,
    WorkerLost,
    too_much_memory,
    too_much_time,
)

from .channel import ChannelClosed
from .failures import relayed
from .sandbox import OUT_OF_MEMORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.errors import MedalgraphError
    from service.limits import Limits

    from .jobs import Job
    from .workers import Worker

HELD_BACK_BYTES = 1 << 20
"""An answer begins when so much of it is there, or all: most of what fails has failed by then."""


class Running:
    """The body of an answer; nobody sees its start before most of what can fail is past.

    Args:
        worker: does the job and belongs to nobody else.
        limits: what the job may take.
        seconds: how long it may take.
        until: the ``time.monotonic()`` at which that is over.
        gone: tells whether the client has left.
        finish: called once, with the worker and whether it can do another job.
        killed: called with the reason, when the worker was ended before its job was done.

    """

    def __init__(  # noqa: PLR0913 - what an answer is about, each by name
        self,
        worker: Worker,
        limits: Limits,
        *,
        seconds: float,
        until: float,
        gone: Callable[[], bool],
        finish: Callable[[Worker, bool], None],
        killed: Callable[[str], None],
    ) -> None:
        self._worker, self._limits = worker, limits
        self._seconds, self._until, self._gone = seconds, until, gone
        self._finish, self._finished, self._killed = finish, False, killed
        self._held: deque[bytes] = deque()
        self._waited_s = 0.0

    @property
    def size(self) -> int | None:
        """How many bytes there are; None while that is not known."""
        return sum(map(len, self._held)) if self._finished else None

    @property
    def mark(self) -> str:
        """Tells the order of what has none; see ``Answer.mark``."""
        return self._worker.mark

    def begin(self, job: Job) -> None:
        """Send the job, and return when enough of its answer is there.

        Raises:
            MedalgraphError: if there is no answer; then the worker is finished with.

        """
        try:
            self._worker.channel.tell(job.to_json())
        except ChannelClosed as error:
            raise self._lost() from error
        held = 0
        while held < HELD_BACK_BYTES and (part := self._next()):
            self._held.append(part)
            held += len(part)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the parts; an error after the first means that the answer is not whole."""
        while self._held:
            yield self._held.popleft()
        while not self._finished and (part := self._next()):
            asked = time.monotonic()
            yield part
            self._forgive(time.monotonic() - asked)

    def close(self) -> None:
        """End the work if it still goes on."""
        if not self._finished:
            self._stop("client")

    def _next(self) -> bytes | None:
        """Return the next part, or None after the last."""
        try:
            message = self._worker.channel.receive(until=self._until, stop=self._gone)
        except TimeoutError as error:
            self._stop("time")
            raise TookTooLong(self._seconds) from error
        except InterruptedError as error:
            self._stop("client")
            raise ClientGone from error
        except ChannelClosed as error:
            raise self._lost() from error
        if message.told is None:
            return message.data
        self._done(can_go_on=not message.told["worn"])
        if "problem" in message.told:
            raise relayed(message.told)
        return None

    def _forgive(self, seconds: float) -> None:
        """Let time in which the client was waited for not count, within reason."""
        self._waited_s += seconds
        self._until += seconds
        if self._waited_s > self._limits.client_s:
            self._stop("slow-client")
            raise SlowClient(self._limits.client_s)

    def _lost(self) -> MedalgraphError:
        """Return why the worker ended by itself."""
        status = self._worker.end()
        code = None if status is None else os.waitstatus_to_exitcode(status)
        if code in OUT_OF_MEMORY:
            self._stop("memory")
            return too_much_memory(self._limits.query_memory_bytes)
        if code == -signal.SIGXCPU:
            self._stop("processor")
            return too_much_time(self._limits.query_processor_s)
        self._stop("lost")
        return WorkerLost("The process that worked on the request was ended from outside.")

    def _stop(self, reason: str) -> None:
        self._killed(reason)
        self._done(can_go_on=False)

    def _done(self, *, can_go_on: bool) -> None:
        self._finished = True
        self._finish(self._worker, can_go_on)
