"""What a process of the service walls itself off from before it works for a stranger."""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import resource
import signal
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .system_calls import give_up_network, give_up_writing

if TYPE_CHECKING:
    from service.wire.problem import Json

_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000
_ADOPT_ORPHANS = 36
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")

OUT_OF_MEMORY = (-signal.SIGABRT, 127)
"""How a process ends that gets no more memory: it aborts, or its thread library gives up."""


@dataclass(frozen=True, slots=True)
class Walls:
    """Which walls stand around a process.

    Attributes:
        network_namespace: it has a network of its own, with nobody in it.
        network_calls: the kernel refuses it every call that would reach out.
        writing: the kernel refuses it every call that would change a file.

    """

    network_namespace: bool = False
    network_calls: bool = False
    writing: bool = False

    @property
    def no_network(self) -> bool:
        """Whether the process cannot reach anybody."""
        return self.network_namespace or self.network_calls

    def to_json(self) -> dict[str, Json]:
        """Return the walls as another process reads them."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Json]) -> Walls:
        """Return the walls that ``to_json`` told."""
        return cls(**{name: bool(stands) for name, stands in told.items()})


def wall_off_network() -> Walls:
    """Cut this process and its children off from every network; the process has one thread."""
    return Walls(network_namespace=_leave_network(), network_calls=give_up_network())


def wall_off_files() -> bool:
    """Let this process change no file any more; return whether the kernel saw to it."""
    return give_up_writing()


def adopt_orphans() -> None:
    """Become the parent of descendants whose parent ends, so that their end can be told."""
    ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)


def leave_signals_to_parent() -> None:
    """Let the parent decide what Ctrl-C and a request to end mean."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def write_no_cores() -> None:
    """Leave nothing on the disk when the process is ended by a limit."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_memory(more_bytes: int) -> None:
    """Let this process have so much more memory of its own than it has now; beyond, it ends.

    Files that it reads through memory do not count, nor room that is only reserved.
    """
    limit = _own_memory() + more_bytes
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most != resource.RLIM_INFINITY:
        limit = min(limit, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def limit_processor(more_s: float) -> None:
    """Let this process have so many more seconds of processor time; then it is ended."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = math.ceil(used.ru_utime + used.ru_stime + more_s)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, most))


def memory_bytes() -> int:
    """Return how much memory this process has that it may not give back, in bytes."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE_BYTES


def _own_memory() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * _PAGE_BYTES


def _leave_network() -> bool:
    """Move to an empty network; who is not root needs a user namespace for that."""
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(_NEW_NETWORK) == 0:
        return True
    user, group = os.geteuid(), os.getegid()
    if library.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    return True
