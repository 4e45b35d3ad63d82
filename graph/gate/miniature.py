"""A small graph that stands for a large one, as far as conditions on single nodes can tell.

Most conditions mind one node: which properties it has and how often, and of each value its
kind, its classes or what it says. Of nodes that such a condition cannot tell apart one is
enough. The small graph holds one node of each kind with all that is said of it; what none
of these breaks, no node of the large graph breaks. What one of them breaks is asked of the
large graph, and so is every condition that looks further than one node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.engines.memory import MemoryDraft
from graph.names import RDF_TYPE
from graph.progress import Progress, silent
from graph.terms import DEFAULT_GRAPH, NamedNode, Quad

from .census import Census
from .reach import is_local, needed
from .verdicts import problems
from .views import NODES, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.terms import Term

    from .census import Sort
    from .constraints import Constraint, Target
    from .reads import Read


class Miniature:
    """Tells of a graph, read once, which conditions it fulfils for certain.

    Args:
        view: the graph.
        constraints: the conditions that are going to be asked about.
        progress: told how many statements were read.

    Attributes:
        words: each IRI that is a property or a value in the graph.

    """

    def __init__(
        self, view: View, constraints: Iterable[Constraint], progress: Progress = silent
    ) -> None:
        census = Census(view, constraints, progress)
        self._view = view
        self.words = census.words
        self._sorts = list(census.sorts())
        self._nodes = census.examples | set(_linking(view, census))
        self._nodes |= {quad.subject for quad in view.hierarchy()}  # type: ignore[misc] # no quoted triples
        self._small = View(MemoryDraft(_copy(view, self._nodes), plain=True), DEFAULT_GRAPH)

    def count(self, constraint: Constraint) -> int:
        """Return how many focus nodes a condition has in the large graph."""
        return sum(count for sort, count in self._sorts if self._is_asked(constraint, sort))

    def clears(self, constraint: Constraint) -> bool:
        """Tell whether it is certain that no node of the large graph breaks a condition."""
        if not self.count(constraint):
            return True
        if is_local(constraint):
            found = problems(constraint, self._small)
            return not any(problem.focus in self._nodes for problem in found)
        return any(
            not any(_has_all(sort, reads) for sort, _ in self._sorts)
            for reads in needed(constraint).values()
        )

    def _is_asked(self, constraint: Constraint, sort: Sort) -> bool:
        return any(self._names(target, sort) for target in constraint.targets)

    def _names(self, target: Target, sort: Sort) -> bool:
        if target.kind == "subjects-of":
            return target.iri in sort.predicates
        return not self._view.subclasses(target.iri).isdisjoint(sort.classes)


def _linking(view: View, census: Census) -> Iterator[Term]:
    """Yield a node of each sort for each way in which its values are of classes."""
    classes: dict[Term, frozenset[Term]] = {}
    seen: set[tuple[object, ...]] = set()
    for (sort, predicate), values in census.linked.items():
        for value, subject in values.items():
            if value not in classes:
                classes[value] = frozenset(view.types(value))
            way = sort, predicate, type(value), classes[value]
            if way not in seen:
                seen.add(way)
                yield subject


def _copy(view: View, nodes: Iterable[Term]) -> Iterator[Quad]:
    """Yield all that a graph says of nodes, and of which classes their values are."""
    values: set[Term] = set()
    for node in nodes:
        for quad in view.reader.quads(node, None, None, view.graph):  # type: ignore[arg-type] # a subject
            yield Quad(quad.subject, quad.predicate, quad.object, DEFAULT_GRAPH)
            values.add(quad.object)  # type: ignore[arg-type] # no quoted triples
    for value in values:
        for kind in view.types(value):
            if isinstance(value, NODES):
                yield Quad(value, RDF_TYPE, kind, DEFAULT_GRAPH)


def _has_all(sort: Sort, reads: Iterable[Read]) -> bool:
    """Tell whether nodes of a sort have a property for each of the patterns."""
    return all(
        read.predicates is None
        or (
            not read.predicates.isdisjoint(sort.predicates)
            and not (
                read.predicates == {RDF_TYPE}
                and isinstance(read.object, NamedNode)
                and read.object not in sort.classes
            )
        )
        for read in reads
    )
