"""Why a published count of medals differs from the results: by which rule, event or decision.

What is explained and what stays unexplained always make up the whole difference. A reason is
a fact of the graph that makes this table count otherwise; that some medals are as many as a
difference is none. So a choice, such as a sport that is left out or a mixed team that is
shared, has to show in the other counts of the table that it would change, and a decision has
to be one of which a table of another day knows nothing. What is searched, in this order:
sports that some rules leave out, codes of one committee, mixed teams, decisions on awards,
events of which the results lack a medal, sports that the source lacks or parts otherwise; then
other results of the same Games and tables of their sports, where the table follows them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from graph.names import local_name

from .comparing import Comparison
from .reasons import Days, Explanation, Reason, made_up_of
from .table import MEDALS
from .witnesses import Witnesses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from graph.terms import Term

    from .background import Background
    from .cells import Table
    from .comparing import Place
    from .ledger import Ledger
    from .standing import Award


class Explainer:
    """Explains the counts of one source for some Games, or for a sport of them.

    Args:
        ledger: the awards as they are counted.
        table: what the source counts, by nation.
        background: the facts of the graph that are not of these Games alone.
        whole: the source beside the results of all sports of the Games; None to ask nothing of it.
        issued: the day on which the source was published, None if nobody says.
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
        whole: Comparison | None = None,
        issued: str | None = None,
        sports: frozenset[Term] = frozenset(),
        apart: Mapping[Term, Table] | None = None,
        elsewhere: Callable[[], Mapping[str, Mapping[Term, Table]]] = dict,
    ) -> None:
        self._ledger, self._background, self._whole = ledger, background, whole
        self._sports, self._apart = sports, apart or {}
        self._compared = Comparison(ledger, table)
        self._witnesses = Witnesses(self._compared, background, elsewhere)
        self._days = Days(ledger.day, ledger.closing, issued)
        self._lines, self._label = ledger.lines, background.label

    def explain(self, line: Term, medals: Sequence[Term], published: int) -> Explanation:
        """Return why a count differs.

        Args:
            line: whose medals they are.
            medals: the colours that are counted together: one, or all.
            published: the count as the source has it.

        """
        said: Mapping[Term, int] = self._compared.said.get(line, Counter())
        if len(medals) == 1:
            said = {medals[0]: published}
        reasons = tuple(
            reason
            for medal in medals
            if medal in said
            for reason in self._chosen(line, medal, said[medal])
        )
        counted = sum(self._ledger.held(line, medal) for medal in medals)
        explained = sum(reason.amount for reason in reasons)
        return Explanation(reasons, published - counted - explained)

    def decided(self, awards: Iterable[Award], difference: int) -> Explanation:
        """Return by which decisions a count of some awards differs."""
        return made_up_of(list(self._decisions(awards)), difference)

    def _chosen(self, line: Term, medal: Term, published: int) -> tuple[Reason, ...]:
        difference = published - self._ledger.held(line, medal)
        reasons = list(self._reasons(line, medal))
        found = made_up_of(reasons, difference)
        if found.unexplained:
            found = made_up_of([*reasons, *self._witnesses.saying((line, medal))], difference)
        if found.unexplained > 0 and not self._is_whole(line, medal):
            return (*found.reasons, Reason("the results here are not whole", found.unexplained))
        return found.reasons

    def _is_whole(self, line: Term, medal: Term) -> bool:
        """Tell whether the results have about all medals, of the colour here and of the Games."""
        return self._compared.is_whole_but_for(line, [medal]) and (
            self._whole is None or self._whole.is_whole_but_for(line, MEDALS)
        )

    def _reasons(self, line: Term, medal: Term) -> Iterator[Reason]:
        place = line, medal
        yield from self._left_out(place)
        yield from self._without_line(place)
        yield from self._codes(place)
        yield from self._mixed_teams(place)
        mine = self._by_place.get(place, ())
        yield from self._decisions(a for a in mine if line in self._lines.of(a))
        yield from self._gaps(place)
        yield from self._without_sport(place)
        yield from self._another_sport(place)

    def _if_borne_out(
        self, text: str, place: Place, touched: Mapping[Place, int], about: Term | None = None
    ) -> Iterator[Reason]:
        """Yield a choice of the source as a reason, if its other counts are in keeping with it."""
        amount = touched.get(place, 0)
        if amount and self._compared.bears_out(place, touched):
            yield Reason(text, amount, about)

    def _left_out(self, place: Place) -> Iterator[Reason]:
        for sport, medals in self._sometimes.items():
            sign, word = -1, "not counted"
            if sport in self._lines.rule.left_out:
                sign, word = 1, "counted"
            words = f"{medals[place]} in {self._label(sport)} {word}"
            touched = {other: sign * count for other, count in medals.items()}
            yield from self._if_borne_out(words, place, touched)

    @cached_property
    def _sometimes(self) -> dict[Term, Counter[Place]]:
        """The medals that stand in sports that some rules leave out."""
        found: defaultdict[Term, Counter[Place]] = defaultdict(Counter)
        for award in self._standing:
            for sport in award.sports & self._background.left_out:
                found[sport].update((line, award.medal) for line in self._lines.of(award))
        return dict(sorted(found.items(), key=lambda item: str(item[0])))

    def _without_line(self, place: Place) -> Iterator[Reason]:
        """Yield what nations bring to a joined line that the source has no counts for."""
        line, medal = place
        for nation, count in sorted(self._ledger.brought(line, medal).items(), key=str):
            if nation != line and nation not in self._compared.table:
                code = local_name(nation)
                yield Reason(f"{count} of {code} joined; the source has no {code}", -count)

    def _codes(self, place: Place) -> Iterator[Reason]:
        """Yield what stands under another code of a nation that has none under its own.

        Two that both have medals at some Games are two teams, whatever became of them.
        """
        line, medal = place
        own = self._ledger.held(line, medal)
        for other in self._background.kin.get(line, ()):
            held, said = self._ledger.held(other, medal), self._compared.count(other, medal)
            code = local_name(other)
            if held and not said and not self._has_medals(line):
                words = f"{held} under {code} in the results"
                yield from self._if_borne_out(words, place, self._moved(other, line))
            if said and own and not self._has_medals(other):
                words = f"{own} under {code} in the source"
                yield from self._if_borne_out(words, place, self._moved(line, other))

    def _has_medals(self, line: Term) -> bool:
        """Tell whether a line has medals at the Games, in any sport."""
        ledger = self._whole.ledger if self._whole is not None else self._ledger
        return line in ledger.medals

    def _moved(self, one: Term, other: Term) -> dict[Place, int]:
        """Return how counts change if all medals of a line are on another."""
        moved: dict[Place, int] = {}
        for medal in MEDALS:
            count = self._ledger.held(one, medal)
            moved |= {(one, medal): -count, (other, medal): count}
        return moved

    def _mixed_teams(self, place: Place) -> Iterator[Reason]:
        line, medal = place
        mixed = self._lines.mixed
        sign = -1 if self._lines.rule.shares_mixed else 1
        for award in self._teams.get(medal, ()):
            touched = {(one, medal): sign for one in self._lines.of_nations(award)}
            touched[mixed, medal] = -sign
            words = "not of a mixed team" if line == mixed else "the mixed team's counted"
            if self._lines.rule.shares_mixed:
                words = "a mixed team's alone"
            text = f"{self._label(award.event)}: {words}"
            yield from self._if_borne_out(text, place, touched, award.event)
        if self._compared.count(mixed, medal) > self._ledger.held(mixed, medal):
            yield from self._one_team(place)

    def _one_team(self, place: Place) -> Iterator[Reason]:
        """Yield the events whose winners of several nations may be one mixed team."""
        _, medal = place
        for event, lines in self._winners.get(medal, {}).items():
            if len(set(lines)) > 1:
                touched = {(line, medal): -lines.count(line) for line in lines}
                touched[self._lines.mixed, medal] = 1
                text = f"{self._label(event)}: counted as a mixed team's"
                yield from self._if_borne_out(text, place, touched, event)

    def _decisions(self, awards: Iterable[Award]) -> Iterator[Reason]:
        for award in awards:
            if award.acts and self._lines.counts(award):
                reason = self._days.of(award, self._label(award.event))
                if reason is not None:
                    yield reason

    def _gaps(self, place: Place) -> Iterator[Reason]:
        """Yield the events without a medal of a colour, if these are all that is missing."""
        line, medal = place
        gaps, missing = self._without[medal], self._compared.missing(medal)
        if not gaps or sum(missing.values()) != len(gaps) or line not in missing:
            return
        what = f"the results have no {local_name(medal).lower()}"
        if len(missing) == 1:
            for event in gaps:
                yield Reason(f"{self._label(event)}: {what}", 1, event)
        else:
            among = ", ".join(map(self._label, gaps))
            yield Reason(f"{missing[line]} of the events of which {what}: {among}", missing[line])

    def _without_sport(self, place: Place) -> Iterator[Reason]:
        """Yield what the results have in sports of which the source, sport by sport, has none."""
        for sport, medals in self._witnesses.held.items() if self._sports else ():
            if sport not in self._sports:
                words = f"{medals[place]} in {self._label(sport)}; the source has no such sport"
                touched = {other: -count for other, count in medals.items()}
                yield from self._if_borne_out(words, place, touched)

    def _another_sport(self, place: Place) -> Iterator[Reason]:
        """Yield what the source counts in sports that the results may have as part of this one."""
        for sport, table in self._apart.items():
            there = self._compared.on_lines(table)
            touched = {other: -count for other, count in there.items()}
            words = f"{there[place]} in {self._label(sport)} in the source"
            yield from self._if_borne_out(words, place, touched)

    @cached_property
    def _standing(self) -> list[Award]:
        """The awards that stand, whether the rule counts their sport or not."""
        return [award for award in self._ledger.awards if award.stands(self._ledger.day)]

    @cached_property
    def _by_place(self) -> dict[Place, list[Award]]:
        """The awards by the lines on which they would count, standing or not."""
        found: defaultdict[Place, list[Award]] = defaultdict(list)
        for award in self._ledger.awards:
            for line in set(self._lines.of(award)):
                found[line, award.medal].append(award)
        return found

    @cached_property
    def _teams(self) -> dict[Term, list[Award]]:
        """The awards of each colour that are of a team of several lines."""
        found: defaultdict[Term, list[Award]] = defaultdict(list)
        for award in self._ledger.counted:
            if len(self._lines.of_nations(award)) > 1:
                found[award.medal].append(award)
        return found

    @cached_property
    def _winners(self) -> dict[Term, dict[Term, list[Term]]]:
        """The lines of the winners of each colour, by event."""
        found: dict[Term, defaultdict[Term, list[Term]]] = {m: defaultdict(list) for m in MEDALS}
        for award in self._ledger.counted:
            found[award.medal][award.event] += self._lines.of_nations(award)
        return {
            m: dict(sorted(events.items(), key=lambda item: str(item[0])))
            for m, events in found.items()
        }

    @cached_property
    def _without(self) -> dict[Term, list[Term]]:
        """Events that lack a colour where neither a tie nor a vacant medal says why.

        Events of sports that some rules leave out often had fewer medals than three.
        """
        given = Counter((award.event, award.medal) for award in self._standing)
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
