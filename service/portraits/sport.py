"""A sport: its disciplines, its classes, and its events at each of the Games."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import mg

from . import linked
from .gathering import Portrait
from .names import spellings

if TYPE_CHECKING:
    from graph.terms import NamedNode
    from service.pages import Cell

    from .gathering import Fact, Gathering
    from .names import Spelling

FIRST = 5
"""So many events of each Games stand open where there are many Games."""

MOST_EVENTS = 400
FACTS = (
    ("partOf", "Part of"),
    ("season", "At Games in"),
    ("from", "Given medals from"),
    ("until", "Given medals until"),
)
PART_OF = mg("partOf")


@dataclass(frozen=True, slots=True)
class AtGames:
    """The events of a sport at some Games; ``events`` are the first of ``total``."""

    games: Cell
    year: str
    events: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Sport:
    """What the page of a sport tells."""

    facts: tuple[Fact, ...]
    disciplines: tuple[Cell, ...]
    classes: tuple[Cell, ...]
    games: tuple[AtGames, ...]
    events: int
    spellings: tuple[Spelling, ...]


def sport(gathering: Gathering, node: NamedNode) -> Portrait:
    """Return what is told of a sport."""
    games, total = _games(gathering, node)
    told = Sport(
        facts=gathering.facts(node, FACTS),
        disciplines=gathering.cells(gathering.pointing(PART_OF, node, 100)),
        classes=gathering.cells(_classes(gathering, node)),
        games=games,
        events=total,
        spellings=spellings(gathering, node),
    )
    own = gathering.cell(node).text
    names = sorted({one.name.text for one in told.spellings} - {own})
    return Portrait(
        "sport", "sport", told, linked.thing(gathering, node, "DefinedTerm", alternateName=names)
    )


def _classes(gathering: Gathering, node: NamedNode) -> list[NamedNode]:
    text = "SELECT DISTINCT ?x { ?x mg:sport ?sport ; a mg:SportClass } LIMIT 300"
    return [row["x"] for row in gathering.rows(text, sport=node)]


def _games(gathering: Gathering, node: NamedNode) -> tuple[tuple[AtGames, ...], int]:
    """Return the Games at which the sport was, the latest first, with its events."""
    found: dict[NamedNode | None, set[NamedNode]] = {}
    text = """SELECT ?event ?games { ?event mg:sport ?sport ; a mg:Event
                OPTIONAL { ?event mg:games ?games } }"""
    for row in gathering.rows(text, sport=node):
        found.setdefault(row["games"], set()).add(row["event"])
    total = sum(map(len, found.values()))
    first = total if total <= MOST_EVENTS else FIRST
    made = [
        AtGames(
            gathering.cell(games),
            (gathering.text(games, mg("year")) or gathering.text(games, mg("from"))[:4])
            if games
            else "",
            gathering.cells(sorted(events, key=str)[:first]),
            len(events),
        )
        for games, events in found.items()
    ]
    made.sort(key=lambda one: (one.year, one.games.text), reverse=True)
    return tuple(made), total
