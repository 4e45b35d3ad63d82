"""Measures how each engine grows with the statements, and prints the table.

Run it with::

    python -m benchmarks.growth --folder WORK                     # 1, 5, 20 and 50 million
    python -m benchmarks.growth --folder WORK --sizes 100_000,1_000_000
    python -m benchmarks.growth --folder WORK --report --keep

What was measured before is not measured again: delete its file in WORK/measured for that.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.servers import MEDALGRAPH, OXIGRAPH

from . import results
from .asking import Patience, ask
from .document import keep
from .loads import LOADS, LoadFailed
from .processes import GIB
from .report import table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .results import Sample

SIZES = "1_000_000,5_000_000,20_000_000,50_000_000"
DISK_BYTES = {MEDALGRAPH: 1_000, OXIGRAPH: 900}
"""About what a statement takes while it is loaded, to refuse what would not fit."""
QUESTIONS = "questions"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is missing, then print and keep the report."""
    asked = _parser().parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    kept = asked.folder / "measured"
    if not asked.report:
        for size in (int(size) for size in asked.sizes.split(",")):
            _measure(size, asked, kept)
    steps = results.read(kept)
    print(table(results.samples(steps)))
    if asked.keep:
        keep(steps)


def _measure(size: int, asked: argparse.Namespace, kept: Path) -> None:
    """Measure one size, as far as it is not measured yet."""
    folder = asked.folder / str(size)
    engines = asked.engines.split(",")
    wanted = [f"load {engine}" for engine in engines] + ([] if asked.only_load else [QUESTIONS])
    if all(results.place(kept, size, name).exists() for name in wanted):
        return
    for engine in engines:
        if not _load(size, engine, asked, kept):
            return
    if QUESTIONS in wanted and any((folder / engine).exists() for engine in LOADS):
        patience = Patience(asked.rounds, asked.cell_s, int(asked.in_memory_up_to))
        _step(size, QUESTIONS, kept, lambda: ask(size, folder, patience=patience, tell=_tell))
    if asked.drop:
        shutil.rmtree(folder, ignore_errors=True)


def _load(size: int, engine: str, asked: argparse.Namespace, kept: Path) -> bool:
    """Fill an engine unless that was done or tried before; tell whether the disk let it."""
    folder, name = asked.folder / str(size), f"load {engine}"
    path = results.place(kept, size, name)
    if path.exists() and ((folder / engine).exists() or results.read_step(path).failed):
        return True
    if not _fits(size, engine, asked):
        return False
    path.unlink(missing_ok=True)
    memory = int(asked.memory_gib * GIB)
    _step(size, name, kept, lambda: LOADS[engine](size, folder, memory_bytes=memory))
    if results.read_step(path).failed:
        shutil.rmtree(folder / engine, ignore_errors=True)
    return True


def _step(size: int, name: str, kept: Path, work: Callable[[], list[Sample]]) -> None:
    """Do one step and keep what it gave, unless that is kept already."""
    if results.place(kept, size, name).exists():
        return
    _tell(f"{size:,}: {name}")
    when, before, failed = results.now(), results.load(), ""
    try:
        found = work()
    except LoadFailed as error:
        found, failed = [], str(error)
        _tell(f"{size:,}: {failed}")
    load = (before, results.load())
    results.write(results.Step(size, name, when, load, tuple(found), failed), kept)


def _fits(size: int, engine: str, asked: argparse.Namespace) -> bool:
    used = sum(path.stat().st_size for path in asked.folder.rglob("*") if path.is_file())
    needed = size * DISK_BYTES[engine]
    free = shutil.disk_usage(asked.folder).free
    room = min(asked.disk_gib * GIB - used, free)
    if needed > room:
        need, have = needed / GIB, room / GIB
        _tell(f"{size:,} in {engine} takes about {need:.0f} GiB of disk; there are {have:.0f}.")
    return bool(needed <= room)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.growth",
        description=__doc__.partition("\n")[0] if __doc__ else "",
    )
    parser.add_argument("--folder", type=Path, required=True, help="where stores and results lie")
    parser.add_argument("--sizes", default=SIZES, help="how many statements, with commas")
    parser.add_argument(
        "--engines", default=",".join(LOADS), help="which are filled, with commas; all are asked"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often each is asked in turn")
    parser.add_argument(
        "--cell-s", type=float, default=20.0, help="seconds for one question to one engine"
    )
    parser.add_argument("--memory-gib", type=float, default=14.0, help="the most for one load")
    parser.add_argument("--disk-gib", type=float, default=40.0, help="the most for the folder")
    parser.add_argument(
        "--in-memory-up-to", default="5_000_000", help="also serve from memory up to this size"
    )
    parser.add_argument("--only-load", action="store_true", help="ask no questions yet")
    parser.add_argument("--drop", action="store_true", help="remove the stores of a size after it")
    parser.add_argument("--report", action="store_true", help="measure nothing")
    parser.add_argument(
        "--keep", action="store_true", help="write the results into docs and beside this program"
    )
    return parser


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
