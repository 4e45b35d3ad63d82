"""Answers to pages that were worked out before, kept for whoever asks the same next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import closing
from typing import TYPE_CHECKING

from .answering import Whole
from .jobs import Kind

if TYPE_CHECKING:
    from .answering import Answer, Answering, Asker
    from .jobs import Job

KEPT = frozenset(
    {
        Kind.HOME,
        Kind.SOURCES,
        Kind.AUDIT,
        Kind.CONFLICTS,
        Kind.READING,
        Kind.THING,
        Kind.TERM,
        Kind.MEDALS,
        *(Kind.BOARD, Kind.NEIGHBOURS, Kind.PATHS, Kind.GAMES),
    }
)
"""What pages are made of. A query of a client is not among them: hardly two are the same."""


class Keeping:
    """Gives the answer to a job again, or has somebody else do it.

    A job names the state that it is about, and a state never changes, so no answer grows old;
    those that nobody has asked for longest make room. Two who ask at a time may both wait for
    the work; the answers are the same.

    Args:
        answering: does the jobs.
        most_bytes: how much memory the answers may take together; one may take an eighth.

    """

    def __init__(self, answering: Answering, *, most_bytes: int) -> None:
        self._answering, self._most = answering, most_bytes
        self._lock = threading.Lock()
        self._kept: OrderedDict[Job, Whole] = OrderedDict()
        self._bytes = 0

    def answer(self, job: Job, asker: Asker) -> Answer:
        """Return the answer to a job; see ``Answering.answer``."""
        if job.kind not in KEPT:
            return self._answering.answer(job, asker)
        with self._lock:
            if job in self._kept:
                self._kept.move_to_end(job)
                return self._kept[job]
        answer = self._answering.answer(job, asker)
        if answer.size is None:
            return answer
        with closing(answer):
            whole = Whole(b"".join(answer), mark=answer.mark)
        self._keep(job, whole)
        return whole

    def _keep(self, job: Job, whole: Whole) -> None:
        if whole.size > self._most // 8:
            return
        with self._lock:
            if job not in self._kept:
                self._kept[job] = whole
                self._bytes += whole.size
            while self._bytes > self._most:
                self._bytes -= self._kept.popitem(last=False)[1].size
