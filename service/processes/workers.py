"""A reader process as the service sees it: something to send jobs to, and to end."""

from __future__ import annotations

import contextlib
import os
import select
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from .channel import Channel
    from .sandbox import Walls

_ENDED_S = 10.0


@dataclass(slots=True, eq=False)
class Worker:
    """One reader process.

    Attributes:
        pid: the number of its process.
        version: the state that it reads.
        mark: the mark of the image that it reads the state in; empty if it reads from disk.
        channel: takes jobs and gives answers.
        asks_status: tells how its process ended, from the process that it was forked from;
            None if nobody knows.
        walls: what stands around it.
        jobs: how many it has done.
        idle_since: since when it has nothing to do, ``time.monotonic()``.

    """

    pid: int
    version: int
    mark: str
    channel: Channel
    asks_status: Callable[[int], int | None]
    walls: Walls
    jobs: int = 0
    idle_since: float = 0.0
    _handle: int = -1
    _status: int | None = None

    def __post_init__(self) -> None:
        """Take hold of the process, so that its number cannot come to mean another."""
        self._handle = os.pidfd_open(self.pid)

    @property
    def has_ended(self) -> bool:
        """Whether the process is no more."""
        return self._handle < 0 or self._ends_within(0.0)

    def kill(self) -> None:
        """End the process at once, if it still runs; ``collect`` it later."""
        self.channel.end()
        if self._handle >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def collect(self) -> int | None:
        """Wait for a process that is ending; return its wait status if anybody knows it."""
        if self._handle >= 0:
            ended = self._ends_within(_ENDED_S)
            os.close(self._handle)
            self._handle = -1
            self._status = self.asks_status(self.pid) if ended else None
        return self._status

    def end(self) -> int | None:
        """End the process and return its wait status if anybody knows it."""
        self.kill()
        return self.collect()

    def _ends_within(self, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._handle, select.POLLIN)
        return bool(poll.poll(int(seconds * 1000)))
