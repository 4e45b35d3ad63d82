"""A person: the career across Games, nations and classes as they were then, and every name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.identity.redirects import identity_graph
from graph.names import SAME_AS, mg, property_words
from graph.terms import NamedNode
from service.pages import Cell

from . import linked
from .gathering import Portrait, Said, code_of
from .medals import Medal, medals_of_entry
from .names import Spelling, spellings
from .offices import Office, offices_of
from .timeline import Timeline, timeline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .gathering import Cited, Fact, Gathering

MOST = 200
"""So many entries and records of a person are told; nobody has more, but a slip may."""

FACTS = (
    ("sex", "Sex"),
    ("born", "Born"),
    ("died", "Died"),
    ("country", "Citizen of"),
)
EVENT, GAMES, NATION, CLASS = mg("event"), mg("games"), mg("nation"), mg("sportClass")
SPORT, ROLE, PERSON, OCCASION = mg("sport"), mg("role"), mg("person"), mg("occasion")
RANK, YEAR, FROM = mg("rank"), mg("year"), mg("from")


@dataclass(frozen=True, slots=True)
class Nation:
    """A nation as it was then: its name, and its letters on the scoreboard."""

    cell: Cell
    code: str


@dataclass(frozen=True, slots=True)
class Start:
    """One thing that a person did at the Games.

    Attributes:
        role: as what: athlete, guide, coach.
        nations: for whom.
        event: where; a sport if no event is known.
        sport: of the event.
        classes: the sport classes then: of the entry, else those that the event admits.
        rank: the place, or nothing.
        medals: standing or not.
        others: who else was in the entry.
        cited: who says that the person took part.

    """

    role: str
    nations: tuple[Nation, ...]
    event: Cell
    sport: tuple[Cell, ...]
    classes: tuple[Cell, ...]
    rank: str
    medals: tuple[Medal, ...]
    others: tuple[Cell, ...]
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """What a person did at one edition of the Games."""

    games: Cell
    year: str
    starts: tuple[Start, ...]


@dataclass(frozen=True, slots=True)
class Classified:
    """One sport class that a person was given."""

    date: str
    sport: tuple[Cell, ...]
    classes: tuple[Cell, ...]
    status: str
    body: tuple[Cell, ...]
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """How many medals of each colour a person holds now for one nation; of all, no nation."""

    nation: Nation | None
    counts: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Person:
    """What the page of a person tells."""

    facts: tuple[Fact, ...]
    held: tuple[Held, ...]
    lost: int
    career: tuple[Edition, ...]
    more: bool
    line: Timeline | None
    classes: tuple[Classified, ...]
    offices: tuple[Office, ...]
    occasions: tuple[Said, ...]
    spellings: tuple[Spelling, ...]
    merged: tuple[str, ...]


def person(gathering: Gathering, node: NamedNode) -> Portrait:
    """Return what is told of a person."""
    work = _Career(gathering, node)
    career = work.editions()
    told = Person(
        facts=gathering.facts(node, FACTS),
        held=_held(career),
        lost=sum(not m.stands for e in career for s in e.starts for m in s.medals),
        career=career,
        more=work.is_cut,
        line=timeline(career),
        classes=_classes(gathering, node),
        offices=offices_of(gathering, PERSON, node),
        occasions=_occasions(gathering, node),
        spellings=spellings(gathering, node),
        merged=_merged(gathering, node),
    )
    return Portrait("person", "person", told, _linked(gathering, node, told))


class _Career:
    """Reads what a person did at the Games."""

    def __init__(self, gathering: Gathering, node: NamedNode) -> None:
        self._of, self._node = gathering, node
        self._entries = {
            entry: part
            for part in ("guide", "athlete")
            for entry in gathering.pointing(mg(part), node, MOST)
        }
        records = gathering.pointing(PERSON, node, MOST)
        self._parts = [one for one in records if mg("Participation") in gathering.types(one)]
        self.is_cut = max(len(self._entries), len(records)) >= MOST

    def editions(self) -> tuple[Edition, ...]:
        """Return the Games at which the person was, the earliest first."""
        found: dict[NamedNode | None, list[Start]] = {}
        events: set[NamedNode | None] = set()
        for entry, part in self._entries.items():
            event = self._of.node(entry, EVENT)
            events.add(event)
            games = self._of.node(event, GAMES) if event else None
            found.setdefault(games, []).append(self._start(entry, part, event))
        for record in self._parts:
            event, games = (self._of.node(record, name) for name in (EVENT, GAMES))
            if event:
                games = games or self._of.node(event, GAMES)
            if self._of.node(record, OCCASION) or not games or (event and event in events):
                continue
            start = self._attendance(record, event)
            if start.role != "athlete" or event or not _told(found.get(games), start):
                found.setdefault(games, []).append(start)
        made = [self._edition(games, starts) for games, starts in found.items()]
        return tuple(sorted(made, key=lambda one: (one.year or "9999", one.games.text)))

    def _edition(self, games: NamedNode | None, starts: list[Start]) -> Edition:
        starts.sort(key=lambda one: ([cell.text for cell in one.sport], one.event.text))
        year = (self._of.text(games, YEAR) or self._of.text(games, FROM)[:4]) if games else ""
        cell = self._of.cell(games) if games else Cell("Games not known")
        return Edition(cell, year, tuple(starts))

    def _start(self, entry: NamedNode, part: str, event: NamedNode | None) -> Start:
        of = self._of
        classes = of.terms(entry, CLASS) or (of.terms(event, CLASS) if event else [])
        team = {one for p in ("athlete", "guide") for one in of.nodes(entry, mg(p))}
        return Start(
            role=part,
            nations=nations_of(of, entry),
            event=of.cell(event) if event else Cell("event not known"),
            sport=of.cells(of.terms(event, SPORT)) if event else (),
            classes=of.cells(classes),
            rank=of.text(entry, RANK),
            medals=medals_of_entry(of, entry),
            others=of.cells(sorted(team - {self._node}, key=str)[:_TEAM]),
            cited=of.stating(entry, mg(part), self._node),
        )

    def _attendance(self, record: NamedNode, event: NamedNode | None) -> Start:
        of = self._of
        sport = of.cells(of.terms(record, SPORT) or (of.terms(event, SPORT) if event else []))
        role = of.node(record, ROLE)
        return Start(
            role=property_words(role) if role else "took part",
            nations=nations_of(of, record),
            event=of.cell(event) if event else Cell(""),
            sport=sport,
            classes=of.cells(of.terms(record, CLASS)),
            rank="",
            medals=(),
            others=(),
            cited=of.stating(record, PERSON, self._node),
        )


_TEAM = 25
"""So many other members of a team are named beside a medal."""


def _told(starts: list[Start] | None, start: Start) -> bool:
    """Tell whether entries say already that somebody was an athlete in this sport."""
    known = {cell.entity for one in starts or () for cell in one.sport}
    return bool(starts) and {cell.entity for cell in start.sport} <= known


def nations_of(gathering: Gathering, record: NamedNode) -> tuple[Nation, ...]:
    """Return the nations of a record, as they were then."""
    found = gathering.nodes(record, NATION)
    return tuple(Nation(gathering.cell(one), code_of(gathering, one)) for one in found)


def _held(career: Iterable[Edition]) -> tuple[Held, ...]:
    """Return the medals held now, in all and, if there are several, for each nation."""
    counts: dict[Nation | None, Counter[str]] = {}
    for start in (start for edition in career for start in edition.starts):
        nation = start.nations[0] if len(start.nations) == 1 else None
        for medal in start.medals:
            if medal.stands:
                counts.setdefault(nation, Counter())[medal.colour] += 1
    if not counts:
        return ()
    total = sum(counts.values(), Counter())
    apart = [(n, c) for n, c in counts.items() if n] if len(counts) > 1 else []
    return tuple(
        Held(nation, (found["gold"], found["silver"], found["bronze"]))
        for nation, found in [(None, total), *apart]
    )


def _merged(gathering: Gathering, node: NamedNode) -> tuple[str, ...]:
    found = gathering.reader.quads(None, SAME_AS, node, identity_graph(gathering.names))
    return tuple(sorted(q.subject.value for q in found if isinstance(q.subject, NamedNode)))


def _classes(gathering: Gathering, node: NamedNode) -> tuple[Classified, ...]:
    found = [
        Classified(
            gathering.text(record, mg("date")) or gathering.text(record, FROM),
            gathering.cells(gathering.terms(record, SPORT)),
            gathering.cells(gathering.terms(record, CLASS)),
            ", ".join(cell.text for cell in gathering.cells(gathering.terms(record, mg("status")))),
            gathering.cells(gathering.terms(record, mg("decidedBy"))),
            gathering.stating(record, PERSON, node),
        )
        for record in gathering.pointing(PERSON, node, MOST)
        if mg("Classification") in gathering.types(record)
    ]
    return tuple(sorted(found, key=lambda one: one.date))


def _occasions(gathering: Gathering, node: NamedNode) -> tuple[Said, ...]:
    found: list[Said] = []
    for record in gathering.pointing(PERSON, node, MOST):
        occasion, role = (gathering.node(record, name) for name in (OCCASION, ROLE))
        if occasion:
            cell = gathering.cell(occasion)
            words = property_words(role) if role else "present"
            found.append(
                Said(
                    Cell(f"{words}, {cell.text}", entity=cell.entity, language=cell.language),
                    gathering.stating(record, PERSON, node),
                )
            )
    return tuple(sorted(found, key=lambda one: one.cell.text))


def _linked(gathering: Gathering, node: NamedNode, told: Person) -> dict[str, object]:
    sexes = {mg("F"): "Female", mg("M"): "Male"}
    own = gathering.cell(node).text
    countries = gathering.cells(gathering.nodes(node, mg("country")))
    held = [
        f"{medal.colour}, {start.event.text}, {edition.games.text}"
        for edition in told.career
        for start in edition.starts
        for medal in start.medals
        if medal.stands
    ]
    return linked.thing(
        gathering,
        node,
        "Person",
        alternateName=sorted({one.name.text for one in told.spellings} - {own}),
        birthDate=linked.day(gathering.text(node, mg("born"))),
        deathDate=linked.day(gathering.text(node, mg("died"))),
        gender=sexes.get(gathering.node(node, mg("sex")) or node, ""),
        nationality=linked.several(countries, "Country"),
        award=held,
        memberOf=[office.membership for office in told.offices],
    )
