"""One edition of the Games: its medal table by a rule, its sports, and what changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import MedalgraphError
from graph.medals.caveats import caveats, of_some_nations
from graph.medals.cells import GAMES
from graph.medals.choices import Choices
from graph.medals.counting import count_medals
from graph.medals.editions import with_parts
from graph.medals.rules import NEUTRAL, rule_named, rules, usual_rule
from graph.medals.table import medal_table
from graph.names import mg, property_words
from graph.terms import NamedNode
from service.pages import Cell

from . import linked
from .gathering import Portrait

if TYPE_CHECKING:
    from graph.medals.rules import Rule
    from graph.medals.table import Row

    from .asked import Asked
    from .gathering import Fact, Gathering

MOST_CHANGES, MOST_EVENTS = 60, 700
KIND = mg("kind")
_NAMED = 4
"""Of so many athletes of a team each is named beside a decision."""

_KNOWN = """SELECT (COUNT(DISTINCT ?nation) AS ?nations) (COUNT(DISTINCT ?person) AS ?people) {
    { ?event mg:games ?games . ?x mg:event ?event ; mg:athlete ?person }
    UNION { ?x mg:games ?games ; mg:role mg:Athlete ; mg:person ?person }
    UNION { ?event mg:games ?games . ?x mg:event ?event ; mg:role mg:Athlete ; mg:person ?person }
    OPTIONAL { ?x mg:nation ?nation } }"""
_NOT_FOR_MEDALS = """SELECT ?x {
    { ?x mg:games ?games ; mg:role mg:Athlete }
    UNION { ?event mg:games ?games . ?x mg:event ?event ; mg:role mg:Athlete }
    UNION { ?event mg:games ?games . ?x mg:event ?event ; a mg:Entry
            FILTER NOT EXISTS { ?award mg:entry ?x } } } LIMIT 1"""

FACTS = (
    ("from", "Opened"),
    ("until", "Closed"),
    ("place", "Where"),
    ("kind", "Kind"),
    ("season", "Season"),
    ("edition", "Number in its series"),
    ("partOf", "Part of"),
    ("size", "Athletes, as published"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a medal table."""

    rank: int | None
    nation: Cell
    code: str
    counts: tuple[int, int, int]
    total: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A counting rule that the table could follow instead."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class MedalTable:
    """The medal table of some Games.

    Attributes:
        title: the rule and the choices of it.
        key: the name of the rule in an address; nothing where the graph has no usual rule.
        day: the day that the table is of, if the rule needs one.
        problem: why there is none, in a sentence.
        notes: what has to be said of the figures: where they are from, what they do not follow.
        lines: best first.
        choices: the other rules.
        neutral: whether neutral athletes take a rank; nothing where there are none to rank.

    """

    title: str
    key: str
    day: str
    problem: str
    notes: tuple[str, ...]
    lines: tuple[Line, ...]
    choices: tuple[Choice, ...]
    neutral: str = ""


@dataclass(frozen=True, slots=True)
class InSport:
    """The events of one sport."""

    sport: Cell
    events: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One decision that changed a medal."""

    date: str
    action: str
    colour: str
    event: Cell
    who: tuple[Cell, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Games:
    """What the page of some Games tells."""

    facts: tuple[Fact, ...]
    figures: tuple[tuple[str, int], ...]
    table: MedalTable
    sports: tuple[InSport, ...]
    changes: tuple[Change, ...]
    changed: int
    tallies: tuple[tuple[str, str, int], ...]
    parts: tuple[Cell, ...]


def games(gathering: Gathering, node: NamedNode, asked: Asked) -> Portrait:
    """Return what is told of some Games.

    Args:
        gathering: reads the state.
        node: the Games.
        asked: by which rule the medal table counts, and of which day it is.

    """
    sports, events = _sports(gathering, node)
    changes = _changes(gathering, node)
    told = Games(
        facts=gathering.facts(node, FACTS),
        figures=_figures(gathering, node, events),
        table=table(gathering, node, asked),
        sports=sports,
        changes=changes[:MOST_CHANGES],
        changed=len(changes),
        tallies=gathering.counts_of(GAMES, node),
        parts=gathering.cells(one for one in with_parts(gathering.reader, [node]) if one != node),
    )
    return Portrait("games", "Games", told, _linked(gathering, node))


def table(gathering: Gathering, node: NamedNode, asked: Asked) -> MedalTable:
    """Return the medal table of some Games by a rule."""
    reader = gathering.reader
    rule = rule_named(reader, asked.rule) if asked.rule else usual_rule(reader)
    key = rule.key
    if asked.neutral_ranked not in (None, NEUTRAL not in rule.unranked):
        rule = Choices(neutral_ranked=asked.neutral_ranked).made_in(rule, reader)
    choices = tuple(Choice(one.key, one.label) for one in rules(reader))
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    problem = ""
    try:
        lines, notes = _counted(gathering, node, rule, asked.day)
    except MedalgraphError as error:
        problem = " ".join(filter(None, (str(error), getattr(error, "hint", ""))))
    neutral = _neutral(gathering, lines, rule)
    return MedalTable(rule.title, key, asked.day, problem, notes, lines, choices, neutral)


def _neutral(gathering: Gathering, lines: tuple[Line, ...], rule: Rule) -> str:
    """Return what is done with neutral athletes, if the lines have any among others ranked."""
    kinds = (gathering.terms(NamedNode(line.nation.entity), KIND) for line in lines)
    if not any(NEUTRAL in kind for kind in kinds) or not any(line.rank for line in lines):
        return ""
    return "unranked" if NEUTRAL in rule.unranked else "ranked"


def _counted(
    gathering: Gathering, node: NamedNode, rule: Rule, day: str
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    reader = gathering.reader
    count = count_medals(
        reader, gathering.names, with_parts(reader, [node]), rule, as_of=day or None
    )
    rows = medal_table(reader, count, unranked=rule.unranked, languages=gathering.shown.languages)
    notes = [caveat.text for caveat in caveats(count, rule, as_of=day or None)]
    notes += [f"As published in “{title}”." for title in dict.fromkeys(count.published.values())]
    notes += of_some_nations(count)
    for beside in count.partial.values():
        notes.append(
            f"Of the {beside.published:,} medals that “{beside.title}” publishes, "
            f"{beside.missing:,} are missing here and {beside.too_many:,} are too many."
        )
    return tuple(_line(gathering, row) for row in rows), tuple(notes)


def _line(gathering: Gathering, row: Row) -> Line:
    three = (row.gold, row.silver, row.bronze)
    return Line(row.rank, gathering.cell(row.nation), row.code, three, row.total)


def _figures(gathering: Gathering, node: NamedNode, events: int) -> tuple[tuple[str, int], ...]:
    """Return how many nations, people and events are known; of people all who took part.

    Where nobody is known but those who won medals, it is said that they are these.
    """
    [row] = gathering.rows(_KNOWN, games=node)
    others = next(gathering.rows(_NOT_FOR_MEDALS, games=node), None)
    words = ("nations", "athletes") if others else ("nations with medals", "medallists")
    counts = (*(int(row[name].value) for name in ("nations", "people")), events)
    return tuple(pair for pair in zip((*words, "events"), counts, strict=True) if pair[1])


def _sports(gathering: Gathering, node: NamedNode) -> tuple[tuple[InSport, ...], int]:
    """Return the events by sport, of very many the first, and how many there are."""
    found: dict[NamedNode | None, list[NamedNode]] = {}
    events: set[NamedNode] = set()
    for row in gathering.rows(
        """SELECT ?event ?sport { ?event mg:games ?games ; a mg:Event
             OPTIONAL { ?event mg:sport ?sport } }""",
        games=node,
    ):
        if row["event"] not in events and len(events) < MOST_EVENTS:
            found.setdefault(row["sport"], []).append(row["event"])
        events.add(row["event"])
    sports = [
        InSport(
            gathering.cell(sport) if sport else Cell("sport not known"), gathering.cells(listed)
        )
        for sport, listed in found.items()
    ]
    return tuple(sorted(sports, key=lambda one: one.sport.text.casefold())), len(events)


def _changes(gathering: Gathering, node: NamedNode) -> tuple[Change, ...]:
    """Return the decisions on medals after they were awarded, the earliest first."""
    found = {}
    for row in gathering.rows(
        """SELECT ?decision ?action ?date ?medal ?event ?entry ?reason {
             VALUES ?action { mg:Withdrawn mg:Reallocated mg:LeftVacant mg:Reinstated }
             ?decision mg:action ?action ; mg:award ?award ; mg:date ?date .
             ?award mg:event ?event ; mg:medal ?medal . ?event mg:games ?games
             OPTIONAL { ?decision mg:reason ?reason }
             OPTIONAL { ?award mg:entry ?entry } }""",
        games=node,
    ):
        found[row["decision"]] = Change(
            row["date"].value,
            property_words(row["action"]),
            property_words(row["medal"]),
            gathering.cell(row["event"]),
            gathering.cells(_members(gathering, row["entry"])),
            row["reason"].value if row["reason"] else "",
        )
    return tuple(sorted(found.values(), key=lambda one: (one.date, one.event.text, one.action)))


def _members(gathering: Gathering, entry: NamedNode | None) -> list[NamedNode]:
    """Return the athletes of an entry, of many its nations; nobody for a place left vacant."""
    if entry is None:
        return []
    athletes = gathering.nodes(entry, mg("athlete"))
    return athletes if 0 < len(athletes) <= _NAMED else gathering.nodes(entry, mg("nation"))


def _linked(gathering: Gathering, node: NamedNode) -> dict[str, object]:
    return linked.thing(
        gathering,
        node,
        "SportsEvent",
        startDate=linked.day(gathering.text(node, mg("from"))),
        endDate=linked.day(gathering.text(node, mg("until"))),
        location=linked.several(gathering.cells(gathering.nodes(node, mg("place"))), "Place"),
        superEvent=linked.several(
            gathering.cells(gathering.nodes(node, mg("partOf"))), "SportsEvent"
        ),
    )
