"""What the gate looks at: the record or one graph, and what a change does to it."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from graph.names import RDF_TYPE, RDFS, is_restricted
from graph.terms import DEFAULT_GRAPH, BlankNode, NamedNode, Quad, Variable

from .hierarchy import Hierarchy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.change import Change
    from graph.engines.base import Answer, Reader
    from graph.terms import GraphName, Subject, Term

    from .reads import Hop

SUBCLASS = NamedNode(RDFS + "subClassOf")
THIS_VARIABLE = Variable("this")
MANY = 100
"""Of a node with fewer statements all are read at once; most conditions ask for some of them."""


def record_change(draft: Reader, change: Change) -> tuple[list[Quad], list[Quad]]:
    """Return what a change adds to and removes from the record, as quads of the default graph.

    A triple that another graph states as well neither comes nor goes.

    Args:
        draft: the state after the change.
        change: exact for the state before.

    """
    added = {_in_record(quad) for quad in change.added if not is_restricted(quad.graph_name)}
    lost = {_in_record(quad) for quad in change.removed if not is_restricted(quad.graph_name)}
    new = [quad for quad in added if quad not in lost and not _stated_before(draft, change, quad)]
    return new, [quad for quad in lost - added if not draft.contains(quad)]


def graph_change(change: Change, graph: NamedNode) -> tuple[list[Quad], list[Quad]]:
    """Return what a change adds to and removes from one named graph."""
    return (
        [quad for quad in change.added if quad.graph_name == graph],
        [quad for quad in change.removed if quad.graph_name == graph],
    )


def _in_record(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, DEFAULT_GRAPH)


def _stated_before(draft: Reader, change: Change, quad: Quad) -> bool:
    found = draft.quads(quad.subject, quad.predicate, quad.object)  # type: ignore[arg-type] # no quoted triples
    return any(other not in change.added and not is_restricted(other.graph_name) for other in found)


class View:
    """One graph of a state, as the gate reads it.

    What was read of single nodes is remembered, so a view is of no use once its state changes.

    Args:
        reader: the state.
        graph: the default graph for the record, or a named graph.

    """

    def __init__(self, reader: Reader, graph: GraphName) -> None:
        self.reader, self.graph = reader, graph
        self._objects: dict[tuple[Subject, NamedNode], list[Term]] = {}
        self._known: dict[Subject, dict[NamedNode, list[Term]] | None] = {}

    def ask(self, text: str, focus: Term | None = None) -> Answer:
        """Evaluate a query, for one focus node or for all."""
        substitutions = None if focus is None else {THIS_VARIABLE: focus}
        return self.reader.query(text, substitutions=substitutions, default_graph=[self.graph])

    def objects(self, subject: Subject, predicate: NamedNode) -> list[Term]:
        """Return the values of a property."""
        about = self._about(subject)
        if about is not None:
            return about.get(predicate, [])
        key = subject, predicate
        if key not in self._objects:
            found = self.reader.quads(subject, predicate, None, self.graph)
            self._objects[key] = [quad.object for quad in found]  # type: ignore[misc] # the same
        return self._objects[key]

    def has(self, subject: Subject, predicate: NamedNode) -> bool:
        """Tell whether a node has a value of a property, without reading all of many."""
        about = self._about(subject)
        if about is not None:
            return predicate in about
        return any(True for _ in self.reader.quads(subject, predicate, None, self.graph))

    def predicates(self, subject: Subject) -> set[NamedNode]:
        """Return the properties that a node has."""
        about = self._about(subject)
        if about is not None:
            return set(about)
        return {quad.predicate for quad in self.reader.quads(subject, None, None, self.graph)}

    def _about(self, subject: Subject) -> dict[NamedNode, list[Term]] | None:
        """Return the values of each property of a node; None if they are many, or far away."""
        if self.reader.is_far:
            return None
        if subject not in self._known:
            quads = self.reader.quads(subject, None, None, self.graph)
            few = list(islice(quads, MANY))
            about: dict[NamedNode, list[Term]] | None = None
            if len(few) < MANY:
                about = {}
                for quad in few:
                    about.setdefault(quad.predicate, []).append(quad.object)  # type: ignore[arg-type] # the same
            self._known[subject] = about
        return self._known[subject]

    def hierarchy(self) -> list[Quad]:
        """Return each statement that one class is a subclass of another."""
        return list(self.reader.quads(None, SUBCLASS, None, self.graph))

    @cached_property
    def classes(self) -> Hierarchy:
        """The hierarchy of classes, as it is when this is first asked."""
        return Hierarchy.of(self.hierarchy())

    def types(self, node: Term) -> set[Term]:
        """Return the classes that a node is said to be of."""
        return set(self.objects(node, RDF_TYPE)) if isinstance(node, NODES) else set()

    def walk(self, start: Iterable[Term], hops: Iterable[Hop]) -> set[Term]:
        """Return the nodes reached from ``start``."""
        here = set(start)
        for hop in hops:
            here = self._spread(here, hop) if hop.closure else self._next(here, hop)
            if hop.keep is not None:
                here &= {hop.keep}
        return here

    def _spread(self, start: set[Term], hop: Hop) -> set[Term]:
        found, new = set(start), set(start)
        while new:
            new = self._next(new, hop) - found
            found |= new
        return found

    def _next(self, start: set[Term], hop: Hop) -> set[Term]:
        if hop.predicates and not hop.inverse:
            nodes = [node for node in start if isinstance(node, NODES)]
            return {v for node in nodes for p in hop.predicates for v in self.objects(node, p)}
        return {
            quad.subject if hop.inverse else quad.object  # type: ignore[misc] # the same
            for node in start
            for quad in self.touching(node, hop)
        }

    def touching(self, node: Term, hop: Hop) -> Iterator[Quad]:
        """Yield the statements that the hop takes from a node."""
        for predicate in hop.predicates or (None,):
            if hop.inverse:
                yield from self.reader.quads(None, predicate, node, self.graph)
            elif isinstance(node, NODES):
                yield from self.reader.quads(node, predicate, None, self.graph)


NODES = (NamedNode, BlankNode)
