"""Finds, for each person of one source, who in another source is the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from .scoring import DOUBTFUL, compare
from .spelling import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.progress import Progress
    from graph.terms import NamedNode, Term

    from .profiles import Profile
    from .scoring import Match

_SHORTEST = 3
_DAY = len("1989-10-25")


def matches(
    ones: Iterable[Profile],
    others: Iterable[Profile],
    later: Mapping[Term, Term],
    *,
    apart: frozenset[frozenset[NamedNode]] = frozenset(),
    progress: Progress,
) -> list[Match]:
    """Return the best match of each person that has one, the surest first.

    Nobody is matched twice: of two who fit one person, the one with more points does.

    Args:
        ones: the people of one source, whose match is looked for.
        others: the people of another source.
        later: the nation that a nation's committee is today.
        apart: pairs that somebody said are two people.
        progress: told how many of ``ones`` are done.

    """
    people = list(ones)
    index = _Index(others, later)
    found: list[Match] = []
    for done, one in enumerate(people, 1):
        candidates = [
            match
            for other in index.candidates(one)
            if other.node != one.node and frozenset({one.node, other.node}) not in apart
            for match in [compare(one, other, later)]
            if match is not None and match.points >= DOUBTFUL
        ]
        candidates.sort(key=lambda match: (-match.points, match.other.node.value))
        if candidates:
            rival = candidates[1].points if len(candidates) > 1 else 0.0
            found.append(replace(candidates[0], rival=rival))
        progress(done, len(people))
    return list(_each_once(found))


def _each_once(found: list[Match]) -> Iterator[Match]:
    taken: dict[NamedNode, float] = {}
    for match in sorted(found, key=lambda match: (-match.points, match.one.node.value)):
        node = match.other.node
        if node not in taken:
            taken[node] = match.points
            yield match
        else:
            # Somebody else fits better, so that this one needs a look at least.
            yield replace(match, rival=max(match.rival, taken[node]))


class _Index:
    """The people of a source by the parts of their names, with nation, sport or birth."""

    def __init__(self, people: Iterable[Profile], later: Mapping[Term, Term]) -> None:
        self._later = later
        self._found: defaultdict[tuple[str, object], list[Profile]] = defaultdict(list)
        for profile in people:
            for key in self._keys(profile):
                self._found[key].append(profile)

    def candidates(self, profile: Profile) -> Iterable[Profile]:
        """Return those who share a part of the name, and the nation, the sport or the birth."""
        seen: dict[NamedNode, Profile] = {}
        for key in self._keys(profile):
            for candidate in self._found.get(key, ()):
                seen[candidate.node] = candidate
        return seen.values()

    def _keys(self, profile: Profile) -> set[tuple[str, object]]:
        forms = {
            form
            for label in profile.labels
            for part in parts_of(label)
            for form in part.forms
            if len(form) >= _SHORTEST
        }
        about: set[object] = {self._later.get(nation, nation) for nation in profile.nations}
        about |= {born for born in profile.born if len(born) == _DAY}
        about |= profile.sports
        keys: set[tuple[str, object]] = {(form, what) for form in forms for what in about}
        return keys | {("id", key) for key in profile.ids}
