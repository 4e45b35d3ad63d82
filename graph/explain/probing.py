"""Asking a state for parts of a query: whether they match, and what their variables are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import QueryBoolean, QuerySolutions

from graph.terms import BlankNode, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.engines.base import Reader
    from graph.terms import Term

    from .parts import Part, Query

_MANY = 20_000
"""How many different terms are looked through for one that is near."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Asks a state for parts of one query, in the graphs that the query sees.

    Attributes:
        reader: the state.
        query: gives the prologue and the FROM clauses.
        default: the graphs that a request named in place of the query's own, or None.
        named: the same for GRAPH.
        inside: the names of the GRAPHs that the parts stand in, the outermost first.

    """

    reader: Reader
    query: Query
    default: Sequence[NamedNode] | None = None
    named: Sequence[NamedNode] | None = None
    inside: tuple[str, ...] = ()

    def within(self, graph: str) -> Probe:
        """Return the probe for parts inside GRAPH."""
        return Probe(self.reader, self.query, self.default, self.named, (*self.inside, graph))

    def matches(self, *texts: str) -> bool:
        """Tell whether these texts of patterns have a solution together."""
        found = self._ask(f"ASK {self.query.datasets} {self._where(texts)}")
        return isinstance(found, QueryBoolean) and bool(found)

    def all_match(self, parts: Sequence[Part]) -> bool:
        """Tell whether these parts have a solution together."""
        return self.matches(*(part.text for part in parts))

    def values(self, variable: str, *texts: str, limit: int = _MANY) -> list[Term]:
        """Return different values of a variable in the solutions of these texts together."""
        head = f"SELECT DISTINCT ?{variable} {self.query.datasets}"
        tail = f"FILTER(BOUND(?{variable}))"
        found = self._ask(f"{head} {self._where((*texts, tail))} LIMIT {limit}")
        kept = (row[variable] for row in found) if isinstance(found, QuerySolutions) else ()
        return [term for term in kept if isinstance(term, NamedNode | Literal | BlankNode)]

    def bounds(self, variable: str, *texts: str) -> tuple[Term, Term] | None:
        """Return the least and the greatest value of a variable; None unless they are numbers."""
        head = f"SELECT (MIN(?{variable}) AS ?least) (MAX(?{variable}) AS ?most)"
        tail = f"FILTER(isNumeric(?{variable}))"
        found = self._ask(f"{head} {self.query.datasets} {self._where((*texts, tail))}")
        row = next(iter(found)) if isinstance(found, QuerySolutions) else None
        if row is None or row["least"] is None:
            return None
        return row["least"], row["most"]

    def term(self, written: str) -> NamedNode | Literal | None:
        """Return the IRI or literal that a term stands for; None for a variable and the like."""
        found = self._ask(f"SELECT ?t {{ VALUES ?t {{ {written} }} }}") if written else None
        if not isinstance(found, QuerySolutions):
            return None
        term = next(iter(found))["t"]
        return term if isinstance(term, NamedNode | Literal) else None

    def _where(self, texts: Sequence[str]) -> str:
        text = " ".join(texts)
        for graph in reversed(self.inside):
            text = f"GRAPH {graph} {{ {text} }}"
        return f"{{ {text} }}"

    def _ask(self, text: str) -> object:
        return self.reader.query(
            f"{self.query.prologue} {text}", default_graph=self.default, named_graphs=self.named
        )
