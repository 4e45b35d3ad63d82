"""Which medals of an event as two sources have them are one, and where their receivers differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from graph.terms import NamedNode

    from .contests import Contest, Won

Pair = tuple["Won", "Won"]
_HALF = 2


@dataclass(frozen=True, slots=True)
class Known:
    """Who of one source is whom of another.

    Attributes:
        same: those who surely are.
        likely: those who may be; if each won a medal alone, the same for one nation, they are.

    """

    same: Mapping[NamedNode, NamedNode] = field(default_factory=dict)
    likely: frozenset[tuple[NamedNode, NamedNode]] = frozenset()

    def of(self, a: Won, b: Won) -> Iterator[tuple[NamedNode, NamedNode]]:
        """Yield who of the receivers of one medal in two sources is whom."""
        is_one_medal = a.medal == b.medal and a.nations == b.nations
        # Of sisters in one team both may be likely to be the same one.
        is_alone = not a.is_team and not b.is_team
        for mine in a.people:
            known = self.same.get(mine, mine)
            if known in b.people:
                yield mine, known
            elif is_one_medal and is_alone:
                yield from ((mine, theirs) for theirs in b.people if (mine, theirs) in self.likely)


@dataclass(frozen=True, slots=True)
class Podium:
    """The medals of two sources side by side, each pair with that of the first source first.

    Attributes:
        same: one medal of one receiver in both; members that a source tells singly are each
            paired with their team.
        elsewhere: one medal of one person, of whom each source says another nation.
        nameless: one medal of one nation in both, of which one source names nobody.
        moved: one receiver who has different medals.
        differing: one medal that has different receivers.

    """

    same: tuple[Pair, ...] = ()
    elsewhere: tuple[Pair, ...] = ()
    nameless: tuple[Pair, ...] = ()
    moved: tuple[Pair, ...] = ()
    differing: tuple[Pair, ...] = ()

    @property
    def agreeing(self) -> int:
        """How many medals have one receiver in both, a team and its members being one."""
        pairs = (*self.same, *self.elsewhere)
        sides = ({pair[which].award for pair in pairs} for which in (0, 1))
        return min(map(len, sides))


def side_by_side(one: Contest, other: Contest, known: Known) -> Podium:
    """Return the medals of an event as two sources have them, paired.

    Args:
        one: the event in the first source.
        other: the event in the second.
        known: who of the first source is whom of the second.

    """
    return _Pairing(one.medals, other.medals, known).podium()


class _Pairing:
    """The medals of both sources that have no partner yet."""

    def __init__(self, mine: Iterable[Won], theirs: Iterable[Won], known: Known) -> None:
        self._mine, self._theirs, self._known = list(mine), list(theirs), known

    def podium(self) -> Podium:
        """Pair what is surely one first, and what is left by colour last."""
        same = [*self._take(_one_colour, self._is_receiver), *self._members()]
        same += self._take(_one_colour, _of_one_nation, self._is_likely)
        elsewhere = self._take(_one_colour, self._are_shared)
        nameless = self._take(_one_colour, _of_one_nation, self._is_only_one)
        entries = {(a.entry, b.entry) for a, b in same}
        moved = [
            (a, b)
            for a in self._mine
            for b in self._theirs
            if self._is_receiver(a, b) and (a.entry, b.entry) not in entries
        ]
        differing = self._take(_one_colour, _of_one_nation)
        differing += self._take(_one_colour)
        pairs = (same, elsewhere, nameless, moved, differing)
        return Podium(*(tuple(each) for each in pairs))

    def _take(self, *tests: Callable[[Won, Won], bool]) -> list[Pair]:
        """Pair each of the first source with the first fitting one of the second, once each."""
        found = []
        for a in list(self._mine):
            b = next((b for b in self._theirs if all(fits(a, b) for fits in tests)), None)
            if b is not None:
                self._mine.remove(a)
                self._theirs.remove(b)
                found.append((a, b))
        return found

    def _members(self) -> list[Pair]:
        """Pair the medals of several members with that of their team in the other source."""
        found: list[Pair] = []
        for team in [won for won in self._theirs if won.is_team]:
            told = [a for a in self._mine if self._is_member(a, team)]
            found += self._taken([(a, team) for a in told])
        for team in [won for won in self._mine if won.is_team]:
            told = [b for b in self._theirs if self._is_member_of(team, b)]
            found += self._taken([(team, b) for b in told])
        return found

    def _taken(self, pairs: Sequence[Pair]) -> Sequence[Pair]:
        """Return pairs whose medals are thereby taken; of one member only it is no team."""
        if len(pairs) < _HALF:
            return ()
        self._mine = [won for won in self._mine if won not in {a for a, _ in pairs}]
        self._theirs = [won for won in self._theirs if won not in {b for _, b in pairs}]
        return pairs

    def _is_member(self, a: Won, team: Won) -> bool:
        return len(a.people) == 1 and _one_colour(a, team) and self._people(a) <= team.people

    def _is_member_of(self, team: Won, b: Won) -> bool:
        return len(b.people) == 1 and _one_colour(team, b) and b.people <= self._people(team)

    def _is_receiver(self, a: Won, b: Won) -> bool:
        """Tell whether two medals are of one person or team, for one nation as far as is said."""
        is_elsewhere = a.nations and b.nations and a.nations.isdisjoint(b.nations)
        return not is_elsewhere and self._are_shared(a, b)

    def _are_shared(self, a: Won, b: Won) -> bool:
        """Tell whether two medals are of one person, or of teams that share half of the smaller."""
        if a.is_team != b.is_team:
            return False
        shared = self._people(a) & b.people
        return bool(shared) and len(shared) * _HALF >= min(len(a.people), len(b.people))

    def _is_likely(self, a: Won, b: Won) -> bool:
        return not a.is_team and not b.is_team and any(self._known.of(a, b))

    def _is_only_one(self, a: Won, b: Won) -> bool:
        """Tell whether one source names nobody, and each has one such medal of the nation."""
        sides = ((a, self._mine), (b, self._theirs))
        alone = all(_of_nation(side)[won.medal, won.nations] == 1 for won, side in sides)
        return alone and not (a.people and b.people)

    def _people(self, won: Won) -> frozenset[NamedNode]:
        """Return the people of a medal of the first source as the second one knows them."""
        return frozenset(self._known.same.get(person, person) for person in won.people)


def _one_colour(a: Won, b: Won) -> bool:
    return a.medal == b.medal


def _of_one_nation(a: Won, b: Won) -> bool:
    return a.nations == b.nations


def _of_nation(side: Iterable[Won]) -> Counter[tuple[NamedNode, frozenset[NamedNode]]]:
    return Counter((won.medal, won.nations) for won in side)
