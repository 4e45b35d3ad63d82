"""Answers to pages that are kept: the same bytes, less work, and no more memory than allowed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

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
