"""What is said of each thing that a page reads, read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names import RDF_TYPE
from graph.terms import NamedNode

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.terms import Quad, Subject, Term


class Stated:
    """The statements of a state by what they are about, as one source and as others make them.

    Args:
        reader: the state.
        graph: the source.

    """

    def __init__(self, reader: Reader, graph: NamedNode) -> None:
        self.reader, self.graph = reader, graph
        self._known: dict[Subject, list[Quad]] = {}

    def of(self, subject: Subject) -> list[Quad]:
        """Return what anybody says of a thing."""
        if subject not in self._known:
            self._known[subject] = list(self.reader.quads(subject))
        return self._known[subject]

    def own(self, subject: Subject) -> list[Quad]:
        """Return what the source says of a thing."""
        return [quad for quad in self.of(subject) if quad.graph_name == self.graph]

    def saying(self, subject: Subject, predicate: NamedNode) -> list[Quad]:
        """Return what anybody says for a property of a thing."""
        return [quad for quad in self.of(subject) if quad.predicate == predicate]

    def values(self, subject: Subject, predicate: NamedNode) -> list[Term]:
        """Return what the source says for a property of a thing, or else what others do."""
        quads = self.saying(subject, predicate)
        own = [quad.object for quad in quads if quad.graph_name == self.graph]
        return own or [quad.object for quad in quads]  # type: ignore[return-value] # no quoted triples

    def one(self, subject: Subject, predicate: NamedNode) -> NamedNode | None:
        """Return the one node that the source, or else anybody, gives for a property."""
        nodes = [n for n in self.values(subject, predicate) if isinstance(n, NamedNode)]
        return min(nodes, key=str) if nodes else None

    def kinds(self, subject: Subject) -> frozenset[Term]:
        """Return the classes of a thing, as the source says or else anybody."""
        return frozenset(self.values(subject, RDF_TYPE))

    def is_alone(self, subject: Subject) -> bool:
        """Tell whether nobody but the source says anything of a thing."""
        return all(quad.graph_name == self.graph for quad in self.of(subject))
