"""The program that holds a state of the store in memory and forks readers from itself.

It has one thread and never opens a store on disk, so that a fork of it is whole; a reader
of a state that is not held here opens it on disk by itself, after the fork. It obeys one
message at a time and ends when nobody is at the other end of its channel.
"""

from __future__ import annotations

import contextlib
import gc
import os
from typing import TYPE_CHECKING, NoReturn

from graph.engines.replica import Replica
from graph.errors import MedalgraphError

from .beginning import begin
from .channel import Channel, ChannelClosed
from .children import LOG
from .jobs import prepare
from .reader_program import serve
from .sandbox import memory_bytes
from .states import states_of

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.store import Store
    from service.limits import Limits
    from service.wire.problem import Json

    from .channel import Message
    from .sandbox import Walls

_LEAST_BYTES = 400
"""What a statement takes in memory at the least; a graph that cannot fit is not begun with."""
_TOO_MANY = 3
"""The status with which the process ends that was to read more statements than fit."""
_LONG = 100_000
"""Quads: changes of this many in all are worth a fresh image, unless the graph is larger."""


class TooLarge(MedalgraphError):
    """The graph does not fit into the memory that the image may take."""


class Image:
    """What the program holds, and what it does when told.

    Args:
        store: kept where other processes can read it, too.
        limits: what the image and each reader may take.
        walls: what stands around this process.

    """

    def __init__(self, store: Store, limits: Limits, walls: Walls) -> None:
        self._states = states_of(store.engine)
        self._names, self._limits, self._walls = store.names, limits, walls
        self._held: Replica | None = None
        self._filled = self._followed = 0

    def obey(self, message: Message, channel: Channel) -> dict[str, Json]:
        """Do what a message says and return the reply."""
        told = message.told or {}
        match told.get("do"):
            case "fork":
                return {"pid": self._fork(int(str(told["version"])), message.files[0], channel)}
            case "follow":
                return self._follow(int(str(told["version"])))
            case "ended":
                return {"status": os.waitpid(int(str(told["pid"])), 0)[1]}
        raise ValueError(f"Nobody knows how to {told}.")

    def _fork(self, version: int, number: int, own: Channel) -> int:
        threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - counts only
        if threads != 1:
            raise RuntimeError(f"A process with {threads} threads cannot be forked.")
        pid = os.fork()
        if pid == 0:
            own.forget()
            self._be_reader(version, number)
        os.close(number)
        return pid

    def _be_reader(self, version: int, number: int) -> NoReturn:
        """Work as a reader; never return into the loop of the process that was forked."""
        try:
            serve(
                Channel.of(number),
                lambda: self._state(version),
                self._names,
                self._limits,
                self._walls,
            )
        finally:
            os._exit(1)

    def _state(self, version: int) -> Reader:
        if self._held is not None and self._held.version == version:
            return self._held
        return self._states.read(version)

    def _follow(self, version: int) -> dict[str, Json]:
        """Hold a version from now on; the reply says if that is not sensible here."""
        try:
            if self._held is None:
                self._fill(version)
            elif not self._catch_up(version):
                return {"stale": True}
        except TooLarge:
            self._held = None
            return {"too_large": True}
        gc.collect()
        gc.freeze()
        held = self._held.version if self._held is not None else version
        return {"version": held, "bytes": memory_bytes()}

    def _fill(self, version: int) -> None:
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            self._dump(version, writing)
        os.close(writing)
        held = Replica(version=version, prologue=self._states.prologue)
        try:
            with os.fdopen(reading, "rb", buffering=1 << 20) as dump:
                self._filled = held.fill(dump, each=self._watch_memory)
        finally:
            _, status = os.waitpid(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        if code == _TOO_MANY:
            raise TooLarge("The graph has more statements than would fit into the image.")
        if code != 0:
            raise RuntimeError(f"The store could not be read: status {code}.")
        self._states.settle(held)
        self._held = held

    def _dump(self, version: int, number: int) -> NoReturn:
        """Write a state into a pipe; in a process of its own, because a store has threads."""
        status, most = 1, self._limits.image_memory_bytes // _LEAST_BYTES
        try:
            with os.fdopen(number, "wb", buffering=1 << 20) as out:
                fits = self._states.dump(version, out, most=most)
            status = 0 if fits else _TOO_MANY
        except BrokenPipeError:
            pass
        except MedalgraphError as error:
            LOG.warning("the graph could not be read into memory: %s", error)
        finally:
            os._exit(status)

    def _catch_up(self, version: int) -> bool:
        """Apply the commits since; refuse where they are so many that to begin anew is better."""
        held = self._held
        if held is None:
            return False
        if version < held.version:
            # Who asks has not heard of it yet, or the store was put back to what it was.
            return held.version <= self._states.newest()
        since = range(held.version + 1, version + 1)
        commits = map(self._states.commit, since)
        self._followed += sum(commit.added + commit.removed for commit in commits)
        if self._followed > max(_LONG, self._filled):
            return False
        try:
            held.follow(self._states.changes(since.start, version), version=version)
        except BaseException:
            self._held = None
            raise
        self._watch_memory()
        return True

    def _watch_memory(self) -> None:
        if memory_bytes() > self._limits.image_memory_bytes:
            raise TooLarge("The graph takes more memory than the image may have.")


def main() -> None:
    """Serve the process that started this one; see ``children.start``."""
    begun = begin()
    image = Image(begun.opened(), begun.limits, begun.walls)
    prepare()
    with contextlib.suppress(ChannelClosed):
        begun.greet()
        while True:
            begun.channel.tell(_obeyed(image, begun.channel.receive(), begun.channel))


def _obeyed(image: Image, message: Message, channel: Channel) -> dict[str, Json]:
    try:
        return image.obey(message, channel)
    except Exception as error:  # noqa: BLE001 - told to the parent, who logs it
        return {"failed": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    main()
