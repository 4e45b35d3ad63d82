"""The image as the service sees it: a process that readers are forked from."""

from __future__ import annotations

import os
import secrets
import time
from enum import Enum
from typing import TYPE_CHECKING, cast

from service.faults import WorkerLost

from .channel import ChannelClosed, pair
from .children import LOG
from .failures import relayed
from .sandbox import Walls
from .workers import Worker

if TYPE_CHECKING:
    from service.wire.problem import Json

    from .channel import Channel
    from .starting import Programs

PROGRAM = "service.processes.image_program"


class Followed(Enum):
    """What became of an image that was told to hold another version."""

    HELD = "held"
    STALE = "so much has changed that a fresh image is better"
    TOO_LARGE = "the graph does not fit into the memory that an image may take"


class Image:
    """A process that readers are forked from.

    Args:
        programs: starts it.

    Attributes:
        version: the state that it holds in memory; None while it holds none.
        size: how much memory it takes, in bytes, when it last said so.
        mark: tells it from every other image. What SPARQL leaves open, such as the order of
            rows without ORDER BY, depends on the order in which an image took the graph in.

    """

    def __init__(self, programs: Programs) -> None:
        self._child = programs.start(PROGRAM)
        self.version: int | None = None
        self.size = 0
        self.mark = secrets.token_hex(4)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._child.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._child.alive

    @property
    def busy(self) -> bool:
        """Whether who asks now would have to wait."""
        return self._child.busy

    def follow(self, version: int) -> Followed:
        """Let it hold a version or a later one, however long that takes.

        Raises:
            WorkerLost: if it ended instead, or could not read the store.

        """
        self.version = None
        told = self._child.ask({"do": "follow", "version": version})
        if told.get("stale"):
            return Followed.STALE
        if told.get("too_large"):
            return Followed.TOO_LARGE
        if "failed" in told:
            raise WorkerLost(str(told["failed"]))
        self.size = int(str(told["bytes"]))
        self.version = int(str(told["version"]))
        return Followed.HELD

    def fork(self, version: int, *, until: float) -> Worker:
        """Return a reader of a version that is ready for its first job.

        Args:
            version: any version; one that is not held here is read from the disk.
            until: the ``time.monotonic()`` after which nobody needs it.

        Raises:
            WorkerLost: if this process or the reader ended.
            Relayed: if that version cannot be opened.
            TimeoutError: at ``until``.

        """
        ours, theirs = pair()
        try:
            told = self._child.ask({"do": "fork", "version": version}, files=[theirs.number])
        except WorkerLost:
            ours.end()
            raise
        finally:
            theirs.forget()
        if "failed" in told:
            ours.end()
            raise WorkerLost(str(told["failed"]))
        mark = self.mark if version == self.version else ""
        return self._ready(int(str(told["pid"])), version, mark, ours, until)

    def end(self) -> None:
        """End the process; readers that were forked from it go on."""
        self._child.end()

    def status_of(self, pid: int) -> int | None:
        """Return how a reader that has ended came to its end; None if nobody knows any more."""
        try:
            return int(str(self._child.ask({"do": "ended", "pid": pid})["status"]))
        except (WorkerLost, KeyError):
            return _orphaned(pid)

    def _ready(self, pid: int, version: int, mark: str, channel: Channel, until: float) -> Worker:
        try:
            worker = Worker(pid, version, mark, channel, self.status_of, Walls())
        except ProcessLookupError as error:
            channel.end()
            raise WorkerLost("A reader ended before it was ready.") from error
        try:
            told = channel.receive(until=until).told or {}
        except ChannelClosed as error:
            status = worker.end()
            raise WorkerLost(f"A reader ended before it was ready: status {status}.") from error
        except BaseException:
            worker.end()
            raise
        if "ready" not in told:
            worker.end()
            raise relayed(told)
        worker.walls = Walls.from_json(cast("dict[str, Json]", told["ready"]))
        worker.idle_since = time.monotonic()
        return worker


def _orphaned(pid: int) -> int | None:
    """Collect a reader whose image is no more, if the system made it a child of this process."""
    try:
        return os.waitpid(pid, 0)[1]
    except ChildProcessError:
        LOG.info("nobody knows how reader %d ended", pid)
        return None
