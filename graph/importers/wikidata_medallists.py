"""Olympic medallists of 1996, 2004, 2012 and 2020 from Wikipedia and Wikidata.

One row a person and medal, with identifiers of person, event and delegation, and exact
dates of birth. How it is read:

- the nation is that of the delegation where the country's code is another: Puerto Rico,
  Hong Kong and ROC stand under the code of the United States, of China and under none;
- members of a team share a medal: an event is one of teams if most of its medals of one
  colour and delegation went to several people;
- an event's address ends in its identifier, as a person's does: another source that calls
  the event the same gives its medals to entries of its own, and no event has two golds;
- the sex of a person is taken over where it is male or female, and of others left out;
- rows of a page that is no event are refused (``China at the 2012 Summer Olympics``);
- places of birth are left where they are: a place is a country, a city or a venue, and the table
  does not say which of them are towns, districts, provinces, countries or hospitals. Coordinates
  and regions are of these places;
- the tables ``medalists_YEAR.csv`` are left too: they have 60 rows more, of links without a
  person behind them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from graph.names import mg, slug
from graph.sources import Source

from .nations import Country, describe_nation, describe_place
from .statements import RDFS_LABEL, describe, english
from .tables import BadCell, find_table, read_table
from .taking import Watched, take
from .winners import describe_winner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.names import Names
    from graph.progress import Progress
    from graph.terms import NamedNode, Quad

    from .statements import Facts
    from .tables import RejectFile, Row

SOURCE = "wikidata-medallists"
YEARS = (1996, 2004, 2012, 2020)
TABLE = "{year}_medalists_all.csv"
COLUMNS = (
    *("medalist_wikidata_id", "medalist_name", "medal", "delegation_name"),
    *("country_medal_ioc_country_code", "date_of_birth", "sex_or_gender"),
    *("event_wikidata_id", "event_name"),
)
ROWS = 8_088
"""How many rows the published tables have: what progress is told against."""

MISSING = "NA"
MEDALS = {"gold": "Gold", "silver": "Silver", "bronze": "Bronze"}
DELEGATIONS = {"Hong Kong": "HKG", "Puerto Rico": "PUR", "ROC": "ROC"}
"""Delegations whose code is not that of the country which the table names."""

_SEXES = {"male": "M", "female": "F"}
_EVENT = re.compile(
    r"(?P<sport>.+?) at the (?P<year>\d{4}) Summer Olympics"
    "(?: \N{EN DASH} (?P<event>.+))?"
)
_EVENT_SEXES = {"mens": "M", "womens": "F", "mixed": "Mixed"}
_QID = re.compile(r"Q\d+")


def convert(
    folder: Path, *, names: Names, rejects: RejectFile, progress: Progress
) -> Iterator[Quad]:
    """Yield people, events, entries and awards in the graph of this source, and what it is.

    Args:
        folder: holds YEAR_medalists_all.csv of the four years, plain or with ``.gz``.
        names: mints the IRIs.
        rejects: takes the rows that cannot be used.
        progress: called once a row.

    Raises:
        BadTable: if a table is missing, cut off, not in UTF-8, or lacks a column.

    """
    yield from source(names).quads(names)
    work = _Conversion(names, rejects)
    watched = Watched(progress, ROWS)
    for year in YEARS:
        table = find_table(folder, TABLE.format(year=year))
        rows = watched(read_table(table, COLUMNS, rejects=rejects))
        take(rows, partial(work.keep, year=year), rejects)
    yield from work.quads()


def source(names: Names) -> Source:
    """Return the description of this source."""
    return Source(
        graph=names.graph(SOURCE),
        title="Olympic medallists of 1996, 2004, 2012 and 2020",
        publisher="Wikipedia and Wikidata, collected by OBCT and EDJNet",
        issued="2021",
        origin="https://github.com/EDJNet/OlympicsGoNUTS",
        priority=3,
    )


class _Conversion:
    """What the rows say, gathered by medal and by person."""

    def __init__(self, names: Names, rejects: RejectFile) -> None:
        self._names, self._rejects = names, rejects
        self._graph = names.graph(SOURCE)
        self._won: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
        self._events: dict[str, Facts] = {}
        self._event_of: dict[str, str] = {}
        self._people: dict[str, Row] = {}
        self._sports: set[str] = set()

    def keep(self, row: Row, year: int) -> None:
        """Note a row, or raise BadCell."""
        row.choice("medal", MEDALS)
        person = row["medalist_wikidata_id"]
        if not _QID.fullmatch(person):
            raise BadCell(
                "the person has no identifier of Wikidata",
                column="medalist_wikidata_id",
                value=person,
                hint="Write it as Q931115.",
            )
        slug(row.needed("medalist_name"))
        event = self._event(row, year)
        self._won[event, row["medal"], _code(row)].append(row)
        self._people.setdefault(person, row)

    def quads(self) -> Iterator[Quad]:
        """Yield what the rows say."""
        for end, facts in self._events.items():
            yield from describe(self._names.of("event", end), "Event", self._graph, facts)
        for sport in sorted(self._sports):
            label: Facts = {RDFS_LABEL: english(_capital(sport))}
            yield from describe(self._names.of("sport", slug(sport)), "Sport", self._graph, label)
        for year in YEARS:
            yield from self._games(year)
        yield from self._nations()
        for row in self._people.values():
            yield from self._person(row)
        yield from self._medals()

    def _event(self, row: Row, year: int) -> str:
        text = row["event_name"]
        found = _EVENT.fullmatch(text)
        if found is None or int(found["year"]) != year or found["sport"][:1].isupper():
            raise BadCell(
                f"this is no event of the Games of {year}",
                column="event_name",
                value=text,
                hint=f"Write it as archery at the {year} Summer Olympics \N{EN DASH} men's team.",
            )
        sport, label = found["sport"], _capital(found["event"] or found["sport"])
        qid = row["event_wikidata_id"] if _QID.fullmatch(row["event_wikidata_id"]) else ""
        own = qid.lower() or SOURCE
        end = f"{year}-summer--{slug(sport)}--{slug(label)}-{own}"
        sex = next((_EVENT_SEXES[w] for w in slug(label).split("-") if w in _EVENT_SEXES), "")
        self._sports.add(sport)
        self._events[end] = {
            RDFS_LABEL: english(label),
            "games": self._names.of("games", f"{year}-summer"),
            "sport": self._names.of("sport", slug(sport)),
            "sex": mg(sex) if sex else None,
            "externalId": f"wikidata:{qid}" if qid else "",
        }
        return end

    def _person_node(self, row: Row) -> NamedNode:
        end = f"{slug(row['medalist_name'])}-{row['medalist_wikidata_id'].lower()}"
        return self._names.of("person", end)

    def _person(self, row: Row) -> Iterator[Quad]:
        sex, born = _SEXES.get(row["sex_or_gender"]), row["date_of_birth"]
        facts: Facts = {
            RDFS_LABEL: english(row["medalist_name"]),
            "sex": mg(sex) if sex else None,
            "born": born if _is_day(born) else "",
            "externalId": f"wikidata:{row['medalist_wikidata_id']}",
        }
        yield from describe(self._person_node(row), "Person", self._graph, facts)

    def _medals(self) -> Iterator[Quad]:
        teams = self._team_events()
        given: Counter[tuple[str, str]] = Counter()
        for (event, medal, _), rows in self._won.items():
            given[event, medal] += 1 if event in teams else len(rows)
        for (event, medal, code), rows in self._won.items():
            is_shared = given[event, medal] > 1
            for members in [rows] if event in teams else [[row] for row in rows]:
                yield from self._medal(event, members, code, is_shared=is_shared)

    def _medal(
        self, event: str, members: list[Row], code: str, *, is_shared: bool
    ) -> Iterator[Quad]:
        medal = members[0]["medal"]
        people = [self._person_node(self._people[row["medalist_wikidata_id"]]) for row in members]
        key = code if len(people) > 1 else people[0].value.rpartition("/")[2]
        yield from describe_winner(
            self._names,
            self._graph,
            event=event,
            key=f"{key}--{medal}",
            medal=MEDALS[medal],
            is_shared=is_shared,
            entry={"athlete": people, "nation": self._names.of("nation", code)},
        )

    def _team_events(self) -> set[str]:
        votes: Counter[str] = Counter()
        for (event, _, _), rows in self._won.items():
            votes[event] += 1 if len(rows) > 1 else -1
        return {event for event, balance in votes.items() if balance > 0}

    def _games(self, year: int) -> Iterator[Quad]:
        facts: Facts = {
            RDFS_LABEL: english(f"{year} Summer Olympics"),
            "kind": mg("Olympic"),
            "season": mg("Summer"),
            "year": year,
        }
        games = self._names.of("games", f"{year}-summer")
        yield from describe(games, "Games", self._graph, facts)

    def _nations(self) -> Iterator[Quad]:
        found = {
            _code(row): row["delegation_name"].partition(" at the ")[0]
            for rows in self._won.values()
            for row in rows
        }
        for code, name in sorted(found.items()):
            country = Country(code, name, name)
            yield from describe_place(country, self._names, self._graph)
            yield from describe_nation(country, self._names, self._graph)


def _code(row: Row) -> str:
    delegation = row["delegation_name"].partition(" at the ")[0]
    code = DELEGATIONS.get(delegation, row["country_medal_ioc_country_code"])
    if code in ("", MISSING):
        raise BadCell(
            "the nation has no code",
            column="country_medal_ioc_country_code",
            value=code,
            hint="Write the three letters of the committee.",
        )
    return code


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
