"""The tables of an export: one for each sort of record, for people who work in spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import OUTSIDE_PREFIXES, REPLACES, SKOS_ALT_LABEL, mg
from graph.sources import ENTITY, ISSUED, ORIGIN, PRIORITY, PUBLISHER, RULE, TITLE
from graph.terms import NamedNode

from .columns import Column, Show, Type
from .facts import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.progress import Progress

    from .scopes import Selection


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        name: of its file, without a suffix.
        means: what a row is, for people.
        kind: the class whose things have a row each, in the order of their IRIs.
        own: its own columns, from left to right.

    """

    name: str
    means: str
    kind: NamedNode
    own: tuple[Column, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """From left to right; the last one of every table says who says so."""
        return (*self.own, _SAID)

    def rows(self, selection: Selection, *, progress: Progress) -> Iterator[list[str]]:
        """Yield the rows as texts, without the header; they are read one by one."""
        facts = Facts(selection)
        columns = self.columns
        for node in facts.things(self.kind, progress=progress):
            about = facts.about(node)
            yield [column.cell(facts, node, about) for column in columns]


def _iri(name: str, means: str) -> Column:
    return Column(name, f"the address of the {means}")


def _one(name: str, term: str, means: str, type: Type = Type.TEXT) -> Column:  # noqa: A002 - as the column says
    return Column(name, means, (mg(term),), type=type)


def _word(name: str, term: str, means: str) -> Column:
    return Column(name, means, (mg(term),), Show.WORD)


def _several(name: str, means: str, *path: str, show: Show = Show.WHOLE) -> Column:
    return Column(name, means, tuple(map(mg, path)), show, several=True)


def _called(name: str, means: str, *path: str) -> Column:
    return _several(name, means, *path, show=Show.NAME)


def _coded(name: str, means: str, *path: str) -> Column:
    return _several(name, means, *path, show=Show.CODE)


_SCHEMA = OUTSIDE_PREFIXES["schema"]
_DAY = "2024-09-03, 2024-09, 2024, or 1994~ where it is about right"
_OF_EVENT = (
    Column("event_name", "what the event is called", (mg("event"),), Show.NAME),
    Column("games", "the Games", (mg("event"), mg("games")), Show.NAME),
    Column("sport", "the sport", (mg("event"), mg("sport")), Show.NAME),
)
_OF_ENTRY = (
    _coded("nations", "codes of the nations", "entry", "nation"),
    _called("athletes", "names of the athletes", "entry", "athlete"),
)
_SAID = Column("sources", "short names of the sources that say so", show=Show.SOURCES)
_NAME = Column("name", "what it is called", show=Show.NAME)
_NUMBERS = tuple(
    _one(name, name, f"{name} medals", Type.INTEGER) for name in ("gold", "silver", "bronze")
)

PEOPLE = Table(
    "people",
    "somebody who took part, held office or is spoken of",
    mg("Person"),
    (
        _iri("person", "person"),
        _NAME,
        Column("family_name", "family name", (NamedNode(_SCHEMA + "familyName"),)),
        Column("given_name", "given names", (NamedNode(_SCHEMA + "givenName"),)),
        Column("other_names", "other spellings", (SKOS_ALT_LABEL,), several=True),
        _word("sex", "sex", "F or M"),
        _one("born", "born", f"day of birth: {_DAY}"),
        _one("died", "died", f"day of death: {_DAY}"),
        _called("countries", "countries of citizenship", "country"),
        _several("identifiers", "keys in other registers, as register:key", "externalId"),
    ),
)
NATIONS = Table(
    "nations",
    "a line of the scoreboard",
    mg("Nation"),
    (
        _iri("nation", "nation"),
        _one("code", "code", "its three letters"),
        _NAME,
        _word("kind", "kind", "what sort of nation"),
        _several("former_codes", "letters that it had earlier", "formerCode"),
        _one("from", "from", f"since when: {_DAY}"),
        _one("until", "until", f"until when: {_DAY}"),
        Column("replaces", "codes of those it came after", (REPLACES,), Show.CODE, several=True),
        _called("countries", "countries that it stands for", "country"),
    ),
)
GAMES = Table(
    "games",
    "one edition of the Games",
    mg("Games"),
    (
        _iri("games", "Games"),
        _NAME,
        _one("year", "year", "year in the name", Type.INTEGER),
        _word("season", "season", "Summer, Winter or Intercalated"),
        _word("kind", "kind", "Olympic, Paralympic or another sort"),
        _one("edition", "edition", "number in the series", Type.INTEGER),
        _one("from", "from", f"first day: {_DAY}"),
        _one("until", "until", f"last day: {_DAY}"),
        _called("places", "host cities", "place"),
    ),
)
EVENTS = Table(
    "events",
    "one contest for one set of medals",
    mg("Event"),
    (
        _iri("event", "event"),
        _NAME,
        _called("games", "the Games", "games"),
        _called("sport", "the sport", "sport"),
        _word("sex", "sex", "F, M, Mixed or Open"),
        _called("sport_classes", "classes that are admitted", "sportClass"),
        _one("distance", "distance", "length of the course"),
        _one("weight_class", "weightClass", "limit of body weight"),
        _one("date", "date", f"day of the medals: {_DAY}"),
        _called("places", "venues", "place"),
    ),
)
PARTICIPATIONS = Table(
    "participations",
    "one person in one role at the Games, in an event or at an occasion",
    mg("Participation"),
    (
        _iri("participation", "record"),
        _several("person", "address of the person", "person"),
        _called("person_name", "name of the person", "person"),
        Column("role", "athlete, coach, official ...", (mg("role"),), Show.WORD),
        _coded("nations", "codes of the nations", "nation"),
        _called("games", "the Games", "games"),
        _several("event", "address of the event", "event"),
        _called("event_name", "what the event is called", "event"),
        _called("event_games", "the Games of the event", "event", "games"),
        _called("sport", "the sport", "sport"),
        _called("occasion", "the meeting or ceremony", "occasion"),
    ),
)
ENTRIES = Table(
    "entries",
    "one competitor (a person, pair or team) in one event",
    mg("Entry"),
    (
        _iri("entry", "entry"),
        _one("event", "event", "address of the event"),
        *_OF_EVENT,
        _coded("nations", "codes of the nations", "nation"),
        _several("athletes", "addresses of the athletes", "athlete"),
        _called("athlete_names", "names of the athletes", "athlete"),
        _called("guide_names", "names of guides and pilots", "guide"),
        _called("sport_classes", "class then", "sportClass"),
        _one("rank", "rank", "place as published", Type.INTEGER),
        _word("medal", "won", "medal that is held now"),
    ),
)
RESULTS = Table(
    "results",
    "what an entry did in one phase",
    mg("Result"),
    (
        _iri("result", "result"),
        _one("entry", "entry", "address of the entry"),
        _called("event_name", "what the event is called", "entry", "event"),
        *_OF_ENTRY,
        _one("phase", "phase", "heat, final ..."),
        _one("rank", "rank", "place in this phase", Type.INTEGER),
        _one("mark", "mark", "mark as published"),
        _one("mark_value", "markValue", "mark as a number", Type.NUMBER),
        _word("unit", "unit", "what the number counts"),
        _word("status", "status", "DNS, DNF, DSQ ..."),
        _one("date", "date", f"day: {_DAY}"),
    ),
)
AWARDS = Table(
    "awards",
    "one medal for one entry, or a place left vacant",
    mg("Award"),
    (
        _iri("award", "award"),
        _word("medal", "medal", "Gold, Silver or Bronze"),
        _word("status", "status", "Standing, Withdrawn or Vacant"),
        _one("date", "date", f"day: {_DAY}"),
        _one("event", "event", "address of the event"),
        *_OF_EVENT,
        _one("entry", "entry", "address of the entry"),
        *_OF_ENTRY,
    ),
)
DECISIONS = Table(
    "decisions",
    "one dated act on an award",
    mg("Decision"),
    (
        _iri("decision", "decision"),
        _one("award", "award", "address of the award"),
        _word("action", "action", "Awarded, Withdrawn, Reallocated ..."),
        _one("date", "date", f"day: {_DAY}"),
        _called("decided_by", "who decided", "decidedBy"),
        _one("reason", "reason", "why"),
        Column("medal", "its medal", (mg("award"), mg("medal")), Show.WORD),
        _called("event_name", "what the event is called", "award", "event"),
        _called("athletes", "names of the athletes", "award", "entry", "athlete"),
    ),
)
TALLIES = Table(
    "tallies",
    "a count of medals or Games as a source published it",
    mg("Tally"),
    (
        _iri("tally", "count"),
        _called("games", "the Games", "games"),
        _coded("nations", "codes of the nations", "nation"),
        _called("sport", "the sport, if of one", "sport"),
        _called("person", "the person, if of one", "person"),
        _one("rank", "rank", "place in the table", Type.INTEGER),
        *_NUMBERS,
        _one("total", "total", "all medals", Type.INTEGER),
        _one("games_count", "gamesCount", "how many Games", Type.INTEGER),
        _called("rule", "the rule that it follows", "rule"),
        _one("until", "until", f"day up to which it counts: {_DAY}"),
    ),
)
SOURCES = Table(
    "sources",
    "who said something",
    ENTITY,
    (
        _iri("source", "graph that holds what the source says"),
        Column("title", "as one would cite it", (TITLE,)),
        Column("publisher", "who published it", (PUBLISHER,)),
        Column("issued", f"when: {_DAY}", (ISSUED,)),
        Column("origin", "where it was taken from", (ORIGIN,)),
        Column("priority", "trust, 1 is best", (PRIORITY,), type=Type.INTEGER),
        Column("rule", "the rule that its counts follow", (RULE,), Show.NAME),
    ),
)
TABLES = (
    PEOPLE,
    NATIONS,
    GAMES,
    EVENTS,
    PARTICIPATIONS,
    ENTRIES,
    RESULTS,
    AWARDS,
    DECISIONS,
    TALLIES,
    SOURCES,
)
