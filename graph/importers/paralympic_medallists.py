"""Summer Paralympic medallists 1980 to 2016: 19,484 rows, one a person and medal.

The table is a cleaned copy of the IPC's results archive. It has 11 sports only, so it is
no whole medal table of any Games. How it is read:

- the rows under *Wheelchair Tennis* are those of table tennis again, with their classes
  (``Singles L3``, ``Teams 9-10``), and go to the reject file;
- a cell in which several people are glued together (``GEISS H.PFEFFER U.``) is cut where a
  name in capitals follows a small letter or a full stop;
- ``TEAM``, or the name of the nation, in place of an athlete is no person: the row only
  says that the team won;
- members of a team are numbered in ``grp_id``, so rows without a number are of people who
  won alone, and two of one nation with one medal tied or both won bronze;
- there are no birth dates: rows with one name, nation and sex are of one person. Who is
  the same as somebody in another source is for the matching of people to find;
- codes of nations are those of the time, and names of nations those of the table's maker,
  who calls the independent participants of 1992 (IPP) *Serbia and Montenegro*. Names are
  not taken over for codes that stand for no one country.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.names import mg, slug
from graph.sources import Source

from .events import event_slug, read_event
from .nations import NO_ONE_COUNTRY, NOT_A_COUNTRY, Country, describe_nation, describe_place
from .people import listed_name
from .statements import FAMILY_NAME, GIVEN_NAME, RDFS_LABEL, describe, english
from .tables import BadCell, find_table, read_table
from .taking import Watched, take
from .winners import describe_winner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.names import Names
    from graph.progress import Progress
    from graph.terms import Quad

    from .events import SportClass
    from .statements import Facts
    from .tables import RejectFile, Row

SOURCE = "paralympic-medallists"
TABLE = "medals_clean.csv"
COLUMNS = (
    *("ID", "gender", "event", "medal", "athlete", "country_code", "country_name"),
    *("grp_id", "type", "year", "guide"),
)
ROWS = 19_484
"""How many rows the published table has: what progress is told against."""

MISSING = "NA"
SPORTS = {
    "Archery": "Para Archery",
    "Athletics": "Para Athletics",
    "Basketball": "Wheelchair Basketball",
    "Fencing": "Wheelchair Fencing",
    "Powerlifting": "Para Powerlifting",
    "Rugby": "Wheelchair Rugby",
    "Swimming": "Para Swimming",
    "Table Tennis": "Para Table Tennis",
    "Triathlon": "Para Triathlon",
    "Volleyball": "Sitting Volleyball",
    "Wheelchair Tennis": "Wheelchair Tennis",
}
"""The sports of the table, and what they are called here."""

CITIES = {
    "1980": "Arnhem",
    "1984": "Stoke Mandeville New York",
    "1988": "Seoul",
    "1992": "Barcelona",
    "1996": "Atlanta",
    "2000": "Sydney",
    "2004": "Athens",
    "2008": "Beijing",
    "2012": "London",
    "2016": "Rio",
}
"""Where the Games of a year were, as the IPC calls them."""

TABLE_TENNIS_AGAIN = "Wheelchair Tennis"
MEDALS = {"Gold": "Gold", "Silver": "Silver", "Bronze": "Bronze"}
SEXES = {"Men": "M", "Women": "F", "Mixed": "Mixed"}
_LABELS = {"Men": "Men's ", "Women": "Women's ", "Mixed": "Mixed "}
_INDEPENDENT = {"IPP": "Independent Paralympic Participants"}
_SEAM = re.compile(r"(?<=[a-z.])(?=[A-Z][A-Z'-])")


def convert(
    folder: Path, *, names: Names, rejects: RejectFile, progress: Progress
) -> Iterator[Quad]:
    """Yield people, events, entries and awards in the graph of this source, and what it is.

    Args:
        folder: holds medals_clean.csv, plain or with ``.gz`` at the end.
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
        title="Summer Paralympic medallists in eleven sports, 1980 to 2016",
        publisher="International Paralympic Committee, as cleaned by others",
        issued="2021-08-03",
        origin="https://github.com/julietwomack/TT-Paralympic-Medals",
        priority=4,
    )


def names_in(cell: str) -> list[str]:
    """Return the people of a cell, each as FAMILY Given.

    Example:
        >>> names_in("GEISS H.PFEFFER U."), names_in("McDONALD Ann")
        (['GEISS H.', 'PFEFFER U.'], ['McDONALD Ann'])

    """
    parts = _SEAM.split(cell)
    found = [parts[0]]
    for part in parts[1:]:
        # "McDONALD" has such a seam too, but it is one word and the family name.
        if found[-1].endswith(("Mc", "Mac", "De", "Di", "Le", "La", "O")):
            found[-1] += part
        else:
            found.append(part)
    return found


@dataclass(slots=True)
class _Medal:
    """One medal of one competitor, and the rows that speak of it."""

    row: Row
    athletes: list[str] = field(default_factory=list)
    guides: list[str] = field(default_factory=list)
    is_team: bool = False


class _Conversion:
    """One run over the table."""

    def __init__(self, names: Names, rejects: RejectFile, progress: Progress) -> None:
        self._names, self._rejects, self._progress = names, rejects, progress
        self._graph = names.graph(SOURCE)
        self._medals: dict[tuple[str, ...], _Medal] = {}
        self._people: dict[tuple[str, str, str], str] = {}
        self._taken: Counter[str] = Counter()
        self._nations: dict[str, str] = {}

    def quads(self, table: Path) -> Iterator[Quad]:
        rows = read_table(table, COLUMNS, rejects=self._rejects)
        take(Watched(self._progress, ROWS)(rows), self._keep, self._rejects)
        yield from self._described_nations()
        yield from self._described_games()
        yield from self._described_events()
        for (name, _, sex), end in self._people.items():
            yield from self._person(name, sex, end)
        medals = self._medals.values()
        given = Counter((_event_key(medal.row), medal.row["medal"]) for medal in medals)
        taken: Counter[tuple[str, str]] = Counter()
        for medal in medals:
            shared = given[_event_key(medal.row), medal.row["medal"]] > 1
            yield from self._medal(medal, is_shared=shared, taken=taken)

    def _keep(self, row: Row) -> None:
        row.choice("type", SPORTS)
        row.choice("medal", MEDALS)
        row.choice("gender", SEXES)
        row.integer("year")
        if row["type"] == TABLE_TENNIS_AGAIN:
            raise BadCell(
                "the medals under Wheelchair Tennis are those of table tennis once more",
                column="type",
                value=row["type"],
                hint="If the medal does not stand under Table Tennis, add it there.",
            )
        code = row.needed("country_code")
        self._nations.setdefault(code, _INDEPENDENT.get(code, row["country_name"]))
        is_team = row["grp_id"] not in ("", MISSING)
        cell = row.needed("athlete")
        people = [] if cell in ("TEAM", row["country_name"]) else names_in(cell)
        alone = "" if is_team or len(people) > 1 else cell
        key = (*_event_key(row), row["medal"], code, alone)
        medal = self._medals.setdefault(key, _Medal(row))
        medal.is_team = medal.is_team or is_team or len(people) > 1
        sex = "" if row["gender"] == "Mixed" else SEXES[row["gender"]]
        first = f"{row['year']}-summer-para"
        medal.athletes += [self._person_end(name, code, sex, first) for name in people]
        if row["guide"] not in ("", MISSING):
            medal.guides.append(self._person_end(row["guide"], code, "", first))

    def _person_end(self, name: str, code: str, sex: str, first: str) -> str:
        wanted = (sex, "") if sex else ("", "M", "F")
        for known in ((name, code, one) for one in wanted):
            if known in self._people:
                return self._people[known]
        stem = f"{slug(listed_name(name).label)}-{code.lower()}-{first}"
        self._taken[stem] += 1
        end = stem if self._taken[stem] == 1 else f"{stem}-{self._taken[stem]}"
        self._people[name, code, sex] = end
        return end

    def _person(self, name: str, sex: str, end: str) -> Iterator[Quad]:
        read = listed_name(name)
        facts: Facts = {
            RDFS_LABEL: english(read.label),
            FAMILY_NAME: read.family,
            GIVEN_NAME: read.given,
            "sex": mg(sex) if sex else None,
        }
        yield from describe(self._names.of("person", end), "Person", self._graph, facts)

    def _medal(
        self, medal: _Medal, *, is_shared: bool, taken: Counter[tuple[str, str]]
    ) -> Iterator[Quad]:
        row, event = medal.row, self._event(medal.row)
        athletes = list(dict.fromkeys(medal.athletes))
        stem = row["country_code"] if medal.is_team or not athletes else athletes[0]
        taken[event, stem] += 1
        key = stem if taken[event, stem] == 1 else f"{stem}-{taken[event, stem]}"
        entry: Facts = {
            "athlete": [self._names.of("person", end) for end in athletes],
            "guide": [self._names.of("person", end) for end in dict.fromkeys(medal.guides)],
            "nation": self._names.of("nation", row["country_code"]),
        }
        yield from describe_winner(
            self._names,
            self._graph,
            event=event,
            key=key,
            medal=row["medal"],
            is_shared=is_shared,
            entry=entry,
        )

    def _event(self, row: Row) -> str:
        return "--".join(
            (
                f"{row['year']}-summer-para",
                slug(SPORTS[row["type"]]),
                event_slug(_label(row)),
            )
        )

    def _described_events(self) -> Iterator[Quad]:
        rows = {self._event(medal.row): medal.row for medal in self._medals.values()}
        classes: dict[str, SportClass] = {}
        for event, row in rows.items():
            sport = SPORTS[row["type"]]
            read = read_event(_label(row), sport)
            classes |= {found.key: found for found in read.classes}
            facts: Facts = {
                RDFS_LABEL: english(_label(row)),
                "games": self._names.of("games", f"{row['year']}-summer-para"),
                "sport": self._names.of("sport", slug(sport)),
                "sex": mg(SEXES[row["gender"]]),
                "sportClass": [self._names.of("class", found.key) for found in read.classes],
            }
            yield from describe(self._names.of("event", event), "Event", self._graph, facts)
        for key, found in sorted(classes.items()):
            about: Facts = {
                RDFS_LABEL: english(found.label),
                "sport": self._names.of("sport", slug(found.sport)),
            }
            yield from describe(self._names.of("class", key), "SportClass", self._graph, about)
        for sport in sorted({SPORTS[row["type"]] for row in rows.values()}):
            node = self._names.of("sport", slug(sport))
            yield from describe(node, "Sport", self._graph, {RDFS_LABEL: english(sport)})

    def _described_games(self) -> Iterator[Quad]:
        for year in sorted({medal.row["year"] for medal in self._medals.values()}):
            facts: Facts = {
                RDFS_LABEL: english(f"{CITIES.get(year, '')} {year} Paralympics".strip()),
                "kind": mg("Paralympic"),
                "season": mg("Summer"),
                "year": int(year),
            }
            games = self._names.of("games", f"{year}-summer-para")
            yield from describe(games, "Games", self._graph, facts)

    def _described_nations(self) -> Iterator[Quad]:
        for code, name in sorted(self._nations.items()):
            country = Country(code, name, name)
            if code not in NO_ONE_COUNTRY and code not in NOT_A_COUNTRY:
                yield from describe_place(country, self._names, self._graph)
            yield from describe_nation(country, self._names, self._graph)


def _event_key(row: Row) -> tuple[str, ...]:
    return row["year"], row["type"], row["gender"], row["event"]


def _label(row: Row) -> str:
    return _LABELS[row["gender"]] + row["event"]
