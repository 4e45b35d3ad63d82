"""A store that appears in its place when it is whole, and not at all if anything fails."""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.errors import StoreExists, StoreMissing

from .place import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.engines.opening import Place


def is_store(place: Place) -> bool:
    """Tell whether there is a store; one that is damaged or too new raises its own error."""
    try:
        with opened(place):
            return True
    except StoreMissing:
        return False


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other process makes a store in this folder, and keep others waiting."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)


@contextmanager
def made_whole(where: Path) -> Iterator[Path]:
    """Yield where to make a store, and move it to its place at the end; be alone meanwhile.

    Raises:
        StoreExists: if anything is there.

    """
    refuse_taken(where)
    part = where.with_name(f".{where.name}.part")
    # What lies there was left behind by a process that was killed: nobody else is in the folder.
    shutil.rmtree(part, ignore_errors=True)
    try:
        yield part
        part.replace(where)
    except KeyboardInterrupt as stop:
        stop.add_note(f"Stopped. No store was made in {where}.")
        raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def refuse_taken(where: Path) -> None:
    """Refuse a place in which there is anything.

    Raises:
        StoreExists: saying what is there.

    """
    if is_store(where):
        raise StoreExists(
            f"There is a store in {where} already.",
            path=where,
            hint="Use it as it is, or choose another folder.",
        )
    if where.exists() and (not where.is_dir() or any(where.iterdir())):
        raise StoreExists(
            f"{where} is there already and is not a store; it was left alone.",
            path=where,
            hint="Choose a folder that is empty or does not exist yet.",
        )
