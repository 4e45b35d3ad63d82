"""The counts that sources publish: each with what it counts, and of whom, where and until when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import RDF_TYPE, mg
from graph.selecting import rows, values
from graph.sources import CLAIM, OBJECT, PREDICATE, SUBJECT
from graph.terms import Literal

from .table import MEDALS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

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

_AT_ONCE = 2_000
"""Of so many things one query asks."""

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


def cells_of(reader: Reader, graph: NamedNode, about: Collection[Term] | None = None) -> list[Cell]:
    """Return each count that a source states, or that stands in it as a claim.

    Args:
        reader: the state.
        graph: the source.
        about: Games, nations, people and the like; only counts about one of them are read,
            which is quick where they are few. None for all counts.

    """
    if about is None:
        return list(_all_cells(reader, graph))
    nodes = frozenset(about)
    found = _cells_of_things(reader, graph, _counted(reader, graph, nodes)) if nodes else ()
    return [cell for cell in found if not nodes.isdisjoint(node for _, node in cell.scope)]


def _all_cells(reader: Reader, graph: NamedNode) -> Iterator[Cell]:
    scopes = _Scopes(reader, graph)
    for measure in MEASURES:
        for row in rows(reader, f"SELECT ?s ?n WHERE {{ GRAPH {graph} {{ ?s {measure} ?n }} }}"):
            subject, number = row["s"], row["n"]
            if isinstance(number, Literal) and (measure != RANK or scopes.is_tally(subject)):
                yield Cell(subject, scopes.of(subject), measure, int(number.value))  # type: ignore[arg-type]
    yield from _claims(reader, graph, scopes)


def _counted(reader: Reader, graph: NamedNode, about: frozenset[Term]) -> set[Subject]:
    """Return the tallies about some nodes, and all else that a source has counts of."""
    counts = f"GRAPH {graph} {{ ?s {SIZE} ?n FILTER NOT EXISTS {{ ?s a mg:Tally }} }}"
    others = {row["s"] for row in rows(reader, f"SELECT ?s WHERE {{ {counts} }}")}
    tallies = {quad.subject for quad in reader.quads(None, RDF_TYPE, mg("Tally"), graph=graph)}
    for node in about if tallies else ():
        for part in SCOPE:
            found = {quad.subject for quad in reader.quads(None, part, node, graph=graph)}
            others |= found & tallies  # type: ignore[arg-type] # no quoted triples
    return others  # type: ignore[return-value] # the same


def _cells_of_things(
    reader: Reader, graph: NamedNode, counted: Collection[Subject]
) -> Iterator[Cell]:
    stated: defaultdict[Term, list[tuple[Term, Term]]] = defaultdict(list)
    things = sorted(counted, key=str)
    for start in range(0, len(things), _AT_ONCE):
        some = values("s", things[start : start + _AT_ONCE])
        text = f"SELECT ?s ?p ?o WHERE {{ {some} GRAPH {graph} {{ ?s ?p ?o }} }}"
        for row in rows(reader, text):
            stated[row["s"]].append((row["p"], row["o"]))
    scopes = _Scopes(reader)
    for subject in things:
        said = stated[subject]
        if (RDF_TYPE, mg("Tally")) in said:
            scopes.tell(subject, {part: o for part in SCOPE for p, o in said if p == part})
        for measure, number in said:
            is_count = measure in MEASURES and (measure != RANK or scopes.is_tally(subject))
            if is_count and isinstance(number, Literal):
                yield Cell(subject, scopes.of(subject), measure, int(number.value))  # type: ignore[arg-type]
    yield from _claims(reader, graph, scopes)


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
        claim = _claim_of(measure)
        for pattern in (f"?s {measure} ?n", claim):
            kept = tally if pattern != claim else ""
            text = f"""SELECT ?g (COUNT(*) AS ?size) WHERE {{ GRAPH ?g {{ {pattern} }} {kept} }}
                GROUP BY ?g"""
            for row in rows(reader, text):
                if row["g"] in found:
                    found[row["g"]] += int(row["size"].value)  # type: ignore[index] # a graph
    return found


def counts_about(reader: Reader, part: NamedNode, node: NamedNode) -> dict[NamedNode, int]:
    """Return how many counts each of these sources has about some Games or a nation.

    They are those of ``cells_of`` about it, counted and not read.

    Args:
        reader: the state.
        part: how counts name it: GAMES or NATION.
        node: the Games or the nation.

    """
    found = dict.fromkeys(counting_graphs(reader), 0)
    own = f"{{ ?s {part} {node} }} UNION {{ VALUES ?s {{ {node} }} }}"
    for measure in MEASURES:
        is_tally = "?s a mg:Tally ." if measure == RANK else ""
        for stated in (f"?s {measure} ?n", f"?c {PREDICATE} {measure} ; {SUBJECT} ?s"):
            kept = is_tally if stated.startswith("?s") else ""
            text = f"""SELECT ?g (COUNT(*) AS ?size) WHERE {{
                {own} GRAPH ?g {{ {stated} }} {kept} }} GROUP BY ?g"""
            for row in rows(reader, text):
                if row["g"] in found:
                    found[row["g"]] += int(row["size"].value)  # type: ignore[index] # a graph
    return {graph: size for graph, size in found.items() if size}


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


def _claims(reader: Reader, graph: NamedNode, scopes: _Scopes) -> Iterator[Cell]:
    if next(reader.quads(None, RDF_TYPE, CLAIM, graph=graph), None) is None:
        return
    for measure in MEASURES:
        stated = f"GRAPH {graph} {{ {_claim_of(measure)} }}"
        for row in rows(reader, f"SELECT ?about ?n WHERE {{ {stated} }}"):
            about, number = row["about"], row["n"]
            yield Cell(about, scopes.of(about), measure, int(number.value), is_claim=True)  # type: ignore[arg-type]


def _claim_of(measure: NamedNode) -> str:
    return f"?claim {PREDICATE} {measure} ; {SUBJECT} ?about ; {OBJECT} ?n"


class _Scopes:
    """What things that are counted are about: the tallies of a source at once, others singly."""

    def __init__(self, reader: Reader, graph: NamedNode | None = None) -> None:
        self._reader = reader
        self._tallies: dict[Term, dict[NamedNode, Term]] = {}
        self._others: dict[Term, Scope] = {}
        if graph is None:
            return
        some = f"GRAPH {graph} {{ ?s a mg:Tally }}"
        for row in rows(reader, f"SELECT ?s WHERE {{ {some} }}"):
            self._tallies[row["s"]] = {}
        for part in SCOPE:
            for row in rows(reader, f"SELECT ?s ?o WHERE {{ {some} ?s {part} ?o }}"):
                self._tallies[row["s"]][part] = row["o"]

    def tell(self, tally: Term, scope: dict[NamedNode, Term]) -> None:
        """Keep what a tally is about, which was read already."""
        self._tallies[tally] = scope

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
