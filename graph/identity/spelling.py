"""Names as they are compared: without case, accents, order, and the habits of transliteration."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache

from graph.errors import BadTerm
from graph.names import slug

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

_ALIKE = 0.8
_SAME, _SIMILAR, _INITIAL = 1.0, 0.75, 0.5


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


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name, in each way in which it is compared.

    Attributes:
        plain: in ASCII and small letters.
        folded: without the habits of transliteration.
        dropped: with letters outside ASCII left out, as some sources lost them.

    """

    plain: str
    folded: str
    dropped: str

    @property
    def forms(self) -> frozenset[str]:
        """All ways."""
        return frozenset({self.plain, self.folded, self.dropped} - {""})


@lru_cache(maxsize=400_000)
def parts_of(text: str) -> tuple[Part, ...]:
    """Return the parts of a name.

    Example:
        >>> [part.dropped for part in parts_of("László Cseh")]
        ['lszl', 'cseh']

    """
    words = re.split(r"[\s,.\"()-]+", text)
    found = []
    for word in words:
        plain = "".join(name_parts(word)) if word else ""
        if plain:
            dropped = re.sub(r"[^a-z0-9]", "", word.lower())
            found.append(Part(plain, folded(plain), dropped))
    return tuple(found)


@lru_cache(maxsize=400_000)
def folded(word: str) -> str:
    """Return a word of ASCII letters without the habits of transliteration.

    Example:
        >>> folded("Yekaterina".lower()) == folded("Iekaterina".lower())
        True

    """
    for pattern, plain in _FOLDS:
        word = pattern.sub(plain, word)
    return re.sub(r"(.)\1+", r"\1", word)


def likeness(one: str, other: str) -> tuple[float, int, int]:
    """Return how much of the shorter of two names is in the other, and their sizes.

    The first number is between 0 and 1: a part counts whole if it is the same in one of
    the ways in which parts are compared, less if it is similar, half if it is an initial.

    Example:
        >>> likeness("Cseh László", "Lszl Cseh, Jr.")
        (1.0, 2, 3)

    """
    few, many = sorted((parts_of(one), parts_of(other)), key=len)
    if not few:
        return 0.0, 0, len(many)
    left = list(many)
    whole = 0.0
    for part in few:
        best = max(left, key=lambda candidate: _alike(part, candidate))
        worth = _alike(part, best)
        if worth:
            left.remove(best)
        whole += worth
    return whole / len(few), len(few), len(many)


@lru_cache(maxsize=400_000)
def _alike(one: Part, other: Part) -> float:
    if one.forms & other.forms:
        return _SAME
    short, long = sorted((one.plain, other.plain), key=len)
    if len(short) == 1:
        return _INITIAL if long.startswith(short) else 0.0
    ratio = difflib.SequenceMatcher(None, one.folded, other.folded, autojunk=False).ratio()
    return _SIMILAR if ratio >= _ALIKE else 0.0
