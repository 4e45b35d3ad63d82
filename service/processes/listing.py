"""Making a list of matches while the service goes on: in a process that may be killed."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Protocol

from graph.errors import MedalgraphError
from graph.identity.keeping import keep
from graph.identity.listing import list_of
from graph.terms import NamedNode
from service.faults import TookTooLong, WorkerLost, too_much_memory

from .children import LOG
from .failures import relayed
from .sandbox import OUT_OF_MEMORY

if TYPE_CHECKING:
    from pathlib import Path

    from graph.store import Store

    from .children import Child
    from .starting import Programs

PROGRAM = "service.processes.list_program"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which list is to be made: the IRIs of its two sources, and the kind of things."""

    one: str
    other: str
    kind: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is.

    Attributes:
        wanted: the list that is being made, or was tried last; None if none ever was.
        runs: whether it is still being made.
        wrong: why it was not made; empty if nothing is wrong.

    """

    wanted: Wanted | None = None
    runs: bool = False
    wrong: str = ""


class Listing(Protocol):
    """Whoever makes lists."""

    def begin(self, wanted: Wanted) -> bool:
        """Begin to make a list; return False if another one is being made."""

    def progress(self) -> Progress:
        """Return how far it is."""


class DirectListing:
    """Makes lists where it is asked; for tests and for programs of one user.

    Args:
        place: the folder of what the service itself keeps.
        store: the store.

    """

    def __init__(self, place: Path, store: Store) -> None:
        self._place, self._store, self._progress = place, store, Progress()

    def begin(self, wanted: Wanted) -> bool:
        """Make a list, and say that it was begun."""
        make(wanted, self._place, self._store)
        self._progress = Progress(wanted)
        return True

    def progress(self) -> Progress:
        """Return that nothing runs any more."""
        return self._progress


class Lister:
    """Makes one list at a time, in a process of its own.

    Args:
        programs: starts the process; a list may take what a change may.

    """

    def __init__(self, programs: Programs) -> None:
        self._programs, self._limits = programs, programs.limits
        self._alone = threading.Lock()
        self._progress = Progress()
        self._child: Child | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    def begin(self, wanted: Wanted) -> bool:
        """Begin to make a list, unless another one is being made."""
        with self._alone:
            if self._progress.runs or self._closed:
                return False
            self._progress = Progress(wanted, runs=True)
            self._thread = threading.Thread(
                target=self._make, args=(wanted,), name="lists", daemon=True
            )
            self._thread.start()
        return True

    def progress(self) -> Progress:
        """Return how far it is."""
        return self._progress

    def close(self) -> None:
        """End what is being made; the list that was kept stays."""
        with self._alone:
            self._closed = True
            child, thread = self._child, self._thread
        if child is not None:
            child.end(patience_s=0.0)
        if thread is not None:
            thread.join()

    def _make(self, wanted: Wanted) -> None:
        wrong = "The service failed; its log says why."
        try:
            self._ask(wanted)
            wrong = ""
        except MedalgraphError as error:
            LOG.warning("a list of matches was not made: %s", error)
            wrong = str(error)
        finally:
            with self._alone:
                self._child = None
                self._progress = Progress(wanted, wrong=wrong)

    def _ask(self, wanted: Wanted) -> None:
        until = time.monotonic() + self._limits.change_s
        memory = self._limits.change_memory_bytes
        child = self._programs.start(PROGRAM)
        with self._alone:
            self._child = child
            is_late = self._closed
        try:
            if not is_late:
                answer = child.ask({"wanted": asdict(wanted)}, until=until)
                if "problem" in answer:
                    raise relayed(answer)
        except WorkerLost as error:
            if isinstance(error.__cause__, TimeoutError):
                raise TookTooLong(self._limits.change_s, what="list") from error
            if child.end() in OUT_OF_MEMORY:
                raise too_much_memory(memory, what="list") from error
            raise
        finally:
            with suppress(OSError):
                child.end()


def make(wanted: Wanted, place: Path, store: Store) -> None:
    """Make a list of the newest state, and keep it.

    Raises:
        BadInput: if no such list can be made.

    """
    with store.read() as found, found.whole() as state:
        one, other = NamedNode(wanted.one), NamedNode(wanted.other)
        keep(place, list_of(state, store.names, one, other, kind=wanted.kind))
