"""Answers that are kept: the same bytes, less work, and no more memory than allowed."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from service.faults import ClientGone, TookTooLong
from service.processes.answering import ANYBODY, Asker, Whole
from service.processes.jobs import PAGE, Job, Kind
from service.processes.keeping import KIND, Keeping, is_kept
from service.room import Looks, Room

if TYPE_CHECKING:
    from collections.abc import Iterator

TERM = Job(Kind.TERM, 1, PAGE, text="Games")
QUERY = Job(Kind.QUERY, 1, "json", text="ASK {}", is_repeatable=True)
MIB = 1 << 20


@dataclass
class Counting:
    """Answers each job with its text, and remembers what it was asked."""

    asked: list[Job] = field(default_factory=list)

    def answer(self, job: Job, asker: Asker) -> Whole:
        asker.begin()
        self.asked.append(job)
        return Whole(job.text.encode(), mark="m")


def ask(keeping: Keeping, job: Job) -> bytes:
    return b"".join(keeping.answer(job, ANYBODY))


def test_a_page_of_a_state_is_worked_out_once() -> None:
    counting = Counting()
    keeping = Keeping(counting, Room(MIB))
    assert [ask(keeping, TERM), ask(keeping, TERM)] == [b"Games", b"Games"]
    assert keeping.answer(TERM, ANYBODY).mark == "m"
    assert counting.asked == [TERM]


def test_another_state_or_another_right_is_another_answer() -> None:
    counting = Counting()
    keeping = Keeping(counting, Room(MIB))
    others = [TERM, replace(TERM, version=2), replace(TERM, sees_all=True)]
    for job in [*others, *others]:
        ask(keeping, job)
    assert counting.asked == others


@pytest.mark.parametrize(
    "other",
    [
        replace(QUERY, version=2),
        replace(QUERY, form="xml"),
        replace(QUERY, text="ASK { }"),
        replace(QUERY, filled="ASK { <a:b> ?p ?o }"),
        replace(QUERY, default=("http://ex/g1",)),
        replace(QUERY, named=("http://ex/g1",)),
        replace(QUERY, safe="excel"),
        replace(QUERY, sources=True),
        replace(QUERY, languages=("fr",)),
        replace(QUERY, sees_all=True),
        replace(QUERY, pinned=True),
    ],
    ids=lambda job: repr(job)[-70:],
)
def test_all_that_decides_the_answer_to_a_query_is_part_of_its_key(other: Job) -> None:
    counting = Counting()
    keeping = Keeping(counting, Room(MIB))
    for job in (QUERY, other, QUERY, other):
        ask(keeping, job)
    assert counting.asked == [QUERY, other]


@pytest.mark.parametrize(
    "job",
    [
        replace(QUERY, is_repeatable=False),
        replace(QUERY, described="<a:b> <a:c> <a:d> ."),
        replace(QUERY, kind=Kind.EXPLAIN, is_repeatable=False),
        Job(Kind.REVIEW, 1, PAGE, text="{}"),
        Job(Kind.MATCHES, 1, PAGE, text="{}"),
        Job(Kind.RECONCILE, 1, "", text="{}"),
    ],
    ids=lambda job: job.kind,
)
def test_what_more_than_the_state_decides_is_made_each_time(job: Job) -> None:
    counting = Counting()
    keeping = Keeping(counting, Room(MIB))
    ask(keeping, job)
    ask(keeping, job)
    assert not is_kept(job)
    assert counting.asked == [job, job]


def test_without_room_an_answer_is_made_each_time() -> None:
    counting = Counting()
    keeping = Keeping(counting, Room(0))
    assert [ask(keeping, QUERY), ask(keeping, QUERY)] == [b"ASK {}", b"ASK {}"]
    assert counting.asked == [QUERY, QUERY]


def test_the_words_of_a_query_count_as_what_is_kept() -> None:
    room = Room(MIB)
    ask(Keeping(Counting(), room), replace(QUERY, filled="x" * 100_000))
    assert 100_000 < room.bytes < 110_000


def test_what_was_given_again_is_counted_and_what_was_made() -> None:
    room = Room(MIB)
    keeping = Keeping(Counting(), room)
    for job in (QUERY, QUERY, TERM, QUERY, replace(QUERY, is_repeatable=False)):
        ask(keeping, job)
    assert room.looks[KIND] == Looks(hits=2, misses=2)


class Streaming:
    """Has an answer of which nobody knows the length; it fails after so many parts."""

    mark, size = "m", None

    def __init__(self, parts: int, *, fails_at: int | None = None) -> None:
        self._parts, self._fails_at = parts, fails_at
        self.asked = self.given = self.closed = 0

    def answer(self, job: Job, asker: Asker) -> Streaming:  # noqa: ARG002 - as the protocol has it
        asker.begin()
        self.asked += 1
        return self

    def __iter__(self) -> Iterator[bytes]:
        for number in range(self._parts):
            if number == self._fails_at:
                raise TookTooLong(1)
            self.given += 1
            yield b"x" * 1_000

    def close(self) -> None:
        self.closed += 1


def test_a_long_answer_is_kept_once_its_client_has_all_of_it() -> None:
    streaming = Streaming(10)
    keeping = Keeping(streaming, Room(MIB))
    answer = keeping.answer(QUERY, ANYBODY)
    parts = iter(answer)
    next(parts)
    assert (streaming.given, answer.size, answer.mark) == (1, None, "m"), "it begins at once"
    assert sum(map(len, parts)) == 9_000
    answer.close()
    again = keeping.answer(QUERY, ANYBODY)
    assert (again.size, again.mark, b"".join(again)) == (10_000, "m", b"x" * 10_000)
    assert (streaming.asked, streaming.closed) == (1, 1)


def test_an_answer_that_breaks_off_is_not_kept() -> None:
    streaming = Streaming(10, fails_at=9)
    room = Room(MIB)
    keeping = Keeping(streaming, room)
    for _ in range(2):
        with pytest.raises(TookTooLong), closing(keeping.answer(QUERY, ANYBODY)) as answer:
            list(answer)
    assert (streaming.asked, streaming.closed, room.bytes) == (2, 2, 0)


def test_an_answer_that_its_client_gave_up_is_not_kept() -> None:
    streaming = Streaming(10)
    room = Room(MIB)
    keeping = Keeping(streaming, room)
    for _ in range(2):
        with closing(keeping.answer(QUERY, ANYBODY)) as answer:
            next(iter(answer))
    assert (streaming.asked, streaming.closed, room.bytes) == (2, 2, 0)


@pytest.mark.parametrize("most_bytes", [0, 16_000], ids=["no room", "little room"])
def test_an_answer_that_is_too_long_is_made_each_time(most_bytes: int) -> None:
    streaming = Streaming(10)
    keeping = Keeping(streaming, Room(most_bytes))
    assert [len(ask(keeping, QUERY)) for _ in range(2)] == [10_000, 10_000]
    assert streaming.asked == 2


def test_who_waits_for_an_answer_that_is_too_long_has_it_made_at_once() -> None:
    """Not one after the other, each of whom would find out anew."""
    streaming = Streaming(10)
    keeping = Keeping(streaming, Room(16_000))
    waiting = threading.Semaphore(0)

    def looked_for() -> bool:
        waiting.release()
        return False

    leader = keeping.answer(QUERY, ANYBODY)
    parts = iter(leader)
    next(parts)
    with ThreadPoolExecutor(2) as crowd:
        others = [crowd.submit(keeping.answer, QUERY, Asker(gone=looked_for)) for _ in range(2)]
        for _ in others:
            waiting.acquire()
        next(parts)
        next(parts)
        answers = [other.result() for other in others]
    assert streaming.asked == 3
    assert [len(b"".join(answer)) for answer in answers] == [10_000, 10_000]


@dataclass
class Slow:
    """Answers once it may, and fails so many times before."""

    may: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)
    failures: int = 0
    asked: int = 0

    def answer(self, job: Job, asker: Asker) -> Whole:  # noqa: ARG002 - as the protocol has it
        asker.begin()
        self.asked += 1
        fails = self.asked <= self.failures
        self.begun.set()
        self.may.wait()
        if fails:
            raise ClientGone
        return Whole(b"a" * 100)


@pytest.mark.parametrize("job", [TERM, QUERY], ids=["page", "query"])
@pytest.mark.parametrize("most_bytes", [MIB, 0], ids=["kept", "not kept"])
def test_a_crowd_that_asks_the_same_at_once_is_one_job(most_bytes: int, job: Job) -> None:
    slow = Slow()
    keeping = Keeping(slow, Room(most_bytes))
    waiting = threading.Semaphore(0)

    def looked_for() -> bool:
        waiting.release()
        return False

    seen = Asker(gone=looked_for)
    with ThreadPoolExecutor(6) as crowd:
        first = crowd.submit(keeping.answer, job, ANYBODY)
        slow.begun.wait()
        others = [
            crowd.submit(keeping.answer, job, replace(seen, client=str(number)))
            for number in range(5)
        ]
        for _ in others:
            waiting.acquire()
        slow.may.set()
        answers = [b"".join(one.result()) for one in (first, *others)]
    assert answers == [b"a" * 100] * 6
    assert slow.asked == 1


def test_who_waited_for_an_answer_that_failed_has_it_worked_out_again() -> None:
    slow = Slow(failures=1)
    keeping = Keeping(slow, Room(MIB))
    waits = threading.Event()

    def looked_for() -> bool:
        waits.set()
        return False

    with ThreadPoolExecutor(2) as crowd:
        first = crowd.submit(keeping.answer, TERM, ANYBODY)
        slow.begun.wait()
        other = crowd.submit(keeping.answer, TERM, Asker(gone=looked_for))
        waits.wait()
        slow.may.set()
        assert b"".join(other.result()) == b"a" * 100
        with pytest.raises(ClientGone):
            first.result()
    assert slow.asked == 2


@pytest.mark.parametrize(
    ("asker", "fault"),
    [(Asker(gone=lambda: True), ClientGone), (Asker(seconds=0.01), TookTooLong)],
    ids=["gone", "out of time"],
)
def test_who_cannot_wait_for_somebody_elses_answer_does_not(
    asker: Asker, fault: type[Exception]
) -> None:
    slow = Slow()
    keeping = Keeping(slow, Room(MIB))
    with ThreadPoolExecutor(1) as crowd:
        first = crowd.submit(keeping.answer, TERM, ANYBODY)
        slow.begun.wait()
        with pytest.raises(fault):
            keeping.answer(TERM, asker)
        slow.may.set()
        assert b"".join(first.result()) == b"a" * 100


class Late:
    """Has never an answer in time."""

    def answer(self, job: Job, asker: Asker) -> Whole:  # noqa: ARG002 - as the protocol has it
        raise TookTooLong(10)


def test_who_asked_for_a_page_that_takes_too_long_is_not_told_to_mend_a_query() -> None:
    keeping = Keeping(Late(), Room(MIB))
    with pytest.raises(TookTooLong, match="The page was stopped") as page:
        keeping.answer(TERM, ANYBODY)
    assert page.value.hint.startswith("Choose less, such as one nation, Games or season")
    with pytest.raises(TookTooLong, match="The query was stopped"):
        keeping.answer(QUERY, ANYBODY)


class Queueing:
    """Gives turns when it is told to, in whatever order, and counts the work."""

    def __init__(self) -> None:
        self.worked, self.waiting = 0, threading.Semaphore(0)
        self.turns = {client: threading.Event() for client in "abc"}
        self.goes_on = threading.Event()
        self.begun = threading.Event()

    def answer(self, job: Job, asker: Asker) -> Whole:
        self.waiting.release()
        self.turns[asker.client].wait()
        asker.begin()
        self.begun.set()
        self.worked += 1
        self.goes_on.wait()
        return Whole(job.text.encode())


def test_nobody_waits_in_the_queue_of_somebody_else() -> None:
    """Who came second, and has a turn first, begins for both."""
    queueing = Queueing()
    keeping = Keeping(queueing, Room(MIB))
    with ThreadPoolExecutor(3) as crowd:
        first = crowd.submit(keeping.answer, QUERY, Asker("a"))
        queueing.waiting.acquire()
        second = crowd.submit(keeping.answer, QUERY, Asker("b"))
        queueing.waiting.acquire()
        queueing.turns["b"].set()
        queueing.begun.wait()
        third = crowd.submit(keeping.answer, QUERY, Asker("c"))
        queueing.turns["a"].set()
        queueing.goes_on.set()
        answers = [b"".join(one.result()) for one in (first, second, third)]
    assert answers == [b"ASK {}"] * 3
    assert queueing.worked == 1


def test_who_finds_the_answer_when_the_turn_comes_gives_the_turn_back() -> None:
    queueing = Queueing()
    keeping = Keeping(queueing, Room(MIB))
    queueing.goes_on.set()
    with ThreadPoolExecutor(2) as crowd:
        first = crowd.submit(keeping.answer, QUERY, Asker("a"))
        queueing.waiting.acquire()
        second = crowd.submit(keeping.answer, QUERY, Asker("b"))
        queueing.waiting.acquire()
        queueing.turns["b"].set()
        assert b"".join(second.result()) == b"ASK {}"
        queueing.turns["a"].set()
        assert b"".join(first.result()) == b"ASK {}"
    assert queueing.worked == 1


def test_who_waited_and_ran_out_of_time_is_told_the_whole_time() -> None:
    slow = Slow()
    keeping = Keeping(slow, Room(MIB), longest_s=0.05)
    with ThreadPoolExecutor(1) as crowd:
        first = crowd.submit(keeping.answer, QUERY, ANYBODY)
        slow.begun.wait()
        with pytest.raises(TookTooLong, match=r"The query was stopped after 0\.05 seconds\."):
            keeping.answer(QUERY, ANYBODY)
        slow.may.set()
        first.result()
