"""How far a published table, or results, can follow a rule: what is taken off, what stays unmet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.names import RDF_TYPE, mg
from graph.naming import Naming
from graph.terms import Literal

from .basis import Lack, TakenOff, Unmet, compared
from .ledger import WHOLE, closing_day, facts_of
from .published import published_table
from .rules import CutOff, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Term

    from .basis import Comparison
    from .cells import Table
    from .ledger import Ledger
    from .published import Published

PLAIN = Rule("as published")
"""By what a table is compared of which nobody says how it counts."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A published table made to follow a rule as far as it can.

    Attributes:
        medals: how many of each colour each nation has.
        unmet: the parts of the rule that it does not follow.
        taken_off: the medals that were taken off for it.

    """

    medals: Table
    unmet: tuple[Unmet, ...] = ()
    taken_off: tuple[TakenOff, ...] = ()


def fitted(reader: Reader, names: Names, table: Published, ledger: Ledger) -> Fitted:
    """Return a published table under the rule of a ledger.

    The medals of sports that are left out are taken off where another source counts them by
    nation and no nation would have fewer than none.

    Args:
        reader: the state.
        names: the names of the store.
        table: the table of the Games.
        ledger: the awards of the Games, with the rule and the day.

    """
    work = _Fitting(reader, names, table, ledger)
    medals, taken_off, with_sports = work.without_sports()
    return Fitted(medals, (*work.unmet(), *with_sports), taken_off)


def unmet_by_results(ledger: Ledger) -> tuple[Unmet, ...]:
    """Return the parts of its rule that the awards of a ledger cannot follow."""
    found = []
    if ledger.day and ledger.counted and not any(award.acts for award in ledger.awards):
        found.append(Unmet(Lack.UNDATED))
    nameless = sum(not award.members for award in ledger.counted)
    if ledger.lines.rule.per_person and nameless:
        found.append(Unmet(Lack.NAMELESS, (str(nameless),)))
    return tuple(found)


def comparison(table: Published, ledger: Ledger) -> Comparison:
    """Return the awards of a ledger, by the rule of a published table, beside the table.

    A table that has clearly fewer medals than stand is one of some nations, and compared for
    these alone.
    """
    rule = replace(table.rule or PLAIN, per_person=False)
    lines = replace(ledger.lines, rule=rule, later={})
    day = closing_day(ledger.facts) if rule.cut_off is CutOff.CLOSING else None
    counted: Mapping[Term, Mapping[Term, int]] = replace(ledger, lines=lines, day=day).medals
    if not is_wide(table, ledger):
        counted = {nation: by for nation, by in counted.items() if nation in table.medals}
    return compared(table.title, table.medals, counted)


def is_wide(table: Published, ledger: Ledger) -> bool:
    """Tell whether a table has about all medals that stand, and not those of some nations."""
    return table.total >= WHOLE * ledger.standing


def is_of_all(table: Published, ledger: Ledger) -> bool:
    """Tell whether a published table can be the one of all nations that won medals.

    It is not where awards are known of others than a few nations that it writes otherwise.
    """
    others = sum(
        award.stands(None) and table.medals.keys().isdisjoint(award.nations)
        for award in ledger.awards
    )
    return table.may_be_of_all and others <= (1 - WHOLE) * table.total


class _Fitting:
    """One table under one rule."""

    def __init__(self, reader: Reader, names: Names, table: Published, ledger: Ledger) -> None:
        self._reader, self._names, self._table, self._ledger = reader, names, table, ledger
        self._rule, self._theirs = ledger.lines.rule, table.rule
        self._naming = Naming(reader)

    def unmet(self) -> Iterator[Unmet]:
        """Yield what no published table can be made to follow."""
        theirs = self._theirs or PLAIN
        closing, day = closing_day(self._ledger.facts), self._ledger.day
        if theirs.cut_off is CutOff.CLOSING and day != closing:
            yield Unmet(Lack.AT_CLOSING)
        elif theirs.cut_off is not CutOff.CLOSING and day is not None:
            yield Unmet(Lack.OF_TODAY)
        if self._rule.shares_mixed and any(self._mixed.values()):
            yield Unmet(Lack.MIXED_APART)
        if theirs.shares_mixed and not self._rule.shares_mixed:
            yield Unmet(Lack.MIXED_SHARED)
        if (theirs.merges_former_codes and not self._rule.merges_former_codes) or (
            theirs.merges_successors and not self._rule.merges_successors
        ):
            yield Unmet(Lack.JOINED)
        if self._theirs and (lacking := self._sports(self._theirs.left_out - self._rule.left_out)):
            yield Unmet(Lack.WITHOUT_SPORTS, tuple(map(self._naming.label, lacking)))

    def without_sports(self) -> tuple[Table, tuple[TakenOff, ...], tuple[Unmet, ...]]:
        """Return the table without the sports that the rule leaves out, as far as can be."""
        theirs = self._theirs.left_out if self._theirs else frozenset()
        medals: Table = {nation: dict(by) for nation, by in self._table.medals.items()}
        done, left = [], []
        for sport in self._sports(self._rule.left_out - theirs):
            label = self._naming.label(sport)
            counts = published_table(self._reader, self._names, self._ledger.games, sport=sport)
            less = _less(medals, counts.medals) if counts and self._theirs else None
            if counts is None or less is None:
                left.append(label)
            else:
                medals = less
                done.append(TakenOff(label, counts.total, counts.title))
        lack = Lack.WITH_SPORTS if self._theirs else Lack.MAY_HAVE_SPORTS
        return medals, tuple(done), (Unmet(lack, tuple(left)),) if left else ()

    @property
    def _mixed(self) -> Mapping[Term, int]:
        return self._table.medals.get(self._ledger.lines.mixed, {})

    def _sports(self, left_out: Iterable[Term]) -> list[Term]:
        """Return those of some sports that may have been at the Games, by IRI."""
        return [sport for sport in sorted(left_out, key=str) if self._may_be_there(sport)]

    def _may_be_there(self, node: Term) -> bool:
        facts = facts_of(self._reader, node)  # type: ignore[arg-type] # sports are IRIs
        if mg("Sport") not in facts.get(RDF_TYPE, ()):
            return False
        seasons, held = facts.get(mg("season")), self._ledger.facts.get(mg("season"), set())
        years = [int(y.value) for y in self._ledger.facts.get(mg("year"), ()) if _is_text(y)]
        first, last = (
            [int(d.value[:4]) for d in facts.get(mg(prop), ()) if _is_text(d)]
            for prop in ("from", "until")
        )
        return (not seasons or bool(seasons & held)) and not any(
            year < min(first, default=year) or year > max(last, default=year) for year in years
        )


def _is_text(term: Term) -> bool:
    return isinstance(term, Literal)


def _less(medals: Table, other: Table) -> Table | None:
    """Return a table less another, None if a nation would have fewer than no medals."""
    found = {nation: dict(by) for nation, by in medals.items()}
    for nation, by in other.items():
        for medal, count in by.items():
            own = found.setdefault(nation, {})
            own[medal] = own.get(medal, 0) - count
            if own[medal] < 0:
                return None
    return found
