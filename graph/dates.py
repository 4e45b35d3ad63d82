"""Dates as sources write them (EDTF): what is known of one, and whether two can both be right."""

from __future__ import annotations

import re

from .names import mg

DATES = frozenset(mg(name) for name in ("born", "died", "from", "until", "date"))
"""The properties whose values are such dates."""

_UNKNOWN = re.compile(r"[X~?%]+$")
_ABOUT_A_YEAR = re.compile(r"[0-9]{4}[~%]")
_YEAR = 4
_NEAR = 2
"""How many years a date that is about some year may be off."""


def known(text: str) -> str:
    """Return what is known of a date, without what is said about how surely.

    Example:
        >>> known("189X"), known("1988~"), known("1999-01")
        ('189', '1988', '1999-01')

    """
    return _UNKNOWN.sub("", text)


def agree(one: str, other: str) -> bool:
    """Tell whether two dates can both be right: one is the other, less exactly.

    A year with ~ or % behind it is about right, so it agrees with what is two years off.

    Example:
        >>> agree("1999", "1999-01-14"), agree("1999-01", "1999-02-14"), agree("1988~", "1989-10")
        (True, False, True)

    """
    few, many = sorted((known(one), known(other)), key=len)
    if many.startswith(few):
        return True
    about = _ABOUT_A_YEAR.fullmatch(one) or _ABOUT_A_YEAR.fullmatch(other)
    if not about or len(few) < _YEAR:
        return False
    return abs(int(one[:_YEAR]) - int(other[:_YEAR])) <= _NEAR


def exactness(text: str) -> tuple[int, bool]:
    """Return how much a date says: the greater, the more.

    Example:
        >>> max(["1999~", "1999-01", "1999"], key=exactness), max(["1999~", "1999"], key=exactness)
        ('1999-01', '1999')

    """
    digits = known(text)
    return len(digits), digits == text
