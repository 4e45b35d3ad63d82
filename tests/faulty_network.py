"""A network that fails on purpose: a relay between a client and a server, and its faults.

It moves bytes and knows no protocol, so whatever fails below HTTP can be made to fail here: a
host that refuses, one that never answers, a slow line, and a connection that is cut in the
middle of a request or of an answer, or after the request has arrived and before its answer.
"""

from __future__ import annotations

import contextlib
import random
import select
import socket
import struct
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

_HOST = "127.0.0.1"
_PART_BYTES = 16_384
_NOTICED_WITHIN_S = 0.02
_RESET = struct.pack("ii", 1, 0)
"""Linger for no time: closing then sends RST, as a machine does that has lost its connections."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the network.

    Attributes:
        is_down: connections are reset as they come, and those that stand are reset.
        is_silent: what is sent is swallowed; nothing comes back, nothing is closed.
        latency_s: how long each part waits before it is sent on, in seconds.
        request_bytes: a connection is reset after so many bytes to the server; None is never.
        answer_bytes: a connection is reset after so many bytes from the server; 0 lets the
            request arrive and cuts the answer before its first byte; None is never.

    """

    is_down: bool = False
    is_silent: bool = False
    latency_s: float = 0.0
    request_bytes: int | None = None
    answer_bytes: int | None = None


SOUND = Fault()
DOWN = Fault(is_down=True)
SILENT = Fault(is_silent=True)
ANSWER_LOST = Fault(answer_bytes=0)


class FaultyNetwork:
    """A relay to a server on this machine; use it in a ``with`` block.

    Args:
        port: where the server listens.

    Attributes:
        port: where clients connect to instead.
        fault: what is wrong at present; it may be replaced at any time.
        connections: how many clients have connected so far.

    """

    def __init__(self, port: int) -> None:
        self._server_port = port
        self.fault = SOUND
        self.connections = 0
        self._listener = socket.create_server((_HOST, 0))
        self.port: int = self._listener.getsockname()[1]
        self._closed = threading.Event()
        self._lines: list[_Line] = []
        self._turns: _Turns | None = None
        self._strikes: int | None = None

    def __enter__(self) -> Self:
        """Let clients connect."""
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Reset every connection and listen no more."""
        self._closed.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in self._lines:
            line.reset()

    @contextmanager
    def suffering(self, fault: Fault, *, times: int | None = None) -> Iterator[None]:
        """Have a fault inside the ``with`` block.

        Args:
            fault: what is wrong.
            times: how many connections it resets before all is well; None is all of them.

        """
        before, self.fault, self._strikes = self.fault, fault, times
        try:
            yield
        finally:
            self.fault, self._strikes = before, None

    @contextmanager
    def flapping(self, *, seed: int, up_s: float, down_s: float) -> Iterator[None]:
        """Go down and up again inside the ``with`` block.

        Args:
            seed: decides how long each time lasts.
            up_s: how long it works at most before it goes down, in seconds.
            down_s: how long it stays down at most, in seconds.

        """
        done = threading.Event()
        chance = random.Random(seed)  # noqa: S311 - a fault that can be had again

        def flap() -> None:
            while not done.wait(chance.uniform(0, up_s)):
                with self.suffering(DOWN):
                    done.wait(chance.uniform(0, down_s))

        flapper = threading.Thread(target=flap, daemon=True)
        flapper.start()
        try:
            yield
        finally:
            done.set()
            flapper.join()

    @contextmanager
    def wavering(self, *, seed: int, answer_bytes: int, refused: int) -> Iterator[None]:
        """Go down and up again inside the ``with`` block, by what comes and not by the clock.

        However slow a machine is, as much gets through before the network goes down, and as many
        find it down before it is up again.

        Args:
            seed: decides how much and how many each time.
            answer_bytes: how many bytes come from the server at most before it goes down.
            refused: how many connections are reset at most before it is up again.

        """
        self._turns = _Turns(self, random.Random(seed), answer_bytes, refused)  # noqa: S311 - a fault that can be had again
        try:
            yield
        finally:
            self._turns, self.fault = None, SOUND

    def answered(self, count: int) -> None:
        """Take note of bytes that came from the server."""
        if self._turns is not None:
            self._turns.answered(count)

    def struck(self) -> None:
        """Take note of a connection that was reset by the fault of the hour."""
        if self._strikes is not None:
            self._strikes -= 1
            if self._strikes <= 0:
                self.fault, self._strikes = SOUND, None

    def refused(self) -> None:
        """Take note of a client that found the network down."""
        if self._turns is not None:
            self._turns.refused()

    def _accept(self) -> None:
        while not self._closed.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            line = _Line(self, client)
            self._lines.append(line)
            threading.Thread(target=line.open, args=(self._server_port,), daemon=True).start()


class _Turns:
    """When a network goes down and up again that counts what comes."""

    def __init__(
        self, network: FaultyNetwork, chance: random.Random, answer_bytes: int, refused: int
    ) -> None:
        self._network, self._chance = network, chance
        self._answer_bytes, self._refused = answer_bytes, refused
        self._one_at_a_time = threading.Lock()
        self._left = chance.randint(1, answer_bytes)

    def answered(self, count: int) -> None:
        with self._one_at_a_time:
            self._left -= 0 if self._network.fault.is_down else count
            if self._left <= 0 and not self._network.fault.is_down:
                self._left = self._chance.randint(1, self._refused)
                self._network.fault = DOWN

    def refused(self) -> None:
        with self._one_at_a_time:
            self._left -= 1 if self._network.fault.is_down else 0
            if self._left <= 0 and self._network.fault.is_down:
                self._left = self._chance.randint(1, self._answer_bytes)
                self._network.fault = SOUND


class _Line:
    """One connection of a client, and ours to the server for it."""

    def __init__(self, network: FaultyNetwork, client: socket.socket) -> None:
        self._network, self._client = network, client
        self._server: socket.socket | None = None

    def open(self, port: int) -> None:
        """Connect to the server and move bytes both ways until either side ends."""
        if self._network.fault.is_down:
            self.reset()
            self._network.struck()
            self._network.refused()
            return
        try:
            self._server = socket.create_connection((_HOST, port))
        except OSError:
            self.reset()
            return
        both = self._client, self._server
        towards = threading.Thread(target=self._move, args=both, daemon=True)
        towards.start()
        self._move(self._server, self._client)
        towards.join()
        for end in both:
            end.close()

    def reset(self) -> None:
        """End the connection on both sides at once, whatever is on the way."""
        for end in (self._client, self._server):
            if end is not None:
                with contextlib.suppress(OSError):
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                    # Wakes the threads that wait for bytes; a close alone would leave them waiting.
                    end.shutdown(socket.SHUT_RD)
                end.close()

    def _move(self, giver: socket.socket, taker: socket.socket) -> None:
        """Move bytes one way until there are no more, or the fault of the hour says otherwise."""
        fault, moved = self._network.fault, 0
        while True:
            try:
                part = self._received(giver)
            except (OSError, ValueError):
                return self.reset()
            if part == b"":
                with contextlib.suppress(OSError):
                    taker.shutdown(socket.SHUT_WR)
                return None
            if self._network.fault is not fault:
                fault, moved = self._network.fault, 0
            limit = fault.request_bytes if giver is self._client else fault.answer_bytes
            left = len(part or b"") if limit is None else limit - moved
            try:
                if part and not fault.is_silent:
                    time.sleep(fault.latency_s)
                    taker.sendall(part[:left])
                    moved += len(part[:left])
                    if giver is self._server:
                        self._network.answered(len(part[:left]))
            except OSError:
                return self.reset()
            if fault.is_down or len(part or b"") > left:
                self._network.struck()
                return self.reset()

    def _received(self, giver: socket.socket) -> bytes | None:
        """Return what came, nothing at the end, or None if nothing came for a moment."""
        ready, _, _ = select.select([giver], [], [], _NOTICED_WITHIN_S)
        return giver.recv(_PART_BYTES) if ready else None
