"""A small graph that stands for a large one, as far as conditions can tell.

Most conditions mind one node: which properties it has and how often, and of each value its
kind, its classes or what it says. Of nodes that such a condition cannot tell apart one is
enough. The small graph holds one node of each kind with all that is said of it; what none
of these breaks, no node of the large graph breaks. Conditions that look further are asked
of excerpts. What is broken in any of these is asked of the large graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.engines.memory import MemoryDraft
from graph.names import RDF_TYPE
from graph.terms import DEFAULT_GRAPH, BlankNode, NamedNode, Quad

from .reach import is_local, needed
from .sight import has_all
from .verdicts import problems
from .views import NODES, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.terms import Object, Subject, Term

    from .census import Census, Sort
    from .constraints import Constraint, Target
    from .reads import Read


class Miniature:
    """Tells of a graph, read once, which conditions it fulfils for certain.

    Args:
        view: the graph.
        census: of all its nodes.

    """

    def __init__(self, view: View, census: Census) -> None:
        self._view = view
        self._sorts = list(census.sorts())
        examples = [*(e.quads for e in census.standing()), *_linking(census)]
        names = [_stand_in(quads[0].subject, n) for n, quads in enumerate(examples)]  # type: ignore[arg-type] # no quoted triples
        copied = _copy(census, zip(names, examples, strict=True))
        self._nodes = frozenset(names)
        # A class has other subclasses in the large graph, and in an excerpt it has none.
        hierarchy = view.hierarchy()
        self._small = View(MemoryDraft([*copied, *hierarchy], plain=True), DEFAULT_GRAPH)
        self._excerpts = [] if hierarchy else [(each, each.done()) for each in census.excerpts]

    def count(self, constraint: Constraint) -> int:
        """Return how many focus nodes a condition has in the large graph."""
        return sum(count for sort, count in self._sorts if self._is_asked(constraint, sort))

    def suspects(self, constraint: Constraint) -> frozenset[Term] | None:
        """Return which nodes of the large graph may break a condition; None if any may."""
        if not self.count(constraint):
            return frozenset()
        if is_local(constraint):
            found = problems(constraint, self._small)
            return _none_of(not self._nodes.isdisjoint(problem.focus for problem in found))
        if any(self._lacks(reads) for reads in needed(constraint).values()):
            return frozenset()
        for excerpt, view in self._excerpts:
            if constraint in excerpt.serves:
                nodes = frozenset(problem.focus for problem in problems(constraint, view))
                return _none_of(bool(nodes)) if excerpt.is_folded else nodes
        return None

    def _lacks(self, patterns: list[Read]) -> bool:
        return not any(has_all(sort, patterns) for sort, _ in self._sorts)

    def _is_asked(self, constraint: Constraint, sort: Sort) -> bool:
        return any(self._names(target, sort) for target in constraint.targets)

    def _names(self, target: Target, sort: Sort) -> bool:
        if target.kind == "subjects-of":
            return target.iri in sort.predicates
        return not self._view.classes.below(target.iri).isdisjoint(sort.classes)


def _none_of(is_broken: bool) -> frozenset[Term] | None:  # noqa: FBT001 - the question itself
    """Return the suspects where those found stand for others."""
    return None if is_broken else frozenset()


def _stand_in(node: Subject, number: int) -> Subject:
    """Return the name of an example, which is that of no other node."""
    return (
        BlankNode(f"example{number}")
        if isinstance(node, BlankNode)
        else NamedNode(f"urn:example:{number}")
    )


def _linking(census: Census) -> Iterator[Sequence[Quad]]:
    """Yield an example of each sort for each way in which its values are of classes."""
    of_sort = {example.sort: example.quads for example in census.standing()}
    for (sort, predicate), values in census.linked.items():
        ways = {(type(value), census.classes(value)): value for value in values}
        for value in ways.values() if sort in of_sort else ():
            yield _with_value(of_sort[sort], predicate, value)


def _with_value(quads: Sequence[Quad], predicate: NamedNode, value: Object) -> Sequence[Quad]:
    """Return what is said of a node, with another value instead of one of those of a property."""
    place = next(n for n, quad in enumerate(quads) if quad.predicate == predicate)
    old = quads[place]
    return (
        *quads[:place],
        Quad(old.subject, predicate, value, old.graph_name),
        *quads[place + 1 :],
    )


def _copy(census: Census, examples: Iterable[tuple[Subject, Sequence[Quad]]]) -> Iterator[Quad]:
    """Yield what is said of examples, and of which classes their values are."""
    values: set[object] = set()
    for node, quads in examples:
        for quad in quads:
            yield Quad(node, quad.predicate, quad.object, DEFAULT_GRAPH)
            values.add(quad.object)
    for value in values:
        if isinstance(value, NODES):
            for kind in census.classes(value):
                yield Quad(value, RDF_TYPE, kind, DEFAULT_GRAPH)  # type: ignore[arg-type] # a class
