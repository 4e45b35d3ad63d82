"""The policy by rank of source: of each conflict what the most trusted source says stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.change import Change
from graph.dates import exactness
from graph.sources import UNRANKED, set_aside, source, sources
from graph.terms import Quad

from .finding import differ

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import NamedNode, Object

    from .finding import Conflict


def settle_by_priority(reader: Reader, names: Names, found: Iterable[Conflict]) -> Change:
    """Return the change that keeps one value of each and sets the others aside, with the reason.

    What the most trusted source says stays, or, where another source gives the same date more
    exactly, that. A conflict in which the two best sources have the same priority, or none,
    stays open.
    """
    policy = _ByPriority(reader, names)
    return Change.of(*_joined(policy.settled(conflict) for conflict in found))


def _joined(changes: Iterable[Change]) -> tuple[set[Quad], set[Quad]]:
    added: set[Quad] = set()
    removed: set[Quad] = set()
    for change in changes:
        added |= change.added
        removed |= change.removed
    return added, removed


class _ByPriority:
    """The policy, with what is known of the sources of one state."""

    def __init__(self, reader: Reader, names: Names) -> None:
        self._reader, self._names = reader, names
        self._trust = {found.graph: found.trust for found in sources(reader, names)}

    def settled(self, conflict: Conflict) -> Change:
        kept = self._kept(conflict)
        if kept is None:
            return Change()
        change = Change()
        for value, graphs in conflict.values:
            for graph in graphs if value != kept else ():
                quad = Quad(conflict.subject, conflict.predicate, value, graph)
                reason = self._reason(conflict, kept, value)
                change = change.then(set_aside(quad, self._names, reason=reason))
        return change

    def _kept(self, conflict: Conflict) -> Object | None:
        """Return the value that stays, or None if the sources of two have the same rank."""
        trust = {value: self._rank(graphs) for value, graphs in conflict.values}
        best = conflict.values[0][0]
        alike = [value for value in trust if not differ(conflict.predicate, best, value)]
        fullest = max(alike, key=lambda value: exactness(value.value)) if alike[1:] else best
        for chosen, others in ((best, trust), (fullest, alike)):
            rivals = [value for value in others if differ(conflict.predicate, chosen, value)]
            if any(trust[value] == trust[chosen] for value in rivals):
                return None
        return fullest

    def _rank(self, graphs: tuple[NamedNode, ...]) -> int:
        return self._trust.get(graphs[0], UNRANKED)

    def _reason(self, conflict: Conflict, kept: Object, value: Object) -> str:
        by = {each: graphs[0] for each, graphs in conflict.values}
        title = source(self._reader, self._names, by[kept]).title
        if not differ(conflict.predicate, kept, value):
            return f"{title} says the same more exactly: {kept.value}."
        best = conflict.values[0][0]
        if best != kept:
            trusted = source(self._reader, self._names, by[best]).title
            return f"{trusted} is trusted more and says {best.value}; {title}: {kept.value}."
        return f"{title} is trusted more and says {kept.value}."
