"""A program that makes one replica after another and is killed at each step; a test runs it.

``crashing_puller.py BEFORE AFTER FOLDER STRIDE`` brings the k-th replica in FOLDER to the store
BEFORE, unless that is a dash, and on to AFTER, and dies at a step of that, where a step is a call
that makes something durable or visible; with every replica it dies STRIDE steps later.
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from graph.engines import disk
from graph.replicating import FolderSource, Puller

from .crashing_writer import arm

if TYPE_CHECKING:
    from collections.abc import Callable


def bring(source: Path, place: Path) -> None:
    """Bring a replica to a store."""
    with Puller(FolderSource(source), place) as puller:
        puller.pull()


def dying(step: int) -> None:
    """Die at a step, of which the exchange of two folders is one before and one after it."""
    arm(step)
    exchanged: Callable[[Path, Path], bool] = disk._exchanged

    def exchange(one: Path, other: Path) -> bool:
        os.fsync(os.open(one, os.O_RDONLY))
        done = exchanged(one, other)
        os.fsync(os.open(one, os.O_RDONLY))
        return done

    disk._exchanged = exchange


def main(before: str, after: Path, folder: Path, stride: int) -> None:
    """Fork somebody who pulls, for each step, until one outlives the work."""
    for step in count(1, stride):
        child = os.fork()
        if child == 0:
            place = folder / str(step) / "replica"
            if before != "-":
                bring(Path(before), place)
            dying(step)
            bring(after, place)
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            return


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
