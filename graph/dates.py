"""Dates as sources write them (EDTF): what is known of one, and whether two can both be right."""

from __future__ import annotations

import calendar
import re

from .names import mg

DATES = frozenset(mg(name) for name in ("born", "died", "from", "until", "date"))
"""The properties whose values are such dates."""

_UNKNOWN = re.compile(r"[X~?%]+$")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
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


def not_in_calendar(text: str) -> str:
    """Return what the calendar does not have of a date; nothing if it has it, or for no date.

    Example:
        >>> not_in_calendar("2000-02-31"), not_in_calendar("2000-02-29~"), not_in_calendar("2000")
        ('February 2000 has 29 days', '', '')

    """
    found = _DATE.fullmatch(known(text))
    if found is None:
        return ""
    year, month, day = (int(part) if part else None for part in found.groups())
    if not year:
        return "there is no year 0000"
    if month is None:
        return ""
    if not 1 <= month <= 12:  # noqa: PLR2004 - the months of a year
        return f"there is no month {found[2]}"
    days = calendar.monthrange(year, month)[1]
    if day is not None and not 1 <= day <= days:
        return f"{calendar.month_name[month]} {year} has {days} days"
    return ""
