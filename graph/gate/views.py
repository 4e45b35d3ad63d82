"""What the gate looks at: the record or one graph, and what a change does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.change import Change
from graph.engines.memory import MemoryDraft
from graph.names import RDF_TYPE, RDFS, is_restricted
from graph.terms import DEFAULT_GRAPH, BlankNode, NamedNode, Quad, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.engines.base import Answer, Reader
    from graph.terms import GraphName, Subject, Term

    from .reads import Hop

SUBCLASS = NamedNode(RDFS + "subClassOf")
THIS_VARIABLE = Variable("this")


def as_stored(change: Change) -> Change:
    """Return a change with its literals as the store gives them back.

    pyoxigraph's store keeps numbers, booleans and times by value: ``"02024"^^xsd:integer``
    comes back as ``2024``, and would not be recognised as what the change added.
    """
    return Change.of(
        MemoryDraft(change.added, plain=True).quads(),
        MemoryDraft(change.removed, plain=True).quads(),
    )


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

    Args:
        reader: the state.
        graph: the default graph for the record, or a named graph.

    """

    def __init__(self, reader: Reader, graph: GraphName) -> None:
        self.reader, self.graph = reader, graph
        self._subclasses: dict[NamedNode, frozenset[NamedNode]] = {}
        self._narrower: dict[Term, set[Term]] | None = None

    def ask(self, text: str, focus: Term | None = None) -> Answer:
        """Evaluate a query, for one focus node or for all."""
        substitutions = None if focus is None else {THIS_VARIABLE: focus}
        return self.reader.query(text, substitutions=substitutions, default_graph=[self.graph])

    def objects(self, subject: Subject, predicate: NamedNode) -> list[Term]:
        """Return the values of a property."""
        found = self.reader.quads(subject, predicate, None, self.graph)
        return [quad.object for quad in found]  # type: ignore[misc] # the same

    def hierarchy(self) -> list[Quad]:
        """Return each statement that one class is a subclass of another."""
        return list(self.reader.quads(None, SUBCLASS, None, self.graph))

    def subclasses(self, iri: NamedNode) -> frozenset[NamedNode]:
        """Return a class with all its subclasses (SHACL section 1.1, SHACL instance)."""
        if iri not in self._subclasses:
            self._subclasses[iri] = frozenset(self._below(iri))
        return self._subclasses[iri]

    def _below(self, iri: NamedNode) -> set[NamedNode]:
        if self._narrower is None:
            self._narrower = {}
            for quad in self.hierarchy():
                self._narrower.setdefault(quad.object, set()).add(quad.subject)  # type: ignore[arg-type] # the same
        found: set[Term] = set()
        todo: list[Term] = [iri]
        while todo:
            now = todo.pop()
            if now not in found:
                found.add(now)
                todo += self._narrower.get(now, ())
        return {one for one in found if isinstance(one, NamedNode)}

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
