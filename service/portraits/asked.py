"""What an address can ask of a page: the day of a podium, the rule of a medal table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from graph.medals.standing import day_of

_DAY = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of a page.

    Attributes:
        day: the last day of which decisions are heeded, ISO 8601; nothing for today.
        rule: the counting rule of medal tables; nothing for the usual one.
        neutral_ranked: whether neutral athletes take a rank in them; None as the rule has it.

    """

    day: str = ""
    rule: str = ""
    neutral_ranked: bool | None = None


def last_day(text: str) -> str | None:
    """Return the last day of a date, a month or a year; None if it is none of these.

    Example:
        >>> last_day("2008-02"), last_day("2008-08-20"), last_day("1904"), last_day("2004-02-31")
        ('2008-02-29', '2008-08-20', '1904-12-31', None)

    """
    if not _DAY.fullmatch(text) or text[:4] == "0000":
        return None
    day = day_of(text, last=True)
    try:
        # The thirty-first of February is none.
        date.fromisoformat(day)
    except ValueError:
        return None
    return day
