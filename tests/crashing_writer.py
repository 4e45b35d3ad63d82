"""A program that writes to stores until it is killed; the crash tests run it.

``crashing_writer.py once STORE QUADS`` writes until somebody kills it. As soon as something is
acknowledged, it prints the number of the commit, or of the last of a group, and the number that
will be acknowledged next. ``crashing_writer.py steps FOLDER QUADS`` makes one store after
another in FOLDER, and kills the process that writes to the k-th at its k-th step, where a step
is a call that makes something durable or visible. Beside each store it leaves a file with what
was acknowledged.
"""

from __future__ import annotations

import os
import pathlib
import shutil
import signal
import sys
from itertools import count, cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import pyoxigraph

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from tests.statements import quad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEEP = 2
"""Few, so that retention has something to remove."""
GROUP = 3
"""Commits that are published together."""
STEPS = (1, 1, 1, GROUP)
"""How many commits are acknowledged at a time, in each turn."""


def work(engine: SnapshotEngine, quads: Path, *, first: int) -> Iterator[int]:
    """Commit, load, take back, remove and group for ever; yield each number once acknowledged."""
    every = list(pyoxigraph.parse(path=quads, format=pyoxigraph.RdfFormat.N_QUADS))
    for turn in count(first):
        draft = engine.draft()
        draft.apply(Change.of([quad(f"turn{turn}"), quad(f"turn{turn}", graph="h")]))
        yield draft.publish(CommitInfo(message=f"turn {turn}")).number
        draft = engine.draft()
        draft.bulk_add(every)
        yield draft.publish(CommitInfo(kind="load")).number
        draft = engine.draft()
        draft.apply(Change.of([quad(f"never{turn}")]))
        draft.discard()
        draft = engine.draft()
        draft.apply(Change.of(removed=every[:50]))
        yield draft.publish(CommitInfo(kind="remove")).number
        yield grouped(engine, turn)


def grouped(engine: SnapshotEngine, turn: int) -> int:
    """Publish some commits together, and return the number of the last."""
    with engine.group() as group:
        for member in range(GROUP):
            draft = group.draft()
            draft.apply(Change.of([quad(f"member{turn}-{member}")]))
            draft.publish(CommitInfo(message=f"member {member} of turn {turn}"))
        draft = group.draft()
        draft.apply(Change.of([quad(f"refused{turn}")]))
        draft.discard()
        group.publish()
        return group.newest()


def write(store: Path, quads: Path, out: TextIO, *, turns: int | None = None) -> None:
    """Work on a store, and tell each commit at once."""
    with SnapshotEngine.open(store, keep=KEEP) as engine:
        begun = engine.newest()
        print(begun, begun + STEPS[0], file=out, flush=True)
        numbers = zip(work(engine, quads, first=begun), cycle(STEPS[1:] + STEPS[:1]), strict=False)
        for number, step in islice(numbers, None if turns is None else len(STEPS) * turns):
            print(number, number + step, file=out, flush=True)


def arm(die_at: int) -> None:
    """Count the steps of this process, and make it die instead of doing step ``die_at``."""
    steps = count(1)

    def deadly(call: Callable[..., object]) -> Callable[..., object]:
        def do(*args: object, **named: object) -> object:
            if next(steps) == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **named)

        return do

    for name in ("fsync", "link", "ftruncate", "fdopen"):
        setattr(os, name, deadly(getattr(os, name)))
    for name in ("replace", "rename", "mkdir", "unlink"):
        setattr(pathlib.Path, name, deadly(getattr(pathlib.Path, name)))
    shutil.rmtree = deadly(shutil.rmtree)  # type: ignore[assignment] # it stands in for it


def die_at_each_step(folder: Path, quads: Path) -> None:
    """Fork a writer for each step until one outlives its work."""
    for step in count(1):
        store = folder / str(step)
        child = os.fork()
        if child == 0:
            SnapshotEngine.create(store).close()
            arm(step)
            with store.with_suffix(".acknowledged").open("w") as out:
                write(store, quads, out, turns=1)
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            return


if __name__ == "__main__":
    mode, place, file = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if mode == "steps":
        die_at_each_step(place, file)
    else:
        write(place, file, sys.stdout)
