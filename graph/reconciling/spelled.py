"""How well a name as somebody spelled it fits a name of the store, in points with the reason."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA

from graph.identity.romanised import chinese, korean
from graph.names import local_name, plain
from graph.nation_names import code_called
from graph.search import words_of
from graph.spelling import SAME, Part, alike, likeness, name_key, name_parts

from .written import year_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from .facts import Facts

WHOLE = 65.0
"""Points of the same name. A name alone is never enough to be sure."""
ALIKE = 39.0
"""From so many points on no part of the name speaks against it."""

_FORMER = 55.0
_CITY_AND_YEAR = 62.0
"""Of Games named by a part of their name that has the year: enough unless others have it too."""
_HALF = 0.5
_KEPT = 100_000
_SOUND = 0.97
"""What a part is worth that is the same but for the habits of transliteration."""
_SLIP, _SLIPS = 0.85, 0.78
_FEWEST_FOR_SLIP, _FEWEST_FOR_SLIPS = 4, 8
_ONE_MORE, _SEVERAL_MORE = 4.0, 6.0
"""What it costs that one of the names has parts more."""
_ONE_PART, _ONE_OF_SEVERAL = 55.0, 20.0
_STEPS = (
    *((SAME, WHOLE), (_SOUND, 62.0), (0.9, 56.0), (0.87, 49.0), (0.75, ALIKE), (0.7, 25.0)),
    (0.5, 10.0),
)
"""Points by how alike names of as many parts are, linear between the steps."""

_AZERBAIJANI = str.maketrans(
    {"x": "kh", "q": "g", "c": "j", "ç": "ch", "ş": "sh", "ğ": "gh", "ə": "a"}
)
_CHINA = frozenset({"CHN"})
_KOREA = frozenset({"KOR", "PRK", "COR"})


class Spelled(NamedTuple):
    """How well a name fits, with the name of the store that fits best."""

    points: float
    words: str


def spelled(text: str, facts: Facts) -> Spelled:
    """Return how well a text fits the best of the names of a thing."""
    compared = person_name if facts.kind == "Person" else other_name
    pairs = product(_in_english(text, facts), facts.labels)
    found = [compared(each, label, facts) for each, label in pairs]
    if text.upper() in facts.codes:
        is_former = text.upper() not in facts.codes_now | {local_name(facts.node)}
        points, words = (_FORMER, "a former code") if is_former else (WHOLE, "the code")
        found.append(Spelled(points, f"{words} ({text.upper()})"))
    if facts.kind == "Nation" and code_called(text) == local_name(facts.node):
        found.append(Spelled(WHOLE, f"another name of {local_name(facts.node)} ({text})"))
    return max(found, key=lambda one: one.points, default=Spelled(0, "it has no name"))


def _in_english(text: str, facts: Facts) -> set[str]:
    """Return a text in Latin letters, and as English has names of Azerbaijan."""
    latin = _in_latin(text)
    is_azerbaijani = any(local_name(nation) == "AZE" for nation in facts.nations)
    return {latin, latin.lower().translate(_AZERBAIJANI)} if is_azerbaijani else {latin}


@lru_cache(maxsize=_KEPT)
def _in_latin(text: str) -> str:
    return text if _is_latin(text) else " ".join(word.plain for word in words_of(text))


def _is_latin(text: str) -> bool:
    """Tell whether the first letter of a text is Latin, as in a name with accents."""
    first = next((sign for sign in text if sign.isalpha()), "a")
    return text.isascii() or "LATIN" in unicodedata.name(first, "")


def may_be_called(text: str, facts: Facts) -> bool:
    """Tell whether at least half of a name is alike, whatever nation a person stood for.

    Of 1,077 people who were meant one was not so called, and of all who are found half are not.
    """
    if facts.kind != "Person":
        return True
    texts = {_in_latin(text), _in_latin(text).lower().translate(_AZERBAIJANI)}
    return any(
        likeness(each, label, _generous)[0] >= _HALF for each, label in product(texts, facts.labels)
    )


@lru_cache(maxsize=_KEPT)
def _generous(one: Part, other: Part) -> float:
    return max(graded(one, other), korean(one, other))


def person_name(text: str, label: str, facts: Facts) -> Spelled:
    """Return how well a text fits one name of a person.

    The order of parts, case and accents do not matter, and parts that only one of the two
    has cost little: Usain Bolt is Usain St. Leo Bolt.
    """
    alike_by, few, many = likeness(text, label, _comparison(facts))
    points = _points(alike_by, few, many)
    return Spelled(points, f"{_words(alike_by, few, many)} ({label})")


def other_name(text: str, label: str, facts: Facts) -> Spelled:
    """Return how well a text fits one name of a thing that is no person."""
    if name_key(text) == name_key(label):
        return Spelled(WHOLE, f"the same name ({label})")
    if facts.kind == "Games" and _has_part_with_year(label, text):
        return Spelled(_CITY_AND_YEAR, f"a part of the name, with the year ({label})")
    near = OSA.normalized_similarity(plain(text), plain(label))
    words, others = (set(name_key(one).split("-")) for one in (text, label))
    shared = len(words & others) / max(len(words | others), 1)
    return Spelled(round(50 * max(near, shared), 1), f"a like name ({label})")


def _has_part_with_year(label: str, text: str) -> bool:
    """Tell whether a text is a part of the name of Games: Paris 2024, but not 2024 alone."""
    parts = set(name_parts(text))
    return year_in(text) is not None and len(parts) > 1 and parts.issubset(name_parts(label))


def _comparison(facts: Facts) -> Callable[[Part, Part], float]:
    nations = frozenset(map(local_name, facts.nations))
    if nations & _KOREA:
        return korean
    return chinese if nations & _CHINA else graded


@lru_cache(maxsize=_KEPT)
def graded(one: Part, other: Part) -> float:
    """Return how alike two parts of names are, a slip of the pen better than mere likeness."""
    if one.plain == other.plain:
        return SAME
    if not one.forms.isdisjoint(other.forms):
        return _SOUND
    shortest = min(len(one.plain), len(other.plain))
    slips = OSA.distance(one.plain, other.plain, score_cutoff=2)
    if slips == 1 and shortest >= _FEWEST_FOR_SLIP:
        return _SLIP
    if slips <= 2 and shortest >= _FEWEST_FOR_SLIPS:  # noqa: PLR2004 - as the cutoff
        return _SLIPS
    return alike(one, other)


def _points(alike_by: float, few: int, many: int) -> float:
    if few == 0 or alike_by == 0:
        return 0.0
    if few == 1 and many > 1:
        return _ONE_OF_SEVERAL * alike_by
    points = _between(alike_by)
    if many == 1:
        return min(points, _ONE_PART)
    if few < many:
        points -= _ONE_MORE if many == few + 1 else _SEVERAL_MORE
    return max(round(points, 1), 0.0)


def _between(alike_by: float) -> float:
    below = (0.0, 0.0)
    for step in reversed(_STEPS):
        if alike_by <= step[0]:
            share = (alike_by - below[0]) / (step[0] - below[0])
            return below[1] + share * (step[1] - below[1])
        below = step
    return WHOLE


def _words(alike_by: float, few: int, many: int) -> str:
    if alike_by < _STEPS[-2][0]:
        return "a part of the name"
    if alike_by < SAME:
        return "a like name"
    return "the same name" if few == many else "the same name but for parts that one lacks"
