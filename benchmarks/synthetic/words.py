"""Made-up names of people and things, as long and as often repeated as real ones."""

from __future__ import annotations

from functools import cache

_ONSETS = (
    "b",
    "ch",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "y",
    "z",
)
_VOWELS = ("a", "e", "i", "o", "u", "a", "e", "ia", "á", "ö")
_ENDS = ("", "", "n", "", "r", "l", "", "s", "", "m", "")
GIVEN, FAMILY = 3_000, 40_000
"""How many given names and family names there are."""


@cache
def word(number: int) -> str:
    """Return a word, always the same one; different numbers may have the same word."""
    mixed = (number + 1) * 0x9E3779B97F4A7C15 % (1 << 64)
    parts = []
    for _ in range(2 + (mixed >> 40) % 3 % 2 + (mixed >> 50) % 5 // 4):
        mixed, onset = divmod(mixed, len(_ONSETS))
        mixed, vowel = divmod(mixed, len(_VOWELS))
        mixed, end = divmod(mixed, len(_ENDS))
        parts.append(_ONSETS[onset] + _VOWELS[vowel] + _ENDS[end])
    return "".join(parts).capitalize()


def given_name(share: float) -> str:
    """Return a given name; small shares share few of them, as common names are shared."""
    return word(int(GIVEN * share * share))


def family_name(share: float) -> str:
    """Return a family name; see ``given_name``."""
    return word(GIVEN + int(FAMILY * share * share))


def stretched(begin: str, characters: float, number: int) -> str:
    """Return a label that begins so and has about as many characters."""
    while len(begin) + 4 < characters:
        begin += f" {word(100_000 + number % 60)}"
        number = number // 60 + 7
    return begin
