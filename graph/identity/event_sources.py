"""Matches the events of two sources of a store, and says which addresses become one with them.

With an event its medals become one: entries of one receiver, awards of one colour, and the
people on whose identity the match rests. Where the receivers of a medal differ, the award is
one and each source names its own receiver, which is a conflict like any other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from graph.names import mg
from graph.progress import silent, unwatched
from graph.succession import later_codes

from .contests import contests_of
from .deciding import addresses_of, keeps_first
from .event_scoring import compare_events, is_worth_a_look
from .matching import matches
from .medallists import Telling, medallists
from .podiums import Known, side_by_side
from .redirects import said_apart
from .settling import settled
from .sources import matched_sources
from .sports import families

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.progress import Step
    from graph.terms import NamedNode

    from .contests import Contest
    from .match import Match
    from .profiles import Profile
    from .redirects import Addresses


@dataclass(frozen=True, slots=True)
class MatchedEvents:
    """What two sources tell of the same events.

    Attributes:
        found: the best match of each event that has one, the surest first; none that have
            one address in both sources already.
        merged: events that have.
        known: who of the first source is whom of the second.
        keeps_one: whether the addresses of the first source stay.

    """

    found: list[Match[Contest]]
    merged: list[tuple[Contest, Contest]]
    known: Known
    keeps_one: bool

    def addresses(self, sure: Iterable[Match[Contest]]) -> list[Addresses]:
        """Return the old and the staying address of all that becomes one with some events.

        Medals of events that were merged before are among them, if they can be paired now.
        """
        pairs = [(match.one, match.other) for match in sure]
        events = [addresses_of(a.node, b.node, keeps_one=self.keeps_one) for a, b in pairs]
        every = dict(pair for both in (*self.merged, *pairs) for pair in self._of_medals(*both))
        return [*events, *((old, new) for old, new in every.items() if old != new)]

    def _of_medals(self, one: Contest, other: Contest) -> Iterator[Addresses]:
        podium = side_by_side(one, other, self.known)
        for a, b in (*podium.same, *podium.nameless):
            for mine, theirs in ((a.award, b.award), (a.entry, b.entry)):
                is_team_kept = a.people and b.people and a.is_team != b.is_team
                keeps_one = a.is_team if is_team_kept else self.keeps_one
                yield addresses_of(mine, theirs, keeps_one=keeps_one)
        for a, b in podium.moved:
            yield addresses_of(a.entry, b.entry, keeps_one=self.keeps_one)
        for a, b in (*podium.differing, *podium.elsewhere):
            yield addresses_of(a.award, b.award, keeps_one=self.keeps_one)
        for a, b in (*podium.same, *podium.elsewhere, *podium.moved):
            for mine, theirs in self.known.of(a, b):
                yield addresses_of(mine, theirs, keeps_one=self.keeps_one)


def matched_events(
    reader: Reader, names: Names, one: NamedNode, other: NamedNode, *, step: Step = unwatched
) -> MatchedEvents:
    """Return which event of one source is which of another.

    Args:
        reader: the state.
        names: the names of the store.
        one: the source whose events are looked for.
        other: the source in which.
        step: told of each step of the work.

    """
    known = _known(matched_sources(reader, names, one, other, step=step))
    mine, theirs = contests_of(reader, one), contests_of(reader, other)
    shared = sorted(mine.keys() & theirs.keys(), key=str)
    merged = [(mine.pop(node), theirs.pop(node)) for node in shared]
    return MatchedEvents(
        found=_matches(mine.values(), theirs.values(), known, said_apart(reader, names)),  # type: ignore[arg-type] # events are nodes
        merged=merged,
        known=known,
        keeps_one=keeps_first(reader, names, one, other),
    )


def with_medals(reader: Reader, names: Names, old: NamedNode, new: NamedNode) -> list[Addresses]:
    """Return what becomes one when a person says that two events are: they and their medals.

    Who of their medallists is whom is found among these alone, as those of one event.

    Args:
        reader: the state.
        names: the names of the store.
        old: the event whose address leads to the other from then on.
        new: the event whose address stays.

    """
    later, apart = later_codes(reader, names), said_apart(reader, names)
    found = [(old, new)]
    for mine, theirs in product(_tellings(reader, old), _tellings(reader, new)):
        if mine.graph != theirs.graph:
            ones, others = medallists(reader, mine), medallists(reader, theirs)
            people = matches(ones, others, later, apart=apart, progress=silent)  # type: ignore[arg-type] # people are nodes
            both = [(mine.contest, theirs.contest)]
            found += MatchedEvents([], both, _known(people), keeps_one=False).addresses([])
    return list(dict(found).items())


def _tellings(reader: Reader, event: NamedNode) -> list[Telling]:
    """Return an event as each source tells it that says at which Games it was."""
    graphs = sorted({quad.graph_name for quad in reader.quads(event, mg("games"))}, key=str)
    told = ((graph, contests_of(reader, graph).get(event)) for graph in graphs)  # type: ignore[arg-type] # named graphs
    return [Telling(graph, contest) for graph, contest in told if contest is not None]  # type: ignore[arg-type] # the same


def _known(people: Iterable[Match[Profile]]) -> Known:
    pairs = [(match.one.node, match.other.node, match.is_sure) for match in people]
    return Known(
        {mine: theirs for mine, theirs, is_sure in pairs if is_sure},
        frozenset((mine, theirs) for mine, theirs, _ in pairs),
    )


def _matches(
    ones: Iterable[Contest],
    others: Iterable[Contest],
    known: Known,
    apart: frozenset[frozenset[NamedNode]],
) -> list[Match[Contest]]:
    near: defaultdict[tuple[NamedNode, str], dict[NamedNode, Contest]] = defaultdict(dict)
    for other in others:
        for key in _keys(other):
            near[key][other.node] = other
    candidates = []
    for one in ones:
        nearby = {node: found for key in _keys(one) for node, found in near[key].items()}
        compared = (
            compare_events(one, found, known)
            for node, found in nearby.items()
            if frozenset({one.node, node}) not in apart
        )
        candidates.append([m for m in compared if m is not None and is_worth_a_look(m)])
    return settled(found for found in candidates if found)


def _keys(contest: Contest) -> list[tuple[NamedNode, str]]:
    """Return what two events have to share to be worth comparing: the Games and a sport."""
    return [(contest.games, sport) for sport in families(contest.sports)]
