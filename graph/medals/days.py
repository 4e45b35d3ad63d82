"""The days on which a medal table changed: what was decided then, and whose medals it moved."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import property_words

from .rules import CutOff
from .table import MEDALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.terms import Term

    from .ledger import Ledger
    from .standing import Act, Award


@dataclass(frozen=True, slots=True)
class Stop:
    """A day at which a table may be looked at.

    Attributes:
        day: ISO 8601.
        changes: how many medals were awarded, withdrawn and so on from that day on.
        is_closing: whether it is the last day of the Games.
        dates: what is said of when that was, where no day is; the day stands for them.

    """

    day: str
    changes: tuple[tuple[str, int], ...]
    is_closing: bool
    dates: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What changed, in words: ``2 medals withdrawn, 1 reallocated``."""
        told = [f"{number:,} {action}" for action, number in self.changes]
        if told:
            first, number = told[0], self.changes[0][1]
            noun = "medal" if number == 1 else "medals"
            told[0] = first.replace(" ", f" {noun} ", 1)
        told += ["the Games closed"] if self.is_closing else []
        dated = f" (dated {', '.join(self.dates)})" if self.dates else ""
        return ", ".join(told) + dated


def stops(ledgers: Iterable[Ledger]) -> tuple[Stop, ...]:
    """Return the closing day, and each day from which a decision changed what a rule counts.

    A rule that heeds nothing after the closing day has no later stop.
    """
    found: dict[str, Counter[str]] = {}
    closings: set[str] = set()
    dates: defaultdict[str, set[str]] = defaultdict(set)
    for ledger in ledgers:
        if ledger.closing and ledger.awards:
            closings.add(ledger.closing)
            found.setdefault(ledger.closing, Counter())
        for _, act in turning(ledger):
            found.setdefault(act.day, Counter())[property_words(act.action)] += 1  # type: ignore[arg-type] # an action
            if act.date:
                dates[act.day].add(act.date)
    return tuple(
        Stop(
            day,
            tuple(sorted(found[day].items(), key=_often)),
            is_closing=day in closings,
            dates=tuple(sorted(dates.get(day, ()))),
        )
        for day in sorted(found)
    )


def _often(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def turning(ledger: Ledger) -> Iterator[tuple[Award, Act]]:
    """Yield each award that a rule counts with each decision by which it came to stand or fell."""
    last = ledger.closing if ledger.lines.rule.cut_off is CutOff.CLOSING else None
    for award in ledger.awards:
        if ledger.lines.counts(award):
            for act in award.turns:
                if last is None or act.day <= last:
                    yield award, act


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed in the podium of an event on a day: the colour, what was done, and for whom."""

    event: Term
    told: tuple[tuple[Term, Term, tuple[Term, ...]], ...]


def changed_on(ledgers: Iterable[Ledger], day: str) -> tuple[tuple[Changed, ...], frozenset[Term]]:
    """Return the podiums that decisions of a day changed, and the lines whose medals they moved."""
    events: dict[Term, list[tuple[Term, Term, tuple[Term, ...]]]] = {}
    lines: set[Term] = set()
    for ledger in ledgers:
        for award, act in turning(ledger):
            if act.day == day:
                told = award.medal, act.action, award.nations
                events.setdefault(award.event, []).append(told)
                lines.update(ledger.lines.of(award))
    found = tuple(
        Changed(event, tuple(sorted(told, key=lambda one: MEDALS.index(one[0]))))
        for event, told in events.items()
    )
    return found, frozenset(lines)
