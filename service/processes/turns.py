"""A fair queue: who may work now, who waits, and who is turned away."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.faults import ClientGone, Crowded, TookTooLong, TooManyOfYours

from .channel import TICK_S

if TYPE_CHECKING:
    from .answering import Asker


@dataclass(slots=True, eq=False)
class _Ticket:
    client: str
    called: threading.Event = field(default_factory=threading.Event)


class Turns:
    """Lets so many work at a time, and so many wait; no client keeps the others from a turn.

    The next turn is the client's who has the fewest running, and among those who have as
    few, the one's who came first.

    Args:
        running: how many turns there are at a time.
        running_of_client: how many of them may be one client's.
        waiting: how many may wait.
        waiting_of_client: how many of them may be one client's.

    """

    def __init__(
        self, *, running: int, running_of_client: int, waiting: int, waiting_of_client: int
    ) -> None:
        self._most, self._most_of_client = running, max(1, min(running_of_client, running))
        self._room, self._room_of_client = waiting, waiting_of_client
        self._running: Counter[str] = Counter()
        self._waiting: list[_Ticket] = []
        self._lock = threading.Lock()

    @property
    def running(self) -> int:
        """How many have their turn."""
        with self._lock:
            return self._running.total()

    @property
    def waiting(self) -> int:
        """How many wait for it."""
        with self._lock:
            return len(self._waiting)

    def enter(self, asker: Asker, *, seconds: float, until: float) -> None:
        """Wait for a turn; whoever gets one must ``leave``.

        Args:
            asker: who wants it.
            seconds: how long the whole request may take, for the error.
            until: the ``time.monotonic()`` at which that is over.

        Raises:
            Crowded: if too many wait already.
            TooManyOfYours: if too many of this client do.
            TookTooLong: if the turn did not come in time.
            ClientGone: if the client left meanwhile.

        """
        ticket = self._queued(asker.client)
        while not ticket.called.wait(min(TICK_S, max(until - time.monotonic(), 0.0))):
            if asker.gone():
                self._give_up(ticket)
                raise ClientGone
            if time.monotonic() >= until:
                self._give_up(ticket)
                raise TookTooLong(seconds, waited=True)

    def leave(self, client: str) -> None:
        """End a turn of a client, and call whoever is next."""
        with self._lock:
            self._running[client] -= 1
            if not self._running[client]:
                del self._running[client]
            self._call()

    def _queued(self, client: str) -> _Ticket:
        ticket = _Ticket(client)
        with self._lock:
            self._waiting.append(ticket)
            self._call()
            if not ticket.called.is_set():
                of_client = sum(1 for other in self._waiting if other.client == client) - 1
                if of_client >= self._room_of_client:
                    self._waiting.remove(ticket)
                    raise TooManyOfYours(of_client)
                if len(self._waiting) > self._room:
                    self._waiting.remove(ticket)
                    raise Crowded
        return ticket

    def _call(self) -> None:
        while self._running.total() < self._most:
            able = [t for t in self._waiting if self._running[t.client] < self._most_of_client]
            if not able:
                return
            ticket = min(able, key=lambda waiting: self._running[waiting.client])
            self._waiting.remove(ticket)
            self._running[ticket.client] += 1
            ticket.called.set()

    def _give_up(self, ticket: _Ticket) -> None:
        with self._lock:
            if not ticket.called.is_set():
                self._waiting.remove(ticket)
                return
        self.leave(ticket.client)
