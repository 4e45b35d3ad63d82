"""Why a published count of medals differs from the results: by which rule, event or decision.

What is explained and what stays unexplained always make up the whole difference. An
explanation is one that the graph itself gives: sports that some rules leave out, mixed
teams, other codes of one committee, decisions on awards, and events of which the results
lack a medal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graph.names import RDFS_LABEL, Names, local_name, mg
from graph.succession import later_codes

from .counting import MIXED, WHOLE, cut_off
from .rules import HELD_NOW, rules
from .standing import WITHDRAWN, awards_of
from .table import MEDALS, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graph.engines.base import Reader
    from graph.terms import NamedNode, Term

    from .rules import Rule
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


@dataclass(frozen=True, slots=True)
class _Held:
    """One award, with what the explanations need of it."""

    award: Award
    nations: tuple[Term, ...]
    sports: frozenset[Term]
    stands: bool


class Ledger:
    """The awards of one edition of the Games, as counted and as others may count them.

    Args:
        reader: the state.
        names: the names of the store.
        games: the edition.
        rule: how its medals are counted; each nation has a line of its own, and each
            competitor counts once, whatever the rule says.

    """

    def __init__(
        self, reader: Reader, names: Names, games: NamedNode, rule: Rule = HELD_NOW
    ) -> None:
        self._reader, self._rule = reader, rule
        self._day = cut_off(reader, games, rule, None)
        self._mixed: Term = names.of("nation", MIXED)
        self._groups = later_codes(reader, names)
        self._held = [self._hold(award) for award in awards_of(reader, names, games)]
        self._apart = {
            sport
            for rule in rules(reader)
            for sport in rule.left_out
            if any(sport in held.sports for held in self._held)
        }

    def counted(self, nation: Term, medal: Term) -> int:
        """Return how many medals of a colour stand on the line of a nation under the rule."""
        return self._counts[nation, medal]

    def is_whole(self, table: Mapping[Term, Mapping[Term, int]]) -> bool:
        """Tell whether there are about as many awards as a table has for the same nations."""
        held = sum(self.counted(nation, medal) for nation in table for medal in MEDALS)
        return held >= WHOLE * sum(sum(said.values()) for said in table.values())

    def explain(
        self, nation: Term, medal: Term, published: int, table: Mapping[Term, Mapping[Term, int]]
    ) -> Explanation:
        """Return why a count of one colour differs.

        Args:
            nation: whose medals they are.
            medal: the colour.
            published: the count as the source has it.
            table: all counts of the same source for these Games, by nation.

        """
        target = published - self.counted(nation, medal)
        reasons = _chosen(list(self._reasons(nation, medal, table)), target)
        return Explanation(reasons, target - sum(reason.amount for reason in reasons))

    def _reasons(
        self, nation: Term, medal: Term, table: Mapping[Term, Mapping[Term, int]]
    ) -> Iterator[Reason]:
        mine = [held for held in self._held if held.award.medal == medal and nation in held.nations]
        yield from self._left_out(held for held in mine if held.stands)
        yield from self._codes(nation, medal, table)
        yield from self._mixed_teams(nation, medal, table)
        yield from self._decisions(held for held in mine if len(held.nations) == 1)
        yield from self._gaps(medal, table)

    def _left_out(self, mine: Iterable[_Held]) -> Iterator[Reason]:
        counts = Counter(sport for held in mine for sport in held.sports & self._apart)
        for sport, count in sorted(counts.items(), key=str):
            if sport in self._rule.left_out:
                yield Reason(f"{count} in {self._label(sport)} counted", count)
            else:
                yield Reason(f"{count} in {self._label(sport)} not counted", -count)

    def _codes(
        self, nation: Term, medal: Term, table: Mapping[Term, Mapping[Term, int]]
    ) -> Iterator[Reason]:
        group = self._groups.get(nation)
        kin = [other for other in self._groups if group and self._groups[other] == group]
        for other in sorted(kin, key=str):
            held, said = self.counted(other, medal), table.get(other, {}).get(medal, 0)
            if other == nation:
                continue
            if held and not said:
                yield Reason(f"{held} under {local_name(other)} in the results", held)
            if said and not held and self.counted(nation, medal):
                count = self.counted(nation, medal)
                yield Reason(f"{count} under {local_name(other)} in the source", -count)

    def _mixed_teams(
        self, nation: Term, medal: Term, table: Mapping[Term, Mapping[Term, int]]
    ) -> Iterator[Reason]:
        of_colour = [held for held in self._held if held.award.medal == medal and held.stands]
        for held in of_colour:
            if len(held.nations) > 1 and nation in (*held.nations, self._mixed):
                event = self._label(held.award.event)
                if self._rule.shares_mixed:
                    amount = 1 if nation == self._mixed else -1
                    yield Reason(f"{event}: a mixed team's alone", amount, held.award.event)
                elif nation == self._mixed:
                    yield Reason(f"{event}: not of a mixed team", -1, held.award.event)
                else:
                    yield Reason(f"{event}: the mixed team's counted", 1, held.award.event)
        if table.get(self._mixed, {}).get(medal, 0) > self.counted(self._mixed, medal):
            yield from self._one_team(nation, of_colour)

    def _one_team(self, nation: Term, of_colour: Sequence[_Held]) -> Iterator[Reason]:
        """Yield the events whose winners of several nations may be one mixed team."""
        by_event: defaultdict[Term, list[_Held]] = defaultdict(list)
        for held in of_colour:
            by_event[held.award.event].append(held)
        for event, winners in sorted(by_event.items(), key=str):
            nations = [other for held in winners for other in held.nations]
            if len(set(nations)) > 1 and nation in (*nations, self._mixed):
                amount = 1 if nation == self._mixed else -nations.count(nation)
                yield Reason(f"{self._label(event)}: counted as a mixed team's", amount, event)

    def _decisions(self, mine: Iterable[_Held]) -> Iterator[Reason]:
        for held in mine:
            if not held.award.acts:
                continue
            event, last = self._label(held.award.event), held.award.acts[-1]
            if not held.stands:
                yield Reason(f"{event}: before {last.day} it was theirs", 1, held.award.event)
            elif not held.award.stands("0000-01-01") and held.award.acts[0].action != WITHDRAWN:
                yield Reason(f"{event}: theirs since {last.day}", -1, held.award.event)

    def _gaps(self, medal: Term, table: Mapping[Term, Mapping[Term, int]]) -> Iterator[Reason]:
        """Yield the events without a medal of a colour, if these are all that is missing."""
        gaps = self._without[medal]
        missing = sum(
            max(0, said.get(medal, 0) - self.counted(nation, medal))
            for nation, said in table.items()
        )
        if missing == len(gaps):
            for event in gaps:
                words = f"{self._label(event)}: the results have no {local_name(medal).lower()}"
                yield Reason(words, 1, event)

    @cached_property
    def _counts(self) -> Counter[tuple[Term, Term]]:
        return Counter(
            (line, held.award.medal)
            for held in self._held
            if held.stands and not held.sports & self._rule.left_out
            for line in self._lines(held)
        )

    def _lines(self, held: _Held) -> tuple[Term, ...]:
        shared = self._rule.shares_mixed or len(held.nations) == 1
        return held.nations if shared else (self._mixed,)

    @cached_property
    def _without(self) -> dict[Term, list[Term]]:
        """Events that lack a colour where neither a tie nor a vacant medal says why.

        Events of sports that some rules leave out often had fewer medals than three.
        """
        given = Counter((held.award.event, held.award.medal) for held in self._held if held.stands)
        vacant = {
            (quad.subject, medal)
            for award in self._reader.quads(None, mg("status"), mg("Vacant"))
            for medal in MEDALS
            if any(self._reader.quads(award.subject, mg("medal"), medal))  # type: ignore[arg-type]
            for quad in self._reader.quads(award.subject, mg("event"))  # type: ignore[arg-type]
        }
        apart = {held.award.event for held in self._held if held.sports & self._apart}
        events = sorted({event for event, _ in given} - apart, key=str)
        found: dict[Term, list[Term]] = {medal: [] for medal in MEDALS}
        for event in events:
            gold, silver, _ = (given[event, medal] for medal in MEDALS)
            for place, medal in enumerate(MEDALS):
                tied = (place > 0 and gold > 1) or (place > 1 and silver > 1)
                if not given[event, medal] and not tied and (event, medal) not in vacant:
                    found[medal].append(event)
        return found

    def _hold(self, award: Award) -> _Held:
        nations = {quad.object for quad in self._reader.quads(award.entry, mg("nation"))}  # type: ignore[arg-type]
        sports = {quad.object for quad in self._reader.quads(award.event, mg("sport"))}  # type: ignore[arg-type]
        return _Held(
            award,
            tuple(sorted(nations, key=str)),  # type: ignore[arg-type]
            frozenset(sports),  # type: ignore[arg-type]
            award.stands(self._day),
        )

    def _label(self, node: Term) -> str:
        return text_of(self._reader, node, RDFS_LABEL) or local_name(node)


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
