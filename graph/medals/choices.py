"""Single choices of a counting rule made otherwise, so that not every mix needs a rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from graph.names import mg

from .rules import NEUTRAL, left_out_sports

if TYPE_CHECKING:
    from graph.engines.base import Reader

    from .rules import Rule

_1906 = mg("Intercalated")


class Succession(StrEnum):
    """Which nations are one line."""

    APART = "apart"
    CODES = "codes"
    SUCCESSORS = "successors"


_JOINED = {
    Succession.APART: "each nation apart",
    Succession.CODES: "former codes joined",
    Succession.SUCCESSORS: "successors joined",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What is to be counted otherwise than a rule says; None is as the rule has it.

    Attributes:
        succession: which nations are one line.
        with_art: whether medals for art, alpinism and aeronautics count: all sports that
            some rule of the graph leaves out.
        with_1906: whether the Games of 1906 count.
        mixed_shared: whether a mixed team's medal counts for each of its nations.
        per_person: whether each member of a team counts.
        neutral_ranked: whether neutral athletes take a rank.

    """

    succession: Succession | None = None
    with_art: bool | None = None
    with_1906: bool | None = None
    mixed_shared: bool | None = None
    per_person: bool | None = None
    neutral_ranked: bool | None = None

    def made_in(self, rule: Rule, reader: Reader) -> Rule:
        """Return a rule with these choices, each named in it."""
        sports, left_out = left_out_sports(reader), rule.left_out
        if self.with_art is not None:
            left_out = left_out - sports if self.with_art else left_out | sports
        if self.with_1906 is not None:
            left_out = left_out - {_1906} if self.with_1906 else left_out | {_1906}
        made = replace(rule, left_out=left_out, choices=(*rule.choices, *self.words))
        if self.succession is not None:
            made = replace(
                made,
                merges_former_codes=self.succession is not Succession.APART,
                merges_successors=self.succession is Succession.SUCCESSORS,
            )
        if self.mixed_shared is not None:
            made = replace(made, shares_mixed=self.mixed_shared)
        if self.per_person is not None:
            made = replace(made, per_person=self.per_person)
        if self.neutral_ranked is not None:
            unranked = rule.unranked - {NEUTRAL} if self.neutral_ranked else {NEUTRAL}
            made = replace(made, unranked=frozenset(unranked))
        return made

    @property
    def words(self) -> tuple[str, ...]:
        """Each choice in words."""
        told = (
            (self.with_art, "with art, alpinism and aeronautics", "without art"),
            (self.with_1906, "with 1906", "without 1906"),
            (self.mixed_shared, "mixed medals shared", "mixed teams on a line of their own"),
            (self.per_person, "each member of a team counted", "each team counted once"),
            (self.neutral_ranked, "neutral athletes ranked", "neutral athletes unranked"),
        )
        joined = [_JOINED[self.succession]] if self.succession is not None else []
        return (*joined, *(yes if on else no for on, yes, no in told if on is not None))
