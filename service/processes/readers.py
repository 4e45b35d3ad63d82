"""Answers from reader processes: a turn, a reader, and a second try if the reader was lost."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from service.faults import TookTooLong, WorkerLost

from .bench import Bench
from .running import Running
from .turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable

    from .answering import Asker
    from .jobs import Job
    from .starting import Programs
    from .workers import Worker


def nobody(_reason: str) -> None:
    """Hear that a process was ended, and keep it to oneself."""


class Readers:
    """Does jobs in processes that may be killed; see ``Answering``.

    Args:
        programs: starts the processes; its limits are those of each job and client.
        newest: returns the number of the newest version.
        killed: told the reason whenever a reader was ended before its job was done:
            time, processor, memory, client, slow-client or lost.

    """

    def __init__(
        self,
        programs: Programs,
        *,
        newest: Callable[[], int],
        killed: Callable[[str], None] = nobody,
    ) -> None:
        self._limits, self._killed = programs.limits, killed
        limits = self._limits
        self.turns: Turns[None] = Turns(
            running=limits.readers,
            running_of_client=limits.readers_of_client,
            waiting=limits.waiting,
            waiting_of_client=limits.waiting_of_client,
        )
        self.bench = Bench(programs, newest)

    def answer(self, job: Job, asker: Asker) -> Running:
        """Return the answer to a job once most of what can fail is behind it.

        Raises:
            WorkFault: if it was turned away, stopped or lost.
            Relayed: with what the reader found wrong.

        """
        seconds = min(asker.seconds or self._limits.query_s, self._limits.query_s)
        until = time.monotonic() + seconds
        try:
            return self._attempt(job, asker, seconds, until, fresh=False)
        except WorkerLost:
            return self._attempt(job, asker, seconds, until, fresh=True)

    def close(self) -> None:
        """End every process."""
        self.bench.close()

    def _attempt(
        self, job: Job, asker: Asker, seconds: float, until: float, *, fresh: bool
    ) -> Running:
        self.turns.enter(asker, seconds=seconds, until=until)
        try:
            asker.begin()
            worker = self.bench.take(job.version, until=until, fresh=fresh, pinned=job.pinned)
        except BaseException as error:
            self.turns.leave(asker.client)
            if isinstance(error, TimeoutError):
                raise TookTooLong(seconds) from error
            raise
        running = Running(
            worker,
            self._limits,
            seconds=seconds,
            until=until,
            gone=asker.gone,
            finish=lambda worker, can_go_on: self._finish(worker, asker, can_go_on=can_go_on),
            killed=self._killed,
        )
        running.begin(job)
        return running

    def _finish(self, worker: Worker, asker: Asker, *, can_go_on: bool) -> None:
        worker.jobs += 1
        if can_go_on and worker.jobs < self._limits.jobs_of_reader:
            self.bench.give_back(worker)
        else:
            self.bench.let_go(worker)
        self.turns.leave(asker.client)
