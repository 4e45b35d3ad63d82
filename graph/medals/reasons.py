"""What a difference is explained by: reasons with amounts, and which of them make it up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .standing import AWARDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.terms import Term

    from .standing import Act, Award

_MOST_ITEMS = 200
"""More possible reasons than this are not tried one by one."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that makes a published count differ.

    Attributes:
        text: in words.
        amount: by how many medals the published count is more for it, or less if negative.
        about: the event that it is about, if it is about one.

    """

    text: str
    amount: int
    about: Term | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a published count differs from what it is held against.

    Attributes:
        reasons: what explains some or all of the difference.
        unexplained: what is left: the difference less the amounts of the reasons.

    """

    reasons: tuple[Reason, ...]
    unexplained: int

    @property
    def explained(self) -> int:
        """The sum of the amounts of the reasons."""
        return sum(reason.amount for reason in self.reasons)


def made_up_of(reasons: Sequence[Reason], difference: int) -> Explanation:
    """Return a difference as some of the reasons and what they leave of it.

    The first few that make it up are chosen, or those that come as near to it as any do.
    Reasons that go beyond the difference, or the other way, are chosen only where others
    make up for it.

    Example:
        >>> made_up_of([Reason("art", 2), Reason("a tie", -1)], 1).unexplained
        0

    """
    best: dict[int, tuple[Reason, ...]] = {0: ()}
    for reason in reasons[:_MOST_ITEMS]:
        for total, chosen in list(best.items()):
            best.setdefault(total + reason.amount, (*chosen, reason))
    sign = 1 if difference > 0 else -1
    reached = max(t * sign for t in best if t * sign <= abs(difference)) * sign
    return Explanation(best[reached], difference - reached)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that tell which decisions a published table may not heed.

    Attributes:
        counted: the day up to which decisions are heeded here; None for all of them.
        closing: the last day of the Games, None if nobody says.
        issued: the day on which the table was published, None if nobody says.

    """

    counted: str | None = None
    closing: str | None = None
    issued: str | None = None

    def of(self, award: Award, event: str) -> Reason | None:
        """Return by which decision a table of another day counts an award otherwise.

        That a medal was awarded on its day of the Games is no reason: whoever publishes a
        table after the Games knows it. Only later awards, and decisions of other kinds, are.

        Args:
            award: the award.
            event: what its event is called.

        """
        turns = [act for act in award.turns if self._may_be_unheeded(act)]
        heeded = [act for act in turns if self.counted is None or act.day <= self.counted]
        stands = award.stands(self.counted)
        amount = -1 if stands else 1
        if heeded:
            day = heeded[-1].day
            words = f"theirs since {day}" if stands else f"before {day} it was theirs"
        elif turns:
            words = f"{'no longer theirs' if stands else 'theirs'} since {turns[0].day}"
        else:
            return None
        return Reason(f"{event}: {words}", amount, award.event)

    def _may_be_unheeded(self, act: Act) -> bool:
        if act.action != AWARDED:
            return True
        return any(day is not None and act.day > day for day in (self.closing, self.issued))
