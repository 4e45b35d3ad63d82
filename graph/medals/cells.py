"""The counts that sources publish: each with what it counts, and of whom, where and until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import RDF_TYPE, mg
from graph.selecting import rows
from graph.sources import OBJECT, PREDICATE, SUBJECT
from graph.terms import Literal

from .table import MEDALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.engines.base import Reader
    from graph.terms import NamedNode, Subject, Term

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

MEDALS_OF = {
    TOTAL: MEDALS,
    **{colour: (medal,) for colour, medal in zip(COLOURS, MEDALS, strict=True)},
}
"""The medals that are counted by each measure that counts medals."""

Table = dict["Term", dict["Term", int]]
"""How many medals of each colour a source counts for each nation."""

Scope = tuple[tuple["NamedNode", "Term"], ...]
"""What a count is about: each part of SCOPE that is stated, in that order."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One count that a source publishes.

    Attributes:
        subject: the tally, delegation or Games that the count is stated of.
        scope: what it is about.
        is_claim: whether the statement was set aside, and stands as a claim of its source.

    """

    subject: Subject
    scope: Scope
    measure: NamedNode
    value: int
    is_claim: bool = False

    def part(self, which: NamedNode) -> Term | None:
        """Return one part of the scope, None if it is not stated."""
        return next((node for part, node in self.scope if part == which), None)

    @property
    def parts(self) -> frozenset[NamedNode]:
        """The parts of the scope that are stated."""
        return frozenset(part for part, _ in self.scope)


def cells_of(reader: Reader, graph: NamedNode) -> list[Cell]:
    """Return each count that a source states, or that stands in it as a claim."""
    scopes = _Scopes(reader, graph)
    found = []
    for measure in MEASURES:
        stated = f"SELECT ?s ?n WHERE {{ GRAPH {graph} {{ ?s {measure} ?n }} }}"
        for row in rows(reader, stated):
            subject, number = row["s"], row["n"]
            if isinstance(number, Literal) and (measure != RANK or scopes.is_tally(subject)):
                found.append(Cell(subject, scopes.of(subject), measure, int(number.value)))  # type: ignore[arg-type]
        for subject, value in _claims(reader, graph, measure):
            found.append(Cell(subject, scopes.of(subject), measure, value, is_claim=True))
    return found


def counting_graphs(reader: Reader) -> list[NamedNode]:
    """Return the sources that publish counts of medals, ranks or Games."""
    measures = [measure for measure in MEASURES if measure != SIZE]
    return [
        graph
        for graph in reader.graphs()
        if any(next(reader.quads(None, measure, graph=graph), None) for measure in measures)
    ]


def counts_published(reader: Reader) -> dict[NamedNode, int]:
    """Return how many counts each source has that publishes counts of medals, ranks or Games.

    They are those of ``cells_of``, counted and not read.
    """
    found = dict.fromkeys(counting_graphs(reader), 0)
    for measure in MEASURES:
        tally = "?s a mg:Tally ." if measure == RANK else ""
        claim = f"?claim {PREDICATE} {measure} ; {SUBJECT} ?about ; {OBJECT} ?n"
        for pattern in (f"?s {measure} ?n", claim):
            kept = tally if pattern != claim else ""
            text = f"""SELECT ?g (COUNT(*) AS ?size) WHERE {{ GRAPH ?g {{ {pattern} }} {kept} }}
                GROUP BY ?g"""
            for row in rows(reader, text):
                if row["g"] in found:
                    found[row["g"]] += int(row["size"].value)  # type: ignore[index] # a graph
    return found


def tables_in(cells: Iterable[Cell]) -> dict[Scope, Table]:
    """Return the medals of each colour that nations have in each table that the cells make up.

    The key is the scope without the nation: the Games, or the Games and a sport. Claims are
    in no table.
    """
    tables: dict[Scope, Table] = {}
    for cell in cells:
        nation = cell.part(NATION)
        if nation is not None and cell.measure in COLOURS and not cell.is_claim:
            [medal] = MEDALS_OF[cell.measure]
            said = tables.setdefault(without_nation(cell.scope), {}).setdefault(nation, {})
            said[medal] = cell.value
    return tables


def without_nation(scope: Scope) -> Scope:
    """Return a scope as that of all nations together."""
    return tuple((part, node) for part, node in scope if part != NATION)


def _claims(reader: Reader, graph: NamedNode, measure: NamedNode) -> Iterator[tuple[Subject, int]]:
    claim = f"?claim {PREDICATE} {measure} ; {SUBJECT} ?about ; {OBJECT} ?n"
    for row in rows(reader, f"SELECT ?about ?n WHERE {{ GRAPH {graph} {{ {claim} }} }}"):
        yield row["about"], int(row["n"].value)  # type: ignore[misc] # a node and a literal


class _Scopes:
    """What the things that a source counts are about: tallies read at once, the others singly."""

    def __init__(self, reader: Reader, graph: NamedNode) -> None:
        self._reader = reader
        self._tallies: dict[Term, dict[NamedNode, Term]] = {}
        self._others: dict[Term, Scope] = {}
        for row in rows(reader, f"SELECT ?s WHERE {{ GRAPH {graph} {{ ?s a mg:Tally }} }}"):
            self._tallies[row["s"]] = {}
        for part in SCOPE:
            text = f"SELECT ?s ?o WHERE {{ GRAPH {graph} {{ ?s a mg:Tally }} ?s {part} ?o }}"
            for row in rows(reader, text):
                self._tallies[row["s"]][part] = row["o"]

    def of(self, subject: Subject) -> Scope:
        """Return what a thing is about."""
        if subject in self._tallies:
            return tuple(self._tallies[subject].items())
        if subject not in self._others:
            self._others[subject] = self._read(subject)
        return self._others[subject]

    def is_tally(self, subject: Term) -> bool:
        """Tell whether a thing is a tally, which other things with ranks are not."""
        typed = self._reader.quads(subject, RDF_TYPE, mg("Tally"))  # type: ignore[arg-type]
        return subject in self._tallies or any(typed)

    def _read(self, subject: Subject) -> Scope:
        stated = {quad.predicate: quad.object for quad in self._reader.quads(subject)}
        if stated.get(RDF_TYPE) == mg("Games"):
            return ((GAMES, subject),)
        return tuple((part, stated[part]) for part in SCOPE if part in stated)  # type: ignore[misc]
