"""What a small change costs: with the gate and without, one after another and many at once.

Run it with::

    python -m benchmarks.changing [--size 100000] [--rounds 7] [--writers 16]

All takes turns in one run, so that what else the machine does falls on all of it, and each
ratio is of one round. In the first part a program changes a store, with the gate of the
shipped shapes and with none. In the second clients send their changes to a service over HTTP:
one client, each change after the answer to the last; many clients at once; and many at once of
a service that publishes each change by itself.
"""

from __future__ import annotations

import argparse
import http.client
import sys
import tempfile
import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from graph.gate import Gate, Report, load_shapes
from graph.names import OUTSIDE_PREFIXES, mg
from graph.store import Store
from graph.terms import Literal, NamedNode, Quad
from service.tokens import TokenBook

from .servers import Server, medalgraph
from .synthetic_games import GRAPH, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from graph.change import Change
    from graph.engines.base import Reader

SIZE, ROUNDS, WRITERS = 100_000, 7, 16
IN_A_ROUND = 10
"""How many changes each kind of single writer makes in a round."""
OF_A_WRITER = 10
"""How many changes each of many writers makes in a round."""
_SPELLING = NamedNode(OUTSIDE_PREFIXES["skos"] + "altLabel")
_TIMEOUT_S = 600.0
WITH, WITHOUT = "with the gate", "without"
ALONE, TOGETHER, UNGROUPED = "one writer", "many writers", "many, each published alone"


class NoGate(Gate):
    """A gate that lets everything pass unseen."""

    def __init__(self) -> None:
        super().__init__(load_shapes(), second_opinion=False)

    def check(self, draft: Reader, change: Change) -> Report:
        """Check nothing."""
        del draft, change
        return Report((), 0)


class Newcomers:
    """The changes that are made, each another one; threads may share them.

    Args:
        world: into which people come.

    """

    def __init__(self, world: World) -> None:
        self._world, self._numbers = world, count(1)

    def person(self) -> list[Quad]:
        """Return what is said of a new person: 19 statements."""
        return self._world.newcomer(next(self._numbers))

    def spelling(self) -> list[Quad]:
        """Return one statement, another spelling of the name of the first person of the world."""
        number = next(self._numbers)
        return [Quad(_somebody(self._world), _SPELLING, Literal(f"N. {number}"), GRAPH)]


class Kind(NamedTuple):
    """A kind of change."""

    name: str
    make: Callable[[Newcomers], list[Quad]]


KINDS = (Kind("1 statement", Newcomers.spelling), Kind("a person (19)", Newcomers.person))


@dataclass(slots=True)
class Cell:
    """One kind of change made in one way.

    Attributes:
        seconds: a change, in each round: the time of the round divided by its changes.

    """

    kind: str
    way: str
    seconds: list[float] = field(default_factory=list)


class Spread(NamedTuple):
    """A ratio: the median of the rounds, the smallest and the largest."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        """Return it as it stands in the table."""
        return f"{self.median:.2f} ({self.least:.2f}-{self.most:.2f})"


def ratio(one: Cell, other: Cell) -> Spread:
    """Return how many times as long the one takes as the other, round by round."""
    found = [mine / theirs for mine, theirs in zip(one.seconds, other.seconds, strict=True)]
    return Spread(median(found), min(found), max(found))


def filled(place: Path, world: World) -> Path:
    """Make a store of a world."""
    with SnapshotEngine.create(place) as engine:
        draft = engine.draft()
        draft.bulk_add(world.quads())
        draft.publish(CommitInfo(kind="load"))
    return place


def by_program(place: Path, world: World, rounds: int, kinds: Iterable[Kind] = KINDS) -> list[Cell]:
    """Return what changes of a program cost, with the gate and without."""
    gates = {WITH: Gate(load_shapes()), WITHOUT: NoGate()}
    cells = [Cell(kind.name, way) for kind in kinds for way in gates]
    with ExitStack() as stack:
        stores = {
            way: stack.enter_context(Store(SnapshotEngine.open(filled(place / way, world)), gate))
            for way, gate in gates.items()
        }
        changes = {way: Newcomers(world) for way in gates}
        for turn in range(rounds + 1):
            for kind in kinds:
                for way in gates:
                    took = _made(stores[way], kind, changes[way])
                    _note(cells, kind, way, took / IN_A_ROUND, is_warm=turn > 0)
            _tell(f"changes of a program, round {turn} of {rounds}")
    return cells


def by_clients(
    place: Path, world: World, rounds: int, writers: int, kinds: Iterable[Kind] = KINDS
) -> list[Cell]:
    """Return what changes over HTTP cost, of one client and of many."""
    cells = [Cell(kind.name, way) for kind in kinds for way in (ALONE, TOGETHER, UNGROUPED)]
    with ExitStack() as stack:
        grouping, single = (
            Clients(stack, filled(place / name, world), world, **settings)
            for name, settings in (("grouping", {}), ("single", {"GROUPED_CHANGES": "1"}))
        )
        for turn in range(rounds + 1):
            for kind in kinds:
                for way, clients, most, each in (
                    (ALONE, grouping, 1, IN_A_ROUND),
                    (TOGETHER, grouping, writers, OF_A_WRITER),
                    (UNGROUPED, single, writers, 1),
                ):
                    took = clients.send(kind, most, each)
                    _note(cells, kind, way, took / (most * each), is_warm=turn > 0)
            _tell(f"changes over HTTP, round {turn} of {rounds}")
    return cells


class Clients:
    """Clients of a service over a store of its own.

    Args:
        stack: ends the service.
        place: the store.
        world: what it was filled with.
        settings: of the service.

    """

    def __init__(self, stack: ExitStack, place: Path, world: World, **settings: str) -> None:
        token, _ = TokenBook(place / "tokens.json").create("write", note="benchmark")
        self._token, self._changes = token, Newcomers(world)
        self._server = stack.enter_context(medalgraph(place, **settings))

    def send(self, kind: Kind, writers: int, each: int) -> float:
        """Let so many clients at once send so many changes each; return the seconds of all."""
        texts = [[_text(kind.make(self._changes)) for _ in range(each)] for _ in range(writers)]
        threads = [
            threading.Thread(target=_send, args=(self._server, self._token, some)) for some in texts
        ]
        begun = perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return perf_counter() - begun


def table(cells: Sequence[Cell]) -> str:
    """Return the times and ratios as a table in Markdown."""
    head = "| change | way | best (ms) | median (ms) | a second | to the first way |"
    lines = [head, "| --- | --- | ---: | ---: | ---: | ---: |"]
    for cell in cells:
        first = next(other for other in cells if other.kind == cell.kind)
        middle = median(cell.seconds)
        lines.append(
            f"| {cell.kind} | {cell.way} | {min(cell.seconds) * 1000:.1f} | {middle * 1000:.1f}"
            f" | {1 / middle:.0f} | {'1' if cell is first else ratio(cell, first)} |"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure as the command line says, and print the tables."""
    asked = _parser().parse_args(arguments)
    world = World(asked.size)
    with tempfile.TemporaryDirectory(prefix="changing-", dir=asked.folder) as name:
        folder = Path(name)
        print(table(by_program(folder, world, asked.rounds)), end="\n\n")
        print(table(by_clients(folder, world, asked.rounds, asked.writers)))


def _made(store: Store, kind: Kind, changes: Newcomers) -> float:
    """Make changes of a kind one after another, and return how long that took."""
    some = [kind.make(changes) for _ in range(IN_A_ROUND)]
    begun = perf_counter()
    for quads in some:
        with store.transaction(source=GRAPH) as tx:
            tx.add(*quads)
    return perf_counter() - begun


def _send(server: Server, token: str, texts: Sequence[str]) -> None:
    """Send updates over one connection, each after the answer to the last."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_TIMEOUT_S)
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/sparql-update",
    }
    for text in texts:
        connection.request("POST", server.path, body=text.encode(), headers=headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status >= http.client.BAD_REQUEST:
            raise RuntimeError(f"{answer.status}: {said[:500]!r}")
    connection.close()


def _note(cells: Iterable[Cell], kind: Kind, way: str, seconds: float, *, is_warm: bool) -> None:
    """Keep a time, unless it was the first, when nothing was warm."""
    if is_warm:
        cell = next(one for one in cells if (one.kind, one.way) == (kind.name, way))
        cell.seconds.append(seconds)


def _text(quads: Iterable[Quad]) -> str:
    said = " ".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in quads)
    return f"INSERT DATA {{ GRAPH {GRAPH} {{ {said} }} }}"


def _somebody(world: World) -> NamedNode:
    """Return the first person of a world."""
    people = (quad.object for quad in world.quads() if quad.predicate == mg("person"))
    found = next(people)
    assert isinstance(found, NamedNode)  # noqa: S101 - people have addresses
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.changing", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--size", type=int, default=SIZE, help="statements of the world")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often all is measured")
    parser.add_argument("--writers", type=int, default=WRITERS, help="clients at once")
    parser.add_argument("--folder", type=Path, default=None, help="where the stores are made")
    return parser


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
