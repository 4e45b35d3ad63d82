"""The awards of some Games as a rule counts them: what tables, audits and explanations stand on."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from graph.errors import BadInput
from graph.names import mg
from graph.terms import Literal, NamedNode

from .awards import awards_of
from .lines import lines_under
from .rules import CutOff
from .standing import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Term

    from .lines import Lines
    from .rules import Rule
    from .standing import Award

WHOLE = 0.97
"""The part of the published medals from which on results are taken to be whole.

Whole results have 98.2 percent of them or more at each Olympic Games (Olympedia's tallies
against the table of 120 years), and those of some sports only 94 percent or less.
"""


@dataclass(frozen=True)
class Ledger:
    """The awards of one edition of the Games, or of a sport of it, under a rule.

    Attributes:
        games: the edition.
        awards: all that name an entry, standing or not.
        sources: the graphs that state them.
        beside: the awards that other graphs state of the same Games, which are not counted.
        lines: on which line of a table each of them counts.
        day: the day up to which decisions are heeded; None for all of them.
        facts: what is said of the edition.
        has_results: whether anybody has a medal.

    """

    games: NamedNode
    awards: tuple[Award, ...]
    sources: frozenset[Term]
    beside: Mapping[Term, tuple[Award, ...]]
    lines: Lines
    day: str | None
    facts: Mapping[NamedNode, set[Term]]
    has_results: bool = True

    @cached_property
    def closing(self) -> str | None:
        """The last day of the Games; None if nobody says."""
        return closing_day(self.facts)

    @cached_property
    def counted(self) -> tuple[Award, ...]:
        """The awards that stand and that the rule counts."""
        return self.counting(self.awards)

    def counting(self, awards: Iterable[Award]) -> tuple[Award, ...]:
        """Return those of some awards that stand on the day and that the rule counts."""
        return tuple(a for a in awards if a.stands(self.day) and self.lines.counts(a))

    @cached_property
    def medals(self) -> dict[Term, Counter[Term]]:
        """How many medals of each colour each line has."""
        found: dict[Term, Counter[Term]] = {}
        for award in self.counted:
            for line in self.lines.of(award):
                found.setdefault(line, Counter())[award.medal] += 1
        return found

    def held(self, line: Term, medal: Term) -> int:
        """Return how many medals of a colour stand on a line."""
        return self.medals.get(line, _NONE)[medal]

    def brought(self, line: Term, medal: Term) -> Counter[Term]:
        """Return how many medals of a colour each nation brings to a line."""
        return self._brought.get((line, medal), _NONE)

    @cached_property
    def standing(self) -> int:
        """How many awards stand now, whatever the rule counts."""
        return sum(award.stands(None) for award in self.awards)

    @cached_property
    def _brought(self) -> dict[tuple[Term, Term], Counter[Term]]:
        found: dict[tuple[Term, Term], Counter[Term]] = {}
        for award in self.counted:
            for line in self.lines.of(award):
                own = [nation for nation in award.nations if self.lines.line(nation) == line]
                found.setdefault((line, award.medal), Counter())[own[0] if own else line] += 1
        return found

    def has_sport(self, sport: Term) -> bool:
        """Tell whether there are awards in a sport."""
        return sport in self._all_sports

    @cached_property
    def _all_sports(self) -> frozenset[Term]:
        return frozenset(sport for award in self.awards for sport in award.sports)

    def of_sport(self, sport: Term) -> Ledger:
        """Return the same of one sport only."""
        return self.only(lambda award: sport in award.sports)

    def only(self, keep: Callable[[Award], bool]) -> Ledger:
        """Return the same of some awards only."""
        beside = {graph: tuple(filter(keep, awards)) for graph, awards in self.beside.items()}
        return replace(self, awards=tuple(filter(keep, self.awards)), beside=beside)

    def is_whole(self, medals: Mapping[Term, Mapping[Term, int]]) -> bool:
        """Tell whether there are about as many awards as a table has for the same nations.

        Args:
            medals: how many medals of each colour a source counts, by nation.

        """
        standing = [award for award in self.awards if award.stands(None)]
        held = sum(nation in medals for award in standing for nation in award.nations)
        return held >= WHOLE * sum(sum(said.values()) for said in medals.values())


_NONE: Counter[Term] = Counter()


def ledgers(  # noqa: PLR0913 - what is read, each part by name
    reader: Reader,
    names: Names,
    games: Iterable[NamedNode],
    rule: Rule,
    *,
    as_of: str | None = None,
    nations: Collection[Term] = (),
) -> dict[NamedNode, Ledger]:
    """Return the ledger of each of the Games that the rule does not leave out, in order.

    Args:
        reader: the state.
        names: the names of the store.
        games: the editions.
        rule: what is counted, and for whom.
        as_of: a day as EDTF; decisions after it are not heeded, whatever the rule says.
        nations: those whose awards alone are read; none for all.

    Raises:
        BadInput: if the rule needs a day and none is given.

    """
    if rule.cut_off is CutOff.GIVEN and as_of is None:
        raise BadInput(
            f"The rule {rule.label} counts as of a day, and no day is given.",
            hint="Add the day, such as 2024-09-08.",
        )
    lines = lines_under(reader, names, rule)
    about = {edition: facts_of(reader, edition) for edition in games}
    kept = [
        edition
        for edition, facts in about.items()
        if not any(rule.left_out & objects for objects in facts.values())
    ]
    awarded = awards_of(reader, names, kept, with_members=rule.per_person, nations=nations)
    return {
        edition: Ledger(
            edition,
            awarded[edition].awards,
            awarded[edition].sources,
            awarded[edition].beside,
            lines,
            _cut_off(about[edition], rule, as_of),
            about[edition],
            awarded[edition].has_results,
        )
        for edition in kept
    }


def under(
    reader: Reader,
    names: Names,
    read: Mapping[NamedNode, Ledger],
    rule: Rule,
    *,
    as_of: str | None = None,
) -> dict[NamedNode, Ledger]:
    """Return ledgers that were read already under another rule, or on another day.

    Args:
        reader: the state.
        names: the names of the store.
        read: the ledgers, under a rule that leaves no Games out; where the other rule counts
            persons, under one that does.
        rule: what is counted now, and for whom.
        as_of: a day as EDTF; decisions after it are not heeded, whatever the rule says.

    """
    lines = lines_under(reader, names, rule)
    return {
        games: replace(ledger, lines=lines, day=_cut_off(ledger.facts, rule, as_of))
        for games, ledger in read.items()
        if not any(rule.left_out & objects for objects in ledger.facts.values())
    }


def facts_of(reader: Reader, node: NamedNode) -> dict[NamedNode, set[Term]]:
    """Return what is said of a node, by property."""
    facts: defaultdict[NamedNode, set[Term]] = defaultdict(set)
    for quad in reader.quads(node):
        facts[quad.predicate].add(quad.object)  # type: ignore[arg-type]
    return facts


def _cut_off(facts: Mapping[NamedNode, set[Term]], rule: Rule, as_of: str | None) -> str | None:
    """Return the day up to which decisions are heeded, or None for all of them."""
    days = [] if as_of is None else [day_of(as_of, last=True)]
    closing = closing_day(facts) if rule.cut_off is CutOff.CLOSING else None
    return min([*days, *([closing] if closing else [])], default=None)


def closing_day(facts: Mapping[NamedNode, set[Term]]) -> str | None:
    """Return the last day of an edition, or of its year; None if neither is said."""
    ends, years = (
        [date.value for date in facts.get(mg(prop), ()) if isinstance(date, Literal)]
        for prop in ("until", "year")
    )
    latest = max(ends or years, default="")
    return day_of(latest, last=True) if latest else None
