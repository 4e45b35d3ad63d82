"""Readers that wait for a job, the processes that they are forked from, and who sees to both.

There are two such processes. One holds the newest version in memory; it is busy while a
version is read in or grows by a commit. The other holds nothing, so that it always forks
at once: its readers open their version on disk. That serves older versions, graphs that
are too large for the memory, and everybody while the image is busy.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from service.faults import Relayed, WorkerLost
from service.problems import has_moved_on

from .caretaker import Caretaker
from .children import LOG
from .image import Followed, Image

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .starting import Programs
    from .workers import Worker

_IDLE_S = 10.0
"""How long a reader of an older version waits for somebody who wants that version too."""
_CATCH_UP_S = 0.25
"""How long a request waits for the image to hold the newest version, rather than use the disk."""


class Bench:
    """Where readers come from, and where they wait.

    Args:
        programs: starts the processes.
        newest: returns the number of the newest version.

    """

    def __init__(self, programs: Programs, newest: Callable[[], int]) -> None:
        self._programs, self._limits, self._newest = programs, programs.limits, newest
        self._idle: list[Worker] = []
        self._ending: list[Worker] = []
        self._changed = threading.Condition()
        self._too_large = False
        self._image: Image | None = None
        self._plain: Image | None = Image(programs)
        self._caretaker = Caretaker("the processes of the service", self._look_after_all)
        self._caretaker.start()

    @property
    def image(self) -> Image | None:
        """The process that holds the newest version in memory, if there is one."""
        return self._image

    @property
    def plain(self) -> Image | None:
        """The process that holds none."""
        return self._plain

    @property
    def idle(self) -> tuple[Worker, ...]:
        """The readers that wait for a job."""
        with self._changed:
            return tuple(self._idle)

    def take(
        self, version: int, *, until: float, fresh: bool = False, pinned: bool = False
    ) -> Worker:
        """Return a reader of a version that nobody else uses.

        Args:
            version: the state that it shall read.
            until: the ``time.monotonic()`` after which nobody needs it.
            fresh: whether it must be one that was not there before.
            pinned: whether it must read from the disk, where the order of rows never changes.

        Raises:
            Relayed: if that version cannot be opened.
            TimeoutError: at ``until``.

        """
        worker = None if fresh else self._idle_one(version, pinned=pinned)
        while worker is None:
            worker = self._fresh_one(version, until, pinned=pinned)
            if worker is None:
                self._await_change(until)
        self._caretaker.wake()
        return worker

    def give_back(self, worker: Worker) -> None:
        """Let a reader that has done its job wait for the next."""
        worker.idle_since = time.monotonic()
        with self._changed:
            kept = not self._caretaker.is_closed and len(self._idle) < self._limits.readers
            if kept:
                self._idle.append(worker)
        if not kept:
            self.let_go(worker)

    def let_go(self, worker: Worker) -> None:
        """End a reader at once; nobody waits for that."""
        worker.kill()
        with self._changed:
            self._ending.append(worker)
        self._caretaker.wake()

    def look_at_store(self) -> None:
        """Find out soon whether there is a newer version."""
        self._caretaker.wake()

    def close(self) -> None:
        """End every process."""
        self._caretaker.close()
        # The caretaker may wait for one of them; it is told when they end.
        self._end_processes()
        self._caretaker.join()
        self._end_processes()
        with self._changed:
            idle, self._idle = self._idle, []
            ending, self._ending = self._ending, []
        for worker in (*idle, *ending):
            worker.end()

    def _end_processes(self) -> None:
        for process in (self._image, self._plain):
            if process is not None:
                process.end()

    def _idle_one(self, version: int, *, pinned: bool) -> Worker | None:
        """Return an idle reader of a version; those that somebody ended meanwhile are let go."""
        while True:
            with self._changed:
                fit = (
                    worker
                    for worker in reversed(self._idle)
                    if worker.version == version and not (pinned and worker.mark)
                )
                found = max(fit, key=lambda worker: bool(worker.mark), default=None)
                if found is None:
                    return None
                self._idle.remove(found)
            if not found.has_ended:
                return found
            self.let_go(found)

    def _fresh_one(self, version: int, until: float, *, pinned: bool = False) -> Worker | None:
        for process in self._able(version, pinned=pinned):
            try:
                return process.fork(version, until=until)
            except WorkerLost as error:
                LOG.warning("no reader: %s", error)
                self._caretaker.wake()
        return None

    def _able(self, version: int, *, pinned: bool) -> Iterator[Image]:
        """Yield who can fork a reader of a version, the best first."""
        image = None if pinned else self._image
        if image is not None and image.alive and version == self._newest():
            if image.version != version:
                self._caretaker.wake()
                with self._changed:
                    self._changed.wait_for(lambda: image.version == version, _CATCH_UP_S)
            if image.version == version and not image.busy:
                yield image
        plain = self._plain
        if plain is not None and plain.alive:
            yield plain

    def _await_change(self, until: float) -> None:
        if self._caretaker.is_closed:
            raise WorkerLost("The service is being stopped.")
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        with self._changed:
            self._changed.wait(min(left, _CATCH_UP_S))

    def _look_after_all(self) -> None:
        if self._plain is None or not self._plain.alive:
            LOG.warning("the process that forks readers of the disk has ended; it is replaced")
            self._plain = self._ended(self._plain)
            self._plain = Image(self._programs)
            self._tell_change()
        newest = self._newest()
        self._retire(newest)
        self._look_after_image(newest)
        self._have_one_ready(newest)

    def _look_after_image(self, newest: int) -> None:
        if self._too_large:
            return
        if self._image is not None and not self._image.alive:
            LOG.warning("the image of the graph has ended; it is replaced")
            self._image = self._ended(self._image)
        if self._image is None:
            self._image = Image(self._programs)
        if self._image.version == newest:
            return
        followed = self._image.follow(newest)
        if followed is not Followed.HELD:
            self._image = self._ended(self._image)
        if followed is Followed.TOO_LARGE:
            LOG.info("readers use the disk: %s", followed.value)
            self._too_large = True
        elif followed is Followed.STALE:
            self._caretaker.wake()
        self._tell_change()

    @staticmethod
    def _ended(process: Image | None) -> None:
        """End a process that will be replaced."""
        if process is not None:
            process.end()

    def _have_one_ready(self, newest: int) -> None:
        """Keep a spare, so that who comes after a reader was ended waits for nothing."""
        image = self._image
        held = image is not None and image.version == newest
        spare = (worker for worker in self.idle if worker.version == newest)
        if self._caretaker.is_closed or any(worker.mark or not held for worker in spare):
            return
        until = time.monotonic() + self._limits.query_s
        try:
            worker = self._fresh_one(newest, until)
        except Relayed as error:
            if not has_moved_on(error):
                raise
            return  # the next round is for the newer state
        except TimeoutError:
            LOG.warning("no reader was ready within %g seconds", self._limits.query_s)
            return
        if worker is not None:
            self.give_back(worker)
            self._tell_change()

    def _retire(self, newest: int) -> None:
        """Let go of readers that have ended, and of those of versions nobody asks for."""
        now = time.monotonic()
        with self._changed:
            leaving = [
                worker
                for worker in self._idle
                if worker.has_ended
                or (worker.version != newest and now - worker.idle_since > _IDLE_S)
            ]
            self._idle = [worker for worker in self._idle if worker not in leaving]
            leaving += self._ending
            self._ending = []
        for worker in leaving:
            worker.end()

    def _tell_change(self) -> None:
        with self._changed:
            self._changed.notify_all()
