"""Messages between two processes of the service: JSON, data and open files over a socket."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import struct
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from service.wire.problem import Json

_HEAD = struct.Struct("!cI")
_JSON, _DATA = b"J", b"D"
_LONGEST_BYTES = 64 << 20
_FILES = 4
"""How many open files may come with a message."""
TICK_S = 0.1
"""How often somebody who waits looks whether waiting still makes sense."""


class ChannelClosed(ConnectionError):
    """The process at the other end has ended."""


@dataclass(frozen=True, slots=True)
class Message:
    """What came over a channel: ``told``, or ``data`` where that is None."""

    told: dict[str, Json] | None
    data: bytes = b""
    files: tuple[int, ...] = ()


def pair() -> tuple[Channel, Channel]:
    """Return both ends of a new channel."""
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    return Channel(one), Channel(other)


class Channel:
    """One end of a conversation between two processes; one thread at a time speaks.

    Any thread may ``end`` it. The file is closed only when nobody uses it, because its
    number would soon mean another file.

    Args:
        end: the connected socket; it belongs to the channel from now on.

    """

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._in_use = threading.RLock()

    @classmethod
    def of(cls, number: int) -> Channel:
        """Return the channel whose end is the file with this number."""
        return cls(socket.socket(fileno=number))

    @property
    def number(self) -> int:
        """The number of the file that is this end; -1 after ``end``."""
        return self._end.fileno()

    def tell(self, told: dict[str, Json], *, files: Sequence[int] = ()) -> None:
        """Send a message, with files that the other process shall have open too.

        Raises:
            ChannelClosed: if nobody is at the other end.

        """
        body = json.dumps(told).encode()
        self._send(_HEAD.pack(_JSON, len(body)) + body, files)

    def pass_on(self, data: bytes) -> None:
        """Send data as it is.

        Raises:
            ChannelClosed: if nobody is at the other end.

        """
        self._send(_HEAD.pack(_DATA, len(data)) + data, ())

    def receive(
        self, *, until: float | None = None, stop: Callable[[], bool] | None = None
    ) -> Message:
        """Wait for the next message and return it.

        Args:
            until: the ``time.monotonic()`` at which waiting ends; None for no end.
            stop: asked now and then whether waiting shall end.

        Raises:
            ChannelClosed: if the other process has ended.
            TimeoutError: at ``until``.
            InterruptedError: when ``stop`` says so.

        """
        with self._in_use:
            self._await(until, stop)
            head, files = self._first(_HEAD.size)
            kind, length = _HEAD.unpack(head)
            if length > _LONGEST_BYTES:
                raise ChannelClosed(f"A message of {length} bytes cannot be meant.")
            body = self._exactly(length, until, stop)
        if kind == _DATA:
            return Message(None, body, files)
        return Message(json.loads(body), files=files)

    def end(self) -> None:
        """Hang up; whoever waits at either end is told."""
        with contextlib.suppress(OSError):
            self._end.shutdown(socket.SHUT_RDWR)
        with self._in_use:
            self._end.close()

    def end_with_other(self) -> None:
        """End this process, whatever it does, once nobody is left at the other end.

        That takes a thread; call it when this process forks no more.
        """
        threading.Thread(target=_end_when_alone, args=[self.number], daemon=True).start()

    def forget(self) -> None:
        """Close this process's copy of an end that another process goes on using."""
        self._end.close()

    def _send(self, content: bytes, files: Sequence[int]) -> None:
        try:
            with self._in_use:
                sent = socket.send_fds(self._end, [content], list(files)) if files else 0
                self._end.sendall(memoryview(content)[sent:])
        except OSError as error:
            raise ChannelClosed(str(error)) from error

    def _await(self, until: float | None, stop: Callable[[], bool] | None) -> None:
        """Return when there is something to read."""
        poll = select.poll()
        try:
            poll.register(self._end, select.POLLIN)
        except ValueError as error:
            raise ChannelClosed("This end was closed.") from error
        while not poll.poll(_milliseconds(until, stop)):
            if until is not None and time.monotonic() >= until:
                raise TimeoutError
            if stop is not None and stop():
                raise InterruptedError

    def _first(self, count: int) -> tuple[bytes, tuple[int, ...]]:
        try:
            got, files, _, _ = socket.recv_fds(self._end, count, _FILES)
        except OSError as error:
            raise ChannelClosed(str(error)) from error
        for number in files:
            os.set_inheritable(number, False)  # noqa: FBT003 - the system's own order
        if not got:
            raise ChannelClosed("The other process has ended.")
        return got + self._exactly(count - len(got), None, None), tuple(files)

    def _exactly(self, count: int, until: float | None, stop: Callable[[], bool] | None) -> bytes:
        body = bytearray(count)
        view, have = memoryview(body), 0
        while have < count:
            self._await(until, stop)
            try:
                got = self._end.recv_into(view[have:])
            except OSError as error:
                raise ChannelClosed(str(error)) from error
            if not got:
                raise ChannelClosed("The other process ended in the middle of a message.")
            have += got
        return bytes(body)


def _end_when_alone(number: int) -> None:
    poll = select.poll()
    poll.register(number, 0)  # to be told of the end of the conversation, and of nothing else
    poll.poll()
    os._exit(0)


def _milliseconds(until: float | None, stop: Callable[[], bool] | None) -> int | None:
    """Return how long to wait at a stretch; None is without end."""
    stretch = TICK_S if stop is not None else None
    if until is not None:
        left = max(until - time.monotonic(), 0.0)
        stretch = left if stretch is None else min(stretch, left)
    return None if stretch is None else int(stretch * 1000) + 1
