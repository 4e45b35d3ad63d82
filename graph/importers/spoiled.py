"""Tells a text that was read in a wrong encoding by letters that no word has in such a place."""

from __future__ import annotations

import re

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_WITHIN_WORDS = "\N{RIGHT SINGLE QUOTATION MARK}\N{EN DASH}\N{MIDDLE DOT}\N{SOFT HYPHEN}"
_OPENING = (
    "\N{LEFT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}\N{SINGLE LOW-9 QUOTATION MARK}"
    "\N{DOUBLE LOW-9 QUOTATION MARK}\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
)


def spoiled(text: str) -> int:
    """Return how many characters stand where no text has them.

    Such are signs within a word, an opening quotation mark behind a letter, a capital
    within small letters, and a small letter within capitals.

    Example:
        >>> spoiled("Zoë Müller"), spoiled("MŸller"), spoiled("JosÈ")
        (0, 1, 1)

    """
    count = 0
    for found in _NOT_ASCII.finditer(text):
        first, end = found.span()
        count += _is_odd(text[max(first - 1, 0) : first], found.group(), text[end : end + 1])
    return count


def _is_odd(before: str, sign: str, after: str) -> bool:
    if not before.isalpha():
        return False
    if sign.isalpha():
        if sign.isupper():
            return before.islower() or after.islower()
        return before.isupper() and after.isupper()
    return sign in _OPENING or (sign not in _WITHIN_WORDS and after.isalpha())
