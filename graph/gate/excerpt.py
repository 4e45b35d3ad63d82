"""A graph that stands for a large one, as far as queries that look at several nodes can tell.

It holds what the queries can see, which is little where most nodes lack a property that
they ask for. Queries that only follow properties from the focus node on cannot tell two
nodes apart of whose values the same is to be seen: for them one of such nodes is enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from graph.engines.memory import MemoryDraft
from graph.names import RDF_TYPE
from graph.terms import DEFAULT_GRAPH, Quad

from .sight import Sight, depth, is_seen_through, looks_forward, minded_by_name
from .views import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.terms import NamedNode, Term

    from .census import Sort
    from .constraints import Constraint

LIMIT_STATEMENTS = 2_000_000
"""A graph of which more can be seen is asked itself: as text in Python it would fill the memory."""

_Said: TypeAlias = "list[tuple[NamedNode, Term]]"
"""What is said of a node: properties with values."""
_About: TypeAlias = "dict[Term, tuple[int, _Said]]"
"""What is said of each node, and the number of its sort."""


class Excerpt:
    """What some queries can see of a graph.

    Args:
        constraints: the conditions that are going to be asked about; others are passed over.
        folded: whether to hold one of the nodes that look the same from a focus node on, and
            to serve the queries that cannot tell them apart; or else the other queries.

    Attributes:
        serves: the conditions that can be asked about here; none once there is too much to hold.
        predicates: the properties that they look at.
        is_folded: as given.

    """

    def __init__(self, constraints: Iterable[Constraint], *, folded: bool) -> None:
        queries = filter(is_seen_through, constraints)
        self.serves = frozenset(one for one in queries if looks_forward(one) == folded)
        self._sight = Sight(self.serves)
        self.predicates = self._sight.predicates
        self.is_folded = folded
        self._sorts: list[_Wanted] = []
        self._about: _About = {}
        self._room = LIMIT_STATEMENTS

    def begin(self, sort: Sort) -> None:
        """Note a sort of nodes; sorts are numbered as they come."""
        predicates, is_reached = self._sight.of(sort)
        classes = sort.classes if RDF_TYPE in predicates else ()
        self._sorts.append(_Wanted(predicates - {RDF_TYPE}, tuple(classes), is_reached))

    def add(self, sort: int, node: Term, said: Iterable[tuple[NamedNode, Term]]) -> None:
        """Take what can be seen of a node."""
        wanted = self._sorts[sort]
        if self.serves and (wanted.predicates or wanted.classes):
            predicates = wanted.predicates
            kept = [pair for pair in said if pair[0] in predicates]
            self._about[node] = sort, kept
            self._room -= len(kept)
            if self._room < 0:
                self._about.clear()
                self.serves = frozenset()

    def forget(self, nodes: Iterable[Term]) -> None:
        """Forget what was said of nodes."""
        for node in nodes:
            self._about.pop(node, None)

    def done(self) -> View:
        """Return the graph; what it was made of is forgotten."""
        about, self._about = self._about, {}
        seen: Iterable[Term] = [
            n for n, (sort, _) in about.items() if not self._sorts[sort].is_reached
        ]
        if self.is_folded:
            seen = _Folding(about, self.serves).one_of_each(seen)
        quads = (quad for node in _reached(about, seen) for quad in self._quads(node, *about[node]))
        return View(MemoryDraft(quads, plain=True), DEFAULT_GRAPH)

    def _quads(self, node: Term, sort: int, said: _Said) -> Iterator[Quad]:
        for kind in self._sorts[sort].classes:
            yield Quad(node, RDF_TYPE, kind, DEFAULT_GRAPH)  # type: ignore[arg-type] # a class
        for predicate, value in said:
            yield Quad(node, predicate, value, DEFAULT_GRAPH)  # type: ignore[arg-type] # a subject


class _Wanted(NamedTuple):
    """What is kept of the nodes of a sort: properties, classes, and whether only values count."""

    predicates: frozenset[NamedNode]
    classes: tuple[object, ...]
    is_reached: bool


def _reached(about: _About, nodes: Iterable[Term]) -> set[Term]:
    """Return nodes and all that are their values, values of these, and so on."""
    found = set(nodes)
    new: Iterable[Term] = found
    while new:
        values = {value for node in new for _, value in about[node][1]}
        new = [value for value in values if value in about and value not in found]
        found.update(new)
    return found


class _Folding:
    """Tells which nodes look the same from each of them on.

    Args:
        about: what is said of each node, and the number of its sort.
        queries: who looks at them.

    """

    def __init__(self, about: _About, queries: Iterable[Constraint]) -> None:
        self._about = about
        self._by_name = frozenset(p for query in queries for p in minded_by_name(query))
        self._looks: dict[object, int] = {}
        self._known: list[dict[Term, int]] = [
            {} for _ in range(max(map(depth, queries), default=0))
        ]

    def one_of_each(self, nodes: Iterable[Term]) -> Iterable[Term]:
        """Return of those of the nodes that look the same the first."""
        first: dict[object, Term] = {}
        for node in nodes:
            first.setdefault(self._seen(node, len(self._known)), node)
        return first.values()

    def _seen(self, node: Term, depth: int) -> object:
        """Return what is seen from a node: its sort, and its values or what they look like."""
        about, by_name = self._about, self._by_name
        sort, said = about[node]
        seen: list[tuple[NamedNode, object]] = []
        for predicate, value in said:
            alike = depth > 1 and value in about and predicate not in by_name
            seen.append((predicate, self._look(value, depth - 1) if alike else value))
        return sort, frozenset(seen)

    def _look(self, value: Term, depth: int) -> int:
        known = self._known[depth]
        if value not in known:
            known[value] = self._looks.setdefault(self._seen(value, depth), len(self._looks))
        return known[value]
