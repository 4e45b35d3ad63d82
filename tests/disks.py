"""Disks of their own for tests of disks that are full or cannot be written."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def mounted(place: Path, *arguments: str) -> Iterator[Path]:
    """Mount something at a place for as long as the ``with`` block lasts."""
    place.mkdir()
    done = subprocess.run(["mount", *arguments, place], check=False, capture_output=True)
    if done.returncode:
        # A disk of its own needs a right that most users do not have.
        pytest.skip("only a user who may mount can try a real small or read-only disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def fill(disk: Path, *, spare_kib: int) -> Path:
    """Leave so little room on a disk; return the file that takes the rest."""
    free = os.statvfs(disk)
    with (disk / "filler").open("wb") as file:
        file.write(bytes(max(0, free.f_bavail * free.f_frsize - spare_kib * 1024)))
    return disk / "filler"
