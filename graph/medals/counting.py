"""How many medals each line of a table has, under a rule and on a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.errors import BadInput
from graph.names import Names, mg
from graph.terms import Literal, NamedNode

from .lines import later_nations
from .published import published_table
from .rules import CutOff
from .standing import awards_of, day_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.engines.base import Reader
    from graph.terms import Term

    from .published import Published
    from .rules import Rule
    from .standing import Award

MIXED = "MIX"
"""The code of the line on which medals of mixed teams stand where no nation shares them."""
WHOLE = 0.97
"""The part of the published medals from which on results are taken to be whole.

Whole results have 98.2 percent of them or more at each Olympic Games (Olympedia's tallies
against the table of 120 years), and those of some sports only 94 percent or less.
"""


@dataclass(slots=True)
class Count:
    """The medals of some Games under a rule.

    Attributes:
        medals: how many medals of each colour each line has.
        awards: how many awards stand that the rule counts.
        undated: how many of these have no dated decision, so that nobody can tell from
            them how things stood on another day.
        cut_offs: the day up to which decisions were heeded, by Games; None for all of them.
        published: who published the counts that were taken as they are, by Games of which
            the graph has no awards, or clearly not all.
        partial: the Games whose awards were counted though they are clearly not all.
        unknown: the Games of which the graph has neither awards nor published counts.

    """

    medals: dict[Term, Counter[Term]] = field(default_factory=lambda: defaultdict(Counter))
    awards: int = 0
    undated: int = 0
    cut_offs: dict[NamedNode, str | None] = field(default_factory=dict)
    published: dict[NamedNode, str] = field(default_factory=dict)
    partial: list[NamedNode] = field(default_factory=list)
    unknown: list[NamedNode] = field(default_factory=list)


def count_medals(
    reader: Reader,
    names: Names,
    games: Iterable[NamedNode],
    rule: Rule,
    *,
    as_of: str | None = None,
) -> Count:
    """Count the medals of one or several editions of the Games.

    Where the graph has no awards of an edition, or clearly not all, the counts are those
    that a source publishes for nations, if they are more, and unless the rule counts
    persons, which no such count tells.

    Args:
        reader: the state to count in.
        names: the names of the store.
        games: the editions; those that the rule leaves out are passed over.
        rule: what is counted, and for whom.
        as_of: a day as EDTF; decisions after it are not heeded, whatever the rule says.

    Raises:
        BadInput: if the rule needs a day and none is given.

    """
    if rule.cut_off is CutOff.GIVEN and as_of is None:
        raise BadInput(
            f"The rule {rule.label} counts as of a day, and no day is given.",
            hint="Add the day, such as 2024-09-08.",
        )
    later = later_nations(reader, names, rule)
    count = Count()
    for edition in games:
        if rule.left_out & {quad.object for quad in reader.quads(edition)}:
            continue
        day = cut_off(reader, edition, rule, as_of)
        count.cut_offs[edition] = day
        work = _Edition(reader, names, rule, later)
        awards = awards_of(reader, names, edition)
        table = published_table(reader, names, edition)
        is_whole = table is None or _has_all(work, awards, table)
        wider = table is not None and table.total >= sum(award.stands(None) for award in awards)
        if table is not None and wider and not is_whole and not rule.per_person:
            count.published[edition] = table.title
            _take(work, table, count)
        elif awards:
            count.partial += [] if is_whole else [edition]
            _count_awards(work, awards, day, count)
        else:
            count.unknown.append(edition)
    return count


@dataclass(frozen=True, slots=True)
class _Edition:
    """What is needed to count one edition."""

    reader: Reader
    names: Names
    rule: Rule
    later: dict[Term, Term]

    def objects(self, subject: Term, prop: str) -> list[Term]:
        """Return the nodes that a node points to, each once, in order."""
        found = {quad.object for quad in self.reader.quads(subject, mg(prop))}  # type: ignore[arg-type]
        return sorted(found, key=str)  # type: ignore[arg-type]

    def line(self, nation: Term) -> Term:
        """Return the line that a nation's medals go to."""
        return self.later.get(nation, nation)

    def lines_of(self, award: Award) -> list[Term]:
        """Return the line of each medal that an award is counted as."""
        nations = self.objects(award.entry, "nation")
        lines = list(dict.fromkeys(self.line(nation) for nation in nations))
        mixed = self.names.of("nation", MIXED)
        if self.rule.per_person:
            people = [*self.objects(award.entry, "athlete"), *self.objects(award.entry, "guide")]
            if len(nations) == 1:
                return lines * max(len(people), 1)
            own = [self._nation_in(award.event, person) for person in people]
            return [self.line(nation) if nation else mixed for nation in own]
        if len(nations) > 1 and not self.rule.shares_mixed:
            return [mixed]
        return lines

    def _nation_in(self, event: Term, person: Term) -> Term | None:
        """Return the nation for which a person took part in an event, if that is known."""
        parts = {quad.subject for quad in self.reader.quads(None, mg("person"), person)}
        for part in sorted(parts, key=str):
            if event in self.objects(part, "event"):  # type: ignore[arg-type]
                return next(iter(self.objects(part, "nation")), None)  # type: ignore[arg-type]
        return None


def _count_awards(work: _Edition, awards: Iterable[Award], day: str | None, count: Count) -> None:
    sports: dict[Term, bool] = {}
    for award in awards:
        if award.event not in sports:
            left_out = work.rule.left_out.intersection(work.objects(award.event, "sport"))
            sports[award.event] = not left_out
        if not sports[award.event] or not award.stands(day):
            continue
        count.awards += 1
        count.undated += not award.acts
        for line in work.lines_of(award):
            count.medals[line][award.medal] += 1


def _take(work: _Edition, table: Published, count: Count) -> None:
    for nation, medals in table.medals.items():
        if any(medals.values()):
            count.medals[work.line(nation)].update(medals)


def _has_all(work: _Edition, awards: Iterable[Award], table: Published) -> bool:
    """Tell whether the nations of a published table have about as many awards as it counts."""
    won = Counter(
        nation
        for award in awards
        if award.stands(None)
        for nation in work.objects(award.entry, "nation")
    )
    return sum(won[nation] for nation in table.medals) >= WHOLE * table.total


def cut_off(reader: Reader, games: NamedNode, rule: Rule, as_of: str | None) -> str | None:
    """Return the day up to which decisions are heeded, or None for all of them."""
    days = [] if as_of is None else [day_of(as_of, last=True)]
    if rule.cut_off is CutOff.CLOSING:
        ends = [q.object.value for q in reader.quads(games, mg("until")) if _is_text(q.object)]  # type: ignore[union-attr]
        years = [q.object.value for q in reader.quads(games, mg("year")) if _is_text(q.object)]  # type: ignore[union-attr]
        days += [day_of(date, last=True) for date in (ends or years)[:1]]
    return min(days, default=None)


def _is_text(term: object) -> bool:
    return isinstance(term, Literal)
