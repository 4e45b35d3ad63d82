"""What each published count is held against: the medals of its Games, ranks, other sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import local_name
from graph.naming import ENGLISH
from graph.terms import NamedNode

from .background import Background
from .cells import GAMES, MEDALS_OF, NATION, PERSON, RANK, SIZE, SPORT, without_nation
from .ledger import ledgers
from .others import Others
from .ranking import Ranking

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Term

    from .cells import Cell, Scope
    from .explainers import Explainers
    from .joining import LineCell
    from .ledger import Ledger
    from .others import Said
    from .reasons import Explanation
    from .rules import Rule


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
class Held:
    """What a count is held against.

    Attributes:
        value: None where it can be held against nothing.
        said_by: the title of whoever says so.
        note: the rule, or the reason, that is needed to understand the verdict.
        explain: tells why the count differs, if there is a way to; asked only if it does.
        joined: the nations of the line, if the rule joins it from others than that nation.

    """

    value: int | None
    said_by: str = ""
    note: str = ""
    explain: Callable[[Explainers], Explanation] | None = None
    joined: tuple[Joined, ...] = ()


_NOTHING = Held(None, note="The graph has nothing to hold this against.")
_SET_ASIDE = "What that source says was set aside here as a claim."

_FEW = 12
"""Of no more Games than this the awards of all nations are read as quickly as those of one."""


class Holding:
    """Holds counts against the graph, with what was read and counted for it so far.

    Args:
        reader: the state.
        names: the names of the store.
        graph: the source.
        rule: how the medals of nations are counted.
        cells: the counts, which say of which Games anything is read.
        nations: those that all counts are of; none for any.
        languages: those in which things are named, the best first.

    """

    def __init__(  # noqa: PLR0913 - what is read, each part by name
        self,
        reader: Reader,
        names: Names,
        graph: NamedNode,
        rule: Rule,
        cells: Sequence[Cell],
        *,
        nations: Collection[Term] = (),
        languages: Sequence[str] = (ENGLISH,),
    ) -> None:
        self._rule, self._reader, self._names = rule, reader, names
        self.background = Background(reader, names, languages)
        self._games = {games for cell in cells if isinstance(games := cell.part(GAMES), NamedNode)}
        ranked = {cell.part(GAMES) for cell in cells if cell.measure == RANK}
        apart = nations if len(self._games - ranked) > _FEW else ()
        every = sorted(self._games, key=str)
        self._ledgers = ledgers(reader, names, every, rule, nations=apart)
        self._whole = {} if apart else self._ledgers
        self.others = Others(reader, names, graph, cells)
        self._ranking = Ranking(reader, names)
        self._of_sports: dict[tuple[Term, Term, bool], Ledger] = {}
        self.read_whole(ranked)

    def against(self, line: LineCell) -> Held:
        """Return what one published count is held against."""
        cell = line.cell
        games = cell.part(GAMES)
        if cell.measure == SIZE and isinstance(games, NamedNode):
            said = self.others.athletes(games, cell.part(NATION))
            return _said(said, "Counted from the athletes it lists.")
        if games in self._games and games not in self._ledgers:
            return Held(None, note=f"The rule {self._rule.label} leaves these Games out.")
        ledger = self._ledgers.get(games)  # type: ignore[arg-type] # any node
        if ledger is not None and ledger.has_results and self._is_covered(cell):
            if cell.measure == RANK:
                return self._rank(line)
            if cell.measure in MEDALS_OF:
                by_nation = cell.parts in ({GAMES, NATION}, {GAMES, NATION, SPORT})
                return self._nations_medals(line) if by_nation else self._medals(line, ledger)
        return _said(self.others.count(cell))

    def read_whole(self, games: Iterable[Term | None]) -> None:
        """Read the awards of all nations at some Games, where they are not read yet."""
        more = {one for one in games if one in self._ledgers} - self._whole.keys()
        if more:
            nodes = sorted((one for one in more if isinstance(one, NamedNode)), key=str)
            self._whole |= ledgers(self._reader, self._names, nodes, self._rule)

    def in_scope(self, scope: Scope, *, whole: bool) -> Ledger:
        """Return the awards of some Games, or of a sport of them.

        Args:
            scope: the Games, and the sport if there is one.
            whole: whether the awards of all nations are wanted.

        """
        about = dict(scope)
        games, sport = about[GAMES], about.get(SPORT)
        ledger = (self._whole if whole else self._ledgers)[games]  # type: ignore[index]
        if sport is None:
            return ledger
        key = games, sport, whole
        if key not in self._of_sports:
            self._of_sports[key] = ledger.of_sport(sport)
        return self._of_sports[key]

    def _is_covered(self, cell: Cell) -> bool:
        """Tell whether the results of some Games have the sport and the person of a scope."""
        scope = dict(cell.scope)
        games, sport, person = scope[GAMES], scope.get(SPORT), scope.get(PERSON)
        return (sport is None or self.others.has_sport(games, sport)) and (
            person is None or bool(self.others.entries(games, person))
        )

    def _nations_medals(self, line: LineCell) -> Held:
        scope = without_nation(line.scope)
        ledger = self.in_scope(scope, whole=False)
        nation, medals = dict(line.scope)[NATION], MEDALS_OF[line.cell.measure]
        counted = sum(ledger.held(nation, medal) for medal in medals)
        joined = self._joined(line, nation, ledger)
        by, note = self._titles(ledger), _joined_words(joined)

        def explain(explainers: Explainers) -> Explanation:
            return explainers.of(scope).explain(nation, medals, line.value)

        return Held(counted, by, note, explain, joined)

    def _joined(self, line: LineCell, own: Term, ledger: Ledger) -> tuple[Joined, ...]:
        """Return the nations of a line, if there are others than the one it is named for."""
        brought: Counter[Term] = Counter()
        for medal in MEDALS_OF[line.cell.measure]:
            brought.update(ledger.brought(own, medal))
        nations = sorted(brought.keys() | line.published.keys(), key=str)
        if nations == [own]:
            return ()
        return tuple(Joined(n, brought[n], line.published.get(n)) for n in nations)

    def _medals(self, line: LineCell, ledger: Ledger) -> Held:
        sport, person = (line.cell.part(part) for part in (SPORT, PERSON))
        entries = self.others.entries(ledger.games, person) if person else None
        about = [
            award
            for award in ledger.awards
            if award.medal in MEDALS_OF[line.cell.measure]
            and (sport is None or sport in award.sports)
            and (entries is None or award.entry in entries)
            and (line.line is None or line.line in ledger.lines.of_nations(award))
        ]
        counted = len(ledger.counting(about))

        def explain(explainers: Explainers) -> Explanation:
            whole = explainers.of(((GAMES, ledger.games),))
            return whole.decided(about, line.value - counted)

        return Held(counted, self._titles(ledger), explain=explain)

    def _rank(self, line: LineCell) -> Held:
        scope = without_nation(line.scope)
        ledger = self.in_scope(scope, whole=True)
        ranks = self._ranking.of(dict(line.scope)[NATION], ledger, line.cell.part(SPORT))
        if ranks is None:
            return _NOTHING
        return Held(ranks.nearest(line.value), self._titles(ledger), ranks.words(line.value))

    def _titles(self, ledger: Ledger) -> str:
        return ", ".join(sorted({self.background.title(graph) for graph in ledger.sources}))


def _said(said: Said | None, note: str = "") -> Held:
    if said is None:
        return _NOTHING
    return Held(said.value, said.by, _SET_ASIDE if said.is_claim else note)


def _joined_words(joined: tuple[Joined, ...]) -> str:
    if not joined:
        return ""
    parts = [
        f"{local_name(one.nation)} with {one.counted} in the results and "
        f"{'no count' if one.published is None else one.published} in the source"
        for one in joined
    ]
    return f"Joined by the rule: {'; '.join(parts)}."
