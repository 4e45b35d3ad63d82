"""A made-up world of Games of any size, so that the cost of a change can be seen to grow or not.

It has the shape of the bundled results: a person takes part in a sport and in two events,
each start has an entry and a result, and three entries an event have a standing award. All
of it is computed from running numbers, so a size always gives the same statements. Every
event is like the other, and a Games may have any number of them; ``synthetic`` makes worlds
whose Games, teams and people differ as much as real ones do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import chain, count
from typing import TYPE_CHECKING

from graph.names import OUTSIDE_PREFIXES, RDF_TYPE, RDFS_LABEL, Names, mg
from graph.terms import Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.terms import Object

NAMES = Names()
GRAPH = NAMES.graph("synthetic-results")
"""The source that says everything in this world."""
STARTERS = 12
"""How many people start in an event."""
EVENTS_PER_GAMES = 24
"""How many events belong to one Games; they come to about 10,000 statements."""
NATIONS, SPORTS = 180, 24
GIVEN = ("Aygun", "Emil", "Fidan", "Hana", "Ivan", "Jorge", "Leyla", "Marie", "Omar", "Yuki")
FAMILY = ("Aliyev", "Bauer", "Costa", "Diallo", "Haddad", "Ito", "Kim", "Lopez", "Novak", "Smith")
MEDALS = ("Gold", "Silver", "Bronze")
_EDITIONS = (
    ("Olympic", "Summer"),
    ("Paralympic", "Summer"),
    ("Olympic", "Winter"),
    ("Paralympic", "Winter"),
)
_BODIES = {"Olympic": "IOC", "Paralympic": "IPC"}
_FIRST_YEAR, _ADULT_YEARS = 1896, 18
_SCHEMA = OUTSIDE_PREFIXES["schema"]
_INTEGER = NamedNode(OUTSIDE_PREFIXES["xsd"] + "integer")
_DECIMAL = NamedNode(OUTSIDE_PREFIXES["xsd"] + "decimal")

_word = cache(mg)
_PREDICATES = {
    "label": RDFS_LABEL,
    "givenName": NamedNode(_SCHEMA + "givenName"),
    "familyName": NamedNode(_SCHEMA + "familyName"),
    "from_": mg("from"),
}


@dataclass(frozen=True, slots=True)
class Games:
    """One edition of the Games.

    Attributes:
        number: its place in the order in which the world is told.

    """

    number: int

    @property
    def year(self) -> int:
        """The year in which they are held; four editions share one."""
        return _FIRST_YEAR + self.number // len(_EDITIONS)

    @property
    def edition(self) -> tuple[str, str]:
        """Whose Games they are, and their season."""
        return _EDITIONS[self.number % len(_EDITIONS)]

    @property
    def slug(self) -> str:
        """The end of their IRI."""
        return "-".join((str(self.year), *reversed(self.edition))).lower()

    @property
    def node(self) -> NamedNode:
        """Their IRI."""
        return NAMES.of("games", self.slug)

    @property
    def body(self) -> str:
        """The end of the IRI of the body that decides on their awards."""
        return _BODIES[self.edition[0]].lower()


@dataclass(frozen=True, slots=True)
class Person:
    """One athlete.

    Attributes:
        number: unique in the world.
        games: where the athlete competes.
        sex: ``M`` or ``F``.
        nation: the number of the nation.

    """

    number: int
    games: Games
    sex: str
    nation: int

    @property
    def name(self) -> tuple[str, str]:
        """The given name and the family name."""
        given, family = GIVEN[self.number % len(GIVEN)], FAMILY[self.number // 10 % len(FAMILY)]
        return given, family

    @property
    def slug(self) -> str:
        """The end of the IRI."""
        return f"{'-'.join(self.name).lower()}-{self.number}"

    @property
    def node(self) -> NamedNode:
        """The IRI."""
        return NAMES.of("person", self.slug)

    def facts(self) -> Iterator[Quad]:
        """Yield what is known of the person alone."""
        given, family = self.name
        born = self.games.year - _ADULT_YEARS - self.number % 18
        yield from _facts(
            self.node,
            "Person",
            label=Literal(f"{given} {family}", language="en"),
            givenName=Literal(given),
            familyName=Literal(family),
            sex=_word(self.sex),
            born=Literal(f"{born}-{1 + self.number % 12:02}-{1 + self.number % 28:02}"),
            country=NAMES.of("place", f"country-{self.nation}"),
            externalId=Literal(f"synthetic:{self.number}"),
        )

    def parts(self, event: Event) -> Iterator[Quad]:
        """Yield that the person took part in an event."""
        yield from _facts(
            NAMES.of("part", *event.parts, self.slug),
            "Participation",
            person=self.node,
            role=_word("Athlete"),
            nation=_nation(self.nation),
            event=event.node,
        )

    def in_sport(self, event: Event) -> Iterator[Quad]:
        """Yield that the person took part in the sport of an event."""
        yield from _facts(
            NAMES.of("part", self.games.slug, event.sport, self.slug),
            "Participation",
            person=self.node,
            role=_word("Athlete"),
            nation=_nation(self.nation),
            games=self.games.node,
            sport=NAMES.of("sport", event.sport),
        )


@dataclass(frozen=True, slots=True)
class Event:
    """One event; two that follow each other have the same sport and the same starters.

    Attributes:
        number: unique in the world.
        games: those that it belongs to.

    """

    number: int
    games: Games

    @property
    def sport(self) -> str:
        """The end of the IRI of the sport."""
        return f"sport-{self.number // 2 % SPORTS}"

    @property
    def sex(self) -> str:
        """Who may start: ``M`` or ``F``."""
        return "MF"[self.number // 2 % 2]

    @property
    def parts(self) -> tuple[str, str, str]:
        """The parts of the IRI."""
        return self.games.slug, self.sport, f"event-{self.number}"

    @property
    def node(self) -> NamedNode:
        """The IRI."""
        return NAMES.of("event", *self.parts)

    def starters(self) -> list[Person]:
        """Return who starts."""
        first = self.number // 2 * STARTERS
        numbers = range(first, first + STARTERS)
        return [Person(n, self.games, self.sex, n % NATIONS) for n in numbers]

    def facts(self) -> Iterator[Quad]:
        """Yield the event, its entries, its results and its awards."""
        yield from _facts(
            self.node,
            "Event",
            label=Literal(f"Event {self.number}", language="en"),
            games=self.games.node,
            sport=NAMES.of("sport", self.sport),
            sex=_word(self.sex),
            rule=_word("OneBronze"),
        )
        for rank, person in enumerate(self.starters(), start=1):
            yield from person.parts(self)
            yield from self._entry(person, rank)
            yield from self._result(person, rank)

    def _entry(self, person: Person, rank: int) -> Iterator[Quad]:
        entry = NAMES.of("entry", *self.parts, person.slug)
        nation = _nation(person.nation)
        yield from _facts(entry, "Entry", event=self.node, athlete=person.node, nation=nation)
        if rank <= len(MEDALS):
            yield from self._award(entry, person, _word(MEDALS[rank - 1]))

    def _result(self, person: Person, rank: int) -> Iterator[Quad]:
        mark = f"{9 + rank}.{self.number % 90 + 10}"
        yield from _facts(
            NAMES.of("result", *self.parts, person.slug),
            "Result",
            entry=NAMES.of("entry", *self.parts, person.slug),
            phase=Literal("final"),
            rank=Literal(str(rank), datatype=_INTEGER),
            mark=Literal(mark),
            markValue=Literal(mark, datatype=_DECIMAL),
            unit=_word("Second"),
        )

    def _award(self, entry: NamedNode, person: Person, medal: NamedNode) -> Iterator[Quad]:
        award = NAMES.of("award", *self.parts, person.slug)
        day = Literal(f"{self.games.year}-08-{20 + self.number % 10}")
        yield Quad(entry, _word("won"), medal, GRAPH)
        yield from _facts(
            award,
            "Award",
            event=self.node,
            entry=entry,
            medal=medal,
            status=_word("Standing"),
            date=day,
        )
        decision = NAMES.of("decision", *self.parts, person.slug, "1")
        yield from _facts(
            decision,
            "Decision",
            award=award,
            action=_word("Awarded"),
            date=day,
            decidedBy=NAMES.of("org", self.games.body),
        )


@dataclass(slots=True)
class World:
    """Tells of one Games after the other until it has said enough.

    Args:
        triples: how many statements there are at least; the last event is told to its end.
        events_per_games: how many events belong to one Games. A graph that is to grow by
            Games of one size keeps it, one that is to grow by larger Games raises it.

    """

    triples: int
    events_per_games: int = EVENTS_PER_GAMES
    _told: set[str] = field(default_factory=set, init=False)

    def quads(self) -> Iterator[Quad]:
        """Yield everything that is true in this world, each statement once."""
        self._told.clear()
        said = 0
        for number in count():
            if said >= self.triples:
                return
            told = list(self._event(Event(number, Games(number // self.events_per_games))))
            said += len(told)
            yield from told

    def newcomer(self, number: int) -> list[Quad]:
        """Return a person whom this world does not know, with a part in its first event.

        The person's nation, sport and Games are those that most statements lead to.

        Args:
            number: which newcomer, from 0.

        """
        event = Event(0, Games(0))
        person = Person(self.triples + number, event.games, event.sex, nation=0)
        return [*person.facts(), *person.in_sport(event), *person.parts(event)]

    def _event(self, event: Event) -> Iterator[Quad]:
        games = event.games
        if self._is_new(games.slug):
            yield from _games(games)
        if self._is_new(games.body):
            name = games.body.upper()
            body = NAMES.of("org", games.body)
            yield from _facts(body, "Organization", label=Literal(name), kind=_word(name))
        if self._is_new(event.sport):
            label = Literal(event.sport.replace("-", " "), language="en")
            yield from _facts(NAMES.of("sport", event.sport), "Sport", label=label)
        for person in event.starters():
            if self._is_new(f"nation {person.nation}"):
                yield from _country(person.nation)
            if self._is_new(f"{games.slug} {person.nation}"):
                yield from _delegation(games, person.nation)
            if self._is_new(person.slug):
                yield from chain(person.facts(), person.in_sport(event))
        yield from event.facts()

    def _is_new(self, what: str) -> bool:
        """Tell whether something has not been told of yet; from now on it has."""
        before = len(self._told)
        self._told.add(what)
        return len(self._told) > before


def _games(games: Games) -> Iterator[Quad]:
    kind, season = games.edition
    yield from _facts(
        games.node,
        "Games",
        label=Literal(f"{season} {kind} Games of {games.year}", language="en"),
        kind=_word(kind),
        season=_word(season),
        year=Literal(str(games.year), datatype=_INTEGER),
        from_=Literal(f"{games.year}-08-15"),
        until=Literal(f"{games.year}-08-31"),
    )


def _country(number: int) -> Iterator[Quad]:
    place, label = NAMES.of("place", f"country-{number}"), Literal(f"Country {number}")
    yield from _facts(place, "Place", label=label, kind=_word("Country"))
    yield from _facts(
        _nation(number),
        "Nation",
        label=label,
        kind=_word("Country"),
        code=Literal(_code(number)),
        country=place,
    )


def _delegation(games: Games, number: int) -> Iterator[Quad]:
    code = _code(number)
    yield from _facts(
        NAMES.of("delegation", games.slug, code),
        "Delegation",
        label=Literal(f"{code} in {games.year}", language="en"),
        games=games.node,
        nation=_nation(number),
    )


@cache
def _nation(number: int) -> NamedNode:
    return NAMES.of("nation", _code(number))


def _code(number: int) -> str:
    """Return three capital letters."""
    return "".join(
        chr(ord("A") + digit) for digit in (number // 676, number // 26 % 26, number % 26)
    )


def _facts(node: NamedNode, kind: str, /, **values: Object) -> Iterator[Quad]:
    """Yield that a node is of a kind, and the value of each property of it."""
    yield Quad(node, RDF_TYPE, _word(kind), GRAPH)
    for name, value in values.items():
        yield Quad(node, _PREDICATES.get(name) or _word(name), value, GRAPH)
