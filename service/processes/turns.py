"""A fair queue: who may work now, who waits, and who is turned away."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from service.faults import ClientGone, Crowded, TookTooLong, TooManyOfYours

from .channel import TICK_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .answering import Asker


Brought = TypeVar("Brought")


@dataclass(slots=True, eq=False)
class _Ticket(Generic[Brought]):
    client: str
    brings: Brought | None
    called: threading.Event = field(default_factory=threading.Event)
    is_guest: bool = False


class Turns(Generic[Brought]):
    """Lets so many work at a time, and so many wait; no client keeps the others from a turn.

    The next turn is the client's who has the fewest running, and among those who have as
    few, the one's who came first. Who has a turn may do the work of those who wait as well:
    they are its guests.

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
        self._waiting: list[_Ticket[Brought]] = []
        self._lock = threading.Lock()
        self._came = threading.Condition(self._lock)

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

    def enter(
        self, asker: Asker, *, seconds: float, until: float, brings: Brought | None = None
    ) -> bool:
        """Wait for a turn; whoever gets one must ``leave``.

        Args:
            asker: who wants it.
            seconds: how long the whole request may take, for the error.
            until: the ``time.monotonic()`` at which that is over.
            brings: the work, which somebody else may do; see ``invite``.

        Returns:
            Whether somebody else does the work.

        Raises:
            Crowded: if too many wait already.
            TooManyOfYours: if too many of this client do.
            TookTooLong: if the turn did not come in time.
            ClientGone: if the client left meanwhile.

        """
        ticket = self._queued(asker.client, brings)
        while not ticket.called.wait(min(TICK_S, max(until - time.monotonic(), 0.0))):
            if asker.gone() and self._gives_up(ticket):
                raise ClientGone
            if time.monotonic() >= until and self._gives_up(ticket):
                raise TookTooLong(seconds, waited=True)
        return ticket.is_guest

    def invite(self, may_come: Callable[[Brought], bool], *, wait_s: float = 0.0) -> Brought | None:
        """Return the work of whoever would have the next turn, who then has it as a guest.

        Args:
            may_come: tells of the work whether it shall be done now.
            wait_s: how many seconds to wait for somebody who wants a turn.

        Returns:
            None if nobody waits, or who would be next shall not come.

        """
        with self._came:
            if not self._waiting and wait_s:
                self._came.wait(wait_s)
            ticket = self._next(self._waiting)
            if ticket is None or ticket.brings is None or not may_come(ticket.brings):
                return None
            ticket.is_guest = True
            self._give_turn(ticket)
            return ticket.brings

    def leave(self, client: str) -> None:
        """End a turn of a client, and call whoever is next."""
        with self._lock:
            self._running[client] -= 1
            if not self._running[client]:
                del self._running[client]
            self._call()

    def _queued(self, client: str, brings: Brought | None) -> _Ticket[Brought]:
        ticket = _Ticket(client, brings)
        with self._lock:
            self._waiting.append(ticket)
            self._call()
            self._came.notify()
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
            ticket = self._next(
                t for t in self._waiting if self._running[t.client] < self._most_of_client
            )
            if ticket is None:
                return
            self._give_turn(ticket)

    def _next(self, able: Iterable[_Ticket[Brought]]) -> _Ticket[Brought] | None:
        return min(able, key=lambda waiting: self._running[waiting.client], default=None)

    def _give_turn(self, ticket: _Ticket[Brought]) -> None:
        self._waiting.remove(ticket)
        self._running[ticket.client] += 1
        ticket.called.set()

    def _gives_up(self, ticket: _Ticket[Brought]) -> bool:
        """Give up a turn or the waiting for it; a guest's work is done already, so it cannot."""
        with self._lock:
            if not ticket.called.is_set():
                self._waiting.remove(ticket)
                return True
            if ticket.is_guest:
                return False
        self.leave(ticket.client)
        return True
