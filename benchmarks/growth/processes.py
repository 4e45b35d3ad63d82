"""What a process and its children take of processor and memory, as Linux counts it."""

from __future__ import annotations

import os
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")
MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that has ended.

    Attributes:
        seconds: from its start to its end.
        processor_s: user and system time of all its threads.
        peak_mib: the most memory that it had at a time; no less than what this process had
            when it started the other, for Linux keeps the mark through ``execve``.
        said: what it wrote to standard output.
        status: as ``os.waitstatus_to_exitcode`` tells it; 0 is well.

    """

    seconds: float
    processor_s: float
    peak_mib: float
    said: str
    status: int


def run(
    command: Sequence[str | Path], *, stdin: IO[bytes] | int, memory_bytes: int | None = None
) -> Ended:
    """Run a process to its end.

    Args:
        command: the program and its arguments.
        stdin: what it reads.
        memory_bytes: it is refused more than so much memory of its own.

    """
    begun = perf_counter()
    process = subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE)
    if memory_bytes is not None:
        resource.prlimit(process.pid, resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    if process.stdout is None:
        raise RuntimeError("The output of the process cannot be read.")
    with process.stdout:
        said = process.stdout.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Ended(
        seconds=perf_counter() - begun,
        processor_s=used.ru_utime + used.ru_stime,
        peak_mib=used.ru_maxrss / 1024,
        said=said,
        status=process.returncode,
    )


def processor_s(pid: int) -> float:
    """Return the processor seconds of a process and all below it, ended ones included."""
    ticks = 0
    for one in _family(pid):
        fields = _stat(one)
        ticks += sum(map(int, fields[11:15]))
    return ticks / _TICKS


def memory_mib(pid: int) -> float:
    """Return the memory of a process and all below it; what several share counts once."""
    kib = 0
    for one in _family(pid):
        try:
            lines = (_PROC / str(one) / "smaps_rollup").read_text().splitlines()
        except OSError:  # it has ended meanwhile
            continue
        kib += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kib / 1024


def disk_mib(folder: Path) -> float:
    """Return what lies in a folder; a file with several names counts once."""
    files = (path.stat() for path in folder.rglob("*") if path.is_file())
    return sum({one.st_ino: one.st_size for one in files}.values()) / MIB


def _family(pid: int) -> Iterator[int]:
    parents = {}
    for path in _PROC.iterdir():
        if path.name.isdigit() and (fields := _stat(int(path.name))):
            parents[int(path.name)] = int(fields[1])
    known = {pid}
    while more := {one for one, parent in parents.items() if parent in known} - known:
        known |= more
    yield from (one for one in sorted(known) if one in parents)


def _stat(pid: int) -> list[str]:
    """Return the fields of a process after its name; see proc_pid_stat(5), from the third on."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has ended meanwhile
        return []
