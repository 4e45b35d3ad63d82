"""How parts of names are compared where a nation writes its language in Latin letters by rule.

Chinese names have one spelling, so that another spelling is another name: Wang Zheng is not
Wang Jing, though the two sound alike to the rules for other languages. Korean names have many:
Kwon Chang-sook, as she writes herself, is Gwon Chang-Suk by the rules of 2000.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from graph.names import local_name
from graph.spelling import SAME, SIMILAR, Part, alike

if TYPE_CHECKING:
    from collections.abc import Callable

    from .profiles import Profile

_CHINA, _KOREA = frozenset({"CHN"}), frozenset({"KOR", "PRK", "COR"})
_KEPT = 100_000

_SYLLABLE = re.compile(
    "(?P<first>kk|gg|k|g|tt|dd|t|d|pp|bb|p|b|jj|ch|j|ss|sh|s|r|l|n|m|h|)"
    "(?P<glide>[wy]?)(?P<vowel>[aeiouy]+)"
    "(?P<last>ng|rk|ck|k|g|t|d|b|p|r|l|n|m|h|)"
)
_FIRST = {
    written: sound
    for sound, ways in {
        "g": ("k", "kk", "gg"),
        "d": ("t", "tt", "dd"),
        "b": ("p", "pp", "bb"),
        "j": ("ch", "jj"),
        "s": ("sh", "ss"),
        "n": ("r", "l"),
    }.items()
    for written in ways
}
_LAST = {"rk": "g", "ck": "g", "k": "g", "t": "d", "p": "b", "r": "l", "h": ""}
_VOWELS = {
    vowel: sound
    for sound, vowels in {
        "a": ("a",),
        "e": ("ae", "ai", "e", "ea"),
        "i": ("i", "ee", "ie", "y", "ui", "eui"),
        "o": ("o", "u", "eo", "eu", "oo", "ou"),
        "oe": ("oe", "oi", "oy"),
    }.items()
    for vowel in vowels
}


def comparison(one: Profile, other: Profile) -> Callable[[Part, Part], float]:
    """Return how parts of the names of two people are compared."""
    nations = [{local_name(nation) for nation in who.nations} for who in (one, other)]
    if all(found and found <= _CHINA for found in nations):
        return chinese
    if all(found & _KOREA for found in nations):
        return korean
    return alike


def chinese(one: Part, other: Part) -> float:
    """Return 1 for the same letters, but for those outside ASCII that a source lost."""
    same = other.plain in (one.plain, one.dropped) or other.dropped == one.plain
    return SAME if same else 0.0


@lru_cache(maxsize=_KEPT)
def korean(one: Part, other: Part) -> float:
    """Return how alike two parts are, a syllable less than whole if it only sounds the same."""
    if one.plain == other.plain:
        return SAME
    mine, theirs = syllable(one.plain), syllable(other.plain)
    if mine and theirs:
        return SIMILAR if mine == theirs else 0.0
    return alike(one, other)


def syllable(part: str) -> str:
    """Return a Korean syllable without what its romanisations differ in; empty for other words.

    Example:
        >>> [syllable(part) for part in ("young", "yeong", "lim", "im", "huh", "heo")]
        ['yong', 'yong', 'im', 'im', 'ho', 'ho']

    """
    found = _SYLLABLE.fullmatch(part)
    if found is None or found["vowel"] not in _VOWELS:
        return ""
    first, vowel = _FIRST.get(found["first"], found["first"]), _VOWELS[found["vowel"]]
    glide = found["glide"]
    if (glide == "y" and vowel in "ei") or (glide == "w" and vowel == "o" and not first):
        glide = ""  # Yi is I, Hye is Hae, Woo is U
    if first == "n" and (glide == "y" or vowel == "i"):
        first = ""  # what the South no longer says: Lim is Im, Ryu is Yu
    return f"{first}{glide}{vowel}{_LAST.get(found['last'], found['last'])}"
