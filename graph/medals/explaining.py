"""Why a published count of medals differs from the results: by which rule, event or decision.

What is explained and what stays unexplained always make up the whole difference. An
explanation is one that the graph itself gives: sports that some rules leave out, mixed
teams, codes of one committee, decisions on awards, events of which the results lack a
medal, sports that the source lacks or parts otherwise, other results of the same Games,
and, where all these do not do, the sports in which the table of another source differs
from the results too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graph.names import local_name

from .standing import WITHDRAWN
from .table import MEDALS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from graph.terms import Term

    from .background import Background
    from .cells import Table
    from .ledger import Ledger
    from .standing import Award

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
    """Why a published count differs from the results.

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


class Explainer:
    """Explains the counts of one source for some Games, or for a sport of them.

    Args:
        ledger: the awards as they are counted.
        table: what the source counts, by nation.
        background: the facts of the graph that are not of these Games alone.
        is_whole: whether the results of the Games are about all that there are.
        sports: those of which the source has counts of their own; empty if of none.
        apart: for a ledger of one sport, what the source counts in each sport of which there
            are no results, and which may be a part of this one here.
        elsewhere: tells the tables of sports that other sources publish, by title; asked only
            where nothing else explains a difference.

    """

    def __init__(  # noqa: PLR0913 - what the source says, each part by name
        self,
        ledger: Ledger,
        table: Mapping[Term, Mapping[Term, int]],
        background: Background,
        *,
        is_whole: bool = True,
        sports: frozenset[Term] = frozenset(),
        apart: Mapping[Term, Table] | None = None,
        elsewhere: Callable[[], Mapping[str, Mapping[Term, Table]]] = dict,
    ) -> None:
        self._ledger, self._table, self._background = ledger, table, background
        self._is_whole, self._sports, self._elsewhere = is_whole, sports, elsewhere
        self._apart = apart or {}
        self._lines, self._label = ledger.lines, background.label

    def explain(self, line: Term, medals: Sequence[Term], published: int) -> Explanation:
        """Return why a count differs.

        Args:
            line: whose medals they are.
            medals: the colours that are counted together: one, or all.
            published: the count as the source has it.

        """
        said: Mapping[Term, int] = self._said.get(line, Counter())
        if len(medals) == 1:
            said = {medals[0]: published}
        reasons = tuple(
            reason
            for medal in medals
            if medal in said
            for reason in self._chosen(line, medal, said[medal])
        )
        counted = sum(self._ledger.held(line, medal) for medal in medals)
        left = published - counted - sum(reason.amount for reason in reasons)
        if left > 0 and not self._is_whole:
            reasons, left = (*reasons, Reason("the results here are not whole", left)), 0
        return Explanation(reasons, left)

    def _chosen(self, line: Term, medal: Term, published: int) -> tuple[Reason, ...]:
        target = published - self._ledger.held(line, medal)
        reasons = list(self._reasons(line, medal))
        chosen = _chosen(reasons, target)
        if sum(reason.amount for reason in chosen) == target:
            return chosen
        return _chosen([*reasons, *self._other_tables(line, medal)], target)

    def _reasons(self, line: Term, medal: Term) -> Iterator[Reason]:
        mine = self._by_line.get((line, medal), [])
        yield from self._left_out(mine)
        yield from self._without_line(line, medal)
        yield from self._codes(line, medal)
        yield from self._mixed_teams(line, medal)
        yield from self._decisions(mine)
        yield from self._gaps(medal)
        yield from self._without_sport(line, medal)
        yield from self._another_sport(line, medal)
        yield from self._other_results(line, medal)

    def _left_out(self, mine: Iterable[Award]) -> Iterator[Reason]:
        counts = Counter(
            sport
            for award in mine
            if self._stands(award)
            for sport in award.sports & self._background.left_out
        )
        for sport, count in sorted(counts.items(), key=str):
            if sport in self._lines.rule.left_out:
                yield Reason(f"{count} in {self._label(sport)} counted", count)
            else:
                yield Reason(f"{count} in {self._label(sport)} not counted", -count)

    def _without_line(self, line: Term, medal: Term) -> Iterator[Reason]:
        """Yield what nations bring to a joined line that the source has no counts for."""
        for nation, count in sorted(self._ledger.brought(line, medal).items(), key=str):
            if nation != line and nation not in self._table:
                code = local_name(nation)
                yield Reason(f"{count} of {code} joined; the source has no {code}", -count)

    def _codes(self, line: Term, medal: Term) -> Iterator[Reason]:
        own = self._ledger.held(line, medal)
        for other in self._background.kin.get(line, ()):
            held, said = self._ledger.held(other, medal), self._count(other, medal)
            if held and not said:
                yield Reason(f"{held} under {local_name(other)} in the results", held)
            if said and not held and own:
                yield Reason(f"{own} under {local_name(other)} in the source", -own)

    def _mixed_teams(self, line: Term, medal: Term) -> Iterator[Reason]:
        mixed = self._lines.mixed
        for award in self._teams.get(medal, ()):
            if line in (*self._lines.of_nations(award), mixed):
                event = self._label(award.event)
                if self._lines.rule.shares_mixed:
                    amount = 1 if line == mixed else -1
                    yield Reason(f"{event}: a mixed team's alone", amount, award.event)
                elif line == mixed:
                    yield Reason(f"{event}: not of a mixed team", -1, award.event)
                else:
                    yield Reason(f"{event}: the mixed team's counted", 1, award.event)
        if self._count(mixed, medal) > self._ledger.held(mixed, medal):
            yield from self._one_team(line, medal)

    def _one_team(self, line: Term, medal: Term) -> Iterator[Reason]:
        """Yield the events whose winners of several nations may be one mixed team."""
        for event, lines in self._winners.get(medal, {}).items():
            if len(set(lines)) > 1 and line in (*lines, self._lines.mixed):
                amount = 1 if line == self._lines.mixed else -lines.count(line)
                yield Reason(f"{self._label(event)}: counted as a mixed team's", amount, event)

    def _decisions(self, mine: Iterable[Award]) -> Iterator[Reason]:
        for award in mine:
            if not award.acts or len(self._lines.of_nations(award)) > 1:
                continue
            event, last = self._label(award.event), award.acts[-1]
            if not self._stands(award):
                yield Reason(f"{event}: before {last.day} it was theirs", 1, award.event)
            elif not award.stands("0000-01-01") and award.acts[0].action != WITHDRAWN:
                yield Reason(f"{event}: theirs since {last.day}", -1, award.event)

    def _gaps(self, medal: Term) -> Iterator[Reason]:
        """Yield the events without a medal of a colour, if these are all that is missing."""
        gaps = self._without[medal]
        if gaps and self._missing[medal] == len(gaps):
            for event in gaps:
                words = f"{self._label(event)}: the results have no {local_name(medal).lower()}"
                yield Reason(words, 1, event)

    def _without_sport(self, line: Term, medal: Term) -> Iterator[Reason]:
        """Yield what the results have in sports of which the source, sport by sport, has none."""
        for sport, medals in self._held_by_sport.items() if self._sports else ():
            if sport not in self._sports and medals[line, medal]:
                count, label = medals[line, medal], self._label(sport)
                yield Reason(f"{count} in {label}; the source has no such sport", -count)

    def _another_sport(self, line: Term, medal: Term) -> Iterator[Reason]:
        """Yield what the source counts in sports that the results may have as part of this one."""
        for sport, table in self._apart.items():
            count = self._in_table(table, line, medal)
            if count:
                yield Reason(f"{count} in {self._label(sport)} in the source", -count)

    def _in_table(self, table: Table, line: Term, medal: Term) -> int:
        return sum(
            medals.get(medal, 0)
            for nation, medals in table.items()
            if self._lines.line(nation) == line
        )

    def _other_results(self, line: Term, medal: Term) -> Iterator[Reason]:
        """Yield what other results, which are not counted, have more or fewer of in a sport."""
        for graph, others in self._beside.items():
            title = self._background.title(graph)
            for sport, medals in others.items():
                held = self._held_by_sport.get(sport, Counter())[line, medal]
                yield from self._in_sport(sport, title, medals[line, medal] - held)

    def _other_tables(self, line: Term, medal: Term) -> Iterator[Reason]:
        """Yield in which sports the table of another source differs from the results."""
        for title, tables in sorted(self._elsewhere().items()):
            for sport, table in sorted(tables.items(), key=str):
                held = self._held_by_sport.get(sport, Counter())[line, medal]
                more = self._in_table(table, line, medal) - held
                yield from self._in_sport(sport, title, more)

    def _in_sport(self, sport: Term, title: str, more: int) -> Iterator[Reason]:
        if more:
            words = f"{abs(more)} {'more' if more > 0 else 'fewer'}"
            yield Reason(f"{self._label(sport)}: {title} has {words}", more)

    @cached_property
    def _held_by_sport(self) -> dict[Term, Counter[tuple[Term, Term]]]:
        return self._by_sport(self._ledger.counted)

    @cached_property
    def _beside(self) -> dict[Term, dict[Term, Counter[tuple[Term, Term]]]]:
        return {
            graph: self._by_sport(self._ledger.counting(awards))
            for graph, awards in sorted(self._ledger.beside.items(), key=str)
        }

    def _by_sport(self, awards: Iterable[Award]) -> dict[Term, Counter[tuple[Term, Term]]]:
        """Return how many medals of each colour each line has in each sport."""
        found: dict[Term, Counter[tuple[Term, Term]]] = {}
        for award in awards:
            for sport in award.sports:
                for line in self._lines.of(award):
                    found.setdefault(sport, Counter())[line, award.medal] += 1
        return dict(sorted(found.items(), key=str))

    def _count(self, line: Term, medal: Term) -> int:
        return self._said.get(line, Counter())[medal]

    @cached_property
    def _said(self) -> dict[Term, Counter[Term]]:
        """What the source counts, by line."""
        said: dict[Term, Counter[Term]] = {}
        for nation, medals in self._table.items():
            said.setdefault(self._lines.line(nation), Counter()).update(medals)
        return said

    def _stands(self, award: Award) -> bool:
        return award.stands(self._ledger.day)

    @cached_property
    def _by_line(self) -> dict[tuple[Term, Term], list[Award]]:
        found: defaultdict[tuple[Term, Term], list[Award]] = defaultdict(list)
        for award in self._ledger.awards:
            for line in self._lines.of_nations(award):
                found[line, award.medal].append(award)
        return found

    @cached_property
    def _of_colour(self) -> dict[Term, list[Award]]:
        """The awards of each colour that stand, whether the rule counts their sport or not."""
        found: defaultdict[Term, list[Award]] = defaultdict(list)
        for award in self._ledger.awards:
            if self._stands(award):
                found[award.medal].append(award)
        return found

    @cached_property
    def _teams(self) -> dict[Term, list[Award]]:
        """The awards of each colour that are of a team of several lines."""
        found = {}
        for medal, awards in self._of_colour.items():
            found[medal] = [one for one in awards if len(self._lines.of_nations(one)) > 1]
        return found

    @cached_property
    def _winners(self) -> dict[Term, dict[Term, list[Term]]]:
        """The lines of the winners of each colour, by event."""
        found: dict[Term, dict[Term, list[Term]]] = {}
        for medal, awards in self._of_colour.items():
            by_event: defaultdict[Term, list[Term]] = defaultdict(list)
            for award in awards:
                by_event[award.event] += self._lines.of_nations(award)
            found[medal] = dict(sorted(by_event.items(), key=str))
        return found

    @cached_property
    def _missing(self) -> dict[Term, int]:
        """How many medals of each colour the source counts for lines that have fewer here."""
        return {
            medal: sum(
                max(0, said.get(medal, 0) - self._ledger.held(line, medal))
                for line, said in self._said.items()
            )
            for medal in MEDALS
        }

    @cached_property
    def _without(self) -> dict[Term, list[Term]]:
        """Events that lack a colour where neither a tie nor a vacant medal says why.

        Events of sports that some rules leave out often had fewer medals than three.
        """
        standing = [award for awards in self._of_colour.values() for award in awards]
        given = Counter((award.event, award.medal) for award in standing)
        apart = {a.event for a in self._ledger.awards if a.sports & self._background.left_out}
        found: dict[Term, list[Term]] = {medal: [] for medal in MEDALS}
        for event in sorted({event for event, _ in given} - apart, key=str):
            gold, silver, _ = (given[event, medal] for medal in MEDALS)
            for place, medal in enumerate(MEDALS):
                tied = (place > 0 and gold > 1) or (place > 1 and silver > 1)
                vacant = (event, medal) in self._background.vacant
                if not given[event, medal] and not tied and not vacant:
                    found[medal].append(event)
        return found


def _chosen(reasons: list[Reason], target: int) -> tuple[Reason, ...]:
    """Return the first few reasons that make up a difference, or come as near to it as they can.

    Reasons that go beyond the difference, or the other way, are chosen only where others
    make up for it.
    """
    best: dict[int, tuple[Reason, ...]] = {0: ()}
    for reason in reasons[:_MOST_ITEMS]:
        for total, chosen in list(best.items()):
            best.setdefault(total + reason.amount, (*chosen, reason))
    within = [total for total in best if 0 < total * _sign(target) <= abs(target)]
    return best[max(within, key=abs)] if within else ()


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
