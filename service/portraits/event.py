"""An event: its podium on a day, what was decided on its medals, and everybody who was in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import mg
from graph.terms import NamedNode

from . import linked
from .gathering import Portrait
from .medals import MOST as MOST_AWARDS
from .medals import medal_told, place_of
from .person import nations_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.pages import Cell

    from .gathering import Cited, Fact, Gathering
    from .medals import Medal
    from .person import Nation

MOST = 100
"""So many entries are listed; of more the number is told."""

_TEAM, _LAST = 40, 10**6
_TOOK_PART = """SELECT DISTINCT ?part ?person {
    ?part mg:event ?event ; a mg:Participation ; mg:role mg:Athlete ; mg:person ?person
    FILTER NOT EXISTS { ?entry mg:event ?event ; mg:athlete ?person } }"""
FACTS = (
    ("games", "Games"),
    ("sport", "Sport"),
    ("sex", "For"),
    ("sportClass", "Sport classes"),
    ("distance", "Distance"),
    ("weightClass", "Weight class"),
    ("date", "Date"),
    ("place", "Venue"),
    ("rule", "Bronze medals"),
)
EVENT, RANK, GAMES, UNTIL = mg("event"), mg("rank"), mg("games"), mg("until")
_MARK, _STATUS, _RESULT = mg("mark"), mg("status"), mg("entry")


@dataclass(frozen=True, slots=True)
class Competitor:
    """One entry.

    Attributes:
        entry: its IRI and label.
        nations: as they were then.
        athletes: the members.
        guides: those who competed beside them.
        rank: the place as published, or nothing.
        medal: the colour of the best medal of it that stands, or nothing.
        results: mark or status in each phase that is known.
        medals: each award of it.
        cited: who says that it took part.

    """

    entry: Cell
    nations: tuple[Nation, ...]
    athletes: tuple[Cell, ...]
    guides: tuple[Cell, ...]
    members: int
    rank: str
    medal: str
    results: tuple[tuple[str, str], ...]
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One medal of the podium, and who has it; a place left vacant has nobody.

    Attributes:
        is_shared: whether another entry has a medal of the same colour.

    """

    medal: Medal
    competitor: Competitor | None
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Event:
    """What the page of an event tells.

    Attributes:
        day: the day that the podium is of, ISO 8601; nothing for now.
        closing: the last day of the Games, ISO 8601, or nothing where it is not known exactly.
        podium: the medals that stood then, and places left vacant.
        changed: medals on which anything was decided after they were awarded.
        days: those from which a decision counted, the earliest first.
        entries: how many entries there are, and people who took part of whom no entry is known.
        only_medallists: whether nobody is known but those who were given medals.
        competitors: the first of them, by rank.

    """

    facts: tuple[Fact, ...]
    day: str
    closing: str
    podium: tuple[Place, ...]
    changed: tuple[Place, ...]
    days: tuple[str, ...]
    entries: int
    only_medallists: bool
    competitors: tuple[Competitor, ...]


def event(gathering: Gathering, node: NamedNode, day: str) -> Portrait:
    """Return what is told of an event.

    Args:
        gathering: reads the state.
        node: the event.
        day: ISO 8601, of the podium; nothing for now.

    """
    awards = gathering.pointing(EVENT, node, _AWARDS_READ)
    medals = sorted(
        filter(None, (medal_told(gathering, award, day or None) for award in awards)), key=place_of
    )
    places = [_place(gathering, medal, medals) for medal in medals]
    entries = [one for one in awards if _is_entry(gathering, one)]
    colours = {medal.entry: medal for medal in reversed(medals) if medal.stands}
    listed = sorted(entries, key=lambda one: _order(gathering, one, colours))[:MOST]
    others = _others(gathering, node)
    games = gathering.node(node, GAMES)
    given = {medal.entry for medal in medals}
    told = Event(
        facts=gathering.facts(node, FACTS),
        day=day,
        closing=linked.day(gathering.text(games, UNTIL)) if games else "",
        podium=tuple(one for one in places if one.medal.stands or one.medal.status == "vacant"),
        changed=tuple(one for one in places if one.medal.changed),
        days=tuple(sorted({step.day for medal in medals for step in medal.steps})),
        entries=len(entries) + len(others),
        only_medallists=not others and {one.value for one in entries} <= given,
        competitors=(
            *(_competitor(gathering, one, _colour(one, colours)) for one in listed),
            *(_starter(gathering, *one) for one in others[: MOST - len(listed)]),
        ),
    )
    return Portrait("event", "event", told, _linked(gathering, node, told))


_AWARDS_READ = 2_000
"""An event has fewer entries, awards and participations than this in all."""


def _place(gathering: Gathering, medal: Medal, medals: list[Medal]) -> Place:
    alike = [one for one in medals if one.colour == medal.colour and one.stands]
    entry = NamedNode(medal.entry) if medal.entry else None
    return Place(
        medal,
        _competitor(gathering, entry) if entry else None,
        is_shared=medal.stands and len(alike) > 1,
    )


def _is_entry(gathering: Gathering, node: NamedNode) -> bool:
    return mg("Entry") in gathering.types(node)


def _colour(entry: NamedNode, medals: Mapping[str, Medal]) -> str:
    return medals[entry.value].colour if entry.value in medals else ""


def _order(
    gathering: Gathering, entry: NamedNode, medals: Mapping[str, Medal]
) -> tuple[int, int, str]:
    """Return where an entry is listed: by rank, without one by its medal, and then last."""
    number, text = _rank(gathering.text(entry, RANK))
    place = place_of(medals[entry.value]) + 1 if entry.value in medals else _LAST
    return (place if (number, text) == (_LAST, "") else number), place, text


def _others(gathering: Gathering, node: NamedNode) -> list[tuple[NamedNode, list[NamedNode]]]:
    """Return the athletes who took part and are in no entry, by name, each with the parts taken."""
    found: dict[NamedNode, list[NamedNode]] = {}
    for row in gathering.rows(_TOOK_PART, event=node):
        if isinstance(row["person"], NamedNode) and isinstance(row["part"], NamedNode):
            found.setdefault(row["person"], []).append(row["part"])
    return sorted(found.items(), key=lambda one: (gathering.cell(one[0]).text, one[0].value))


def _starter(gathering: Gathering, person: NamedNode, parts: list[NamedNode]) -> Competitor:
    """Return somebody who took part, of whom no entry is known."""
    cell = gathering.cell(person)
    nations = {nation: None for part in parts for nation in nations_of(gathering, part)}
    stated = {one: None for part in parts for one in gathering.stating(part, EVENT)}
    return Competitor(cell, tuple(nations), (cell,), (), 1, "", "", (), tuple(stated))


def _rank(text: str) -> tuple[int, str]:
    return (int(text), "") if text.isascii() and text.isdigit() else (_LAST, text)


def _competitor(gathering: Gathering, entry: NamedNode, medal: str = "") -> Competitor:
    athletes = gathering.nodes(entry, mg("athlete"))
    guides = gathering.nodes(entry, mg("guide"))
    return Competitor(
        gathering.cell(entry),
        nations_of(gathering, entry),
        gathering.cells(athletes[:_TEAM]),
        gathering.cells(guides[:_TEAM]),
        len(athletes) + len(guides),
        gathering.text(entry, RANK),
        medal,
        _results(gathering, entry),
        gathering.stating(entry, EVENT),
    )


def _results(gathering: Gathering, entry: NamedNode) -> tuple[tuple[str, str], ...]:
    """Return phase and mark of each result of an entry, once if several sources give it."""
    found: set[tuple[str, str]] = set()
    for result in gathering.pointing(_RESULT, entry, MOST_AWARDS):
        status = gathering.node(result, _STATUS)
        mark = gathering.text(result, _MARK)
        if mg("Result") in gathering.types(result) and (mark or status):
            words = gathering.cell(status).text if status else ""
            found.add((gathering.text(result, mg("phase")), mark or words))
    return tuple(sorted(found))


def _linked(gathering: Gathering, node: NamedNode, told: Event) -> dict[str, object]:
    winners = [
        athlete
        for place in told.podium
        if place.competitor
        for athlete in place.competitor.athletes
    ]
    date = gathering.text(node, mg("date"))
    return linked.thing(
        gathering,
        node,
        "SportsEvent",
        sport=[cell.text for cell in gathering.cells(gathering.terms(node, mg("sport")))],
        startDate=linked.day(date),
        location=linked.several(gathering.cells(gathering.nodes(node, mg("place"))), "Place"),
        superEvent=linked.several(gathering.cells(gathering.nodes(node, GAMES)), "SportsEvent"),
        competitor=linked.several(winners, "Person"),
    )
