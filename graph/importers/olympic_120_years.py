"""Olympic athletes from Athens 1896 to Rio 2016: 271,116 rows, one an athlete and event.

The table was made in 2018 of what is Olympedia now, and it has no keys: who is one person
is concluded from the rows (see ``olympic_120_people``), and so is what is one medal (see
``olympic_120_medals``). As published, letters outside ASCII are missing from names.

What the table does not say is not concluded from it:

- medals are those of about 2018, with no word of earlier ones, so awards stand without a
  decision or a date;
- it does not say whether two bronze medals are a tie or a rule of the sport, so events
  have no rule, and bronze medals that are shared have no rank;
- a row a work of art: an artist with several works in one event takes part once.

What is added: equal ranks for entries that share gold or silver, because that is how a tie
is told from a mistake; and a year of birth, marked as approximate, from the age. The Games
of 1906 and the riding events of Stockholm 1956 are editions of their own, as at Olympedia.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from graph.names import mg, slug
from graph.sources import Source

from .nations import Country, describe_nation, describe_place
from .olympic_120_medals import medals_in
from .olympic_120_people import people_in
from .statements import RDFS_LABEL, SKOS_ALT_LABEL, describe, english
from .tables import BadCell, find_table, read_table
from .winners import describe_winner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.names import Names
    from graph.progress import Progress
    from graph.terms import NamedNode, Quad

    from .olympic_120_medals import Medal
    from .olympic_120_people import Athlete
    from .statements import Facts
    from .tables import RejectFile, Row

SOURCE = "olympic-120-years"
TABLE = "athlete_events.csv"
COLUMNS = (
    *("name", "sex", "age", "height", "weight", "nation", "noc"),
    *("games", "year", "season", "city", "sport", "event", "medal"),
)
ROWS = 271_116
"""How many rows the published table has: what progress is told against."""

UNKNOWN = "UNK"
"""What the table writes where it does not know the nation; nothing is said of it then."""

_SEXES = {"M": "M", "F": "F"}
_MEDALS = {"": "", "Gold": "Gold", "Silver": "Silver", "Bronze": "Bronze"}
_SEASONS = {"Summer": "Summer", "Winter": "Winter"}
_EVENT_SEXES = {"Men's": "M", "Women's": "F", "Mixed": "Mixed"}
_APART = {
    ("1906 Summer", "Athina"): ("1906-intercalated", "1906 Intercalated", "Intercalated"),
    ("1956 Summer", "Stockholm"): ("1956-summer-equestrian", "1956 Equestrian", "Summer"),
}
"""Editions that the table counts among others: the end of the IRI, the name and the season."""

WHOLES = {"1956-summer-equestrian": "1956-summer"}
"""Games of another city, by the end of their IRI, and those to which they belong."""


def convert(
    folder: Path, *, names: Names, rejects: RejectFile, progress: Progress
) -> Iterator[Quad]:
    """Yield people, events, entries and awards in the graph of this source, and what it is.

    Args:
        folder: holds athlete_events.csv, plain or with ``.gz`` at the end.
        names: mints the IRIs.
        rejects: takes the rows that cannot be used.
        progress: called once a row.

    Raises:
        BadTable: if the table is missing, cut off, not in UTF-8, or lacks a column.

    """
    yield from source(names).quads(names)
    yield from _Conversion(names, rejects, progress).quads(find_table(folder, TABLE))


def source(names: Names) -> Source:
    """Return the description of this source."""
    return Source(
        graph=names.graph(SOURCE),
        title="120 years of Olympic history: athletes and results, 1896 to 2016",
        publisher="sports-reference.com",
        issued="2018",
        origin="https://github.com/smnnlt/sportsdata",
        priority=4,
    )


@dataclass(frozen=True, slots=True)
class _Edition:
    """One edition of the Games: the end of its IRI, its name, season and year."""

    slug: str
    label: str
    season: str
    year: int


def edition_of(row: Row) -> _Edition:
    """Return the edition of the Games that a row belongs to.

    Raises:
        BadCell: if the season or the year is not one.

    """
    games, season, year = row["games"], row.choice("season", _SEASONS), row.integer("year")
    if games != f"{year} {season}":
        raise BadCell(
            f"games is not the year and the season of the row, {year} {season}",
            column="games",
            value=games,
            hint="Correct the one that is wrong.",
        )
    apart = _APART.get((games, row["city"]))
    if apart is not None:
        return _Edition(*apart, year)
    return _Edition(slug(games), f"{games} Olympics", season, year)


@dataclass(slots=True)
class _Seen:
    """What the rows name, gathered on the way and described at the end."""

    cities: defaultdict[_Edition, dict[str, None]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    events: dict[tuple[str, str], Row] = field(default_factory=dict)
    teams: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    won: list[tuple[Row, str]] = field(default_factory=list)


class _Conversion:
    """One run over the table."""

    def __init__(self, names: Names, rejects: RejectFile, progress: Progress) -> None:
        self._names, self._rejects, self._progress = names, rejects, progress
        self._graph = names.graph(SOURCE)
        self._seen = _Seen()
        self._editions: dict[tuple[str, str], _Edition] = {}
        self._events: dict[tuple[str, str, str], str] = {}
        self._nodes: dict[tuple[str, str], NamedNode] = {}

    def quads(self, table: Path) -> Iterator[Quad]:
        for athlete in people_in(self._rows(table)):
            yield from self._person(athlete)
        for medal in medals_in(self._seen.won):
            yield from self._medal(medal)
        yield from self._games()
        yield from self._described_events()
        yield from self._nations()

    def _rows(self, table: Path) -> Iterator[Row]:
        for done, row in enumerate(read_table(table, COLUMNS, rejects=self._rejects), 1):
            try:
                self._check(row)
            except BadCell as problem:
                self._rejects.add(row, problem)
            else:
                yield row
            self._progress(done, max(done, ROWS))

    def _check(self, row: Row) -> None:
        row.choice("sex", _SEXES)
        row.choice("medal", _MEDALS)
        row.needed("name")
        if row["age"]:
            row.integer("age")
        if (row["games"], row["city"]) not in self._editions:
            self._editions[row["games"], row["city"]] = edition_of(row)
        if not row["event"].startswith(f"{row.needed('sport')} "):
            raise BadCell(
                f"the event does not begin with its sport, {row['sport']}",
                column="event",
                value=row["event"],
                hint="Write the sport before the event, or correct the sport.",
            )
        if len(row.needed("noc")) != len("AZE"):
            raise BadCell(
                "the code of the nation is not three letters",
                column="noc",
                value=row["noc"],
                hint="Write the code of the committee, such as AZE.",
            )

    def _edition(self, row: Row) -> _Edition:
        return self._editions[row["games"], row["city"]]

    def _event(self, row: Row) -> str:
        """Return the end of an event's IRI."""
        key = row["games"], row["city"], row["event"]
        if key not in self._events:
            text = _event_text(row)
            self._events[key] = f"{self._edition(row).slug}--{slug(row['sport'])}--{slug(text)}"
            self._seen.events[self._events[key], text] = row
        return self._events[key]

    def _person(self, athlete: Athlete) -> Iterator[Quad]:
        node = self._names.of("person", athlete.slug)
        facts: Facts = {
            RDFS_LABEL: english(athlete.label),
            SKOS_ALT_LABEL: athlete.name if athlete.name != athlete.label else "",
            "sex": mg(_SEXES[athlete.sex]),
            "born": athlete.about_born,
        }
        yield from describe(node, "Person", self._graph, facts)
        for event, row in {self._event(row): row for row in athlete.rows}.items():
            part: Facts = {
                "person": node,
                "event": self._node("event", event),
                "role": self._athlete,
                "nation": None if row["noc"] == UNKNOWN else self._nation(row["noc"]),
            }
            where = self._names.of("part", event, athlete.slug)
            yield from describe(where, "Participation", self._graph, part)
        for row in athlete.rows:
            self._note(row, athlete.slug)

    @cached_property
    def _athlete(self) -> NamedNode:
        return mg("Athlete")

    def _nation(self, code: str) -> NamedNode:
        return self._node("nation", code)

    def _node(self, kind: str, end: str) -> NamedNode:
        """Return an IRI that is needed often."""
        if (kind, end) not in self._nodes:
            self._nodes[kind, end] = self._names.of(kind, end)
        return self._nodes[kind, end]

    def _note(self, row: Row, person: str) -> None:
        self._seen.cities[self._edition(row)][row["city"]] = None
        self._seen.teams[row["noc"]][row["nation"]] += 1
        if row["medal"]:
            self._seen.won.append((row, person))

    def _medal(self, medal: Medal) -> Iterator[Quad]:
        row, team = medal.row, medal.row["nation"]
        usual = {self._team(code) for code in medal.nations}
        entry: Facts = {
            RDFS_LABEL: english(team) if len(medal.people) > 1 and team not in usual else None,
            "athlete": [self._names.of("person", person) for person in medal.people],
            "nation": [self._nation(code) for code in medal.nations],
        }
        yield from describe_winner(
            self._names,
            self._graph,
            event=self._event(row),
            key=medal.key,
            medal=row["medal"],
            is_shared=medal.is_shared,
            entry=entry,
        )

    def _games(self) -> Iterator[Quad]:
        for edition, cities in self._seen.cities.items():
            facts: Facts = {
                RDFS_LABEL: english(edition.label),
                "kind": mg("Olympic"),
                "season": mg(edition.season),
                "year": edition.year,
                "place": [self._names.of("place", slug(city)) for city in cities],
            }
            whole = WHOLES.get(edition.slug)
            if whole in {other.slug for other in self._seen.cities}:
                facts["partOf"] = self._names.of("games", str(whole))
            games = self._names.of("games", edition.slug)
            yield from describe(games, "Games", self._graph, facts)
        for city in sorted({city for cities in self._seen.cities.values() for city in cities}):
            facts = {"kind": mg("City"), RDFS_LABEL: english(city)}
            place = self._names.of("place", slug(city))
            yield from describe(place, "Place", self._graph, facts)

    def _described_events(self) -> Iterator[Quad]:
        for (event, text), row in self._seen.events.items():
            sex = next((sex for word, sex in _EVENT_SEXES.items() if word in text.split()), None)
            facts: Facts = {
                RDFS_LABEL: english(text),
                "games": self._names.of("games", self._edition(row).slug),
                "sport": self._names.of("sport", slug(row["sport"])),
                "sex": mg(sex) if sex else None,
            }
            yield from describe(self._names.of("event", event), "Event", self._graph, facts)
        for sport in sorted({row["sport"] for row in self._seen.events.values()}):
            label: Facts = {RDFS_LABEL: english(sport)}
            yield from describe(self._names.of("sport", slug(sport)), "Sport", self._graph, label)

    def _nations(self) -> Iterator[Quad]:
        for code in sorted(self._seen.teams.keys() - {UNKNOWN}):
            name = self._team(code)
            country = Country(code, name, name)
            yield from describe_place(country, self._names, self._graph)
            yield from describe_nation(country, self._names, self._graph)

    def _team(self, code: str) -> str:
        """Return what most teams of a nation are called."""
        return max(self._seen.teams[code].items(), key=lambda item: (item[1], item[0]))[0]


def _event_text(row: Row) -> str:
    return row["event"].removeprefix(f"{row['sport']} ")
