"""Loads the made-up statements into each engine, and tells what that took."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.servers import MEDALGRAPH, OXIGRAPH

from .processes import Ended, disk_mib, run
from .results import Sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

_BIN = Path(sys.executable).parent
SEED = 1
TOLD_TWICE = 0.0001
"""The most of the statements that may be the same as another by chance: of 50 million 464 are."""


class LoadFailed(Exception):
    """An engine could not be filled."""


def load_medalgraph(statements: int, folder: Path, *, memory_bytes: int) -> list[Sample]:
    """Fill a store as ``medalgraph load`` does: with the record, the check and the commit."""
    place = _fresh(folder / MEDALGRAPH)
    program: list[str | Path] = [sys.executable, "-m", "benchmarks.growth.filling", place]
    with _statements(statements) as source:
        ended = run(program, stdin=source, memory_bytes=memory_bytes)
    _check(ended, MEDALGRAPH)
    parts = json.loads(ended.said)
    told = parts.pop("statements")
    if told < statements * (1 - TOLD_TWICE):
        raise LoadFailed(f"medalgraph kept {told:,} statements of {statements:,}.")
    found = [Sample(name, MEDALGRAPH, "s", statements, (took,)) for name, took in parts.items()]
    return found + _told(MEDALGRAPH, statements, [ended], place)


def load_oxigraph(statements: int, folder: Path, *, memory_bytes: int) -> list[Sample]:
    """Fill oxigraph's store by its own bulk loader, then merge its files as medalgraph does.

    Each statement is given to it with its graph and without, since it keeps no record.
    """
    place = _fresh(folder / OXIGRAPH)
    program: list[str | Path] = [_BIN / "oxigraph", "load", "--location", place, "--format", "nq"]
    with _statements(statements, "--record") as source:
        loaded = run(program, stdin=source, memory_bytes=memory_bytes)
    _check(loaded, OXIGRAPH)
    merge: list[str | Path] = [_BIN / "oxigraph", "optimize", "--location", place]
    merged = run(merge, stdin=subprocess.DEVNULL)
    _check(merged, OXIGRAPH)
    return _told(OXIGRAPH, statements, [loaded, merged], place)


LOADS = {MEDALGRAPH: load_medalgraph, OXIGRAPH: load_oxigraph}


def _told(engine: str, statements: int, ended: list[Ended], place: Path) -> list[Sample]:
    found = {
        ("load", "s"): sum(one.seconds for one in ended),
        ("load", "processor s"): sum(one.processor_s for one in ended),
        ("load: memory", "MiB"): max(one.peak_mib for one in ended),
        ("store", "MiB"): disk_mib(place),
    }
    return [Sample(*key[:1], engine, key[1], statements, (took,)) for key, took in found.items()]


@contextmanager
def _statements(count: int, *options: str) -> Iterator[IO[bytes]]:
    """Yield N-Quads as another process writes them."""
    command = [sys.executable, "-m", "benchmarks.synthetic", "--seed", str(SEED), *options]
    maker = subprocess.Popen([*command, "--statements", str(count)], stdout=subprocess.PIPE)
    if maker.stdout is None:
        raise RuntimeError("The statements cannot be read.")
    try:
        with maker.stdout:
            yield maker.stdout
    finally:
        maker.terminate()
        maker.wait()


def _check(ended: Ended, engine: str) -> None:
    if ended.status != 0:
        memory = f"{ended.peak_mib:,.0f} MiB, {ended.seconds:.0f} s"
        raise LoadFailed(f"{engine} ended with {ended.status} ({memory}).")


def _fresh(place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place
