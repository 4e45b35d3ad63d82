"""What a replica pulls: a whole store at first, then one person more each time.

Run it with::

    python -m benchmarks.replicating [--sizes 10000,100000,1000000] [--repeat 30]

Primary and replica lie on one disk, so the times are those of reading, comparing and writing,
and not those of a network; the bytes are what a network has to carry.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.disk import Places
from graph.engines.snapshot_files import Snapshots
from graph.engines.snapshots import SnapshotEngine
from graph.replicating import FolderSource, Puller

from .synthetic_games import World

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES = (10_000, 100_000, 1_000_000)
REPEAT = 30
HEADINGS = (
    "statements",
    "newest snapshot (bytes)",
    "first pull (bytes)",
    "(s)",
    "a person more (bytes)",
    "most",
    "of the snapshot (%)",
    "pull (s)",
)


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one size; bytes, and seconds.

    Attributes:
        statements: how many the store has at the beginning.
        snapshot: the files of its newest snapshot.
        first: what the first pull brought, and how long it took.
        next: the same of each pull after it.

    """

    statements: int
    snapshot: int
    first: tuple[int, float]
    next: list[tuple[int, float]]

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in the columns, in the order of HEADINGS."""
        came = [bytes_ for bytes_, _ in self.next]
        return (
            f"{self.statements:,}",
            f"{self.snapshot:,}",
            f"{self.first[0]:,}",
            f"{self.first[1]:.1f}",
            f"{median(came):,.0f}",
            f"{max(came):,}",
            f"{100 * median(came) / self.snapshot:.2f}",
            f"{median(seconds for _, seconds in self.next):.3f}",
        )


def measure(world: World, repeat: int, folder: Path) -> Row:
    """Make a store and its replica in an empty folder, add people one by one, and follow."""
    place = folder / "primary"
    with (
        SnapshotEngine.create(place) as engine,
        Puller(FolderSource(place), folder / "replica") as puller,
    ):
        draft = engine.draft()
        statements = draft.bulk_add(world.quads())
        draft.publish(CommitInfo(kind="load"))
        snapshot = Snapshots(Places(place).snapshots).path(1)
        size = sum(path.stat().st_size for path in snapshot.iterdir())
        first = _pulled(puller)
        found = []
        for number in range(1, repeat + 1):
            draft = engine.draft()
            draft.apply(Change.of(world.newcomer(number)))
            draft.publish(CommitInfo())
            found.append(_pulled(puller))
    return Row(statements, size, first, found)


def table(rows: Sequence[Row]) -> str:
    """Return the table as Markdown."""
    lines = [HEADINGS, tuple("---:" for _ in HEADINGS), *(row.cells for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure as the command line says, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replicating", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--sizes", type=_numbers, default=SIZES, help="statements, with commas")
    parser.add_argument("--repeat", type=int, default=REPEAT, help="people added to each store")
    parser.add_argument("--folder", type=Path, default=None, help="where the stores are made")
    asked = parser.parse_args(arguments)
    rows = []
    with tempfile.TemporaryDirectory(prefix="replicating-", dir=asked.folder) as folder:
        for size in asked.sizes:
            place = Path(folder) / str(size)
            place.mkdir()
            print(f"A store of {size:,} statements ...", file=sys.stderr)
            rows.append(measure(World(size), asked.repeat, place))
    print(table(rows))


def _pulled(puller: Puller) -> tuple[int, float]:
    start = perf_counter()
    pulled = puller.pull()
    return pulled.pulled_bytes, perf_counter() - start


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(word) for word in text.split(","))


if __name__ == "__main__":
    main()
