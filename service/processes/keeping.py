"""Answers that were worked out before, kept for whoever asks the same of the same state next."""

from __future__ import annotations

import math
import sys
import threading
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from service.faults import ClientGone, TookTooLong
from service.room import Part

from .answering import Whole
from .channel import TICK_S
from .jobs import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.room import Room

    from .answering import Answer, Answering, Asker
    from .jobs import Job

_PAGES = frozenset(
    {
        Kind.HOME,
        Kind.SOURCES,
        Kind.AUDIT,
        Kind.CONFLICTS,
        Kind.READING,
        Kind.ADDRESS,
        Kind.THING,
        Kind.TERM,
        Kind.SITEMAP,
        Kind.MEDALS,
        *(Kind.BOARD, Kind.NEIGHBOURS, Kind.PATHS, Kind.GAMES),
    }
)
"""What pages are made of. What stewards see is not among it: hardly two of them see the same."""
_QUERIES = frozenset({Kind.QUERY, Kind.EXPLAIN})
KIND = "answer"
"""How these are called where what is kept is counted."""
_ENTRY_BYTES = 1_500
"""What a job takes besides its words, and what finds it again."""

_SHORTEST_S = 0.001
"""Asking for no seconds would be asking for as long as any."""
FOLLOWERS = 64
"""So many at a time may wait for an answer that is being worked out; each takes a thread."""


def is_kept(job: Job) -> bool:
    """Tell whether an answer may be given to others, since nothing but the job decides it.

    What describes the store follows what was counted of it meanwhile, and is made each time.
    """
    if job.kind in _QUERIES:
        return job.is_repeatable and not job.described
    return job.kind in _PAGES or job.kind is Kind.GRAPH


class _Overtaken(Exception):
    """Somebody else has begun to work out the same, or has done so."""


@dataclass(slots=True, eq=False)
class _UnderWay:
    """An answer that is being worked out, for whoever asks the same meanwhile.

    Attributes:
        client: whose turn is waited for before it is begun.
        shares: whether others may wait for it.
        begun: whether its turn has come.
        done: set once there is an answer, or will be none.
        answer: what to give to who waited; None if one of them has to have it worked out.
        is_too_long: whether each of them has to, since it is too long to be held for others.

    """

    client: str
    shares: bool = True
    begun: bool = False
    done: threading.Event = field(default_factory=threading.Event)
    answer: Whole | None = None
    is_too_long: bool = False


class Keeping:
    """Gives the answer to a job again, or has somebody else do it.

    A job names the state that it is about, and a state never changes, so no answer grows old.
    Who asks while the same is being worked out waits for that, so that a crowd that comes to
    one page is one job and not many; if it fails or is given up, one of those who waited has
    it worked out again. Nobody waits in the queue of another client: until work has begun each
    client waits for a turn of its own, and whose turn comes first begins for all.

    Args:
        answering: does the jobs.
        room: where answers are kept.
        longest_s: how long an answer may take, waiting for others included.

    """

    def __init__(self, answering: Answering, room: Room, *, longest_s: float = math.inf) -> None:
        self._answering, self._longest_s = answering, longest_s
        self._kept: Part[Job, Whole] = Part(room, KIND)
        self._lock = threading.Lock()
        self._under_way: dict[Job, _UnderWay] = {}
        self._followers = 0

    def answer(self, job: Job, asker: Asker) -> Answer:
        """Return the answer to a job; see ``Answering.answer``."""
        if not is_kept(job):
            return self._answering.answer(job, asker)
        seconds = min(asker.seconds or self._longest_s, self._longest_s)
        until = time.monotonic() + seconds
        with _said_of(job, seconds):
            while True:
                own = _UnderWay(asker.client)
                found = self._first_for(job, own)
                if isinstance(found, Whole):
                    self._kept.hit()
                    return found
                if found is not own:
                    self._follow(found, asker, seconds, until)
                    own.shares = not found.is_too_long
                # Whoever was ahead may have got none, perhaps because its client left.
                if found is own or found.is_too_long:
                    with suppress(_Overtaken):
                        return self._worked_out(job, _for_the_rest(asker, until), own)
                elif found.answer is not None:
                    self._kept.hit()
                    return found.answer

    def _first_for(self, job: Job, own: _UnderWay) -> Whole | _UnderWay:
        """Return the kept answer, or who works it out: somebody to follow, or else ``own``."""
        with self._lock:
            kept = self._kept.get(job, version=job.version)
            if kept is not None:
                return kept
            ahead = self._under_way.setdefault(job, own)
            own.shares = self._followers < FOLLOWERS
            if own.shares and (ahead.begun or ahead.client == own.client) and ahead is not own:
                self._followers += 1
                return ahead
            return own

    def _begin(self, job: Job, own: _UnderWay) -> None:
        """Begin to work an answer out, whose turn has come.

        Raises:
            _Overtaken: if it is there meanwhile, or somebody else has begun.

        """
        with self._lock:
            if own.begun:
                return
            ahead = self._under_way.get(job, own)
            is_led = own.shares and ahead is not own and ahead.begun
            if is_led or self._kept.get(job, version=job.version) is not None:
                raise _Overtaken
            self._under_way[job], own.begun = own, True
        self._kept.miss()

    def _worked_out(self, job: Job, asker: Asker, own: _UnderWay) -> Answer:
        try:
            answer = self._answering.answer(
                job, replace(asker, begin=partial(self._begin, job, own))
            )
            if answer.size is None:
                return _Passing(answer, self._kept.most_of_one, partial(self._finish, job, own))
            with closing(answer):
                whole = Whole(b"".join(answer), mark=answer.mark)
        except BaseException:
            self._finish(job, own, None)
            raise
        self._finish(job, own, whole)
        return whole

    def _follow(self, ahead: _UnderWay, asker: Asker, seconds: float, until: float) -> None:
        """Wait for an answer that is being worked out.

        Raises:
            ClientGone: if the client left meanwhile.
            TookTooLong: if the answer did not come in time.

        """
        try:
            while not ahead.done.wait(min(TICK_S, max(until - time.monotonic(), 0.0))):
                if asker.gone():
                    raise ClientGone
                if time.monotonic() >= until:
                    raise TookTooLong(seconds, waited=not ahead.begun)
        finally:
            with self._lock:
                self._followers -= 1

    def _finish(
        self, job: Job, own: _UnderWay, whole: Whole | None, *, is_too_long: bool = False
    ) -> None:
        """Let those go on who wait for an answer: with it, or without one to work it out."""
        own.is_too_long = is_too_long
        if whole is not None:
            own.answer = whole
            self._kept.put(job, whole, version=job.version, size=whole.size + _weight(job))
        with self._lock:
            if self._under_way.get(job) is own:
                del self._under_way[job]
        own.done.set()


class Finish(Protocol):
    """Hears what became of an answer that passed on its way to a client."""

    def __call__(self, whole: Whole | None, *, is_too_long: bool) -> None:
        """Hear it."""


class _Passing:
    """A long answer on its way to a client; if it is not too long, it is had whole at its end.

    Args:
        answer: is read as fast as it is made: the server holds it for a client that is slow.
        most_bytes: how long it may be to be had whole.
        finish: called once, with the whole or with nothing and whether it is too long.

    """

    size = None

    def __init__(self, answer: Answer, most_bytes: int, finish: Finish) -> None:
        self._answer, self._most, self._finish = answer, most_bytes, finish
        self.mark = answer.mark
        self._is_finished = False

    def __iter__(self) -> Iterator[bytes]:
        """Yield the parts; see ``Answer``."""
        parts, size = list[bytes](), 0
        for part in self._answer:
            size += len(part)
            if size <= self._most:
                parts.append(part)
            else:
                parts.clear()
                self._end(None, is_too_long=True)
            yield part
        self._end(Whole(b"".join(parts), mark=self.mark))

    def close(self) -> None:
        """End the work if it still goes on."""
        self._answer.close()
        self._end(None)

    def _end(self, whole: Whole | None, *, is_too_long: bool = False) -> None:
        if not self._is_finished:
            self._is_finished = True
            self._finish(whole, is_too_long=is_too_long)


def _for_the_rest(asker: Asker, until: float) -> Asker:
    """Return who asks, with the time that is left."""
    return replace(asker, seconds=max(until - time.monotonic(), _SHORTEST_S))


def _weight(job: Job) -> int:
    """Return about how much memory a job takes as a key."""
    return _ENTRY_BYTES + sys.getsizeof(repr(job))


@contextmanager
def _said_of(job: Job, seconds: float) -> Iterator[None]:
    """Say how long its client waited in all, and of a page not that a query took so long."""
    try:
        yield
    except TookTooLong as error:
        raise TookTooLong(
            error.seconds if math.isinf(seconds) else seconds,
            what="page" if job.kind in _PAGES else "query",
            waited=not error.is_of_the_work,
        ) from error
