"""What other sources say of the same: counts with the same scope, and lists of athletes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graph.selecting import rows, values
from graph.sources import source

from .cells import GAMES, NATION, PERSON, SPORT, cells_of, counting_graphs, tables_in

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.sources import Source
    from graph.terms import NamedNode, Term

    from .cells import Cell, Scope, Table


TablesBySport = dict["Term", dict[str, dict["Term", "Table"]]]
"""Tables by the Games, by the title of whoever publishes them, and by the sport."""

_Order = tuple[bool, int, str, int]
"""Whether a count was set aside, the trust and the title of its source, and the count."""

_FEW = 40
"""Of more nodes than this all counts are read, which is quicker then."""


@dataclass(frozen=True, slots=True)
class Said:
    """A number, the title of whoever says it, and whether it was set aside as a claim of theirs."""

    value: int
    by: str
    is_claim: bool = False


class Others:
    """The sources beside one, each read once, when something is asked of it.

    Args:
        reader: the state.
        names: the names of the store.
        graph: the source that is left aside.
        cells: its counts, which say of which Games and people anything may be asked.

    """

    def __init__(
        self, reader: Reader, names: Names, graph: NamedNode, cells: Sequence[Cell]
    ) -> None:
        self._reader, self._names, self._graph = reader, names, graph
        self._about = _fewest(cells)
        self._games, self._people = (
            {node for cell in cells if (node := cell.part(part)) is not None}
            for part in (GAMES, PERSON)
        )

    def count(self, cell: Cell) -> Said | None:
        """Return what another source counts in the same scope, the most trusted source first.

        A count that was set aside comes after all that stand.
        """
        found = self._counts.get((cell.scope, cell.measure), [])
        others = [said for said, subject in found if subject != cell.subject]
        if not others or not cell.scope:
            return None
        is_claim, _, title, value = min(others)
        return Said(value, title, is_claim)

    def athletes(self, games: Term, nation: Term | None) -> Said | None:
        """Return how many athletes the source that lists most of them has."""
        found = self._athletes.get((games, nation), [])
        if not found:
            return None
        count, graph = min(found, key=lambda one: (-one[0], str(one[1])))
        return Said(count, source(self._reader, self._names, graph).title)

    def entries(self, games: Term, person: Term) -> frozenset[Term]:
        """Return the entries at some Games that a person competed in, also as a guide."""
        return frozenset(self._entries.get((games, person), ()))

    def has_sport(self, games: Term, sport: Term) -> bool:
        """Tell whether anybody is known to have competed in a sport at some Games."""
        return (games, sport) in self._sports

    def by_sport(self, games: Collection[Term]) -> TablesBySport:
        """Return the tables of sports that others publish of some Games.

        Args:
            games: the Games; of more than a few those of all are read, which is quicker.

        """
        found: TablesBySport = {}
        for by, cells in self._cells(_if_few(frozenset(games))):
            for scope, table in tables_in(cells).items():
                about = dict(scope)
                if about.keys() == {GAMES, SPORT}:
                    by_title = found.setdefault(about[GAMES], {})
                    by_title.setdefault(by.title, {})[about[SPORT]] = table
        return found

    def _cells(self, about: frozenset[Term] | None) -> list[tuple[Source, list[Cell]]]:
        """Return the counts of each of the others about some nodes, or all; read once."""
        if about not in self._read:
            self._read[about] = [
                (source(self._reader, self._names, graph), cells_of(self._reader, graph, about))
                for graph in counting_graphs(self._reader)
                if graph != self._graph
            ]
        return self._read[about]

    @cached_property
    def _read(self) -> dict[frozenset[Term] | None, list[tuple[Source, list[Cell]]]]:
        return {}

    @cached_property
    def _counts(self) -> dict[tuple[Scope, NamedNode], list[tuple[_Order, Term]]]:
        found: dict[tuple[Scope, NamedNode], list[tuple[_Order, Term]]] = {}
        for by, cells in self._cells(self._about):
            for cell in cells:
                said = (cell.is_claim, by.trust, by.title, cell.value)
                found.setdefault((cell.scope, cell.measure), []).append((said, cell.subject))
        return found

    @cached_property
    def _athletes(self) -> dict[tuple[Term, Term | None], list[tuple[int, NamedNode]]]:
        found: dict[tuple[Term, Term | None], list[tuple[int, NamedNode]]] = {}
        listed = "?x mg:games ?games ; mg:role mg:Athlete ; mg:person ?person"
        for more, group in (("", ""), (f" ; {NATION} ?nation", "?nation")):
            text = f"""SELECT ?games ?by {group} (COUNT(DISTINCT ?person) AS ?n) WHERE {{
                {values("games", self._games)} GRAPH ?by {{ {listed}{more} }}
                FILTER(?by != {self._graph}) }} GROUP BY ?games ?by {group}"""
            for row in rows(self._reader, text):
                key = row["games"], row["nation"] if group else None
                found.setdefault(key, []).append((int(row["n"].value), row["by"]))  # type: ignore[arg-type]
        return found

    @cached_property
    def _entries(self) -> dict[tuple[Term, Term], set[Term]]:
        found: dict[tuple[Term, Term], set[Term]] = {}
        text = f"""SELECT ?games ?person ?entry WHERE {{ {values("person", self._people)}
            ?entry mg:athlete|mg:guide ?person ; mg:event ?event . ?event mg:games ?games }}"""
        for row in rows(self._reader, text):
            found.setdefault((row["games"], row["person"]), set()).add(row["entry"])
        return found

    @cached_property
    def _sports(self) -> set[tuple[Term, Term]]:
        text = f"""SELECT DISTINCT ?games ?sport WHERE {{ {values("games", self._games)}
            ?event mg:games ?games ; mg:sport ?sport . ?entry mg:event ?event }}"""
        return {(row["games"], row["sport"]) for row in rows(self._reader, text)}


def _fewest(cells: Sequence[Cell]) -> frozenset[Term] | None:
    """Return few nodes of which each count is about one, None if there are not so few."""
    by_nation, by_games = (
        frozenset(cell.part(first) or cell.part(then) or _any_part(cell) for cell in cells)
        for first, then in ((NATION, GAMES), (GAMES, NATION))
    )
    return _if_few(min(by_nation, by_games, key=len))


def _any_part(cell: Cell) -> Term:
    return next((node for _, node in cell.scope), cell.subject)


def _if_few(nodes: frozenset[Term]) -> frozenset[Term] | None:
    return nodes if len(nodes) <= _FEW else None
