"""Questions to a remote engine in the terms of the house: rows, statements, the state."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import QuerySolutions, RdfFormat

from graph.errors import AnswerCut, StoreMissing
from graph.lexical import spelled

from .blank import Skolem
from .client import TRIPLES
from .layout import STATE, STATE_QUERY, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.terms import NamedNode, Quad, Term

    from .client import Body, Client

PATTERNS_AT_ONCE = 1_000
"""How many terms are looked for in one request."""


class Session:
    """What is said between a store and its engine.

    Args:
        client: speaks with the engine.
        base: the base IRI of the store.

    """

    def __init__(self, client: Client, base: str) -> None:
        self.client, self.skolem = client, Skolem(base)

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
        for subject, predicate, value, graph in self.rows(text, named=named):
            yield self._quad(subject, predicate, value, graph)

    def graph(self, graph: NamedNode, expected: int | None = None) -> Iterator[Quad]:
        """Yield all that a graph holds, and notice if it is not as much as expected.

        Raises:
            AnswerCut: if it is not.

        """
        text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
        count = 0
        with self.client.query(text, accept=TRIPLES, default=[graph]) as body:
            for count, triple in enumerate(triples(body), start=1):  # noqa: B007 - counted
                yield self._quad(triple.subject, triple.predicate, triple.object, graph)  # type: ignore[arg-type] # no quoted triples
        if expected is not None and count != expected:
            raise AnswerCut(
                f"The remote store gives {count:,} of the {expected:,} statements of the graph"
                f" <{graph.value}>.",
                address=self.client.address.text,
                hint="Ask again; if that does not help, let the engine give longer answers.",
            )

    def _quad(
        self, subject: Term | None, predicate: Term | None, value: Term | None, graph: Term | None
    ) -> Quad:
        return spelled(self.skolem.quad(subject, predicate, value, graph))  # type: ignore[arg-type] # all are bound


def state_at(client: Client) -> State | None:
    """Return the state of the store at an address, or None if there is no store."""
    with client.query(STATE_QUERY, default=[STATE]) as body:
        return State.read(solutions(body))


def missing(address: str) -> StoreMissing:
    """Return the error for an address where no store was made."""
    return StoreMissing(
        f"There is no store at {address}.",
        path=address,
        hint=f"Make one with: medalgraph init {address}",
    )


def solutions(body: Body) -> Iterator[tuple[Term | None, ...]]:
    """Yield the rows of an answer as they come."""
    try:
        found = pyoxigraph.parse_query_results(body, format=pyoxigraph.QueryResultsFormat.JSON)  # type: ignore[arg-type] # it reads as a file does
        assert isinstance(found, QuerySolutions)  # noqa: S101 - SELECT was asked
        yield from map(tuple, found)
    except (SyntaxError, OSError) as error:
        raise body.fault or _unreadable(body, error) from error


def triples(body: Body) -> Iterator[Quad]:
    """Yield the statements of an answer as they come."""
    try:
        yield from pyoxigraph.parse(body, format=RdfFormat.N_TRIPLES)  # type: ignore[arg-type] # it reads as a file does
    except (SyntaxError, OSError) as error:
        raise body.fault or _unreadable(body, error) from error


def chunks(terms: Iterable[str], size: int = PATTERNS_AT_ONCE) -> Iterator[list[str]]:
    """Yield terms in lists that fit in one request."""
    left = iter(terms)
    while some := list(islice(left, size)):
        yield some


def _unreadable(body: Body, error: Exception) -> AnswerCut:
    return AnswerCut(
        f"The answer of the remote store at {body.address} cannot be read: {error}",
        address=body.address,
        hint="Check that the address is that of a SPARQL engine.",
    )
