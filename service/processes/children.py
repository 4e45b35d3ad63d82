"""Starting a program of the service as a child process, and speaking with it in turn."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from service.faults import WorkerLost

from .channel import ChannelClosed, pair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Self

    from service.wire.problem import Json

    from .channel import Channel

LOG = logging.getLogger("medalgraph.processes")
_PATIENCE_S = 5.0
"""How long a child that was told to end may take before it is ended."""
_START_S = 120.0
"""How long a child may take until it says that it is there; a slow disk is no reason to fail."""


class Child:
    """A program of the service in a process of its own.

    One thread at a time speaks with it; the others wait for their turn.

    Args:
        process: the running program.
        channel: this end of its channel.

    """

    def __init__(self, process: subprocess.Popen[bytes], channel: Channel) -> None:
        self._process, self._channel = process, channel
        self._speaking = threading.Lock()
        self.greeting: dict[str, Json] = {}

    @classmethod
    def start(cls, module: str, told: dict[str, Json], *, connector: int | None = None) -> Self:
        """Start a module of this package as a program, and wait until it says that it is there.

        Args:
            module: its name.
            told: what it is told first, through its channel; others could read a command line.
            connector: the number of a file that it shall have open, see ``connecting``.

        Raises:
            WorkerLost: if it ends before that.

        """
        ours, theirs = pair()
        numbers = [theirs.number] if connector is None else [theirs.number, connector]
        process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-P", "-m", module, *map(str, numbers)],
            stdin=subprocess.DEVNULL,
            pass_fds=numbers,
            start_new_session=True,
        )
        theirs.forget()
        child = cls(process, ours)
        try:
            ours.tell(told)
            child.greeting = ours.receive(until=time.monotonic() + _START_S).told or {}
        except (ChannelClosed, TimeoutError) as error:
            child.end()
            raise WorkerLost(f"The program {module} did not start.") from error
        return child

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    @property
    def busy(self) -> bool:
        """Whether somebody speaks with it just now."""
        return self._speaking.locked()

    def ask(
        self,
        told: dict[str, Json],
        *,
        files: Sequence[int] = (),
        until: float | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> dict[str, Json]:
        """Send a message and return the reply.

        Raises:
            WorkerLost: if the process ended, or was ended here because no reply came in
                time or ``stop`` said so; then a TimeoutError or InterruptedError is the cause.

        """
        with self._speaking, self._lost_by_silence():
            self._channel.tell(told, files=files)
            return self._channel.receive(until=until, stop=stop).told or {}

    def tell(self, told: dict[str, Json], *, files: Sequence[int] = ()) -> None:
        """Send a message; whoever does hears the reply before anybody else speaks.

        Raises:
            WorkerLost: if the process ended.

        """
        with self._speaking, self._lost_by_silence():
            self._channel.tell(told, files=files)

    def hear(self, *, until: float) -> dict[str, Json]:
        """Return the reply to the first message that was told and has none yet.

        Raises:
            WorkerLost: see ``ask``.

        """
        with self._speaking, self._lost_by_silence():
            return self._channel.receive(until=until).told or {}

    @contextmanager
    def _lost_by_silence(self) -> Iterator[None]:
        """End the process if it does not answer."""
        try:
            yield
        except (ChannelClosed, TimeoutError, InterruptedError) as error:
            self.end(patience_s=0.0)
            raise WorkerLost("A process of the service ended during its work.") from error

    def wait(self) -> int:
        """Return how the process ended, once it has; as ``end`` does."""
        return self._process.wait()

    def end(self, *, patience_s: float = _PATIENCE_S) -> int:
        """Hang up, let the process end in peace or end it, and return how it ended.

        Returns:
            Its exit status, or the number of the signal that ended it, negative.

        """
        self._channel.end()
        try:
            return self._process.wait(patience_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()
