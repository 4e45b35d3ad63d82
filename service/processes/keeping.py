"""Answers to pages that were worked out before, kept for whoever asks the same next."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from service.faults import ClientGone, TookTooLong

from .answering import Whole
from .channel import TICK_S
from .jobs import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

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


_SHORTEST_S = 0.001
"""Asking for no seconds would be asking for as long as any."""
FOLLOWERS = 64
"""So many at a time may wait for an answer that is being worked out; each takes a thread."""


@dataclass(slots=True, eq=False)
class _UnderWay:
    """An answer that is being worked out, for whoever asks the same meanwhile."""

    done: threading.Event = field(default_factory=threading.Event)
    answer: Whole | None = None


class Keeping:
    """Gives the answer to a job again, or has somebody else do it.

    A job names the state that it is about, and a state never changes, so no answer grows old;
    those that nobody has asked for longest make room. Who asks while the same is being worked
    out waits for that, so that a crowd that comes to one page is one job and not many.

    Args:
        answering: does the jobs.
        most_bytes: how much memory the answers may take together; one may take an eighth.
        longest_s: how long an answer may take, waiting for others included.

    """

    def __init__(
        self, answering: Answering, *, most_bytes: int, longest_s: float = math.inf
    ) -> None:
        self._answering, self._most, self._longest_s = answering, most_bytes, longest_s
        self._lock = threading.Lock()
        self._kept: OrderedDict[Job, Whole] = OrderedDict()
        self._under_way: dict[Job, _UnderWay] = {}
        self._followers = 0
        self._bytes = 0

    def answer(self, job: Job, asker: Asker) -> Answer:
        """Return the answer to a job; see ``Answering.answer``."""
        if job.kind not in KEPT:
            return self._answering.answer(job, asker)
        seconds = min(asker.seconds or self._longest_s, self._longest_s)
        until = time.monotonic() + seconds
        own = _UnderWay()
        while (found := self._first_for(job, own)) is not own:
            if isinstance(found, Whole):
                return found
            try:
                _follow(found, asker, seconds, until)
            finally:
                with self._lock:
                    self._followers -= 1
            if found.answer is not None:
                return found.answer
            # Whoever was ahead got none, perhaps because its client left.
            asker = replace(asker, seconds=max(until - time.monotonic(), _SHORTEST_S))
        return self._worked_out(job, asker, own)

    def _first_for(self, job: Job, own: _UnderWay) -> Whole | _UnderWay:
        """Return the kept answer, or who works it out: somebody to follow, or else ``own``."""
        with self._lock:
            if job in self._kept:
                self._kept.move_to_end(job)
                return self._kept[job]
            ahead = self._under_way.setdefault(job, own)
            if ahead is own or self._followers >= FOLLOWERS:
                return own
            self._followers += 1
            return ahead

    def _worked_out(self, job: Job, asker: Asker, own: _UnderWay) -> Answer:
        try:
            with _of_a_page():
                answer = self._answering.answer(job, asker)
                if answer.size is None:
                    return answer
                with closing(answer):
                    own.answer = Whole(b"".join(answer), mark=answer.mark)
            self._keep(job, own.answer)
            return own.answer
        finally:
            with self._lock:
                if self._under_way.get(job) is own:
                    del self._under_way[job]
            own.done.set()

    def _keep(self, job: Job, whole: Whole) -> None:
        if whole.size > self._most // 8:
            return
        with self._lock:
            if job not in self._kept:
                self._kept[job] = whole
                self._bytes += whole.size
            while self._bytes > self._most:
                self._bytes -= self._kept.popitem(last=False)[1].size


@contextmanager
def _of_a_page() -> Iterator[None]:
    """Say of a page that it took too long, and not of a query, which nobody wrote."""
    try:
        yield
    except TookTooLong as error:
        if not error.is_of_the_work:
            raise
        raise TookTooLong(error.seconds, what="page") from error


def _follow(ahead: _UnderWay, asker: Asker, seconds: float, until: float) -> None:
    """Wait for an answer that is being worked out.

    Raises:
        ClientGone: if the client left meanwhile.
        TookTooLong: if the answer did not come in time.

    """
    while not ahead.done.wait(min(TICK_S, max(until - time.monotonic(), 0.0))):
        if asker.gone():
            raise ClientGone
        if time.monotonic() >= until:
            raise TookTooLong(seconds, waited=True)
