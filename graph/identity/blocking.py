"""Which people of two sources are worth comparing: by a name's part and a fact, or by an event."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

from graph.spelling import parts_of

from .sports import families

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.terms import Term

    from .profiles import Profile

_SHORTEST = 3
_DAY = len("1989-10-25")
_SLIP = 1
"""By how many years a birth that is concluded from an age may be off."""


class Blocks:
    """The people of a source by the parts of their names, with nation, sport or birth.

    Made of the smaller of two sources, it stays small however many people the other has.

    Args:
        people: whom to find.
        later: the nation that a nation's committee is today.

    """

    def __init__(self, people: Iterable[Profile], later: Mapping[Term, Term]) -> None:
        self._later = later
        self._found: defaultdict[tuple[object, ...], list[Profile]] = defaultdict(list)
        for profile in people:
            for key in self._keys(profile):
                self._found[key].append(profile)

    def near(self, profile: Profile) -> Iterator[Profile]:
        """Yield once each who may be the same person.

        They share a part of the name with the nation, the sport or the birth; or the nation,
        the sport, the Games and, by a year, the birth, whatever they are called; or the nation
        and an event.
        """
        seen: set[int] = set()
        for key in self._keys(profile, slip=_SLIP):
            for other in self._found.get(key, ()):
                if id(other) not in seen:
                    seen.add(id(other))
                    yield other

    def _keys(self, profile: Profile, *, slip: int = 0) -> set[tuple[object, ...]]:
        forms = {form for label in profile.labels for form in _forms(label)}
        nations = {self._later.get(nation, nation) for nation in profile.nations}
        sports = families(profile.sports)
        about = nations | sports | {born for born in profile.born if len(born) == _DAY}
        keys: set[tuple[object, ...]] = {(form, what) for form in forms for what in about}
        keys |= {("id", key) for key in profile.ids}
        years = {int(born[:4]) for born in profile.born if born[:4].isdecimal()}
        births = {year + off for year in years for off in range(-slip, slip + 1)}
        keys |= set(product(nations, profile.events))
        return keys | set(product(nations, sports, profile.years, births))


def _forms(label: str) -> set[str]:
    """Return what a name is found by: its longer parts, and if it has none, all of it."""
    parts = parts_of(label)
    long = {form for part in parts for form in part.forms if len(form) >= _SHORTEST}
    return long or {" ".join(sorted(part.plain for part in parts))}
