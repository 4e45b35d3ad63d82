"""What an engine's own loader saves: one store brought into an engine over HTTP and by a file.

Run it with::

    python -m benchmarks.engine_file STORE [--engines oxigraph,virtuoso]

Both ways lead to the same state, unchecked: over HTTP as one commit that is put aside in parts
and moved, by the file with the history that the store has. Where other programs share the
machine, processor time says more than the clock.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, TypeAlias

from graph.engines.base import CommitInfo
from graph.engines.remote import filing
from graph.engines.remote.engine import RemoteEngine
from graph.engines.snapshots import SnapshotEngine
from service.cli.files import whole_file

# The tests know how each engine is started from its package and loads a file.
from tests.contracts.engines import address_of
from tests.real_engines import OxigraphServer, VirtuosoServer, running

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.real_engines import Loading

Way: TypeAlias = "Callable[[SnapshotEngine, Loading], dict[str, Cost]]"
ENGINES = {kind.name: kind for kind in (OxigraphServer, VirtuosoServer)}
HEADINGS = ("", "seconds", "processor s", "of medalgraph", "of the engine", "times HTTP")
HTTP, WRITING, LOADING = "over HTTP", "writing the file", "the engine's loader"
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a piece of work took.

    Attributes:
        seconds: by the clock.
        here_s: processor time of this process.
        there_s: processor time of the engine and its programs.

    """

    seconds: float
    here_s: float
    there_s: float

    def __add__(self, other: Cost) -> Cost:
        """Return what two pieces of work took together."""
        return Cost(
            self.seconds + other.seconds,
            self.here_s + other.here_s,
            self.there_s + other.there_s,
        )

    @property
    def processor_s(self) -> float:
        """Processor time of all together."""
        return self.here_s + self.there_s


def over_http(near: SnapshotEngine, server: Loading) -> dict[str, Cost]:
    """Bring the newest state of a store into an empty engine over HTTP."""

    def bring() -> None:
        with (
            RemoteEngine.create(address_of(server), base=near.base) as far,
            near.read() as state,
            far.draft() as draft,
        ):
            draft.bulk_add(state.quads())
            draft.publish(CommitInfo(kind="load"))

    return {HTTP: _measured(server, bring)}


def by_file(near: SnapshotEngine, server: Loading) -> dict[str, Cost]:
    """Bring a store into an empty engine by a file for its loader."""
    file = server.folder / "load.nq.gz"

    def write() -> None:
        with whole_file(file) as out:
            filing.write(near, address_of(server), out)

    return {
        WRITING: _measured(server, write),
        LOADING: _measured(server, lambda: server.load(file)),
    }


def brought(way: Way, near: SnapshotEngine, server: Loading) -> dict[str, Cost]:
    """Bring a store into an engine in one way, and return what each part took.

    Args:
        way: ``over_http`` or ``by_file``.
        near: the store.
        server: the engine. It has to be new: one that was emptied has that to clear up.

    Raises:
        RuntimeError: if not all statements are there.

    """
    found = way(near, server)
    with RemoteEngine.open(address_of(server)) as far, far.read() as there, near.read() as here:
        if len(there) != len(here):
            raise RuntimeError(f"There are {len(there):,} statements of {len(here):,}.")
    return found


def rows(found: dict[str, Cost]) -> list[tuple[str, ...]]:
    """Return the rows of the table for one engine."""
    costs = {**found, "by file, in all": found[WRITING] + found[LOADING]}
    return [
        (
            name,
            f"{cost.seconds:.1f}",
            f"{cost.processor_s:.1f}",
            f"{cost.here_s:.1f}",
            f"{cost.there_s:.1f}",
            f"{cost.processor_s / found[HTTP].processor_s:.2f}",
        )
        for name, cost in costs.items()
    ]


def _measured(server: Loading, work: Callable[[], None]) -> Cost:
    begun, here, there = perf_counter(), process_time(), _of_others(server)
    work()
    return Cost(
        perf_counter() - begun,
        process_time() - here,
        _of_others(server) - there,
    )


def _of_others(server: Loading) -> float:
    """Return the processor seconds of the server, and of all programs that have ended."""
    ended = os.times()
    fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    return (
        ended.children_user + ended.children_system + (int(fields[11]) + int(fields[12])) / _TICKS
    )


def _table(name: str, found: dict[str, Cost]) -> str:
    lines = [(name, *HEADINGS[1:]), ("---",) * len(HEADINGS), *rows(found)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print one table an engine."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("store", type=Path, help="a store in a folder")
    parser.add_argument("--engines", default=",".join(ENGINES), help="which, with commas")
    given = parser.parse_args(arguments)
    for name in given.engines.split(","):
        found: dict[str, Cost] = {}
        for way in (over_http, by_file):
            with (
                tempfile.TemporaryDirectory(prefix="medalgraph-") as folder,
                SnapshotEngine.open(given.store) as near,
                running(ENGINES[name](Path(folder) / name)) as server,
            ):
                found |= brought(way, near, server)
        sys.stdout.write(_table(name, found) + "\n\n")


if __name__ == "__main__":
    main()
