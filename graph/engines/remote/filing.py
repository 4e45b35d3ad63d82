"""A store as one file for an engine's own loader, which takes far less time than HTTP.

The file holds what the engine would hold had each change gone there over HTTP: the graphs of
the sources, the record, the commit records, and last the state. There is no store before the
state is there, so a load that breaks off leaves none.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from graph import patch
from graph.errors import Refused, StoreExists
from graph.progress import unwatched
from graph.terms import DEFAULT_GRAPH

from .client import Client
from .layout import COMMITS, RECORD, STATE, State, refuse_house
from .loader import Loader
from .records import described
from .session import Session, state_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.engines.base import Engine, Reader
    from graph.progress import Step
    from graph.rdf import Writable
    from graph.terms import NamedNode, Quad

    from .address import Address

_TOLD_EVERY = 1_000
_ADDED_BLANK = re.compile(rb"^A (?:_:|\S+ \S+ _:)", re.MULTILINE)
"""The beginning of a row that adds a statement with a blank node; no address holds a space."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What a file for a loader holds.

    Attributes:
        commits: how many.
        statements: how many named graphs hold.
        lines: how many there are, with those of the record, the commits and the state.

    """

    commits: int
    statements: int
    lines: int


def write(engine: Engine, address: Address, out: Writable, *, step: Step = unwatched) -> Filed:
    """Write the newest state of a store and its whole history for the loader of an engine.

    Args:
        engine: the store.
        address: the engine that shall keep it; how it keeps terms is tried there.
        out: takes N-Quads, or what the loader of that engine takes for them.
        step: begins each part with its name, and gives what its progress is told to.

    Raises:
        StoreExists: if the engine keeps a store already.
        Refused: if it holds something else in a graph of this store.
        BadTerm: if a statement has an address that it would cut, or that the house keeps.
        MissingCapability: if it cannot keep a store, or its loader alters a statement.
        EngineUnreachable: if nobody answers.

    """
    with Client(address) as client, engine.read() as reader:
        session = Session(client, engine.base)
        graphs = list(reader.graphs())
        refuse_house(graphs)
        _refuse_taken(session, graphs)
        session.can.require()
        filing = _Filing(session, out, step)
        filing.statements(reader, graphs)
        filing.record(reader)
        filing.history(engine, reader.version)
        engine.newest()  # raises where another store came into its place meanwhile
        return filing.end(engine)


class _Filing:
    """The writing of one file.

    Args:
        session: speaks with the engine.
        out: takes the lines.
        step: begins each part with its name.

    """

    def __init__(self, session: Session, out: Writable, step: Step) -> None:
        self._session, self._out, self._step = session, out, step
        self._loader = Loader(session)
        self._counts: Counter[NamedNode] = Counter()
        self._commits, self._lines = 0, 0
        self._time, self._mark = "", _new_mark()
        self._has_blank_nodes = False

    def statements(self, reader: Reader, graphs: Iterable[NamedNode]) -> None:
        """Write what each source says."""
        found = chain.from_iterable(self._of_source(reader, graph) for graph in graphs)
        self._write("Statements", found, len(reader))

    def record(self, reader: Reader) -> None:
        """Write what any source says that is not restricted, once."""
        quads = reader.quads(None, None, None, DEFAULT_GRAPH)
        lines = (self._loader.line(quad, RECORD) for quad in quads)
        self._write("The record", lines, None)

    def history(self, engine: Engine, newest: int) -> None:
        """Write the record of each commit."""
        commits = [engine.commit(number) for number in range(1, newest + 1)]
        expected = sum(commit.added + commit.removed for commit in commits)
        seen = self._seen((engine.rows(commit.number) for commit in commits), expected)
        quads = 0
        for commit, rows in zip(commits, seen, strict=True):
            quads += commit.added - commit.removed
            self._time, self._mark, self._commits = commit.time, _new_mark(), commit.number
            whole = chain((patch.BEGIN,), rows, (patch.COMMIT,))
            for triple in described(commit, whole, mark=self._mark, quads=quads):
                self._put(_placed(triple, COMMITS))

    def end(self, engine: Engine) -> Filed:
        """Write the state, and return what the file holds."""
        state = State(
            base=engine.base,
            number=self._commits,
            mark=self._mark,
            time=self._time,
            has_blank_nodes=self._has_blank_nodes,
            quads=dict(self._counts),
        )
        for triple in sorted(state.triples()):
            self._put(_placed(triple, STATE))
        return Filed(self._commits, state.total, self._lines)

    def _of_source(self, reader: Reader, graph: NamedNode) -> Iterator[str]:
        for quad in reader.quads(None, None, None, graph):
            self._refuse(quad)
            self._counts[graph] += 1
            yield self._loader.line(quad, graph)

    def _refuse(self, quad: Quad) -> None:
        self._session.skolem.refuse(quad)
        self._session.can.refuse_long(quad)

    def _seen(self, patches: Iterable[Iterable[bytes]], expected: int) -> Iterator[Iterator[bytes]]:
        """Yield the rows of each commit, and look at them as they pass."""
        progress, done = self._step("Commits"), 0

        def looked_at(rows: Iterable[bytes]) -> Iterator[bytes]:
            nonlocal done
            for part in rows:
                self._has_blank_nodes = self._has_blank_nodes or bool(_ADDED_BLANK.search(part))
                done += part.count(b"\n")
                progress(done, expected)
                yield part

        return map(looked_at, patches)

    def _write(self, name: str, lines: Iterable[str], expected: int | None) -> None:
        progress = self._step(name)
        for number, line in enumerate(lines, start=1):
            self._put(line)
            if number % _TOLD_EVERY == 0:
                progress(number, expected)

    def _put(self, line: str) -> None:
        self._out.write(line.encode())
        self._lines += 1


def _refuse_taken(session: Session, graphs: Iterable[NamedNode]) -> None:
    """Refuse an engine in which the file would mix with something else."""
    where = session.client.address.text
    if state_at(session.client) is not None:
        raise StoreExists(
            f"There is a store at {where} already, and a file can only make a new one.",
            path=where,
            hint="Choose an engine that keeps none, or empty this one.",
        )
    taken = session.first_filled([*graphs, RECORD, COMMITS])
    if taken is not None:
        raise Refused(
            f"The graph <{taken.value}> at {where} holds statements already, of something else or"
            " of a load that broke off.",
            hint="Remove them there, or begin with an empty engine.",
        )


def _placed(triple: str, graph: NamedNode) -> str:
    """Return a triple as a line of the file, to be loaded into a graph."""
    return f"{triple[:-1]}{graph} .\n"


def _new_mark() -> str:
    return str(uuid.uuid4())
