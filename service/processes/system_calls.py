"""Which system calls a process of the service has given up, as a filter that Linux keeps (seccomp).

The numbers are those of the kernel's tables (arch/x86/entry/syscalls/syscall_64.tbl and
include/uapi/asm-generic/unistd.h); the filter is classic BPF over ``struct seccomp_data``
(https://docs.kernel.org/userspace-api/seccomp_filter.html).
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from dataclasses import dataclass

_LOAD, _EQUAL, _ANY_OF, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ALLOW, _FAIL, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_X32 = 0x40000000
_NO_NEW_PRIVILEGES, _SET_MODE_FILTER, _ALL_THREADS = 38, 1, 1
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass(frozen=True, slots=True)
class _Machine:
    """The kernel's numbers on one kind of processor."""

    audit: int
    seccomp: int
    network: tuple[int, ...]
    powers: tuple[int, ...]
    files: tuple[int, ...]
    opening: tuple[tuple[int, int], ...]
    """Calls that open files, and which argument holds the flags."""
    absent: tuple[int, ...] = (437, 425, 426, 427)
    """Calls that a filter cannot look into (openat2, io_uring): as if the kernel had none."""


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))


_MACHINES = {
    "x86_64": _Machine(
        audit=0xC000003E,
        seccomp=317,
        network=_numbers("41 42 43 49 50 288"),
        # execve, execveat, kill, ptrace, mount, umount, setns, unshare, the keyring, perf,
        # handles, other processes' memory and files, bpf, userfaultfd
        powers=_numbers(
            "59 322 62 101 165 166 308 272 248 249 250 298 304 310 311 321 323 424 438"
        ),
        files=_numbers(
            "76 77 82 83 84 85 86 87 88 90 91 92 93 94 133 188 189 190 197 198 199 "
            "258 259 260 263 264 265 266 268 285 316 452 132 235 261 280"
        ),
        opening=((2, 1), (257, 2)),
    ),
    "aarch64": _Machine(
        audit=0xC00000B7,
        seccomp=277,
        network=_numbers("198 200 201 202 203 242"),
        powers=_numbers("221 281 129 117 40 39 268 97 217 218 219 241 265 270 271 280 282 424 438"),
        files=_numbers("5 6 7 14 15 16 33 34 35 36 37 38 45 46 47 52 53 54 55 88 276 452"),
        opening=((56, 2),),
    ),
}


def give_up_network() -> bool:
    """Never again reach another program or start one; return whether the kernel saw to it."""
    machine = _MACHINES.get(platform.machine())
    return machine is not None and _install(machine, (*machine.network, *machine.powers), ())


def give_up_writing() -> bool:
    """Never again write to the file system; return whether the kernel saw to it.

    What is open for writing stays so.
    """
    machine = _MACHINES.get(platform.machine())
    return machine is not None and _install(machine, machine.files, machine.opening)


def _install(
    machine: _Machine, refused: tuple[int, ...], opening: tuple[tuple[int, int], ...]
) -> bool:
    program = _program(machine, refused, opening)
    rows = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: a 16 bit count, padded, and a pointer.
    told = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(rows))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    done: int = library.syscall(machine.seccomp, _SET_MODE_FILTER, _ALL_THREADS, told)
    return done == 0


def _program(
    machine: _Machine, refused: tuple[int, ...], opening: tuple[tuple[int, int], ...]
) -> bytes:
    """Return the filter; a jump says how many rows to skip if it fits, and if not."""
    rows = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, machine.audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),
        (_RETURN, 0, 0, _FAIL | errno.ENOSYS),
    ]
    for number in machine.absent:
        rows += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _FAIL | errno.ENOSYS)]
    for number in refused:
        rows += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _FAIL | errno.EACCES)]
    for number, argument in opening:
        rows += [
            (_EQUAL, 0, 4, number),
            (_LOAD, 0, 0, _ARGUMENTS + 8 * argument),
            (_ANY_OF, 0, 1, _WRITING),
            (_RETURN, 0, 0, _FAIL | errno.EACCES),
            (_RETURN, 0, 0, _ALLOW),
        ]
    rows.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("HBBI", *row) for row in rows)
