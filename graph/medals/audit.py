"""Holds the counts that a source publishes against what the rest of the graph says."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from graph.errors import BadInput
from graph.names import RDF_TYPE, RDFS_LABEL, Names, mg
from graph.sources import OBJECT, PREDICATE, SUBJECT, source
from graph.terms import DEFAULT_GRAPH, Literal, NamedNode

from .counting import count_medals
from .explaining import Explanation, Ledger, Reason
from .rules import HELD_NOW, NEUTRAL, CutOff
from .table import MEDALS, medal_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Reader
    from graph.terms import Subject, Term

    from .rules import Rule

COLOURS = (mg("gold"), mg("silver"), mg("bronze"))
TOTAL, RANK, SIZE, GAMES_COUNT = mg("total"), mg("rank"), mg("size"), mg("gamesCount")
GAMES, NATION, SPORT, PERSON = mg("games"), mg("nation"), mg("sport"), mg("person")
SCOPE = (GAMES, NATION, SPORT, PERSON, mg("place"), mg("until"))
MEASURES = {
    COLOURS[0]: "gold medals",
    COLOURS[1]: "silver medals",
    COLOURS[2]: "bronze medals",
    TOTAL: "medals in all",
    RANK: "rank",
    SIZE: "athletes",
    GAMES_COUNT: "Games",
}
"""What a source can count, in words."""


class Verdict(StrEnum):
    """What comes of holding one count against the rest of the graph."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_CHECKABLE = "not checkable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One published count beside what it was held against.

    Attributes:
        what: the scope and the measure in words.
        source_value: the count as the source gives it, set aside or not.
        official_value: what it was held against; None if nothing could be.
        official_source: the title of whoever says so, or an empty string.
        note: the rule, or the reason, that is needed to understand the verdict.
        where: the tally, delegation or Games that the count is about.
        explanation: why the medals of a nation differ from its results; None for other
            counts, and for those that agree.

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


@dataclass(frozen=True, slots=True)
class _Found:
    value: int
    said_by: str
    note: str = ""
    explanation: Explanation | None = None


def audit(reader: Reader, names: Names, graph: NamedNode, rule: Rule = HELD_NOW) -> list[Finding]:
    """Return a finding for each count that a source publishes, in the order of its scopes.

    A count of medals is held against the medals that entries of those Games hold now, and
    where a nation's differ, what explains the difference is told (see ``explaining``); where
    the graph has no results of the Games, against the tally of another source with the same
    scope. A size is held against the athletes that other sources list.

    Args:
        reader: the state.
        names: the names of the store.
        graph: the source.
        rule: how the medals of nations are counted: up to which day, without which
            sports, mixed teams shared or not.

    Raises:
        BadInput: for a rule that counts persons, or joins nations: no tally says that.

    """
    if rule.per_person or rule.merges_successors or rule.merges_former_codes:
        raise BadInput(
            f"Counts of nations cannot be held against the rule {rule.label}.",
            hint="Choose one that counts each competitor once and leaves nations apart.",
        )
    if rule.cut_off is CutOff.GIVEN:
        raise BadInput(
            f"The rule {rule.label} needs a day.", hint="Choose one at closing or of today."
        )
    work = _Audit(reader, names, graph, rule)
    found = [work.finding(*count) for count in _counts(reader, graph)]
    order = list(MEASURES)
    return sorted(found, key=lambda one: (str(one.where), order.index(one.measure)))


def _counts(reader: Reader, graph: NamedNode) -> Iterator[tuple[Subject, NamedNode, int]]:
    """Yield each count that the source asserts, or that stands in it as a claim."""
    for measure in MEASURES:
        for quad in reader.quads(None, measure, graph=graph):
            if isinstance(quad.object, Literal) and _is_counted(reader, quad.subject, measure):  # type: ignore[arg-type]
                yield quad.subject, measure, int(quad.object.value)  # type: ignore[misc]
        for quad in reader.quads(None, PREDICATE, measure, graph=graph):
            claim = quad.subject
            about = next(reader.quads(claim, SUBJECT, graph=graph)).object  # type: ignore[arg-type]
            value = next(reader.quads(claim, OBJECT, graph=graph)).object  # type: ignore[arg-type]
            yield about, measure, int(value.value)  # type: ignore[union-attr, misc]


def _is_counted(reader: Reader, subject: Subject, measure: NamedNode) -> bool:
    return measure != RANK or any(reader.quads(subject, RDF_TYPE, mg("Tally")))


@dataclass(slots=True)
class _Audit:
    """One audit: the source, and the counts that were made for it so far."""

    reader: Reader
    names: Names
    graph: NamedNode
    rule: Rule
    counted: dict[tuple[Term, ...], dict[Term, int]] = field(default_factory=dict)
    covered: dict[tuple[Term, Term], bool] = field(default_factory=dict)
    results: dict[NamedNode, str] = field(default_factory=dict)
    ledgers: dict[NamedNode, Ledger] = field(default_factory=dict)
    tables: dict[NamedNode, dict[Term, dict[Term, int]]] = field(default_factory=dict)

    def finding(self, subject: Subject, measure: NamedNode, value: int) -> Finding:
        scope = self._scope(subject)
        held = self._held_against(subject, scope, measure, value)
        what = f"{self._words(subject, scope)}: {MEASURES[measure]}"
        if held is None:
            note = "The graph has nothing to hold this against."
            return Finding(what, value, None, "", Verdict.NOT_CHECKABLE, note, subject, measure)
        verdict = Verdict.AGREES if held.value == value else Verdict.DIFFERS
        return Finding(
            what,
            value,
            held.value,
            held.said_by,
            verdict,
            held.note,
            subject,
            measure,
            held.explanation,
        )

    def _scope(self, subject: Subject) -> dict[NamedNode, Term]:
        stated = {quad.predicate: quad.object for quad in self.reader.quads(subject)}
        scope = {part: stated[part] for part in SCOPE if part in stated}
        if stated.get(RDF_TYPE) == mg("Games"):
            scope = {GAMES: subject}
        return scope  # type: ignore[return-value] # objects of scopes are nodes and literals

    def _held_against(
        self, subject: Subject, scope: dict[NamedNode, Term], measure: NamedNode, value: int
    ) -> _Found | None:
        games = scope.get(GAMES)
        if measure == SIZE and isinstance(games, NamedNode):
            return self._athletes(games, scope.get(NATION))
        if isinstance(games, NamedNode) and self._results_of(games):
            if measure == RANK:
                return self._rank(games, scope, value)
            if measure in (*COLOURS, TOTAL) and scope.keys() == {GAMES, NATION}:
                return self._nations_medals(games, scope[NATION], measure, value)
            if measure in (*COLOURS, TOTAL) and self._is_covered(games, scope):
                return self._medals(games, scope, measure)
        return self._other_tally(subject, scope, measure)

    def _is_covered(self, games: NamedNode, scope: dict[NamedNode, Term]) -> bool:
        """Tell whether the results of some Games have the sport and the person of a scope."""
        paths = {PERSON: "mg:athlete|mg:guide", SPORT: "mg:event/mg:sport"}
        return all(
            self._is_there(games, path, scope[part])
            for part, path in paths.items()
            if part in scope
        )

    def _is_there(self, games: NamedNode, path: str, node: Term) -> bool:
        key = games, node
        if key not in self.covered:
            text = f"ASK {{ ?event mg:games {games} . ?entry mg:event ?event ; {path} {node} }}"
            self.covered[key] = bool(self.reader.query(text))
        return self.covered[key]

    def _nations_medals(
        self, games: NamedNode, nation: Term, measure: NamedNode, value: int
    ) -> _Found:
        ledger, table = self._ledger(games), self._published(games)
        medals = MEDALS if measure == TOTAL else (MEDALS[COLOURS.index(measure)],)
        counted = sum(ledger.counted(nation, medal) for medal in medals)
        if counted == value:
            return _Found(counted, self._results_of(games))
        said = table.get(nation, {})
        parts = [
            ledger.explain(nation, medal, value if len(medals) == 1 else said[medal], table)
            for medal in medals
            if len(medals) == 1 or medal in said
        ]
        reasons = tuple(reason for part in parts for reason in part.reasons)
        left = value - counted - sum(reason.amount for reason in reasons)
        if left > 0 and not ledger.is_whole(table):
            reasons, left = (*reasons, Reason("the results here are not whole", left)), 0
        return _Found(counted, self._results_of(games), explanation=Explanation(reasons, left))

    def _ledger(self, games: NamedNode) -> Ledger:
        if games not in self.ledgers:
            self.ledgers[games] = Ledger(self.reader, self.names, games, self.rule)
        return self.ledgers[games]

    def _published(self, games: NamedNode) -> dict[Term, dict[Term, int]]:
        """Return all counts of nations that the source has for these Games."""
        if games not in self.tables:
            table: dict[Term, dict[Term, int]] = {}
            for quad in self.reader.quads(None, GAMES, games, self.graph):
                scope = self._scope(quad.subject)  # type: ignore[arg-type]
                if scope.keys() == {GAMES, NATION}:
                    for colour, medal in zip(COLOURS, MEDALS, strict=True):
                        for said in self.reader.quads(quad.subject, colour, graph=self.graph):  # type: ignore[arg-type]
                            table.setdefault(scope[NATION], {})[medal] = int(said.object.value)  # type: ignore[union-attr]
            self.tables[games] = table
        return self.tables[games]

    def _medals(self, games: NamedNode, scope: dict[NamedNode, Term], measure: NamedNode) -> _Found:
        key = tuple(scope.values())
        if key not in self.counted:
            self.counted[key] = self._count(games, scope)
        by_medal = self.counted[key]
        medals = MEDALS if measure == TOTAL else (MEDALS[COLOURS.index(measure)],)
        return _Found(sum(by_medal.get(medal, 0) for medal in medals), self._results_of(games))

    def _count(self, games: NamedNode, scope: dict[NamedNode, Term]) -> dict[Term, int]:
        paths = {NATION: "mg:nation", PERSON: "mg:athlete|mg:guide", SPORT: "mg:event/mg:sport"}
        parts = " ".join(f"; {paths[part]} {node}" for part, node in scope.items() if part in paths)
        text = f"""SELECT ?medal (COUNT(DISTINCT ?entry) AS ?n) WHERE {{
            ?entry mg:won ?medal ; mg:event/mg:games {games} {parts} }} GROUP BY ?medal"""
        rows = self.reader.query(text)
        return {row["medal"]: int(row["n"].value) for row in rows}  # type: ignore[union-attr]

    def _rank(self, games: NamedNode, scope: dict[NamedNode, Term], value: int) -> _Found | None:
        ranks: dict[frozenset[Term], int | None] = {}
        count = count_medals(self.reader, self.names, [games], HELD_NOW)
        for unranked in (frozenset({NEUTRAL}), frozenset()):
            rows = medal_table(self.reader, count, unranked=unranked)
            ranks[unranked] = next((r.rank for r in rows if r.nation == scope[NATION]), None)
        without, among = ranks.values()
        if without is None or among is None:
            return None
        note = ""
        if without != among:
            note = f"{without} if neutral athletes are not ranked, {among} if they are."
        return _Found(among if value == among else without, self._results_of(games), note)

    def _athletes(self, games: NamedNode, nation: Term | None) -> _Found | None:
        of = f"; mg:nation {nation}" if nation else ""
        text = f"""SELECT ?g (COUNT(DISTINCT ?person) AS ?n) WHERE {{ GRAPH ?g {{
            ?x mg:games {games} ; mg:role mg:Athlete ; mg:person ?person {of} }}
            FILTER(?g != {self.graph}) }} GROUP BY ?g ORDER BY DESC(?n) ?g LIMIT 1"""
        for row in self.reader.query(text):  # type: ignore[union-attr] # a SELECT
            listed = source(self.reader, self.names, row["g"]).title
            return _Found(int(row["n"].value), listed, "Counted from the athletes it lists.")
        return None

    def _other_tally(
        self, subject: Subject, scope: dict[NamedNode, Term], measure: NamedNode
    ) -> _Found | None:
        """Return what another source counts in the same scope, the most trusted source first."""
        found = []
        for part, node in list(scope.items())[:1]:
            for quad in self.reader.quads(None, part, node):
                other = quad.subject
                same = other != subject and self._scope(other) == scope  # type: ignore[arg-type]
                for said in self.reader.quads(other, measure) if same else ():  # type: ignore[arg-type]
                    if said.graph_name != self.graph:
                        by = source(self.reader, self.names, said.graph_name)  # type: ignore[arg-type]
                        found.append((by.trust, by.title, int(said.object.value)))  # type: ignore[union-attr]
        if not found:
            return None
        _, title, value = min(found)
        return _Found(value, title)

    def _results_of(self, games: NamedNode) -> str:
        """Return who says what entries of these Games won; empty if nobody does."""
        if games not in self.results:
            graphs = {
                held.graph_name
                for event in self.reader.quads(None, GAMES, games, DEFAULT_GRAPH)
                for entry in self.reader.quads(None, mg("event"), event.subject, DEFAULT_GRAPH)  # type: ignore[arg-type]
                for held in self.reader.quads(entry.subject, mg("won"))  # type: ignore[arg-type]
            }
            titles = {source(self.reader, self.names, graph).title for graph in graphs}  # type: ignore[arg-type]
            self.results[games] = ", ".join(sorted(titles))
        return self.results[games]

    def _words(self, subject: Subject, scope: dict[NamedNode, Term]) -> str:
        names = [
            node.value if isinstance(node, Literal) else self._label(node)
            for part, node in scope.items()
            if part != mg("until")
        ]
        words = ", ".join(names) or self._label(subject)
        until = scope.get(mg("until"))
        return f"{words}, until {until.value}" if isinstance(until, Literal) else words

    def _label(self, node: Term) -> str:
        if isinstance(node, Literal):
            return node.value
        labels = sorted(
            str(quad.object.value)  # type: ignore[union-attr] # labels are literals
            for quad in self.reader.quads(node, RDFS_LABEL)
        )
        return labels[0] if labels else str(node).strip("<>").rpartition("/")[2]
