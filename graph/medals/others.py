"""What other sources say of the same: counts with the same scope, and lists of athletes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graph.selecting import rows, values
from graph.sources import source

from .cells import GAMES, NATION, PERSON, SPORT, cells_of, counting_graphs, tables_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.sources import Source
    from graph.terms import NamedNode, Term

    from .cells import Cell, Scope, Table


@dataclass(frozen=True, slots=True)
class Said:
    """A number, and the title of whoever says it."""

    value: int
    by: str


class Others:
    """The sources beside one, each read once, when something is asked of it.

    Args:
        reader: the state.
        names: the names of the store.
        graph: the source that is left aside.
        cells: its counts, which say of which Games and people anything may be asked.

    """

    def __init__(
        self, reader: Reader, names: Names, graph: NamedNode, cells: Iterable[Cell]
    ) -> None:
        self._reader, self._names, self._graph = reader, names, graph
        self._games, self._people = (
            {node for cell in cells if (node := cell.part(part)) is not None}
            for part in (GAMES, PERSON)
        )

    def count(self, cell: Cell) -> Said | None:
        """Return what another source counts in the same scope, the most trusted source first."""
        found = self._counts.get((cell.scope, cell.measure), [])
        others = [
            (trust, title, n) for trust, title, n, subject in found if subject != cell.subject
        ]
        if not others or not cell.scope:
            return None
        _, title, value = min(others)
        return Said(value, title)

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

    def by_sport(self, games: Term) -> dict[str, dict[Term, Table]]:
        """Return the tables of each sport of some Games that others publish, by their titles."""
        return self._tables.get(games, {})

    @cached_property
    def _cells(self) -> list[tuple[Source, list[Cell]]]:
        return [
            (source(self._reader, self._names, graph), cells_of(self._reader, graph))
            for graph in counting_graphs(self._reader)
            if graph != self._graph
        ]

    @cached_property
    def _counts(self) -> dict[tuple[Scope, NamedNode], list[tuple[int, str, int, Term]]]:
        found: dict[tuple[Scope, NamedNode], list[tuple[int, str, int, Term]]] = {}
        for by, cells in self._cells:
            for cell in cells:
                if not cell.is_claim:
                    said = (by.trust, by.title, cell.value, cell.subject)
                    found.setdefault((cell.scope, cell.measure), []).append(said)
        return found

    @cached_property
    def _tables(self) -> dict[Term, dict[str, dict[Term, Table]]]:
        found: dict[Term, dict[str, dict[Term, Table]]] = {}
        for by, cells in self._cells:
            for scope, table in tables_in(cells).items():
                about = dict(scope)
                if about.keys() == {GAMES, SPORT}:
                    by_title = found.setdefault(about[GAMES], {})
                    by_title.setdefault(by.title, {})[about[SPORT]] = table
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
