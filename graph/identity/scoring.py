"""How likely two descriptions are of one person: points, each with its reason.

The points and the two marks were chosen on pairs whose identity is known from elsewhere
(``tests/test_graph_identity_measured.py``), and that test holds them to it.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from graph.names import local_name
from graph.spelling import LEAST_LIKE, likeness, parts_of, sound_alike

from .match import Match, Reason
from .romanised import comparison
from .sports import families

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.terms import Term

    from .profiles import Profile

_SAME_NAME = 6.0
_OTHER_NAME = -2.0
_NEAR_NAME = 2.0
_SAME_KEY = 20.0
_MOSTLY_LIKE = 0.85
_YEARS_OF_SPORT = 28
_SLIP = 2
"""How many years a birth that is concluded from an age may be off, if the age is wrong."""


def compare(
    one: Profile, other: Profile, later: Mapping[Term, Term], *, least: float | None = None
) -> Match[Profile] | None:
    """Return the match of two descriptions, or None where they cannot be of one person.

    Args:
        one: a description in one source.
        other: a description in another.
        later: the nation that a nation's committee is today (see ``medals.lines``).
        least: points below which None will do; the names, which take the longest, are
            then compared only if they can reach it.

    """
    if one.sexes and other.sexes and one.sexes.isdisjoint(other.sexes):
        return None
    ids = _ids(one, other)
    if ids is not None and ids.points < 0:
        return None
    born = _born(one, other)
    facts = [ids, born, _nation(one, other, later), _sport(one, other)]
    facts.append(_when(one, other))
    known = [reason for reason in facts if reason is not None]
    if least is not None and sum(reason.points for reason in known) + _SAME_NAME < least:
        return None
    name = _name(one, other)
    if name is None and ids is not None:
        name = Reason("names of which no part is alike", _OTHER_NAME)
    if name is None:
        return None
    is_key = ids is not None and ids.points == _SAME_KEY
    is_born_so = born is not None and born.points > 0
    # Teammates are called nearly alike too often for the event to make a match sure.
    is_based = name.points > _NEAR_NAME or is_born_so or _shares_part(one, other)
    if name.points < 0 and not is_key and not is_based and not _is_heard_alike(one, other):
        return None
    return Match(one, other, (name, *known), is_key or (name.points > 0 and is_based))


def _is_heard_alike(one: Profile, other: Profile) -> bool:
    return any(sound_alike(mine, theirs) for mine, theirs in product(one.labels, other.labels))


def _shares_part(one: Profile, other: Profile) -> bool:
    mine, theirs = (
        {form for label in who.labels for part in parts_of(label) for form in part.forms}
        for who in (one, other)
    )
    return not mine.isdisjoint(theirs)


def _name(one: Profile, other: Profile) -> Reason | None:
    how = comparison(one, other)
    found: list[tuple[float, int, str]] = []
    for mine, theirs in product(one.labels, other.labels):
        alike, few, many = likeness(mine, theirs, how)
        points = _name_points(alike, few, many)
        if points is not None:
            text = f"{_name_words(alike, few, many)} ({mine} / {theirs})"
            found.append((-points, len(text), text))
    if not found:
        return None
    lost, _, text = min(found)
    return Reason(text, -lost)


def _name_words(alike: float, few: int, many: int) -> str:
    if alike < LEAST_LIKE:
        return "a part of the name"
    return "the same name" if alike == 1 and few == many else "a like name"


def _name_points(alike: float, few: int, many: int) -> float | None:
    if alike == 0 or few == 0:
        return None
    if alike < LEAST_LIKE:
        return _OTHER_NAME
    if few == 1:
        return 3.0 if alike == 1 and many == 1 else 1.0
    if alike == 1:
        return _SAME_NAME if few == many else 4.5
    return 4.0 if alike >= _MOSTLY_LIKE else _NEAR_NAME


def _ids(one: Profile, other: Profile) -> Reason | None:
    """Return what keys in the same register say: one key is one person, two keys are two."""
    shared = one.ids & other.ids
    if shared:
        return Reason(f"the same key ({min(shared)})", _SAME_KEY)
    mine, theirs = ({key.partition(":")[0] for key in profile.ids} for profile in (one, other))
    return Reason("two keys in one register", -20.0) if mine & theirs else None


def _born(one: Profile, other: Profile) -> Reason | None:
    found = [births(mine, theirs) for mine in one.born for theirs in other.born]
    return max(found, key=lambda reason: reason.points, default=None)


def births(one: str, other: str) -> Reason:
    """Return what two dates of birth say, each as EDTF text."""
    about = any(text[-1:] in ("~", "%", "?") for text in (one, other))
    mine, theirs = (text.rstrip("~%?") for text in (one, other))
    short, long = sorted((mine, theirs), key=len)
    apart = abs(int(mine[:4]) - int(theirs[:4])) if (mine + theirs)[:4].isdecimal() else 99
    if mine == theirs and len(mine) == len("1989-10-25"):
        return Reason(f"born on the same day ({mine})", 5.0)
    if long.startswith(short):
        return Reason(f"born in {short}", 2.5)
    if about and apart <= 1:
        return Reason(f"born about {short[:4]}", 2.0)
    day, month = mine[8:], mine[5:7]
    if len(mine) == len(theirs) == len("1989-10-25"):
        turned = f"{mine[:4]}-{day}-{month}"
        if turned == theirs or (mine[4:] == theirs[4:] and apart <= 1):
            return Reason(f"births that a slip of the pen sets apart ({mine} / {theirs})", 0.5)
    if about and apart == _SLIP:
        return Reason(f"born two years apart, one of them about ({one} / {other})", -2.0)
    return Reason(f"born apart ({one} / {other})", -6.0 if apart > 1 else -4.0)


def _nation(one: Profile, other: Profile, later: Mapping[Term, Term]) -> Reason | None:
    if not one.nations or not other.nations:
        return None
    shared = one.nations & other.nations
    if shared:
        return Reason(f"both for {local_name(min(shared, key=str))}", 2.0)
    mine, theirs = (
        {later.get(nation, nation) for nation in profile.nations} for profile in (one, other)
    )
    if mine & theirs:
        return Reason("for nations of which one came after the other", 1.5)
    return Reason("for different nations", -1.5)


def _sport(one: Profile, other: Profile) -> Reason | None:
    if not one.sports or not other.sports:
        return None
    shared = families(one.sports) & families(other.sports)
    if shared:
        return Reason(f"both in {min(shared)}", 2.0)
    return Reason("in different sports", -1.0)


def _when(one: Profile, other: Profile) -> Reason | None:
    if not one.years or not other.years:
        return None
    if one.events & other.events:
        return Reason("in the same event", 3.0)
    if one.years & other.years:
        return Reason(f"at the Games of {min(one.years & other.years)}", 1.0)
    years = one.years | other.years
    if max(years) - min(years) > _YEARS_OF_SPORT:
        return Reason(f"{max(years) - min(years)} years between Games", -4.0)
    return None
