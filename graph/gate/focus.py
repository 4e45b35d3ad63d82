"""From a change to the pairs of focus node and constraint whose verdict it can alter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import RDF_TYPE
from graph.terms import NamedNode

from .constraints import Class, Constraint, HasValue, LessThanOrEquals, Sparql, Target
from .queries import query_block
from .reads import THIS, Block, Position, Read, Route, routes
from .views import NODES, SUBCLASS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.terms import Quad, Term

    from .views import View

VALUE = "value"


def reads(constraint: Constraint) -> Block:
    """Return the patterns that decide the constraint: its targets', its path's, its condition's."""
    targets = Block(tuple(_target_read(target) for target in constraint.targets))
    component = constraint.component
    if isinstance(component, Sparql):
        return Block((), (*(Block((read,)) for read in targets.reads), query_block(component)))
    path = _path_reads(constraint)
    more: tuple[Read, ...] = ()
    end: Position = VALUE if constraint.path else THIS
    if isinstance(component, Class):
        more = (Read(end, frozenset({RDF_TYPE}), component.iri),)
    elif isinstance(component, LessThanOrEquals):
        more = (Read(THIS, frozenset({component.predicate}), "limit"),)
    beside = (Block((read,)) for read in (*targets.reads, *more))
    return Block(path, tuple(beside))


def _target_read(target: Target) -> Read:
    if target.kind == "class":
        return Read(THIS, frozenset({RDF_TYPE}), target.iri)
    return Read(THIS, frozenset({target.iri}), "any")


def _path_reads(constraint: Constraint) -> tuple[Read, ...]:
    """Return one pattern a step; the last ends in the value node, or in the value asked for."""
    places: list[Position] = [THIS, *(f"step {n}" for n in range(1, len(constraint.path))), VALUE]
    if isinstance(constraint.component, HasValue):
        places[-1] = constraint.component.term
    found = []
    for step, start, end in zip(constraint.path, places, places[1:], strict=False):
        subject, value = (end, start) if step.inverse else (start, end)
        found.append(Read(subject, frozenset({step.predicate}), value))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom a change can concern.

    Attributes:
        nodes: by constraint, the focus nodes to check again; all are targets after the change.
        everyone: constraints to check for all their focus nodes.

    """

    nodes: dict[Constraint, set[Term]]
    everyone: set[Constraint]


class Focus:
    """The routes of a set of constraints, by the predicate of the statement that they start from.

    Args:
        constraints: all of one scope.

    """

    def __init__(self, constraints: Iterable[Constraint]) -> None:
        self._constraints = list(constraints)
        self._by_predicate: dict[NamedNode | None, list[tuple[Constraint, Route]]] = {}
        for constraint in self._constraints:
            for route in dict.fromkeys(routes(reads(constraint))):
                for predicate in route.read.predicates or (None,):
                    self._by_predicate.setdefault(predicate, []).append((constraint, route))

    def unbounded(self) -> set[Constraint]:
        """Return the constraints that some change makes the gate check for all focus nodes."""
        return {
            constraint
            for pairs in self._by_predicate.values()
            for constraint, route in pairs
            if route.hops is None
        }

    def affected(self, view: View, touched: Iterable[Quad]) -> Affected:
        """Return whom the touched statements of the view's graph can concern.

        It is enough to walk over the state after the change. Take a solution of the
        condition that was there before and of which some statements are gone; one of
        those has the shortest route, and on that route no other is missing, since the
        statements nearer to the focus node have shorter routes of their own.

        Args:
            view: the graph after the change.
            touched: the statements that came and those that went.

        """
        found: dict[Constraint, set[Term]] = {}
        everyone: set[Constraint] = set()
        for quad in touched:
            if quad.predicate == SUBCLASS:
                return Affected({}, set(self._constraints))
            for constraint, route in self._starting(quad.predicate):
                if not _matches(quad, route.read, view):
                    continue
                if route.hops is None:
                    everyone.add(constraint)
                else:
                    start = quad.subject if route.start == "subject" else quad.object
                    reached = view.walk([start], route.hops)  # type: ignore[list-item] # no quoted triples
                    found.setdefault(constraint, set()).update(reached)
        targeted = _Targets(view)
        nodes = {
            constraint: {node for node in reached if targeted(constraint, node)}
            for constraint, reached in found.items()
            if constraint not in everyone
        }
        return Affected({c: reached for c, reached in nodes.items() if reached}, everyone)

    def _starting(self, predicate: NamedNode) -> Iterator[tuple[Constraint, Route]]:
        yield from self._by_predicate.get(predicate, ())
        yield from self._by_predicate.get(None, ())


def _matches(quad: Quad, read: Read, view: View) -> bool:
    """Tell whether the statement can be one of those that match the pattern."""
    if read.closure:
        return True
    if not isinstance(read.subject, str) and quad.subject != read.subject:
        return False
    if isinstance(read.object, str) or quad.object == read.object:
        return True
    if quad.predicate == RDF_TYPE and isinstance(read.object, NamedNode):
        return quad.object in view.subclasses(read.object)
    return False


class _Targets:
    """Tells who is a focus node after the change, asking for the classes of a node once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._types: dict[Term, set[Term]] = {}

    def __call__(self, constraint: Constraint, node: Term) -> bool:
        """Tell whether one of the constraint's targets names the node."""
        return isinstance(node, NODES) and any(
            self._named(target, node) for target in constraint.targets
        )

    def _named(self, target: Target, node: Term) -> bool:
        if target.kind == "subjects-of":
            return bool(self._view.objects(node, target.iri))  # type: ignore[arg-type] # a node, see above
        if node not in self._types:
            self._types[node] = self._view.types(node)
        return not self._view.subclasses(target.iri).isdisjoint(self._types[node])
