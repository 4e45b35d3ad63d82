"""Changes that wait at the same time: made one after another, then published together.

What a commit costs is mostly the disk, and that is the same for one as for many. So whoever
has the turn to write takes along who waits. Each change is made on what those before it left,
is refused by itself, and is acknowledged when all of them are on the disk.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field
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
    from .edits import Edit

SMALL_BYTES = 256 << 10
"""A change with more content than this waits for a turn of its own."""
QUICK_S = 0.5
LOOKED_BACK = 16
"""Changes join while none of so many before took longer than that, since each waits for all."""
PATIENCE_S = 5.0
"""Who joins and takes longer than that is stopped, and made again alone with all of its time."""


@dataclass(slots=True, eq=False)
class Wanted:
    """A change that somebody waits for.

    Attributes:
        edit: what to do.
        seconds: how long it may take, from its arrival to its commit.
        until: the ``time.monotonic()`` at which that is over.
        file: the number of a file with its content; None if it has none.
        size: how many bytes that has.
        is_slow: whether it was found to take long, so that it is made alone.
        settled: set once it is known what became of it.

    """

    edit: Edit
    seconds: float
    until: float
    file: int | None = None
    size: int = 0
    is_slow: bool = False
    settled: threading.Event = field(default_factory=threading.Event)
    _done: Done | None = None
    _error: MedalgraphError | None = None

    @property
    def joins(self) -> bool:
        """Whether it may be made in the turn of another one."""
        is_small = self.size + len(self.edit.text) <= SMALL_BYTES
        return is_small and self.edit.sheet is None and self.edit.decision is None

    def kept(self, done: Done) -> None:
        """Settle it: it was made."""
        self._done = done
        self.settled.set()

    def failed(self, error: MedalgraphError) -> None:
        """Settle it: nothing of it was kept."""
        self._error = error
        self.settled.set()

    def outcome(self) -> Done:
        """Return what became of it, or raise why it was not made."""
        self.settled.wait()
        if self._done is None:
            raise self._error or WorkerLost("Nobody made the change. Nothing was kept.")
        return self._done


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


class Gathering:
    """Makes changes in the process of a writer; one thread at a time leads.

    Args:
        host: the writer.
        most: how many changes are published together at most.

    """

    def __init__(self, host: Host, *, most: int) -> None:
        self._host, self._most = host, most
        self._took: deque[float] = deque(maxlen=LOOKED_BACK)

    def lead(self, first: Wanted, guest: Callable[[], Wanted | None]) -> None:
        """Make a change, and in the same turn those that join; all of them are settled.

        Args:
            first: the change of whoever has the turn.
            guest: gives the next that waits and may join; None if there is none.

        """
        everyone = [first]
        waiting = deque(everyone)

        def join() -> bool:
            one = guest() if max(self._took, default=0.0) < QUICK_S else None
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

    def _round(self, waiting: deque[Wanted], join: Callable[[], bool]) -> None:
        """Make the changes that wait and those that join, publish them, and settle them.

        Where the process is lost by one of them, the others wait to be made again.
        """
        try:
            process = self._host.running(waiting[0].until)
        except WorkerLost as error:
            waiting.popleft().failed(error)
            return
        before = self._host.store.version
        made: _Made = []
        try:
            self._make(process, waiting, made, join)
        except WorkerLost as error:
            if not (made and _is_stopped_early(waiting[0], error)):
                self._blame([waiting.popleft()], process, error, before)
            again = [one for one, _ in made if not self._is_kept(one, before)]
            waiting.extendleft(reversed(again))
            return
        if not made:
            return
        try:
            published = process.ask({"publish": True}, until=max(one.until for one, _ in made))
        except WorkerLost as error:
            self._blame([one for one, _ in made], process, error, before)
            return
        self._host.changed()
        for one, told in made:
            wrong = told if "problem" in told else published
            if "problem" in wrong:
                one.failed(relayed(wrong))
            else:
                one.kept(Done.from_json(cast("_Told", told["done"])))

    def _make(
        self, process: Child, waiting: deque[Wanted], made: _Made, join: Callable[[], bool]
    ) -> None:
        """Make one change after another; who is being made stays the first of those who wait."""
        while len(made) < self._most and (waiting or join()):
            one, begun = waiting[0], time.monotonic()
            if begun >= one.until:
                waiting.popleft().failed(TookTooLong(one.seconds, waited=True))
                continue
            if made and one.is_slow:
                return
            files = [] if one.file is None else [one.file]
            until = min(one.until, begun + PATIENCE_S) if made else one.until
            try:
                told = process.ask({"edit": one.edit.to_json()}, files=files, until=until)
            finally:
                if one.joins:
                    self._took.append(time.monotonic() - begun)
            made.append((waiting.popleft(), told))

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


def _is_stopped_early(one: Wanted, error: WorkerLost) -> bool:
    """Note of a change that it was stopped so that others need not wait; tell whether it was."""
    has_time = time.monotonic() < one.until
    one.is_slow = has_time and isinstance(error.__cause__, TimeoutError)
    return one.is_slow
