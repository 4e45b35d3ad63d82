"""Which entries become one when people do: each source's own of one receiver in one event.

Two sources may each describe that somebody competed in an event. As long as they called
the person differently, that was two entries; once the person is one, it is one, with the award
of it. Entries of one source stay apart: whoever entered twice did so.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import RDF_TYPE, mg
from graph.terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.engines.base import Reader
    from graph.terms import Term

    from .redirects import Addresses

_ROLES = (mg("athlete"), mg("guide"))


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as all its sources describe it, its people at their addresses of today."""

    node: NamedNode
    sources: frozenset[Term]
    nations: frozenset[Term]
    athletes: frozenset[Term]
    guides: frozenset[Term]

    def fits(self, other: _Entry) -> bool:
        """Tell whether two entries of one event are of one receiver."""
        agrees = all(
            not mine or not theirs or mine == theirs
            for mine, theirs in ((self.nations, other.nations), (self.guides, other.guides))
        )
        return (
            self.node != other.node
            and agrees
            and self.athletes == other.athletes
            and self.sources.isdisjoint(other.sources)
        )


def with_entries(reader: Reader, people: Iterable[Addresses]) -> list[Addresses]:
    """Return people who become one, with the entries and awards that become one with them.

    An entry that fits several others, or that several fit, stays apart.

    Args:
        reader: the state.
        people: the old and the staying address of each.

    """
    pairs = list(people)
    leads: dict[Term, NamedNode] = dict(pairs)
    found: dict[NamedNode, NamedNode] = {}
    for old, new in pairs:
        theirs = _by_event(reader, new, leads)
        for event, mine in _by_event(reader, old, leads).items():
            for one, other in _one_to_one(mine, theirs.get(event, [])):
                # Of a team each member leads to the same pair, from either side.
                if other.node not in found:
                    found.setdefault(one.node, other.node)
    awards = [pair for one, other in found.items() for pair in _awards(reader, one, other)]
    return [*pairs, *found.items(), *awards]


def _one_to_one(mine: list[_Entry], theirs: list[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    for one in mine:
        fitting = [other for other in theirs if one.fits(other)]
        if len(fitting) == 1 and sum(each.fits(fitting[0]) for each in mine) == 1:
            yield one, fitting[0]


def _by_event(
    reader: Reader, person: NamedNode, leads: Mapping[Term, NamedNode]
) -> dict[Term, list[_Entry]]:
    """Return the entries of a person in each event."""
    nodes = {quad.subject for role in _ROLES for quad in reader.quads(None, role, person)}
    found: defaultdict[Term, list[_Entry]] = defaultdict(list)
    for node in sorted(nodes, key=str):
        if isinstance(node, NamedNode) and _is_a(reader, node, mg("Entry")):
            for event in _objects(reader, node, "event"):
                found[event].append(_entry(reader, node, leads))
    return found


def _is_a(reader: Reader, node: NamedNode, kind: NamedNode) -> bool:
    """Tell whether a thing is of a kind."""
    return next(reader.quads(node, RDF_TYPE, kind), None) is not None


def _entry(reader: Reader, node: NamedNode, leads: Mapping[Term, NamedNode]) -> _Entry:
    athletes, guides = (
        frozenset(leads.get(who, who) for who in _objects(reader, node, role))
        for role in ("athlete", "guide")
    )
    sources = frozenset(quad.graph_name for quad in reader.quads(node, mg("event")))
    return _Entry(node, sources, _objects(reader, node, "nation"), athletes, guides)  # type: ignore[arg-type] # graphs


def _awards(reader: Reader, one: NamedNode, other: NamedNode) -> Iterator[Addresses]:
    """Yield the awards of one medal to two entries, if each has one such."""
    mine, theirs = (_by_medal(reader, entry) for entry in (one, other))
    for medal in sorted(mine.keys() & theirs.keys(), key=str):
        if len(mine[medal]) == len(theirs[medal]) == 1:
            yield mine[medal][0], theirs[medal][0]


def _by_medal(reader: Reader, entry: NamedNode) -> dict[frozenset[Term], list[NamedNode]]:
    found: defaultdict[frozenset[Term], list[NamedNode]] = defaultdict(list)
    nodes = {quad.subject for quad in reader.quads(None, mg("entry"), entry)}
    for node in sorted(nodes, key=str):
        if isinstance(node, NamedNode) and _is_a(reader, node, mg("Award")):
            found[_objects(reader, node, "medal")].append(node)
    return found


def _objects(reader: Reader, node: NamedNode, prop: str) -> frozenset[Term]:
    return frozenset(quad.object for quad in reader.quads(node, mg(prop)))  # type: ignore[misc] # no quoted triples
