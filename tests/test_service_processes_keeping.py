"""Answers to pages that are kept: the same bytes, less work, and no more memory than allowed."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import pytest

from service.faults import ClientGone, TookTooLong
from service.processes.answering import ANYBODY, Asker, Whole
from service.processes.jobs import PAGE, Job, Kind
from service.processes.keeping import Keeping

TERM = Job(Kind.TERM, 1, PAGE, text="Games")


@dataclass
class Counting:
    """Answers each job with its text, and remembers what it was asked."""

    asked: list[Job] = field(default_factory=list)

    def answer(self, job: Job, asker: Asker) -> Whole:  # noqa: ARG002 - as the protocol has it
        self.asked.append(job)
        return Whole(job.text.encode(), mark="m")


def ask(keeping: Keeping, job: Job) -> bytes:
    return b"".join(keeping.answer(job, ANYBODY))


def test_a_page_of_a_state_is_worked_out_once() -> None:
    counting = Counting()
    keeping = Keeping(counting, most_bytes=1_000)
    assert [ask(keeping, TERM), ask(keeping, TERM)] == [b"Games", b"Games"]
    assert keeping.answer(TERM, ANYBODY).mark == "m"
    assert counting.asked == [TERM]


def test_another_state_or_another_right_is_another_answer() -> None:
    counting = Counting()
    keeping = Keeping(counting, most_bytes=1_000)
    others = [TERM, replace(TERM, version=2), replace(TERM, sees_all=True)]
    for job in [*others, *others]:
        ask(keeping, job)
    assert counting.asked == others


def test_a_query_of_a_client_is_asked_each_time() -> None:
    counting = Counting()
    keeping = Keeping(counting, most_bytes=1_000)
    query = Job(Kind.QUERY, 1, "json", text="ASK {}")
    ask(keeping, query)
    ask(keeping, query)
    assert counting.asked == [query, query]


def test_what_nobody_asked_for_longest_makes_room() -> None:
    counting = Counting()
    keeping = Keeping(counting, most_bytes=24)
    one, two, three = (replace(TERM, text=letter * 3) for letter in "abc")
    more = [replace(TERM, text=f"{number:03}") for number in range(6)]
    for job in [one, two, *more, one, three]:
        ask(keeping, job)
    assert counting.asked == [one, two, *more, three]
    ask(keeping, one)
    assert counting.asked[-1] == three, "the one just asked for was kept"
    ask(keeping, two)
    assert counting.asked[-1] == two, "the one longest unasked was not"


def test_an_answer_that_would_take_most_of_the_room_is_not_kept() -> None:
    counting = Counting()
    keeping = Keeping(counting, most_bytes=24)
    large = replace(TERM, text="four")
    ask(keeping, large)
    assert ask(keeping, large) == b"four"
    assert counting.asked == [large, large]


@dataclass
class Slow:
    """Answers once it may, and fails so many times before."""

    may: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)
    failures: int = 0
    asked: int = 0

    def answer(self, job: Job, asker: Asker) -> Whole:  # noqa: ARG002 - as the protocol has it
        self.asked += 1
        fails = self.asked <= self.failures
        self.begun.set()
        self.may.wait()
        if fails:
            raise ClientGone
        return Whole(b"a" * 100)


@pytest.mark.parametrize("most_bytes", [10_000, 1], ids=["kept", "too large to be kept"])
def test_a_crowd_that_asks_for_one_page_is_one_job(most_bytes: int) -> None:
    slow = Slow()
    keeping = Keeping(slow, most_bytes=most_bytes)
    waiting = threading.Semaphore(0)

    def looked_for() -> bool:
        waiting.release()
        return False

    seen = Asker(gone=looked_for)
    with ThreadPoolExecutor(6) as crowd:
        first = crowd.submit(keeping.answer, TERM, ANYBODY)
        slow.begun.wait()
        others = [crowd.submit(keeping.answer, TERM, seen) for _ in range(5)]
        for _ in others:
            waiting.acquire()
        slow.may.set()
        answers = [b"".join(one.result()) for one in (first, *others)]
    assert answers == [b"a" * 100] * 6
    assert slow.asked == 1


def test_who_waited_for_an_answer_that_failed_has_it_worked_out_again() -> None:
    slow = Slow(failures=1)
    keeping = Keeping(slow, most_bytes=10_000)
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
    keeping = Keeping(slow, most_bytes=10_000)
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
    keeping = Keeping(Late(), most_bytes=1_000)
    with pytest.raises(TookTooLong, match="The page was stopped") as page:
        keeping.answer(TERM, ANYBODY)
    assert page.value.hint.startswith("Choose less, such as one nation, Games or season")
    with pytest.raises(TookTooLong, match="The query was stopped"):
        keeping.answer(Job(Kind.QUERY, 1, "json", text="ASK {}"), ANYBODY)
