"""Changes that wait at the same time: made one after another, then published together.

What a commit costs is mostly the disk, and that is the same for one as for many. So whoever
has the turn to write takes along who waits. Each change is made on what those before it left,
is refused by itself, and is acknowledged when all of them are on the disk.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

from service.faults import TookTooLong, WorkerLost

from .edits import Done
from .failures import relayed
from .performing import found_again

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.errors import MedalgraphError
    from graph.store import Store
    from service.wire.problem import Json

    from .children import Child
    from .wanted import Wanted

QUICK_S = 0.5
LOOKED_BACK = 16
"""Changes join while none of so many before took longer than that, since each waits for all."""
PATIENCE_S = 5.0
"""Who joins and takes longer than that is stopped, and made again alone with all of its time."""
AHEAD_BYTES = 64 << 10
"""So much is ordered ahead; more could fill the way to the process while that reports back."""
WORTH_WAITING = 0.25
"""Who was in the last group is waited for, in parts of the time that publishing took."""


class Host(Protocol):
    """A writer, as far as changes are gathered for it."""

    @property
    def store(self) -> Store:
        """The store, for reading."""

    def running(self, until: float) -> Child:
        """Return the process that makes changes, once it runs.

        Raises:
            WorkerLost: if it does not run until then.

        """

    def fault(self, process: Child, error: WorkerLost, seconds: float) -> MedalgraphError:
        """Return why a change was not made whose process was lost."""

    def changed(self) -> None:
        """Take note that there may be a newer version."""


_Told: TypeAlias = "dict[str, Json]"
_Made: TypeAlias = "list[tuple[Wanted, _Told]]"
"""Changes that were made and are not published yet, each with what the process told of it."""
Guest: TypeAlias = "Callable[[float], Wanted | None]"
"""Gives the next change that waits and may join; waits so many seconds for one to come."""


class Gathering:
    """Makes changes in the process of a writer; one thread at a time leads.

    Args:
        host: the writer.
        most: how many changes are published together at most.

    """

    def __init__(self, host: Host, *, most: int) -> None:
        self._host, self._most = host, most
        self._took: deque[float] = deque(maxlen=LOOKED_BACK)
        self._last_size, self._last_published_s = 0, 0.0

    def lead(self, first: Wanted, guest: Guest) -> None:
        """Make a change, and in the same turn those that join; all of them are settled.

        Args:
            first: the change of whoever has the turn.
            guest: gives the others.

        """
        everyone = [first]
        waiting = deque(everyone)

        def join(wait_s: float) -> bool:
            one = guest(wait_s) if max(self._took, default=0.0) < QUICK_S else None
            if one is not None:
                everyone.append(one)
                waiting.append(one)
            return one is not None

        try:
            while waiting:
                self._round(waiting, join)
        finally:
            for one in everyone:
                if not one.settled.is_set():
                    one.failed(WorkerLost("The change was not made. Nothing was kept."))

    def _round(self, waiting: deque[Wanted], join: Callable[[float], bool]) -> None:
        """Make the changes that wait and those that join, publish them, and settle them.

        Where the process is lost by one of them, the others wait to be made again.
        """
        try:
            process = self._host.running(waiting[0].until)
        except WorkerLost as error:
            waiting.popleft().failed(error)
            return
        before, orders = self._host.store.version, _Orders(process, self._took)
        try:
            self._make(orders, waiting, join)
        except WorkerLost as error:
            waiting.extendleft(reversed(self._sorted_out(orders, error, before)))
            return
        if orders.made:
            self._publish(orders, before)

    def _make(self, orders: _Orders, waiting: deque[Wanted], join: Callable[[float], bool]) -> None:
        """Order one change after another, some ahead, and hear what became of each."""
        patience_s = WORTH_WAITING * self._last_published_s
        while True:
            while orders.count < self._most:
                if not waiting:
                    waits = not orders.ahead and orders.count < self._last_size
                    begun = time.monotonic()
                    if not join(max(patience_s, 0.0) if waits else 0.0):
                        break
                    patience_s -= time.monotonic() - begun
                if not orders.takes(waiting[0]):
                    break
                orders.tell(waiting.popleft())
            if not orders.ahead:
                return
            orders.hear()

    def _publish(self, orders: _Orders, before: int) -> None:
        changes, begun = [one for one, _ in orders.made], time.monotonic()
        until = max(one.until for one in changes)
        try:
            published = orders.process.ask({"publish": True}, until=until)
        except WorkerLost as error:
            self._blame(changes, orders.process, error, before)
            return
        self._last_size, self._last_published_s = len(changes), time.monotonic() - begun
        self._host.changed()
        for one, told in orders.made:
            wrong = told if "problem" in told else published
            if "problem" in wrong:
                one.failed(relayed(wrong))
            else:
                one.kept(Done.from_json(cast("_Told", told["done"])))

    def _sorted_out(self, orders: _Orders, error: WorkerLost, before: int) -> list[Wanted]:
        """Settle the change by which the process was lost; return those to be made again."""
        current = orders.ahead.popleft()
        is_early = orders.made and time.monotonic() < current.until
        current.is_slow = bool(is_early) and isinstance(error.__cause__, TimeoutError)
        if not current.is_slow:
            self._blame([current], orders.process, error, before)
        again = [one for one, _ in orders.made if not self._is_kept(one, before)]
        return [*again, *([current] if current.is_slow else []), *orders.ahead]

    def _blame(self, some: list[Wanted], process: Child, error: WorkerLost, before: int) -> None:
        """Settle the changes by which, or with which, the process was lost."""
        fault = self._host.fault(process, error, some[0].seconds)
        self._host.changed()
        for one in some:
            if not self._is_kept(one, before):
                one.failed(fault)

    def _is_kept(self, one: Wanted, before: int) -> bool:
        """Settle a change that was kept although nobody told so; tell whether it was.

        The process may be lost between its commit and its reply.
        """
        done = found_again(one.edit, self._host.store, after=before)
        if done is not None:
            one.kept(done)
        return done is not None


class _Orders:
    """What a process was told to make, in order, and what it told of that.

    Small orders are given ahead, so that the process never waits for the next one.

    Args:
        process: makes the changes.
        took: gets the seconds that each change took which might have joined others.

    Attributes:
        ahead: the changes that nothing was told of yet; the first is being made.
        made: those that were made.

    """

    def __init__(self, process: Child, took: deque[float]) -> None:
        self.process, self._took = process, took
        self.ahead: deque[Wanted] = deque()
        self.made: _Made = []
        self._since = 0.0

    @property
    def count(self) -> int:
        """How many changes there are."""
        return len(self.made) + len(self.ahead)

    def takes(self, one: Wanted) -> bool:
        """Tell whether an order may be given now."""
        if one.is_slow:
            return not self.count
        ahead = sum(other.message_bytes for other in self.ahead)
        return not self.ahead or ahead + one.message_bytes <= AHEAD_BYTES

    def tell(self, one: Wanted) -> None:
        """Give an order, unless it is too late for it.

        Raises:
            WorkerLost: if the process has ended.

        """
        if time.monotonic() >= one.until:
            one.failed(TookTooLong(one.seconds, waited=True))
            return
        told: _Told = {"edit": one.edit.to_json(), "begins": not self.count}
        if not self.ahead:
            self._since = time.monotonic()
        self.ahead.append(one)
        self.process.tell(told, files=() if one.file is None else (one.file,))

    def hear(self) -> None:
        """Hear what became of the first change of which that is not known.

        Raises:
            WorkerLost: if the process has ended, or the change took too long.

        """
        one = self.ahead[0]
        until = min(one.until, self._since + PATIENCE_S) if self.made else one.until
        try:
            told = self.process.hear(until=until)
        finally:
            now = time.monotonic()
            if one.joins:
                self._took.append(now - self._since)
            self._since = now
        self.made.append((self.ahead.popleft(), told))
