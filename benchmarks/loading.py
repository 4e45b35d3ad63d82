"""What it costs to bring a whole set from its tables to a published, checked snapshot.

Run it with::

    python -m benchmarks.loading FOLDER [--importer olympic-120-years] [--after IMPORTER FOLDER]

The peer is pyoxigraph alone, which bulk loads the same statements from N-Quads into a store
on disk, without a record, a check, a history or a version to go back to. Each of the two runs
in a process of its own, so that each one's peak of memory is its own. Where other programs
share the machine, processor time says more than the clock.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

import pyoxigraph

from graph.importers import IMPORTERS
from graph.importers.putting import put
from graph.importers.tables import RejectFile
from graph.names import Names
from graph.progress import silent
from graph.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

IMPORTER = "olympic-120-years"
HEADINGS = (
    *("", "seconds", "to peer", "processor s", "to peer"),
    *("statements/s", "rows/s", "peak MiB", "disk MiB"),
)
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Run:
    """One load, and what it took.

    Attributes:
        seconds: from the beginning to the end of the load.
        processor_s: processor time of all threads in the same time.
        statements: how many were loaded, into named graphs.
        rows: how many rows were read; 0 where none were.
        peak_mib: the most memory that the process had.
        disk_mib: what lies on the disk afterwards.
        parts: seconds of each part of the work, by its name.

    """

    seconds: float
    processor_s: float
    statements: int
    rows: int
    peak_mib: float
    disk_mib: float
    parts: dict[str, float] = field(default_factory=dict)


def write_quads(importer: str, tables: Path, into: Path) -> int:
    """Write what an importer makes of a folder of tables as N-Quads, and return how much."""
    count = 0
    with RejectFile(None) as rejects, into.open("w", encoding="utf-8") as out:
        convert = IMPORTERS[importer].convert
        for quad in convert(tables, names=Names(), rejects=rejects, progress=silent):
            out.write(f"{quad} .\n")
            count += 1
    return count


def load_bare(quads: Path, folder: Path) -> Run:
    """Bulk load N-Quads with pyoxigraph alone."""
    begun, worked = perf_counter(), process_time()
    store = pyoxigraph.Store(str(folder))
    store.bulk_load(path=str(quads), format=pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    seconds, processor_s = perf_counter() - begun, process_time() - worked
    return Run(seconds, processor_s, len(store), 0, _peak_mib(), _disk_mib(folder))


def load_checked(importer: str, tables: Path, folder: Path) -> Run:
    """Convert, load, check and publish tables, as ``medalgraph import`` does."""
    kind = IMPORTERS[importer]
    begun, worked = perf_counter(), process_time()
    opened = Store.open(folder) if folder.exists() else Store.create(folder)
    with opened as store, RejectFile(None) as rejects:
        graph = store.names.graph(kind.source)
        with store.transaction(source=graph) as tx:
            quads = kind.convert(tables, names=store.names, rejects=rejects, progress=silent)
            put(tx, quads, graph=graph, names=store.names)
            loaded = perf_counter() - begun
        seconds, processor_s = perf_counter() - begun, process_time() - worked
        statements = tx.commit.added if tx.commit else 0
    parts = {
        "converted and loaded": loaded,
        "checked": tx.gate_s,
        "published": seconds - loaded - tx.gate_s,
    }
    peak, disk = _peak_mib(), _disk_mib(folder)
    return Run(seconds, processor_s, statements, rejects.rows, peak, disk, parts)


def run(
    importer: str, tables: Path, folder: Path, *, after: tuple[str, Path] | None = None
) -> tuple[Run, Run]:
    """Return the peer's load and that of medalgraph, one after the other.

    Args:
        importer: who reads the tables.
        tables: the folder of the tables.
        folder: where to work.
        after: another importer and its tables, which fill medalgraph's store before.

    """
    quads = folder / "peer.nq"
    write_quads(importer, tables, quads)
    bare: Run = _apart(load_bare, quads, folder / "bare")
    if after is not None:
        _apart(load_checked, *after, folder / "store")
    checked: Run = _apart(load_checked, importer, tables, folder / "store")
    return bare, checked


def table(bare: Run, checked: Run) -> str:
    """Return the two loads as a table in Markdown, and the parts of the second below it."""
    lines = ["| " + " | ".join(HEADINGS) + " |", "| --- |" + " ---: |" * (len(HEADINGS) - 1)]
    for name, one in (("pyoxigraph alone", bare), ("medalgraph", checked)):
        cells = (
            name,
            f"{one.seconds:.1f}",
            f"{one.seconds / bare.seconds:.1f}",
            f"{one.processor_s:.1f}",
            f"{one.processor_s / bare.processor_s:.1f}",
            f"{one.statements / one.seconds:,.0f}",
            f"{one.rows / one.seconds:,.0f}" if one.rows else "",
            f"{one.peak_mib:,.0f}",
            f"{one.disk_mib:,.0f}",
        )
        lines.append("| " + " | ".join(cells) + " |")
    parts = ", ".join(f"{name} in {seconds:.1f} s" for name, seconds in checked.parts.items())
    return "\n".join([*lines, "", f"{checked.statements:,} statements: {parts}."])


def _apart(work: Callable[..., Run], *arguments: object) -> Run:
    """Do the work in a fresh process, so that nothing done before counts in its memory."""
    fresh = multiprocessing.get_context("spawn")
    with fresh.Pool(1) as pool:
        found: Any = pool.apply(work, arguments)
    return found  # type: ignore[no-any-return] # what the work returns


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _disk_mib(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / _MIB


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("tables", type=Path, help="the folder of the tables")
    parser.add_argument("--importer", choices=list(IMPORTERS), default=IMPORTER)
    parser.add_argument(
        "--after",
        nargs=2,
        metavar=("IMPORTER", "FOLDER"),
        help="what medalgraph's store holds before, and the folder of its tables",
    )
    parser.add_argument("--folder", type=Path, help="where the temporary folder is made")
    asked = parser.parse_args(arguments)
    after = (asked.after[0], Path(asked.after[1])) if asked.after else None
    with tempfile.TemporaryDirectory(dir=asked.folder) as place:
        both = run(asked.importer, asked.tables, Path(place), after=after)
        sys.stdout.write(table(*both) + "\n")


if __name__ == "__main__":
    main()
