"""Holds the counts that a source publishes against what the rest of the graph says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from graph.errors import BadInput
from graph.names import local_name, mg
from graph.terms import Literal, NamedNode

from .background import Background
from .cells import (
    GAMES,
    MEASURES,
    MEDALS_OF,
    NATION,
    PERSON,
    RANK,
    SIZE,
    SPORT,
    cells_of,
    tables_in,
    without_nation,
)
from .comparing import Comparison
from .explaining import Explainer
from .joining import on_lines
from .ledger import ledgers
from .lines import lines_under
from .others import Others, Said
from .reasons import Explanation
from .ranking import Ranking
from .rules import HELD_NOW, CutOff

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Subject, Term

    from .cells import Cell, Scope, Table
    from .joining import LineCell
    from .ledger import Ledger
    from .rules import Rule

UNTIL = mg("until")


class Verdict(StrEnum):
    """What comes of holding one count against the rest of the graph."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_CHECKABLE = "not checkable"


@dataclass(frozen=True, slots=True)
class Joined:
    """One nation of a line that a rule joins.

    Attributes:
        counted: how many medals it brings to the line by the results.
        published: how many the source counts for it; None if it counts none for it.

    """

    nation: Term
    counted: int
    published: int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One published count beside what it was held against.

    Attributes:
        what: the scope and the measure in words.
        source_value: the count as the source gives it, set aside or not; of a line that the
            rule joins the sum of what the source counts for its nations.
        official_value: what it was held against; None if nothing could be.
        official_source: the title of whoever says so, or an empty string.
        note: the rule, or the reason, that is needed to understand the verdict.
        where: the tally, delegation or Games that the count is about.
        explanation: why the medals of a nation differ from its results; None for other
            counts, and for those that agree.
        nation: whose count it is, or the line that the rule puts it on; None if nobody's.
        joined: the nations of the line, if the rule joins it from others than that nation.

    """

    what: str
    source_value: int
    official_value: int | None
    official_source: str
    verdict: Verdict
    note: str
    where: Subject
    measure: NamedNode
    explanation: Explanation | None = None
    nation: Term | None = None
    joined: tuple[Joined, ...] = ()


@dataclass(frozen=True, slots=True)
class _Held:
    """What a count is held against; no value where nothing can be."""

    value: int | None
    said_by: str = ""
    note: str = ""
    explanation: Explanation | None = None
    joined: tuple[Joined, ...] = ()


_NOTHING = _Held(None, note="The graph has nothing to hold this against.")


def audit(reader: Reader, names: Names, graph: NamedNode, rule: Rule = HELD_NOW) -> list[Finding]:
    """Return a finding for each count that a source publishes, in the order of its scopes.

    A count of medals is held against the medals of those Games under the rule, and where a
    nation's differ, what explains the difference is told (see ``explaining``); where the
    graph has no results of the Games, or of the sport, against the tally of another source
    with the same scope. A size is held against the athletes that other sources list.

    Counts of nations that the rule joins make one finding: their sum against the line.

    Args:
        reader: the state.
        names: the names of the store.
        graph: the source.
        rule: how the medals of nations are counted: up to which day, without which
            sports, mixed teams shared or not, nations joined or apart.

    Raises:
        BadInput: for a rule that counts persons, or as of a day: no tally says that.

    """
    if rule.per_person:
        raise BadInput(
            f"Counts of nations cannot be held against the rule {rule.label}.",
            hint="Choose one that counts each competitor once.",
        )
    if rule.cut_off is CutOff.GIVEN:
        raise BadInput(
            f"The rule {rule.label} needs a day.", hint="Choose one at closing or of today."
        )
    work = _Audit(reader, names, graph, rule)
    found = [work.finding(line) for line in on_lines(work.cells, work.lines)]
    order = list(MEASURES)
    return sorted(found, key=lambda one: (str(one.where), order.index(one.measure)))


class _Audit:
    """One audit: what the source says, and what was read and counted for it so far."""

    def __init__(self, reader: Reader, names: Names, graph: NamedNode, rule: Rule) -> None:
        self._rule = rule
        self.cells = cells_of(reader, graph)
        self.lines = lines_under(reader, names, rule)
        self._background = Background(reader, names)
        self._tables = tables_in(self.cells)
        self._sports: dict[Term, dict[Term, Table]] = {}
        for scope, table in self._tables.items():
            about = dict(scope)
            if about.keys() == {GAMES, SPORT}:
                self._sports.setdefault(about[GAMES], {})[about[SPORT]] = table
        self._games = {
            games for cell in self.cells if isinstance(games := cell.part(GAMES), NamedNode)
        }
        self._ledgers = ledgers(reader, names, sorted(self._games, key=str), rule)
        self._others = Others(reader, names, graph, self.cells)
        self._ranking = Ranking(reader, names)
        self._scoped: dict[Scope, tuple[Ledger, Explainer]] = {}

    def finding(self, line: LineCell) -> Finding:
        """Return what comes of holding one published count against the graph."""
        cell = line.cell
        held = self._held_against(line)
        if held.value is None:
            verdict = Verdict.NOT_CHECKABLE
        else:
            verdict = Verdict.AGREES if held.value == line.value else Verdict.DIFFERS
        return Finding(
            f"{self._words(line)}: {MEASURES[cell.measure]}",
            line.value,
            held.value,
            held.said_by,
            verdict,
            held.note,
            cell.subject,
            cell.measure,
            held.explanation,
            line.line,
            held.joined,
        )

    def _held_against(self, line: LineCell) -> _Held:
        cell = line.cell
        games = cell.part(GAMES)
        if cell.measure == SIZE and isinstance(games, NamedNode):
            said = self._others.athletes(games, cell.part(NATION))
            return _said(said, "Counted from the athletes it lists.")
        if games in self._games and games not in self._ledgers:
            return _Held(None, note=f"The rule {self._rule.label} leaves these Games out.")
        ledger = self._ledgers.get(games)  # type: ignore[arg-type] # any node
        if ledger is not None and ledger.has_results and self._is_covered(cell):
            if cell.measure == RANK:
                return self._rank(line, ledger)
            if cell.measure in MEDALS_OF:
                by_nation = cell.parts in ({GAMES, NATION}, {GAMES, NATION, SPORT})
                return self._nations_medals(line) if by_nation else self._medals(line, ledger)
        return _said(self._others.count(cell))

    def _is_covered(self, cell: Cell) -> bool:
        """Tell whether the results of some Games have the sport and the person of a scope."""
        scope = dict(cell.scope)
        games, sport, person = scope[GAMES], scope.get(SPORT), scope.get(PERSON)
        return (sport is None or self._others.has_sport(games, sport)) and (
            person is None or bool(self._others.entries(games, person))
        )

    def _nations_medals(self, line: LineCell) -> _Held:
        ledger, explainer = self._in_scope(without_nation(line.scope))
        nation, medals = dict(line.scope)[NATION], MEDALS_OF[line.cell.measure]
        counted = sum(ledger.held(nation, medal) for medal in medals)
        joined = self._joined(line, nation, ledger)
        by, note = self._titles(ledger), _joined_words(joined)
        if counted == line.value:
            return _Held(counted, by, note, joined=joined)
        explanation = explainer.explain(nation, medals, line.value)
        return _Held(counted, by, note, explanation, joined)

    def _joined(self, line: LineCell, own: Term, ledger: Ledger) -> tuple[Joined, ...]:
        """Return the nations of a line, if there are others than the one it is named for."""
        brought: Counter[Term] = Counter()
        for medal in MEDALS_OF[line.cell.measure]:
            brought.update(ledger.brought(own, medal))
        nations = sorted(brought.keys() | line.published.keys(), key=str)
        if nations == [own]:
            return ()
        return tuple(Joined(n, brought[n], line.published.get(n)) for n in nations)

    def _in_scope(self, scope: Scope) -> tuple[Ledger, Explainer]:
        """Return the awards of some Games, or of a sport of them, and who explains them."""
        if scope not in self._scoped:
            about = dict(scope)
            ledger = self._ledgers[about[GAMES]]  # type: ignore[index] # checked by the caller
            whole = Comparison(ledger, self._tables.get(((GAMES, about[GAMES]),), {}))
            table, by_sport = self._tables.get(scope, {}), self._sports.get(about[GAMES], {})
            if SPORT in about:
                apart = {s: by_sport[s] for s in by_sport if not ledger.has_sport(s)}
                ledger = ledger.of_sport(about[SPORT])
                explainer = Explainer(ledger, table, self._background, whole=whole, apart=apart)
            else:
                explainer = Explainer(
                    ledger,
                    table,
                    self._background,
                    whole=whole,
                    sports=frozenset(by_sport),
                    elsewhere=partial(self._others.by_sport, about[GAMES]),
                )
            self._scoped[scope] = ledger, explainer
        return self._scoped[scope]

    def _medals(self, line: LineCell, ledger: Ledger) -> _Held:
        sport, person = (line.cell.part(part) for part in (SPORT, PERSON))
        entries = self._others.entries(ledger.games, person) if person else None
        counted = sum(
            1
            for award in ledger.counted
            if award.medal in MEDALS_OF[line.cell.measure]
            and (sport is None or sport in award.sports)
            and (entries is None or award.entry in entries)
            and (line.line is None or line.line in ledger.lines.of_nations(award))
        )
        return _Held(counted, self._titles(ledger))

    def _rank(self, line: LineCell, ledger: Ledger) -> _Held:
        sport = line.cell.part(SPORT)
        if sport is not None:
            ledger, _ = self._in_scope(without_nation(line.scope))
        ranks = self._ranking.of(dict(line.scope)[NATION], ledger, sport)
        if ranks is None:
            return _NOTHING
        return _Held(ranks.nearest(line.value), self._titles(ledger), ranks.words(line.value))

    def _titles(self, ledger: Ledger) -> str:
        return ", ".join(sorted({self._background.title(graph) for graph in ledger.sources}))

    def _words(self, line: LineCell) -> str:
        labels = [self._label(node) for part, node in line.scope if part != UNTIL]
        words = ", ".join(labels) or self._label(line.cell.subject)
        until = line.cell.part(UNTIL)
        return f"{words}, until {until.value}" if isinstance(until, Literal) else words

    def _label(self, node: Term) -> str:
        return node.value if isinstance(node, Literal) else self._background.label(node)


def _said(said: Said | None, note: str = "") -> _Held:
    return _Held(said.value, said.by, note) if said else _NOTHING


def _joined_words(joined: tuple[Joined, ...]) -> str:
    if not joined:
        return ""
    parts = [
        f"{local_name(one.nation)} with {one.counted} in the results and "
        f"{'no count' if one.published is None else one.published} in the source"
        for one in joined
    ]
    return f"Joined by the rule: {'; '.join(parts)}."
