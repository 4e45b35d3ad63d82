"""The writer's lock: one writer at a time in all processes, and everyone can see who it is."""

from __future__ import annotations

import fcntl
import json
import os
import sys
from typing import TYPE_CHECKING, Self

from graph.errors import StoreLocked

from .disk import PRIVATE_FILE, disk_problems

if TYPE_CHECKING:
    from pathlib import Path


class WriterLock:
    """Held from the moment it is made until ``release``.

    The lock belongs to the open file, so it ends with the process that holds it, however
    that ends, and it also keeps apart two writers of one process.

    Args:
        path: the lock file; made when it is not there.
        store: what errors name as the store.

    Raises:
        StoreLocked: naming the process that holds it.
        DiskProblem: if the file cannot be written.

    """

    def __init__(self, path: Path, *, store: Path) -> None:
        with disk_problems(store):
            self._number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
        try:
            fcntl.flock(self._number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with disk_problems(store):
                self._sign()
        except BlockingIOError as error:
            pid, command = _signature(self._number)
            os.close(self._number)
            raise StoreLocked(path=store, pid=pid, command=command) from error
        except BaseException:
            os.close(self._number)
            raise

    def release(self) -> None:
        """Let others write."""
        if self._number < 0:
            return
        number, self._number = self._number, -1
        try:
            os.ftruncate(number, 0)
        finally:
            os.close(number)

    def __enter__(self) -> Self:
        """Return the lock, which is held already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Release it."""
        self.release()

    def _sign(self) -> None:
        who = {"pid": os.getpid(), "command": " ".join(sys.orig_argv)[:500]}
        os.ftruncate(self._number, 0)
        os.pwrite(self._number, json.dumps(who).encode(), 0)


def holder(path: Path) -> tuple[int, str] | None:
    """Return the living process that signed a lock; None if there is none.

    The lock is not touched, so that looking keeps nobody from writing.
    """
    try:
        number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        pid, command = _signature(number)
    finally:
        os.close(number)
    return (pid, command) if pid is not None and _lives(pid) else None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _signature(number: int) -> tuple[int | None, str]:
    """Return the process and command that the holder signed with, if it has signed yet."""
    try:
        signed = json.loads(os.pread(number, 4096, 0))
        return int(signed["pid"]), str(signed["command"])
    except (ValueError, KeyError, TypeError):
        return None, ""
