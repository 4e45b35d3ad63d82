"""The tables that sources publish of the medals of some Games, and the rule that each follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.selecting import rows
from graph.sources import source
from graph.terms import NamedNode

from .rules import rule_at
from .table import MEDALS

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Term

    from .cells import Table
    from .rules import Rule

FEWEST_NATIONS = 5
"""Fewer nations than this have the medals of no Games: seven were fewest (riding, 1956)."""

MOST_APART = 1.5
"""So many times the medals of its rarest colour a whole table has at most of another.

Each event gives about as many of each colour: of all Olympic Games (Olympedia) and Summer
Paralympics (IPC) those of 1960 are furthest apart, with 113 golds and 84 bronzes.
"""

_NARROWER = ("person", "place", "until")
"""What makes a tally one of less than a nation's medals at the Games, or in a sport of them."""


@dataclass(frozen=True, slots=True)
class Published:
    """The table of some Games, or of a sport of them, as one source publishes it.

    Attributes:
        title: the source.
        medals: how many medals of each colour each nation has, of those it counts.
        trust: the priority of the source, the most trusted first.
        rule: by which it counts; None if nobody says.
        graph: of the source; None for a table that no source has as a whole.

    """

    title: str
    medals: Table
    trust: int = 0
    rule: Rule | None = None
    graph: NamedNode | None = None

    @property
    def total(self) -> int:
        """All medals of all nations."""
        return sum(sum(medals.values()) for medals in self.medals.values())

    @property
    def nations(self) -> int:
        """How many nations it has medals of."""
        return sum(any(medals.values()) for medals in self.medals.values())

    @property
    def may_be_of_all(self) -> bool:
        """Whether it can be the table of all nations, by its nations and its medals."""
        by_colour = [sum(by.get(medal, 0) for by in self.medals.values()) for medal in MEDALS]
        is_even = max(by_colour) <= MOST_APART * min(by_colour)
        return self.nations >= FEWEST_NATIONS and is_even


def published_table(
    reader: Reader, names: Names, games: NamedNode, *, sport: Term | None = None
) -> Published | None:
    """Return what the source with most tallies of nations says, the more trusted of two.

    Args:
        reader: the state.
        names: the names of the store.
        games: the edition.
        sport: a sport, for its table alone.

    """
    found = published_tables(reader, names, games, sport=sport)
    return min(found, key=lambda one: (-len(one.medals), one.trust, str(one.graph)), default=None)


def published_tables(
    reader: Reader, names: Names, games: NamedNode, *, sport: Term | None = None
) -> list[Published]:
    """Return the table of each source that counts medals of nations, the more trusted first.

    Args:
        reader: the state.
        names: the names of the store.
        games: the edition.
        sport: a sport, for the tables of it alone.

    """
    found = []
    for graph, medals in _tables(reader, games, sport).items():
        said = source(reader, names, graph)
        stated = _rule_stated(reader, graph, games) or said.rule
        rule = rule_at(reader, stated) if stated else None
        found.append(Published(said.title, medals, said.trust, rule, graph))
    return sorted(found, key=lambda one: (one.trust, str(one.graph)))


def _tables(reader: Reader, games: NamedNode, sport: Term | None) -> dict[NamedNode, Table]:
    without = " ".join(f"FILTER NOT EXISTS {{ ?tally mg:{part} ?{part} }}" for part in _NARROWER)
    of = "FILTER NOT EXISTS { ?tally mg:sport ?sport }" if sport is None else ""
    text = f"""SELECT ?by ?nation ?gold ?silver ?bronze WHERE {{ GRAPH ?by {{
        ?tally a mg:Tally ; mg:games {games} ; mg:nation ?nation ;
            {f"mg:sport {sport} ;" if sport else ""}
            mg:gold ?gold ; mg:silver ?silver ; mg:bronze ?bronze . {of} {without} }} }}"""
    found: dict[NamedNode, Table] = {}
    for row in rows(reader, text):
        counts = [int(row[colour].value) for colour in ("gold", "silver", "bronze")]
        table = found.setdefault(row["by"], {})  # type: ignore[arg-type] # graphs are IRIs
        table[row["nation"]] = dict(zip(MEDALS, counts, strict=True))
    return found


def _rule_stated(reader: Reader, graph: NamedNode, games: NamedNode) -> NamedNode | None:
    """Return the rule that all tallies of some Games in a source name, None if they name none."""
    text = f"""SELECT DISTINCT ?rule WHERE {{ GRAPH {graph} {{
        ?tally a mg:Tally ; mg:games {games} ; mg:rule ?rule }} }}"""
    named = [row["rule"] for row in rows(reader, text)]
    return named[0] if len(named) == 1 and isinstance(named[0], NamedNode) else None
