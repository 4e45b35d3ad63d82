"""Words of names as they are searched for: in any script, each with the ways it may be spelled."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from anyascii import anyascii

from graph.names import plain as plainly
from graph.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEPT = 200_000
"""How many words are remembered: names repeat."""

_APOSTROPHES = "'\u2018\u2019\u02bc\u02bb\u0060\u00b4"
_ASCII_WORDS = re.compile(r"[a-z0-9]+")
_VOWELS = re.compile(r"[aeiouyw]")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_ABJADS = (range(0x0590, 0x0900), range(0xFB1D, 0xFE00), range(0xFE70, 0xFF00))
"""Hebrew, Arabic and their neighbours, which write few vowels."""

_SYLLABIC = (range(0x3400, 0xA000), range(0xAC00, 0xD7B0), range(0xF900, 0xFB00))
"""Chinese characters and Korean syllables, which are written without spaces between words."""


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One word of a name.

    Attributes:
        written: in its own script and small letters.
        plain: in Latin letters without signs.
        forms: every such spelling: Müller is muller and mueller.
        sound: the plain one without the habits of transliteration.
        bones: its consonants.
        is_abjad: whether its script leaves vowels out.

    """

    written: str
    plain: str
    forms: frozenset[str]
    sound: str
    bones: str
    is_abjad: bool = False


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a name or a question, in order.

    Example:
        >>> [word.plain for word in words_of("O'BRIEN, Seán-Óg")]
        ['obrien', 'sean', 'og']
        >>> [word.plain for word in words_of("马龙 Усэйн محمد")]
        ['ma', 'long', 'useyn', 'mhmd']

    """
    found = (_word(part) for part in _parts(text))
    return tuple(word for word in found if word is not None)


def glued(words: Sequence[Word]) -> Word:
    """Return neighbouring words as one, as other spellings of a name write them."""
    plain = "".join(word.plain for word in words)
    return Word(
        "".join(word.written for word in words),
        plain,
        frozenset({plain}),
        folded(plain),
        _bones(plain),
        any(word.is_abjad for word in words),
    )


def _parts(text: str) -> list[str]:
    if text.isascii():
        return _ASCII_WORDS.findall(text.replace("'", "").replace("`", "").lower())
    small = unicodedata.normalize("NFKC", text).casefold()
    return "".join(map(_kept, small)).split()


@lru_cache(maxsize=_KEPT)
def _kept(sign: str) -> str:
    """Return a sign as it counts: nothing for an apostrophe, a space for what parts words."""
    if sign in _APOSTROPHES:
        return ""
    if unicodedata.category(sign)[0] not in "LNM":
        return " "
    return f" {sign} " if _is_in(sign, _SYLLABIC) else sign


@lru_cache(maxsize=_KEPT)
def _word(written: str) -> Word | None:
    plain = _latin(written)
    if not plain:
        return None
    forms = {plain}
    if not written.isascii():
        composed = unicodedata.normalize("NFC", written)
        forms |= {_latin(composed.translate(_GERMAN)), _latin(plainly(composed))}
    is_abjad = any(_is_in(sign, _ABJADS) for sign in written)
    return Word(written, plain, frozenset(forms - {""}), folded(plain), _bones(plain), is_abjad)


def _bones(plain: str) -> str:
    return folded(_VOWELS.sub("", plain)) or plain


def _latin(text: str) -> str:
    latin = text if text.isascii() else anyascii(text)
    return "".join(_ASCII_WORDS.findall(latin.lower()))


def _is_in(sign: str, ranges: tuple[range, ...]) -> bool:
    return any(ord(sign) in each for each in ranges)
