"""Why an award counts otherwise by two rules or on two days: decision, sport, line, members."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import local_name, property_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.terms import Term

    from .background import Background
    from .ledger import Ledger
    from .standing import Act, Award


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One award, or several of which the same is true, on a line of two tables.

    Attributes:
        line: where.
        medal: the colour.
        text: why.
        amount: by how many medals the second table has more, less if negative.
        event: the event, if it is about one.

    """

    line: Term
    medal: Term
    text: str
    amount: int
    event: Term | None = None


def otherwise(first: Ledger, second: Ledger, background: Background) -> Iterator[Otherwise]:
    """Yield how each award of some Games counts otherwise in a second ledger of the same awards.

    Args:
        first: under one rule, on one day.
        second: under another, or on another.
        background: names events, sports and nations.

    """
    twins = {award.node: award for award in second.awards}
    for award in first.awards:
        twin = twins.get(award.node)
        if twin is not None:
            yield from _of_one(_Pair(first, second, award, twin, background))


@dataclass(frozen=True, slots=True)
class _Pair:
    """An award as two ledgers have it."""

    first: Ledger
    second: Ledger
    award: Award
    twin: Award
    background: Background

    @property
    def event(self) -> str:
        return self.background.label(self.award.event)

    @property
    def stood(self) -> bool:
        return self.award.stands(self.first.day)

    @property
    def stands(self) -> bool:
        return self.twin.stands(self.second.day)


def _of_one(pair: _Pair) -> Iterator[Otherwise]:
    before = _lines(pair.first, pair.award)
    after = _lines(pair.second, pair.twin)
    for line in before.keys() | after.keys():
        amount = after[line] - before[line]
        if amount:
            text, event = _why(pair, line)
            yield Otherwise(line, pair.award.medal, text, amount, event)


def _lines(ledger: Ledger, award: Award) -> Counter[Term]:
    if not (award.stands(ledger.day) and ledger.lines.counts(award)):
        return Counter()
    return Counter(ledger.lines.of(award))


def _why(pair: _Pair, line: Term) -> tuple[str, Term | None]:
    """Return why an award counts otherwise, and the event if this is about it alone."""
    award, one, other = pair.award, pair.first.lines, pair.second.lines
    if one.counts(award) != other.counts(award):
        sports = award.sports & (one.rule.left_out ^ other.rule.left_out)
        named = ", ".join(sorted(map(pair.background.label, sports)))
        which = "the second" if one.counts(award) else "the first"
        return f"medals for {named}, which {which} does not count", None
    if pair.stood != pair.stands:
        return f"{pair.event}: {_decided(pair)}", award.event
    if one.rule.per_person != other.rule.per_person:
        which = "the second" if other.rule.per_person else "the first"
        return f"{pair.event}: each member counted by {which}", award.event
    if one.rule.shares_mixed != other.rule.shares_mixed and len(award.nations) > 1:
        codes = "/".join(map(local_name, award.nations))
        which = "the second" if other.rule.shares_mixed else "the first"
        return f"{pair.event}: a mixed team's ({codes}), shared by {which}", award.event
    own = [n for n in award.nations if line in (n, one.line(n), other.line(n))]
    names = ", ".join(f"{pair.background.label(n)} ({local_name(n)})" for n in own)
    return f"won as {names}", None


def _decided(pair: _Pair) -> str:
    """Return the decisions that one of the two heeds and the other does not."""
    days = sorted(day for day in (pair.first.day, pair.second.day) if day is not None)
    until = days[1] if len(days) > 1 else None
    acts = [
        act for act in pair.award.turns if act.day > days[0] and (until is None or act.day <= until)
    ]
    return ", ".join(_told(act) + _instead(pair, act) for act in acts) or "decided otherwise"


def _instead(pair: _Pair, act: Act) -> str:
    """Return which medal the entry was given on the day that took this one; else nothing."""
    given = [
        award.medal
        for award in pair.first.awards
        if not act.leaves_standing
        and (award.event, award.entry) == (pair.award.event, pair.award.entry)
        and any(other.leaves_standing and other.day == act.day for other in award.acts)
    ]
    return f", {property_words(given[0])} given instead" if given else ""  # type: ignore[arg-type] # a medal


def _told(act: Act) -> str:
    return f"{property_words(act.action)} from {act.day}"  # type: ignore[arg-type] # an action
