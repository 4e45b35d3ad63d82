"""Turns are fair between clients, and nobody waits for ever."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from service.faults import ClientGone, Crowded, TookTooLong, TooManyOfYours
from service.processes.answering import Asker
from service.processes.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

LONG_S, SHORT_S = 60.0, 0.05


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(16) as pool:
        yield pool


def turns(running: int = 2, of_client: int = 1, waiting: int = 4, of_one: int = 2) -> Turns[str]:
    return Turns(
        running=running,
        running_of_client=of_client,
        waiting=waiting,
        waiting_of_client=of_one,
    )


def enter(
    queue: Turns[str], client: str, *, seconds: float = LONG_S, asker: Asker | None = None
) -> str:
    """Wait for a turn and return whose it is."""
    asked = asker or Asker(client=client)
    until, work = time.monotonic() + seconds, f"work of {client}"
    is_guest = queue.enter(asked, seconds=seconds, until=until, brings=work)
    return f"{client} as a guest" if is_guest else client


def queued(queue: Turns[str], client: str, threads: ThreadPoolExecutor) -> Future[str]:
    """Let a client wait in a thread, and return when it is in the queue."""
    before = queue.waiting
    future = threads.submit(enter, queue, client)
    while queue.waiting == before and not future.done():
        time.sleep(0.001)
    return future


def test_a_turn_that_is_free_is_had_at_once() -> None:
    queue = turns()

    enter(queue, "a")

    assert (queue.running, queue.waiting) == (1, 0)


def test_one_client_waits_for_its_own_turns_while_another_has_one_at_once(
    threads: ThreadPoolExecutor,
) -> None:
    queue = turns(running=2, of_client=1)
    enter(queue, "many")
    second = queued(queue, "many", threads)

    enter(queue, "other")

    assert not second.done()
    queue.leave("many")
    assert second.result(LONG_S) == "many"


def test_who_has_the_fewest_turns_comes_first_although_it_came_last(
    threads: ThreadPoolExecutor,
) -> None:
    queue = turns(running=2, of_client=2)
    enter(queue, "many")
    enter(queue, "many")
    third = queued(queue, "many", threads)
    other = queued(queue, "other", threads)

    queue.leave("many")

    assert other.result(LONG_S) == "other"
    assert not third.done()
    queue.leave("many")
    assert third.result(LONG_S) == "many"


def test_among_those_who_have_as_few_the_first_comes_first(threads: ThreadPoolExecutor) -> None:
    queue = turns(running=1)
    enter(queue, "z")
    first = queued(queue, "b", threads)
    second = queued(queue, "a", threads)

    queue.leave("z")

    assert first.result(LONG_S) == "b"
    assert not second.done()
    queue.leave("b")
    second.result(LONG_S)


def test_a_turn_that_does_not_come_in_time_is_given_up() -> None:
    queue = turns(running=1)
    enter(queue, "a")

    with pytest.raises(TookTooLong, match=r"No turn came within 0\.05 seconds"):
        enter(queue, "b", seconds=SHORT_S)

    assert queue.waiting == 0


def test_a_client_that_leaves_the_queue_is_forgotten() -> None:
    queue = turns(running=1)
    enter(queue, "a")

    with pytest.raises(ClientGone):
        enter(queue, "b", asker=Asker(client="b", gone=lambda: True))

    queue.leave("a")
    assert (queue.running, queue.waiting) == (0, 0)


def test_one_client_may_not_fill_the_queue(threads: ThreadPoolExecutor) -> None:
    queue = turns(running=1, of_one=2)
    enter(queue, "a")
    waiting = [queued(queue, "a", threads) for _ in range(2)]

    with pytest.raises(TooManyOfYours, match="2 requests from your address wait already"):
        enter(queue, "a")

    for future in waiting:
        queue.leave("a")
        future.result(LONG_S)


def test_a_full_queue_turns_everybody_away(threads: ThreadPoolExecutor) -> None:
    queue = turns(running=1, waiting=2)
    enter(queue, "a")
    waiting = [queued(queue, client, threads) for client in "bc"]

    with pytest.raises(Crowded):
        enter(queue, "d")

    for client, future in zip("abc", [*waiting, None], strict=True):
        queue.leave(client)
        if future is not None:
            future.result(LONG_S)


def test_who_has_a_turn_may_do_the_work_of_whoever_would_be_next(
    threads: ThreadPoolExecutor,
) -> None:
    queue = turns(running=1, waiting=8, of_one=8)
    enter(queue, "lead")
    waiting = [queued(queue, client, threads) for client in ("a", "a", "b")]

    invited = [queue.invite(lambda _: True) for _ in range(4)]

    assert invited == ["work of a", "work of b", "work of a", None]
    assert [each.result(LONG_S) for each in waiting] == [
        "a as a guest",
        "a as a guest",
        "b as a guest",
    ]
    assert (queue.running, queue.waiting) == (4, 0)
    for client in ("lead", "a", "a", "b"):
        queue.leave(client)
    assert queue.running == 0


def test_who_comes_while_a_guest_is_waited_for_is_invited(threads: ThreadPoolExecutor) -> None:
    queue = turns(running=1)
    enter(queue, "lead")
    invited = threads.submit(queue.invite, lambda _: True, wait_s=LONG_S)

    assert threads.submit(enter, queue, "a").result(LONG_S) == "a as a guest"

    assert invited.result(LONG_S) == "work of a"
    assert queue.invite(lambda _: True, wait_s=SHORT_S) is None


def test_who_shall_not_come_stays_in_the_queue_and_is_next(threads: ThreadPoolExecutor) -> None:
    queue = turns(running=1)
    enter(queue, "lead")
    first = queued(queue, "a", threads)

    assert queue.invite(lambda _: False) is None

    assert not first.done()
    queue.leave("lead")
    assert first.result(LONG_S) == "a"


def test_the_next_turn_comes_when_the_guests_have_left(threads: ThreadPoolExecutor) -> None:
    queue = turns(running=1)
    enter(queue, "lead")
    guest = queued(queue, "a", threads)
    queue.invite(lambda _: True)
    guest.result(LONG_S)
    last = queued(queue, "b", threads)

    queue.leave("lead")
    assert not last.done()
    queue.leave("a")
    assert last.result(LONG_S) == "b"


def test_a_guest_cannot_give_up_what_is_done_already(threads: ThreadPoolExecutor) -> None:
    queue, left = turns(running=1), threading.Event()
    enter(queue, "lead")

    def gone() -> bool:
        queue.invite(lambda _: True)
        left.set()
        return True

    asker = Asker(client="a", gone=gone)
    future = threads.submit(enter, queue, "a", asker=asker)

    assert future.result(LONG_S) == "a as a guest"
    assert left.is_set()


def test_a_thousand_turns_are_never_more_at_a_time_than_there_are(
    threads: ThreadPoolExecutor,
) -> None:
    queue = turns(running=3, of_client=2, waiting=64, of_one=64)
    lock, now, most = threading.Lock(), {"all": 0}, {"all": 0}

    def work(client: str) -> None:
        enter(queue, client)
        with lock:
            for name in (client, "all"):
                now[name] = now.get(name, 0) + 1
                most[name] = max(most.get(name, 0), now[name])
        time.sleep(0)
        with lock:
            for name in (client, "all"):
                now[name] -= 1
        queue.leave(client)

    for done in [threads.submit(work, "abcd"[number % 4]) for number in range(1_000)]:
        done.result(LONG_S)

    assert (queue.running, queue.waiting) == (0, 0)
    assert most["all"] <= 3
    assert max(most[client] for client in "abcd") <= 2
