"""Changes made by a writer process: in fair turns, those that wait together, and never half."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, cast

from service.faults import TookTooLong, WorkerLost, WorkFault, too_much_memory

from .answering import ANYBODY
from .channel import TICK_S
from .children import LOG
from .gathering import Gathering
from .sandbox import OUT_OF_MEMORY, Walls
from .turns import Turns
from .wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO, BinaryIO

    from graph.store import Store
    from service.wire.problem import Json

    from .answering import Asker
    from .children import Child
    from .edits import Done, Edit
    from .starting import Programs

PROGRAM = "service.processes.writer_program"
_BREATH_S = 1.0
"""How long it is waited before another writer is tried when one did not start."""


class Writer:
    """Makes changes in a process that may be killed; see ``Changing``.

    Args:
        programs: starts the process.
        store: the same store, for reading what became of a change whose process was lost.
        changed: called after each change that was kept.
        killed: told the reason whenever the process was ended before its change was made:
            time, memory or lost.

    """

    def __init__(
        self,
        programs: Programs,
        *,
        store: Store,
        changed: Callable[[], None],
        killed: Callable[[str], None],
    ) -> None:
        self._programs, self._limits, self.store = programs, programs.limits, store
        self.changed, self._killed = changed, killed
        self._gathering = Gathering(self, most=self._limits.grouped_changes)
        self.turns: Turns[Wanted] = Turns(
            running=1,
            running_of_client=1,
            waiting=self._limits.waiting_changes,
            waiting_of_client=self._limits.waiting_changes,
        )
        self._closed = threading.Event()
        self.process = self._programs.start(PROGRAM)
        self._keeper = threading.Thread(target=self._keep_up, name="writer", daemon=True)
        self._keeper.start()

    @property
    def walls(self) -> Walls:
        """What stands around the process."""
        return Walls.from_json(cast("dict[str, Json]", self.process.greeting["walls"]))

    def change(
        self, edit: Edit, content: BinaryIO | None = None, *, asker: Asker = ANYBODY
    ) -> Done:
        """Make a change and return what became of it; see ``Changing.change``.

        Raises:
            WorkFault: if it was turned away, stopped or lost; then nothing was kept.
            Relayed: with what the writer found wrong.

        """
        seconds = self._limits.change_s
        wanted = Wanted(edit, seconds, time.monotonic() + seconds)
        with ExitStack() as files:
            if content is not None:
                copy = files.enter_context(_copied(content))
                wanted.file, wanted.size = copy.fileno(), os.fstat(copy.fileno()).st_size
            is_made = self.turns.enter(asker, seconds=seconds, until=wanted.until, brings=wanted)
            try:
                if not is_made:
                    self._gathering.lead(wanted, self._guest)
                return wanted.outcome()
            finally:
                self.turns.leave(asker.client)

    def close(self) -> None:
        """End the process; a change that is being made is given the time that it needs."""
        self._closed.set()
        self.process.end(patience_s=self._limits.change_s)
        self._keeper.join()
        self.process.end()

    def _guest(self, wait_s: float) -> Wanted | None:
        return self.turns.invite(lambda wanted: wanted.joins, wait_s=wait_s)

    def running(self, until: float) -> Child:
        """Return the process, once it runs; see ``gathering.Host``."""
        while not self.process.alive:
            if self._closed.is_set() or time.monotonic() > until:
                raise WorkerLost("The process that makes changes does not run at present.")
            time.sleep(TICK_S)
        return self.process

    def fault(self, process: Child, error: WorkerLost, seconds: float) -> WorkFault:
        """Return why a change was not made, and tell who counts such things."""
        if isinstance(error.__cause__, TimeoutError):
            self._killed("time")
            return TookTooLong(seconds, what="change")
        if process.end() in OUT_OF_MEMORY:
            self._killed("memory")
            return too_much_memory(self._limits.change_memory_bytes, what="change")
        self._killed("lost")
        return WorkerLost(
            "The process that made the change was ended from outside. Nothing was kept.",
            hint="Nothing is wrong with the request; send it again.",
        )

    def _keep_up(self) -> None:
        """Replace the process whenever it has ended."""
        while not self._closed.is_set():
            status = self.process.wait()
            if self._closed.is_set():
                return
            LOG.warning("the writer has ended (%s) and is replaced", status)
            self.process.end()
            try:
                self.process = self._programs.start(PROGRAM)
            except WorkerLost as error:
                LOG.warning("no writer: %s", error)
                self._closed.wait(_BREATH_S)


def _copied(content: BinaryIO) -> IO[bytes]:
    """Return a file without a name that holds the same, for another process to read."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    shutil.copyfileobj(content, copy)
    copy.seek(0)
    return copy
