"""What is said of one thing after the other, for the cells of tables and the labels of networks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from graph.names import RDF_TYPE, mg
from graph.naming import Naming
from graph.sources import source
from graph.terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode

from .ordering import Counted, sorted_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.engines.base import Reader
    from graph.progress import Progress
    from graph.terms import Quad, Subject, Term

    from .scopes import Selection

_CODE, _YEAR = mg("code"), mg("year")
_REMEMBERED = 1 << 16
"""Of how many things names are kept; a large graph has more than there is memory for."""


@dataclass(frozen=True, slots=True)
class About:
    """What is said of one thing.

    Attributes:
        values: of each property, those of the most trusted source first.
        graphs: the graphs that say so, in the order of their IRIs; none in the answer to a query.

    """

    values: Mapping[NamedNode, list[Term]]
    graphs: tuple[NamedNode, ...] = ()


class Facts:
    """Reads a selection thing by thing.

    Args:
        selection: what is exported.

    """

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._naming = Naming(selection.whole)
        self._trust: dict[NamedNode, int] = {}
        self.label = lru_cache(_REMEMBERED)(self._naming.label)
        self.known = lru_cache(_REMEMBERED)(self._values)

    def things(self, kind: NamedNode, *, progress: Progress) -> Iterator[Subject]:
        """Yield everything of a class in the order of the IRIs; ``progress`` is told how far."""
        found = self._selection.facts.quads(None, RDF_TYPE, kind, DEFAULT_GRAPH)
        counted = Counted(f"{quad.subject}\n".encode() for quad in found)
        with sorted_lines(counted) as ordered:
            for done, line in enumerate(ordered, start=1):
                progress(done, counted.number)
                yield _node(line[:-1].decode())

    def about(self, node: Subject) -> About:
        """Return what the selection says of a thing."""
        quads = list(self._selection.facts.quads(node))
        graphs = {quad.graph_name for quad in quads if isinstance(quad.graph_name, NamedNode)}
        if len(graphs) > 1:
            quads.sort(key=self._order)
        else:
            quads.sort(key=lambda quad: str(quad.object))
        found: dict[NamedNode, dict[Term, None]] = {}
        for quad in quads:
            found.setdefault(quad.predicate, {})[quad.object] = None  # type: ignore[index] # no statements about statements
        values = {prop: list(each) for prop, each in found.items()}
        return About(values, tuple(sorted(graphs, key=str)))

    def along(self, about: About, path: Sequence[NamedNode]) -> list[Term]:
        """Return the values at the end of some properties, one after the other.

        The first step is read from the selection, the others from the whole state: a
        selection names things that it does not describe.
        """
        values = about.values.get(path[0], [])
        for prop in path[1:]:
            ends = (end for value in values for end in self.known(value, prop))
            values = list(dict.fromkeys(ends))
        return values

    def code(self, node: Term) -> str:
        """Return the three letters of a nation; nothing for what has none."""
        return next((code.value for code in self.known(node, _CODE)), "")

    def year(self, node: Term) -> str:
        """Return the year in the name of Games; nothing where nobody says so."""
        return next((year.value for year in self.known(node, _YEAR)), "")

    def _order(self, quad: Quad) -> tuple[int, str]:
        return self._trust_of(quad.graph_name), str(quad.object)

    def _values(self, node: Term, prop: NamedNode) -> tuple[Term, ...]:
        return _values(self._selection.whole, node, prop)

    def _trust_of(self, graph: object) -> int:
        if not isinstance(graph, NamedNode):
            return 0
        if graph not in self._trust:
            self._trust[graph] = source(self._selection.whole, self._selection.names, graph).trust
        return self._trust[graph]


def _values(reader: Reader, node: Term, prop: NamedNode) -> tuple[Term, ...]:
    if isinstance(node, Literal):
        return ()
    found = reader.quads(node, prop, graph=DEFAULT_GRAPH)
    return tuple(sorted((quad.object for quad in found), key=str))  # type: ignore[misc] # as above


def _node(written: str) -> Subject:
    return BlankNode(written[2:]) if written.startswith("_:") else NamedNode(written[1:-1])
