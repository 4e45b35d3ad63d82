"""From a change to the pairs of focus node and constraint whose verdict it can alter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from graph.names import RDF_TYPE
from graph.terms import NamedNode

from .constraints import Class, Constraint, HasValue, LessThanOrEquals, Sparql, Target
from .queries import query_block
from .reads import THIS, Block, Position, Read, Route, routes
from .views import NODES, SUBCLASS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.terms import Quad, Subject, Term

    from .reads import End, Hop
    from .views import View

VALUE = "value"

_Way: TypeAlias = "tuple[Route, list[Constraint]]"
"""A route, and the constraints that share it."""


def reads(constraint: Constraint) -> Block:
    """Return the patterns that decide the constraint: its targets', its path's, its condition's."""
    targets = tuple(Block((_target_read(target),)) for target in constraint.targets)
    component = constraint.component
    if isinstance(component, Sparql):
        return Block((), (*targets, query_block(component)))
    path = _path_reads(constraint)
    more: tuple[Read, ...] = ()
    end: Position = VALUE if constraint.path else THIS
    if isinstance(component, Class):
        more = (Read(end, frozenset({RDF_TYPE}), component.iri),)
    elif isinstance(component, LessThanOrEquals):
        more = (Read(THIS, frozenset({component.predicate}), "limit"),)
    # A target stands beside the path, which need not match: a value may be what is missing.
    return Block((), (*targets, Block(path, tuple(Block((read,)) for read in more))))


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

    nodes: dict[Constraint, set[Subject]]
    everyone: set[Constraint]


class Focus:
    """The routes of a set of constraints, by the predicate of the statement that they start from.

    Args:
        constraints: all of one scope.

    """

    def __init__(self, constraints: Iterable[Constraint]) -> None:
        self._constraints = list(constraints)
        numbers: dict[tuple[Target, ...], int] = {}
        self._number = {c: numbers.setdefault(c.targets, len(numbers)) for c in self._constraints}
        self._targets = list(numbers)
        by_route: dict[Route, list[Constraint]] = {}
        for constraint in self._constraints:
            for route in dict.fromkeys(routes(reads(constraint))):
                by_route.setdefault(route, []).append(constraint)
        self._by_predicate: dict[NamedNode | None, list[_Way]] = {}
        for route, sharing in by_route.items():
            for predicate in route.read.predicates or (None,):
                self._by_predicate.setdefault(predicate, []).append((route, sharing))

    def unbounded(self) -> set[Constraint]:
        """Return the constraints that some change makes the gate check for all focus nodes."""
        return {
            constraint
            for ways in self._by_predicate.values()
            for route, sharing in ways
            for constraint in sharing
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
        quads = list(touched)
        if any(quad.predicate == SUBCLASS for quad in quads):
            return Affected({}, set(self._constraints))
        around = _Around(view, quads)
        for quad in quads:
            for route, sharing in self._starting(quad.predicate):
                if not _matches(quad, route.read, view) or not around.allows(quad, route):
                    continue
                if route.hops is None:
                    everyone.update(sharing)
                    continue
                reached = around.reached(quad, route)
                for constraint in sharing if reached else ():
                    found.setdefault(constraint, set()).update(reached)
        targeted = _Targets(view, self._targets)
        nodes = {
            constraint: targeted.of(self._number[constraint], reached)
            for constraint, reached in found.items()
            if constraint not in everyone
        }
        return Affected({c: reached for c, reached in nodes.items() if reached}, everyone)

    def _starting(self, predicate: NamedNode) -> Iterator[_Way]:
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
        return quad.object in view.classes.below(read.object)
    return False


class _Around:
    """What is said around the touched statements; each walk is made once.

    Args:
        view: the graph after the change.
        touched: the statements that came and those that went.

    """

    def __init__(self, view: View, touched: Iterable[Quad]) -> None:
        self._view = view
        self._touched = {(quad.subject, quad.predicate) for quad in touched}
        self._walked: dict[tuple[object, tuple[Hop, ...]], set[Term]] = {}

    def allows(self, quad: Quad, route: Route) -> bool:
        """Tell whether all that has to be said beside the statement is, or was before."""
        return all(
            any(self._says(_end(quad, end), predicate) for predicate in predicates)
            for end, predicates in route.beside
        )

    def reached(self, quad: Quad, route: Route) -> set[Term]:
        """Return the nodes to which the route leads from the statement."""
        start, hops = _end(quad, route.start), route.hops or ()
        if (start, hops) not in self._walked:
            self._walked[start, hops] = self._view.walk([start], hops)
        return self._walked[start, hops]

    def _says(self, node: Term, predicate: NamedNode) -> bool:
        return (node, predicate) in self._touched or (
            isinstance(node, NODES) and self._view.has(node, predicate)
        )


def _end(quad: Quad, end: End) -> Term:
    return quad.subject if end == "subject" else quad.object  # type: ignore[return-value] # no quoted triples


class _Targets:
    """Tells who is a focus node after the change; each question is asked of the view once.

    Args:
        view: the graph after the change.
        targets: of each number those that a constraint has.

    """

    def __init__(self, view: View, targets: Sequence[tuple[Target, ...]]) -> None:
        self._view, self._targets = view, targets
        self._known: dict[tuple[int, Subject], bool] = {}

    def of(self, number: int, nodes: Iterable[Term]) -> set[Subject]:
        """Return those of some nodes that the targets with a number name."""
        return {n for n in nodes if isinstance(n, NODES) and self._is_named(number, n)}

    def _is_named(self, number: int, node: Subject) -> bool:
        key = number, node
        if key not in self._known:
            self._known[key] = any(self._names(one, node) for one in self._targets[number])
        return self._known[key]

    def _names(self, target: Target, node: Subject) -> bool:
        if target.kind == "subjects-of":
            return self._view.has(node, target.iri)
        return not self._view.classes.below(target.iri).isdisjoint(self._view.types(node))
