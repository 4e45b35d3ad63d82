"""Downloads on their way: made once, by a process that may be killed, and read while they grow."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from graph.errors import MedalgraphError
from service.faults import (
    NotYet,
    TookTooLong,
    WorkerLost,
    WorkFault,
    too_much_memory,
    too_much_time,
)

from .answering import ANYBODY
from .children import LOG
from .failures import relayed
from .orders import fulfil
from .running import HELD_BACK_BYTES
from .sandbox import OUT_OF_MEMORY
from .shelf import Shelf
from .turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graph.exports import Made
    from graph.store import Store
    from service.limits import Limits

    from .answering import Asker
    from .children import Child
    from .orders import Order
    from .starting import Programs

PROGRAM = "service.processes.export_program"
_PART_BYTES = 256 << 10
_TICK_S = 0.1
_WAITING_OF_CLIENT = 4
"""How many downloads of one client may wait to be made."""


class Maker(Protocol):
    """Whoever writes the file of an order."""

    def make(self, order: Order, version: int, path: Path) -> int:
        """Write a file and return what it counts.

        Raises:
            MedalgraphError: if there is none.

        """


class DirectMaker:
    """Makes files where it is asked, without a limit; for tests and for programs of one user."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def make(self, order: Order, version: int, path: Path) -> int:
        """Write a file; see ``Maker.make``."""
        return fulfil(order, self._store, version, path)


class Killable:
    """Makes each file in a process of its own, which is ended when it takes too much.

    Args:
        programs: starts the processes.
        killed: told the reason whenever a process was ended: time, memory or lost.

    """

    def __init__(self, programs: Programs, killed: Callable[[str], None]) -> None:
        self._programs, self._limits, self._killed = programs, programs.limits, killed
        self._running: Child | None = None

    def make(self, order: Order, version: int, path: Path) -> int:
        """Write a file; see ``Maker.make``."""
        seconds = self._limits.query_s if order.query else self._limits.download_s
        process = self._running = self._programs.start(PROGRAM)
        try:
            told = process.ask(
                {
                    "order": order.to_json(),
                    "version": version,
                    "path": str(path),
                    "seconds": seconds,
                },
                until=time.monotonic() + seconds,
            )
        except WorkerLost as error:
            raise self._fault(process, error, seconds) from error
        finally:
            self._running = None
            process.end()
        if "problem" in told:
            raise relayed(told)
        return int(str(told["count"]))

    def close(self) -> None:
        """End the process that runs."""
        if self._running is not None:
            self._running.end(patience_s=0.0)

    def _fault(self, process: Child, error: WorkerLost, seconds: float) -> WorkFault:
        if isinstance(error.__cause__, TimeoutError):
            self._killed("time")
            return TookTooLong(seconds, what="download")
        code = process.end()
        if code == -signal.SIGXCPU:
            self._killed("processor")
            return too_much_time(seconds)
        if code in OUT_OF_MEMORY:
            self._killed("memory")
            return too_much_memory(self._limits.query_memory_bytes, what="download")
        self._killed("lost")
        return WorkerLost("The process that made the download was ended from outside.")


class Making:
    """One file that is being made, which anybody may read while it grows."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ended = threading.Event()
        self._fault: MedalgraphError | None = None

    def end(self, fault: MedalgraphError | None) -> None:
        """Say that the file is whole, or why it never will be."""
        self._fault = fault
        self._ended.set()

    def begin(self, asker: Asker) -> None:
        """Return when so much is there that most of what can fail is past.

        Raises:
            MedalgraphError: if there will be no file.
            NotYet: if it takes longer than the asker waits; it is made all the same.

        """
        until = None if asker.seconds is None else time.monotonic() + asker.seconds
        while not self._ended.wait(_TICK_S):
            if asker.gone() or self._size() >= HELD_BACK_BYTES:
                return
            if until is not None and time.monotonic() >= until:
                raise NotYet(
                    "The newest snapshot is still being read for this.",
                    hint="Ask again in a little while; it goes on meanwhile.",
                )
        if self._fault is not None:
            raise self._fault

    def __iter__(self) -> Iterator[bytes]:
        """Yield the file as it grows; an error after the first part means that it is not whole."""
        with self._path.open("rb") as file:
            while True:
                is_last = self._ended.is_set()
                if part := file.read(_PART_BYTES):
                    yield part
                elif is_last:
                    break
                else:
                    self._ended.wait(_TICK_S)
        if self._fault is not None:
            raise self._fault

    def _size(self) -> int:
        try:
            return self._path.stat().st_size
        except FileNotFoundError:
            return 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is there: where, and what is known of it."""

    path: Path
    made: Made


class Exporter:
    """Gives downloads: kept ones at once, others while they are made, one at a time.

    Args:
        place: the folder of what the service itself keeps.
        limits: what a download, a client and all of them may take.
        maker: writes the files.

    """

    def __init__(self, place: Path, limits: Limits, maker: Maker) -> None:
        self._limits, self._maker = limits, maker
        self._shelf = Shelf(place, most_bytes=limits.downloads_bytes)
        self._making: dict[tuple[str, int], Making] = {}
        self._lock = threading.Lock()
        self.turns: Turns[None] = Turns(
            running=1,
            running_of_client=1,
            waiting=limits.waiting_changes,
            waiting_of_client=_WAITING_OF_CLIENT,
        )

    def kept(self, order: Order, version: int) -> Kept | None:
        """Return a file that is there; None if it must be made."""
        found = self._shelf.found(order, version)
        return Kept(*found) if found else None

    def get(self, order: Order, version: int, asker: Asker) -> Kept | Making:
        """Return a file, or the making of it, once it has begun well.

        Raises:
            WorkFault: if the making was turned away, stopped or lost.
            MedalgraphError: if there is no such file.

        """
        if found := self.kept(order, version):
            return found
        key = (order.key, version)
        with self._lock:
            making = self._making.get(key)
        if making is None:
            making = self._begun(order, version, asker)
        making.begin(asker)
        return self.kept(order, version) or making

    def prepare(self, order: Order, version: int) -> None:
        """Begin to make a file for which nobody waits yet, unless it is there."""
        if self.kept(order, version) is None:
            threading.Thread(target=self._prepared, args=(order, version), daemon=True).start()

    def _prepared(self, order: Order, version: int) -> None:
        try:
            self.get(order, version, ANYBODY)
        except MedalgraphError as error:
            LOG.warning("%s could not be prepared: %s", order.file, error)

    def close(self) -> None:
        """End what is being made, and let temporary files go."""
        if isinstance(self._maker, Killable):
            self._maker.close()
        self._shelf.close()

    def _begun(self, order: Order, version: int, asker: Asker) -> Making:
        seconds = min(asker.seconds or self._limits.download_s, self._limits.download_s)
        self.turns.enter(asker, seconds=seconds, until=time.monotonic() + seconds)
        key = (order.key, version)
        with self._lock:
            # Somebody else may have begun it while this one waited for a turn.
            making = self._making.get(key)
            if making is not None:
                self.turns.leave(asker.client)
                return making
            path = self._shelf.part(order, version)
            path.touch(mode=0o600)
            making = self._making[key] = Making(path)
        work = threading.Thread(
            target=self._make, args=(order, version, path, making, asker.client), daemon=True
        )
        work.start()
        return making

    def _make(self, order: Order, version: int, path: Path, making: Making, client: str) -> None:
        """Make a file to its end, whether or not somebody still waits for it."""
        fault: MedalgraphError | None = None
        try:
            count = self._maker.make(order, version, path)
            self._shelf.keep(order, version, path, count=count)
        except MedalgraphError as error:
            fault = error
        except Exception as error:  # noqa: BLE001 - told to whoever waits, who logs it
            LOG.exception("a download could not be made")
            fault = WorkerLost(f"The download could not be made: {type(error).__name__}.")
        finally:
            if fault is not None:
                path.unlink(missing_ok=True)
            making.end(fault)
            with self._lock:
                del self._making[order.key, version]
            self.turns.leave(client)
