"""Which awards of some Games stand on a day: the decisions up to then tell."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.derived import STANDING, STATUS_AFTER
from graph.names import mg

if TYPE_CHECKING:
    from graph.terms import Term

AWARDED, WITHDRAWN = mg("Awarded"), mg("Withdrawn")


@dataclass(frozen=True, slots=True)
class Act:
    """One decision on an award.

    Attributes:
        by: the graph that states it.
        action: what it does.
        day: the day from which it counts, ISO 8601: of a date that is no whole day the
            first for an award made, and the last for all else.
        date: as it is stated, EDTF; empty where it is the day.

    """

    by: Term
    action: Term
    day: str
    date: str = ""

    @property
    def leaves_standing(self) -> bool:
        """Whether the award stands after it."""
        return STATUS_AFTER[self.action] == STANDING  # type: ignore[index]


@dataclass(frozen=True, slots=True)
class Award:
    """One award of an entry.

    Attributes:
        status: as it is stated now.
        nations: those of the entry, in the order of their IRIs.
        sports: those of the event.
        acts: the decisions on it, the earliest first.
        members: the nation for which each member of the entry took part, guides too, None
            where nobody says; empty unless the members were asked for.

    """

    node: Term
    event: Term
    entry: Term
    medal: Term
    status: Term
    nations: tuple[Term, ...] = ()
    sports: frozenset[Term] = frozenset()
    acts: tuple[Act, ...] = ()
    members: tuple[Term | None, ...] = ()

    def stands(self, day: str | None) -> bool:
        """Tell whether it stands at the end of a day; None is now.

        An award without a dated decision stands as it does now. Before its first one it
        stood if that takes it away, since what nobody had cannot be withdrawn.
        """
        if day is None or not self.acts:
            return self.status == STANDING
        acts = [act for act in self.acts if act.day <= day]
        if not acts:
            return self.acts[0].action == WITHDRAWN
        return acts[-1].leaves_standing

    @property
    def turns(self) -> tuple[Act, ...]:
        """The decisions after which it stands and before did not, or the other way."""
        found: list[Act] = []
        stood = bool(self.acts) and self.acts[0].action == WITHDRAWN
        for act in self.acts:
            if act.leaves_standing != stood:
                found.append(act)
            stood = act.leaves_standing
        return tuple(found)


def day_of(date: str, *, last: bool) -> str:
    """Return the first or the last day that a date in EDTF allows.

    Example:
        >>> day_of("2007", last=True), day_of("2008-02~", last=True), day_of("199X", last=False)
        ('2007-12-31', '2008-02-29', '1990-01-01')

    """
    text = re.sub("[~?%]", "", date)
    year, month, day = (*text.split("-"), "", "")[:3]
    year = year.replace("X", "9" if last else "0")
    month = month or ("12" if last else "01")
    if not day:
        day = f"{calendar.monthrange(int(year), int(month))[1]}" if last else "01"
    return f"{year}-{month}-{day}"
