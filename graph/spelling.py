"""Names as they are compared: without case, accents, order, and the habits of transliteration."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from .errors import BadTerm
from .names import slug

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"x", "ks"),
        (r"(?:shch|sch|sh|sz)", "s"),
        (r"(?:tch|tsch|ch|cz|c(?=[eiy]))", "c"),
        (r"(?:dzh|zh|dj|j)", "j"),
        (r"(?:ph|f)", "f"),
        (r"(?:th|t)", "t"),
        (r"(?:kh|gh|g|h)", "h"),
        (r"(?:ck|q|k|c(?![eiyh]))", "k"),
        (r"(?:w|v)", "v"),
        (r"(?:ae|oe|ue)", "e"),
        (r"(?:ou|u|o)", "o"),
        (r"(?:iy|yi|ij|ii|yy|ie|y|i|e)+", "i"),
        (r"(?:ts|tz|z)", "z"),
    )
)
"""Spellings of one sound in the transliterations that sources use, each to one letter."""

_KEPT = 100_000
"""How many names, parts and comparisons are remembered: those of the smaller source, and more."""

SAME, SIMILAR, _INITIAL = 1.0, 0.75, 0.5
LEAST_LIKE = 0.7
"""From so much likeness on two names may be of one person."""
_ALIKE = 0.8
_SHORTEST = 3
_LOST = frozenset("aeioucghs")
"""What letters outside ASCII often are elsewhere: e or a, sh, ch, gh."""


def name_key(text: str) -> str:
    """Return what two spellings of a name share that differ in case, accents and order only.

    Example:
        >>> name_key("VALIYEVA Lamiya") == name_key("Lamiya Valiyevä")
        True

    """
    return "-".join(sorted(name_parts(text)))


def name_parts(text: str) -> list[str]:
    """Return the parts of a name in ASCII and small letters; a name in another script is one.

    Example:
        >>> name_parts("Öznur CÜRE GIRDI")
        ['oznur', 'cure', 'girdi']

    """
    try:
        return slug(text).split("-")
    except BadTerm:
        return [text.casefold()]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One part of a name, in each way in which it is compared.

    Attributes:
        plain: in ASCII and small letters.
        folded: without the habits of transliteration.
        dropped: with letters outside ASCII left out, as some sources lost them.
        forms: all ways.

    """

    plain: str
    folded: str
    dropped: str
    forms: frozenset[str]


@lru_cache(maxsize=_KEPT)
def parts_of(text: str) -> tuple[Part, ...]:
    """Return the parts of a name.

    Example:
        >>> [part.dropped for part in parts_of("László Cseh")]
        ['lszl', 'cseh']

    """
    found = (_part(word) for word in re.split(r"[\s,.\"()-]+", text) if word)
    return tuple(part for part in found if part is not None)


@lru_cache(maxsize=_KEPT)
def _part(word: str) -> Part | None:
    plain = "".join(name_parts(word))
    if not plain:
        return None
    shorn, dropped = folded(plain), re.sub(r"[^a-z0-9]", "", word.lower())
    return Part(plain, shorn, dropped, frozenset({plain, shorn, dropped} - {""}))


def folded(word: str) -> str:
    """Return a word of ASCII letters without the habits of transliteration.

    Example:
        >>> folded("Yekaterina".lower()) == folded("Iekaterina".lower())
        True

    """
    for pattern, plain in _FOLDS:
        word = pattern.sub(plain, word)
    return re.sub(r"(.)\1+", r"\1", word)


def likeness(
    one: str, other: str, part_likeness: Callable[[Part, Part], float] | None = None
) -> tuple[float, int, int]:
    """Return how much of the shorter of two names is in the other, and their sizes.

    The first number is between 0 and 1: a part counts whole if it is the same in one of
    the ways in which parts are compared, less if it is similar, half if it is an initial.
    Parts that the other name writes together are taken together.

    Example:
        >>> likeness("Cseh László", "Lszl Cseh, Jr.")
        (1.0, 2, 3)
        >>> likeness("Hossein Rezazadeh", "Hossein Reza Zadeh")
        (1.0, 2, 2)

    """
    compared = part_likeness or alike
    few, many = sorted((parts_of(one), parts_of(other)), key=len)
    if not few:
        return 0.0, 0, len(many)
    left = _joined(many, {part.plain for part in few}) if len(few) < len(many) else list(many)
    size, whole = len(left), 0.0
    for part in few:
        best = max(left, key=lambda candidate: compared(part, candidate))
        worth = compared(part, best)
        if worth:
            left.remove(best)
        whole += worth
    return whole / len(few), len(few), size


def may_be_one(one: str, other: str) -> bool:
    """Tell whether two names of two parts or more are so alike that they may be of one person.

    Example:
        >>> may_be_one("Lamija Walijewa", "Lamiya Valiyeva"), may_be_one("Ana Roi", "Ana Lee")
        (True, False)

    """
    worth, few, _ = likeness(one, other)
    return few > 1 and (worth >= LEAST_LIKE or sound_alike(one, other))


def sound_alike(one: str, other: str) -> bool:
    """Tell whether each part of a name is at least roughly one of the other's.

    Example:
        >>> sound_alike("Veli Israfil", "Vali Israfilov"), sound_alike("Ana Visser", "Jane Visser")
        (True, False)

    """
    worth, few, _ = likeness(one, other, _roughly)
    return worth == SAME and few > 1


def _roughly(one: Part, other: Part) -> float:
    ratio = difflib.SequenceMatcher(None, one.folded, other.folded, autojunk=False).ratio()
    return SAME if ratio >= LEAST_LIKE else 0.0


def _joined(parts: tuple[Part, ...], wanted: set[str]) -> list[Part]:
    """Return parts, two neighbours as one where together they are one of the wanted."""
    found: list[Part] = []
    for part in parts:
        together = found[-1].plain + part.plain if found else ""
        whole = _part(together) if together in wanted else None
        if whole is not None:
            found[-1] = whole
        else:
            found.append(part)
    return found


@lru_cache(maxsize=_KEPT)
def alike(one: Part, other: Part) -> float:
    """Return how alike two parts are: 1 the same, 0.75 similar, 0.5 an initial, else 0."""
    if not one.forms.isdisjoint(other.forms):
        return SAME
    short, long = sorted((one.plain, other.plain), key=len)
    if len(short) == 1:
        return _INITIAL if long.startswith(short) else 0.0
    if _is_shorn(short, long):
        return SIMILAR
    match = difflib.SequenceMatcher(None, one.folded, other.folded, autojunk=False)
    # The first two are upper bounds of the third, and much quicker.
    bounds = (match.real_quick_ratio, match.quick_ratio, match.ratio)
    return SIMILAR if all(ratio() >= _ALIKE for ratio in bounds) else 0.0


def _is_shorn(short: str, long: str) -> bool:
    """Tell whether one part is the beginning of another, or what its source left of it.

    Will is William; Əsgərov, without letters outside ASCII, is sgrov, and Asgarov elsewhere.
    """
    if not _SHORTEST <= len(short) < len(long):
        return False
    kept = list(short)
    for letter in long:
        if kept and letter == kept[0]:
            kept.pop(0)
        elif letter not in _LOST:
            return long.startswith(short)
    return not kept and len(long) <= 2 * len(short) + 1
