"""Questions to a remote engine in the terms of the house: rows, statements, the state."""

from __future__ import annotations

from io import BytesIO
from itertools import count, islice
from typing import TYPE_CHECKING

from pyoxigraph import QueryResultsFormat, parse_query_results

from graph.errors import AnswerCut, StoreDamaged, StoreMissing
from graph.lexical import spelled

from .answers import solutions
from .blank import Skolem
from .capabilities import Capabilities
from .layout import NOTHING, STATE, STATE_QUERY, State
from .paging import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.terms import NamedNode, Quad, Term

    from .client import Client

FEW_ROWS = 1_000
"""No engine cuts an answer that is as short as this."""
PATTERNS_AT_ONCE = 1_000
"""How many terms are looked for in one request."""


class Session:
    """What is said between a store and its engine.

    Args:
        client: speaks with the engine.
        base: the base IRI of the store.

    """

    def __init__(self, client: Client, base: str) -> None:
        self.client, self.can = client, Capabilities(client)
        self.skolem = Skolem(base, self.can.is_altered)

    def state(self) -> State:
        """Return the state that the store is in.

        Raises:
            StoreMissing: if there is no store any more.

        """
        found = state_at(self.client)
        if found is None:
            raise missing(self.client.address.text)
        return found

    def rows(
        self, text: str, *, default: Iterable[NamedNode] = (), named: Iterable[NamedNode] = ()
    ) -> Iterator[tuple[Term | None, ...]]:
        """Yield the solutions of a SELECT as they come."""
        with self.client.query(text, default=default, named=named) as body:
            yield from solutions(body)

    def matching(self, patterns: list[str], named: Iterable[NamedNode]) -> Iterator[Quad]:
        """Yield the quads of these graphs that match any of some patterns.

        Args:
            patterns: groups that bind ?s, ?p and ?o inside GRAPH ?g.
            named: the graphs to look into.

        """
        named = list(named)
        union = " UNION ".join(patterns)
        text = f"SELECT ?s ?p ?o ?g WHERE {{ {union} }}"
        try:
            found = list(self.rows(text, named=named))
            if len(found) >= FEW_ROWS and len(found) == self.can.row_limit:
                found = list(self._all(text, named))
        except AnswerCut:
            found = list(self._all(text, named))
        for subject, predicate, value, graph in found:
            yield self._quad(subject, predicate, value, graph)

    def _all(self, text: str, named: Sequence[NamedNode]) -> Iterator[tuple[Term | None, ...]]:
        answer = BytesIO(Question(self, text, default=[NOTHING], named=named).answer())
        found = parse_query_results(answer, format=QueryResultsFormat.JSON)
        return map(tuple, found)  # type: ignore[arg-type] # SELECT was asked

    def first_filled(self, graphs: Iterable[NamedNode]) -> NamedNode | None:
        """Return one of these graphs that holds anything, if there is one."""
        left = iter(graphs)
        while named := list(islice(left, PATTERNS_AT_ONCE)):
            values, exists = " ".join(map(str, named)), "FILTER EXISTS { GRAPH ?g { ?s ?p ?o } }"
            text = f"SELECT ?g WHERE {{ VALUES ?g {{ {values} }} {exists} }} LIMIT 1"
            for row in list(self.rows(text, named=named)):
                return row[0]  # type: ignore[return-value] # as VALUES has it
        return None

    def graph(self, graph: NamedNode, expected: int | None = None) -> Iterator[Quad]:
        """Yield all that a graph holds, and notice if it is not as much as expected.

        Raises:
            AnswerCut: if it is not.

        """
        told: set[int] = set()
        for subject, predicate, value in self._triples(graph, expected):
            told.add(hash((subject, predicate, value)))
            yield self._quad(subject, predicate, value, graph)
        if expected is not None and len(told) != expected:
            raise AnswerCut(
                f"The remote store gives {len(told):,} of the {expected:,} statements of the graph"
                f" <{graph.value}>.",
                address=self.client.address.text,
                hint="Ask again; if that does not help, let the engine give longer answers.",
            )

    def _triples(self, graph: NamedNode, expected: int | None) -> Iterator[tuple[Term | None, ...]]:
        """Yield what a graph holds, in pages if the engine gives no more at once."""
        text = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
        limit = None if expected is not None and expected < FEW_ROWS else self.can.row_limit
        if limit is None:
            yield from self.rows(text, default=[graph])
            return
        size = limit - 1  # see paging
        for number in count():
            page = list(self.rows(f"{text} LIMIT {size} OFFSET {number * size}", default=[graph]))
            yield from page
            if len(page) < size:
                return

    def _quad(
        self, subject: Term | None, predicate: Term | None, value: Term | None, graph: Term | None
    ) -> Quad:
        return spelled(self.skolem.quad(subject, predicate, value, graph))  # type: ignore[arg-type] # all are bound


def state_at(client: Client) -> State | None:
    """Return the state of the store at an address, or None if there is no store.

    Raises:
        StoreDamaged: if there are several at once.

    """
    with client.query(STATE_QUERY, default=[STATE]) as body:
        found = list(solutions(body))
    if State.is_mixed(found):
        raise StoreDamaged(
            f"At {client.address.text} there are two stores in one.",
            path=client.address.text,
            hint="Files for two stores were loaded into this engine; begin with an empty one.",
        )
    return State.read(found)


def missing(address: str) -> StoreMissing:
    """Return the error for an address where no store was made."""
    return StoreMissing(
        f"There is no store at {address}.",
        path=address,
        hint=f"Make one with: medalgraph init {address}",
    )


def chunks(terms: Iterable[str], size: int = PATTERNS_AT_ONCE) -> Iterator[list[str]]:
    """Yield terms in lists that fit in one request."""
    left = iter(terms)
    while some := list(islice(left, size)):
        yield some
