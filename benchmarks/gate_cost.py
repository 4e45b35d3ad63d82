"""What one person more costs: checked and published, in graphs of several sizes.

Run it with::

    python -m benchmarks.gate_cost [--sizes 10000,100000,1000000] [--repeat 30]

The graphs take turns, each with a new person, so that what else the machine does falls on
all of them. So does the peer: pyoxigraph alone, which adds the same statements to a store on
disk of the same size and flushes it, without a check, a history or a version to go back to.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING

import pyoxigraph

from graph.engines.snapshots import SnapshotEngine
from graph.gate import Gate, Report, load_shapes
from graph.store import Store

from .synthetic_games import EVENTS_PER_GAMES, GRAPH, World

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.change import Change
    from graph.engines.base import Reader
    from graph.terms import Quad

SIZES = (10_000, 100_000, 1_000_000)
REPEAT = 30
WARM_UP = 1
"""How many people are added to each store before anything is measured."""
HEADINGS = (
    "triples",
    "one person (ms)",
    "middle half",
    "to smallest",
    "check (ms)",
    "to smallest",
    "publish (ms)",
    "to smallest",
    "peer (ms)",
    "to peer",
    "opened anew (ms)",
    "to smallest",
)


class TimedGate(Gate):
    """The gate of the shipped shapes, with a clock on the check of a change.

    Attributes:
        spent_s: how long the last check of a change took, in seconds.

    """

    def __init__(self) -> None:
        super().__init__(load_shapes())
        self.spent_s = 0.0

    def check(self, draft: Reader, change: Change) -> Report:
        """Check what a change can alter, and keep the time that it took."""
        start = perf_counter()
        report = super().check(draft, change)
        self.spent_s = perf_counter() - start
        return report


@dataclass(slots=True)
class Times:
    """What was measured on one store, in seconds, a value each repeat.

    Attributes:
        whole: from the beginning of the transaction to the published commit.
        check: the part of it in the gate.
        publish: the part of it after the last statement was added, without the check.
        peer: the same statements added to pyoxigraph alone, and flushed.
        anew: the store opened, one person added, and the store closed.

    """

    whole: list[float] = field(default_factory=list)
    check: list[float] = field(default_factory=list)
    publish: list[float] = field(default_factory=list)
    peer: list[float] = field(default_factory=list)
    anew: list[float] = field(default_factory=list)


class Contestant:
    """One size: a store of medalgraph and a bare one, filled with the same world.

    Args:
        world: what both say.
        folder: an empty folder for both.

    Attributes:
        triples: the size that it has.
        report: what the gate said of the whole world when it was loaded.
        times: what was measured.

    """

    def __init__(self, world: World, folder: Path) -> None:
        self._world = world
        self._path, content = folder / "store", folder / "world.nq"
        with content.open("wb") as file:
            pyoxigraph.serialize(self._world.quads(), file, format=pyoxigraph.RdfFormat.N_QUADS)
        Store.create(self._path).close()
        self._gate = TimedGate()
        self._store = Store(SnapshotEngine.open(self._path), self._gate)
        start = perf_counter()
        self.report = self._store.load(content, graph=GRAPH).report
        self.load_s = perf_counter() - start
        self._bare = pyoxigraph.Store(str(folder / "bare"))
        self._bare.bulk_load(path=content, format=pyoxigraph.RdfFormat.N_QUADS)
        with self._store.read() as state:
            self.triples = len(state)
        self.times = Times()
        self._people = 0

    def add_person(self) -> None:
        """Add a new person to both stores, and keep the times."""
        quads = self._newcomer()
        start = perf_counter()
        with self._store.transaction(source=GRAPH) as tx:
            tx.add(*quads)
            added = perf_counter()
        end = perf_counter()
        self.times.whole.append(end - start)
        self.times.check.append(self._gate.spent_s)
        self.times.publish.append(end - added - self._gate.spent_s)
        self._add_to_peer(quads)

    def add_person_anew(self) -> None:
        """Add a new person as a command does that opens the store for it; keep the time."""
        quads = self._newcomer()
        start = perf_counter()
        with (
            Store(SnapshotEngine.open(self._path), self._gate) as store,
            store.transaction(source=GRAPH) as tx,
        ):
            tx.add(*quads)
        self.times.anew.append(perf_counter() - start)

    def forget_times(self) -> None:
        """Begin to measure; what came before was to warm up."""
        self.times = Times()

    def close(self) -> None:
        """Release files and locks."""
        self._store.close()

    def _newcomer(self) -> list[Quad]:
        self._people += 1
        return self._world.newcomer(self._people)

    def _add_to_peer(self, quads: Iterable[Quad]) -> None:
        start = perf_counter()
        for quad in quads:
            self._bare.add(quad)
        self._bare.flush()
        self.times.peer.append(perf_counter() - start)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        triples: how large the graph was.
        cells: what stands in the columns, in the order of HEADINGS.

    """

    triples: int
    cells: tuple[str, ...]


def measure(contestants: Sequence[Contestant], repeat: int) -> None:
    """Let the contestants take turns; each keeps ``repeat`` times of each kind."""
    for _ in range(WARM_UP):
        for one in contestants:
            one.add_person()
            one.add_person_anew()
            one.add_person()
    for one in contestants:
        one.forget_times()
    for _ in range(repeat):
        for one in contestants:
            one.add_person()
    for _ in range(repeat):
        for one in contestants:
            one.add_person_anew()


def rows(contestants: Sequence[Contestant]) -> list[Row]:
    """Return a line a contestant; ratios are of medians, to the first of them and to the peer."""
    first = contestants[0].times
    return [Row(one.triples, _cells(one, first)) for one in contestants]


def table(lines: Iterable[Row]) -> str:
    """Return the table as Markdown."""
    text = [HEADINGS, tuple("---:" for _ in HEADINGS), *(line.cells for line in lines)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in text)


def run(worlds: Iterable[World], repeat: int, folder: Path) -> list[Contestant]:
    """Build the stores in a folder, measure, and return the contestants, closed."""
    contestants = []
    with ExitStack() as stack:
        for world in worlds:
            place = folder / str(world.triples)
            place.mkdir()
            _tell(f"Making a world of {world.triples:,} triples ...")
            one = Contestant(world, place)
            stack.callback(one.close)
            contestants.append(one)
            problems = len(one.report.problems)
            _tell(f"  {one.triples:,} loaded in {one.load_s:.1f} s; {problems} problems")
        _tell(f"Adding {repeat} people in turn ...")
        measure(contestants, repeat)
    return contestants


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure as the command line says, and print the table."""
    asked = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="gate-cost-", dir=asked.folder) as folder:
        worlds = [World(triples, asked.events_per_games) for triples in asked.sizes]
        found = run(worlds, asked.repeat, Path(folder))
        print(table(rows(found)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gate_cost", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "--sizes", type=_numbers, default=SIZES, help="triples, the smallest first, with commas"
    )
    parser.add_argument("--repeat", type=int, default=REPEAT, help="people added to each store")
    parser.add_argument(
        "--events-per-games",
        type=int,
        default=EVENTS_PER_GAMES,
        help="larger Games instead of more of them: a number that no size reaches makes one",
    )
    parser.add_argument("--folder", type=Path, default=None, help="where the stores are made")
    return parser


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _cells(one: Contestant, first: Times) -> tuple[str, ...]:
    times = one.times
    low, _, high = quantiles(times.whole, n=4) if len(times.whole) > 1 else times.whole * 3
    return (
        f"{one.triples:,}",
        _ms(times.whole),
        f"{low * 1000:.1f}-{high * 1000:.1f}",
        _ratio(times.whole, first.whole),
        _ms(times.check),
        _ratio(times.check, first.check),
        _ms(times.publish),
        _ratio(times.publish, first.publish),
        _ms(times.peer),
        _ratio(times.whole, times.peer),
        _ms(times.anew),
        _ratio(times.anew, first.anew),
    )


def _ms(times_s: Sequence[float]) -> str:
    return f"{median(times_s) * 1000:.1f}"


def _ratio(times_s: Sequence[float], to_s: Sequence[float]) -> str:
    return f"{median(times_s) / median(to_s):.2f}"


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
