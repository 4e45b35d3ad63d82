"""Changes made by a writer process: one at a time, in fair turns, and never half."""

from __future__ import annotations

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
from .edits import Done
from .failures import relayed
from .performing import found_again
from .sandbox import OUT_OF_MEMORY, Walls
from .turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO, BinaryIO

    from graph.store import Store
    from service.wire.problem import Json

    from .answering import Asker
    from .children import Child
    from .edits import Edit
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
        self._programs, self._limits, self._store = programs, programs.limits, store
        self._changed, self._killed = changed, killed
        self.turns = Turns(
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
        until = time.monotonic() + self._limits.change_s
        self.turns.enter(asker, seconds=self._limits.change_s, until=until)
        try:
            done = self._made(edit, content, until)
        finally:
            self.turns.leave(asker.client)
        self._changed()
        return done

    def close(self) -> None:
        """End the process; a change that is being made is given the time that it needs."""
        self._closed.set()
        self.process.end(patience_s=self._limits.change_s)
        self._keeper.join()
        self.process.end()

    def _made(self, edit: Edit, content: BinaryIO | None, until: float) -> Done:
        before = self._store.version
        with ExitStack() as files:
            sent = [] if content is None else [files.enter_context(_copied(content)).fileno()]
            process = self._running(until)
            try:
                told = process.ask({"edit": edit.to_json()}, files=sent, until=until)
            except WorkerLost as error:
                # It may have been lost between its commit and its reply.
                done = found_again(edit, self._store, after=before)
                if done is None:
                    raise self._fault(process, error) from error
                return done
        if "problem" in told:
            raise relayed(told)
        return Done.from_json(cast("dict[str, Json]", told["done"]))

    def _running(self, until: float) -> Child:
        """Return the process, once it runs."""
        while not self.process.alive:
            if self._closed.is_set() or time.monotonic() > until:
                raise WorkerLost("The process that makes changes does not run at present.")
            time.sleep(TICK_S)
        return self.process

    def _fault(self, process: Child, error: WorkerLost) -> WorkFault:
        """Return why a change was not made, and tell who counts such things."""
        if isinstance(error.__cause__, TimeoutError):
            self._killed("time")
            return TookTooLong(self._limits.change_s, what="change")
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
