"""A channel carries messages, data and open files between two processes, whole or not at all."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
import time
from typing import TYPE_CHECKING

import pytest

from service.processes.channel import Channel, ChannelClosed, pair

from .waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def ends() -> Iterator[tuple[Channel, Channel]]:
    one, other = pair()
    yield one, other
    one.end()
    other.end()


def test_a_message_arrives_as_it_was_sent(ends: tuple[Channel, Channel]) -> None:
    ends[0].tell({"name": "Römer", "count": 3, "list": [None, True]})

    assert ends[1].receive().told == {"name": "Römer", "count": 3, "list": [None, True]}


def test_messages_and_data_keep_their_order(ends: tuple[Channel, Channel]) -> None:
    ends[0].pass_on(b"one")
    ends[0].tell({"two": 2})
    ends[0].pass_on(b"")

    first, second, third = (ends[1].receive() for _ in range(3))

    assert (first.told, first.data) == (None, b"one")
    assert second.told == {"two": 2}
    assert (third.told, third.data) == (None, b"")


def test_an_open_file_arrives_open(ends: tuple[Channel, Channel]) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"content")
        file.seek(0)
        ends[0].tell({"take": "this"}, files=[file.fileno()])

    message = ends[1].receive()

    with os.fdopen(message.files[0], "rb") as taken:
        assert taken.read() == b"content"
        assert not os.get_inheritable(taken.fileno())


def test_waiting_ends_when_the_other_end_is_closed(ends: tuple[Channel, Channel]) -> None:
    ends[0].end()

    with pytest.raises(ChannelClosed):
        ends[1].receive()
    with pytest.raises(ChannelClosed):
        ends[1].tell({})


def test_half_a_message_is_none() -> None:
    one, other = socket.socketpair()
    channel = Channel(other)
    one.sendall(b"J\x00\x00\x00\x10{")
    one.close()

    with pytest.raises(ChannelClosed, match="middle of a message"):
        channel.receive()
    channel.end()


def test_waiting_ends_at_its_time(ends: tuple[Channel, Channel]) -> None:
    with pytest.raises(TimeoutError):
        ends[0].receive(until=time.monotonic() + 0.01)


def test_waiting_ends_when_it_makes_no_sense_any_more(ends: tuple[Channel, Channel]) -> None:
    answers = iter([False, True])

    with pytest.raises(InterruptedError):
        ends[0].receive(stop=lambda: next(answers))


def test_a_message_that_is_there_is_had_although_the_time_is_over(
    ends: tuple[Channel, Channel],
) -> None:
    ends[0].tell({"in": "time"})

    assert ends[1].receive(until=time.monotonic() - 1).told == {"in": "time"}


def test_who_ended_a_channel_cannot_use_it(ends: tuple[Channel, Channel]) -> None:
    ends[0].end()

    assert ends[0].number == -1
    with pytest.raises(ChannelClosed):
        ends[0].receive()


def test_who_waits_is_told_when_another_thread_ends_the_channel() -> None:
    for _ in range(200):
        one, other = pair()
        thread = threading.Thread(target=one.end)
        thread.start()
        with pytest.raises(ChannelClosed):
            # The number of the closed file is soon that of a new one, which says nothing.
            one.receive(until=time.monotonic() + PATIENCE_S)
        thread.join()
        other.end()
