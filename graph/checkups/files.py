"""The files of a store: who may read them, whether there is room, and what was left behind."""

from __future__ import annotations

import os
import shutil
import stat
from typing import TYPE_CHECKING

from graph.engines.lock import holder
from graph.engines.records import SUFFIX

from .findings import Finding, well, worrying, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.engines.disk import Places

_OTHERS = 0o077
_LEAST_FREE_BYTES = 64 << 20
_MIB = 1 << 20
_NAMED = 3
_PERMISSIONS = "permissions"


def permissions(places: Places) -> Finding:
    """Return what is found of who may use the files."""
    if not os.access(places.root, os.W_OK):
        return worrying(
            _PERMISSIONS,
            f"You may read the store {places.root}, but not change it.",
            "If you want to change it, be the user whom it belongs to.",
        )
    open_to_others = [path for path in _files(places.root) if _others_may(path)]
    if open_to_others:
        return worrying(
            _PERMISSIONS,
            f"Other users of this machine may use {_some(open_to_others)}.",
            f"Shut them out: chmod -R go= '{places.root}'",
        )
    return well(_PERMISSIONS, "Only its owner may read and change the files.")


def disk(places: Places, newest: int) -> Finding:
    """Return what is found of the room that is left: a commit may take as much as a snapshot."""
    free = shutil.disk_usage(places.root).free
    needed = max(_LEAST_FREE_BYTES, _size(places.snapshots / str(newest)))
    said = f"{free // _MIB:,} MiB are free on the disk."
    hint = "Free some space, or move the store to a larger disk."
    if free < _LEAST_FREE_BYTES:
        return wrong("disk", said + " Changes will fail.", hint)
    if free < 2 * needed:
        return worrying("disk", f"{said} A large change may take {2 * needed // _MIB:,}.", hint)
    return well("disk", said)


def leftovers(places: Places, newest: int) -> Finding:
    """Return what is found of files that belong to no commit."""
    if holder(places.lock):
        return well("leftovers", "A change is being made, so files may be half written just now.")
    found = [path for path in places.commits.iterdir() if not _record_of(path, newest)]
    found += [path for path in places.snapshots.iterdir() if not _snapshot_of(path, newest)]
    if not found:
        return well("leftovers", "There are no files that belong to nothing.")
    said = f"{_some(found)} were left behind by a process that was ended."
    return worrying("leftovers", said, "Nothing to do: the next change removes them.")


def writer(places: Places) -> Finding:
    """Return who makes a change just now."""
    who = holder(places.lock)
    if who is None:
        return well("writer", "Nobody is changing the store just now.")
    pid, command = who
    return well("writer", f"Process {pid} is changing the store: {command}")


def _files(root: Path) -> Iterator[Path]:
    yield root
    yield from root.rglob("*")


def _others_may(path: Path) -> bool:
    try:
        return bool(stat.S_IMODE(path.lstat().st_mode) & _OTHERS)
    except FileNotFoundError:
        return False


def _record_of(path: Path, newest: int) -> bool:
    number = path.name.removesuffix(SUFFIX)
    return path.name.endswith(SUFFIX) and number.isdecimal() and int(number) <= newest


def _snapshot_of(path: Path, newest: int) -> bool:
    return path.name.isdecimal() and int(path.name) <= newest


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir()) if folder.is_dir() else 0


def _some(paths: list[Path]) -> str:
    first = ", ".join(str(path) for path in paths[:_NAMED])
    return first if len(paths) <= _NAMED else f"{first} and {len(paths) - _NAMED:,} more files"
