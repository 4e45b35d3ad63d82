"""The Paris 2024 Olympic Games: athletes and officials, results, and who won which medal.

The tables are scraped from the official results service, and told as those of the
Paralympic Games are (see ``paris_2024_paralympics``). What is particular to them:

- the athletes are in a folder of their own (``athletes.csv``, ``athletes_disciplines.csv``
  and ``athletes_events.csv``, made by somebody else, with the same codes); five medallists
  whom it lacks are taken from the medallists;
- a medallist with ``is_medallist`` False is a reserve and has no medal;
- a name for television is known of those only who won a medal alone;
- the organisation of an official is a nation only where its code is one of a committee:
  ``FRA`` is, ``FIBA`` is not;
- coaches, officials and athletes have codes of their own, so that one who was two of
  these is two people until somebody joins them;
- results, venues and the schedule are read by ``paris_2024_rounds``, ``paris_2024_teams`` and
  ``paris_2024_venues``. Of the results no word can say who met whom and won (only the marks of
  both tell), who qualified, by how much others were behind, and in what order, on which lane
  and under which number they started; of the teams, who only stood by.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import mg, slug
from graph.sources import Source

from .nations import Country
from .paris_2024_contests import describe_contests, read_contests
from .paris_2024_nodes import OLYMPIC, Nodes
from .paris_2024_people import people_in, slugs_of
from .paris_2024_results import describe_results
from .paris_2024_staff import COACHES, OFFICIALS, Staff, coach_of, describe_staff, official_of
from .paris_2024_tables import (
    COLUMNS,
    COUNTRY,
    NATIONALITY,
    PERSON_SEX,
    Athlete,
    Medallist,
    Tables,
    country,
    day,
    joined,
    medal_of,
    medallist_of,
    named,
    total_of,
)
from .people import Published
from .statements import RDFS_LABEL, describe, english
from .tables import find_table
from .taking import Watched, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.names import Names
    from graph.progress import Progress
    from graph.terms import Quad

    from .paris_2024_tables import Medal
    from .statements import Facts
    from .tables import RejectFile, Row

SOURCE = OLYMPIC.source
ATHLETES_BESIDE = "-athletes"
"""What the folder of the athletes is called more than the one of the other tables."""

_SEX = {"M": "M", "F": "F"}
_MEDALLISTS = (
    *COLUMNS["medallists.csv"],
    *("name", "gender", "birth_date", "is_medallist"),
    *COUNTRY,
    *NATIONALITY,
)
_ATHLETES = (
    *("code", "name", "birthDate", "gender"),
    *("country_code", "country_name", "country_name_long"),
)


def convert(
    folder: Path, *, names: Names, rejects: RejectFile, progress: Progress
) -> Iterator[Quad]:
    """Yield what the tables say, in the graph of this source, and what it is.

    Args:
        folder: holds coaches.csv, medallists.csv, medals.csv, medals_total.csv, nocs.csv,
            schedules.csv, teams.csv, technical_officials.csv and venues.csv, and in the folder
            results the table of each sport; the three tables of athletes are in it, or in a
            folder beside it with ``-athletes`` at the end of its name.
        names: mints the IRIs.
        rejects: takes the rows that cannot be used.
        progress: called once a row.

    Raises:
        BadTable: if a table is missing, cut off, not in UTF-8, or lacks a column.

    """
    tables = _read(folder, rejects)
    staff = _read_staff(folder, rejects)
    contests = read_contests(folder, tables, rejects)
    tables = contests.with_people(tables)
    people = people_in(tables, contests.events)
    nodes = Nodes(names, OLYMPIC, slugs_of(people))
    rows = len(people) + len(tables.medals) + len(tables.totals) + len(staff)
    watched = Watched(progress, rows + len(contests.lines))
    yield from source(names).quads(names)
    yield from _describe_games(nodes)
    yield from describe_results(tables, people, nodes, watched)
    yield from describe_staff(list(watched(staff)), nodes)
    yield from describe_contests(contests, tables, nodes, watched)


def source(names: Names) -> Source:
    """Return the description of this source."""
    return Source(
        graph=names.graph(SOURCE),
        title="Paris 2024 Olympic Games: athletes, coaches, officials, medals and medal table",
        publisher="Paris 2024 results service",
        issued="2024-08-11",
        origin="https://github.com/Manu-b-26/Paris-Olympics-2024",
        priority=1,
    )


@dataclass(frozen=True, slots=True)
class _Winner:
    """One row of medallists, with what it says of the person besides the medal."""

    medallist: Medallist
    name: str
    sex: str
    born: str
    nation: Country
    nationality: Country | None
    is_reserve: bool


def _read(folder: Path, rejects: RejectFile) -> Tables:
    winners = list(read_rows(find_table(folder, "medallists.csv"), _MEDALLISTS, _winner, rejects))
    winners = [winner for winner in winners if not winner.is_reserve]
    columns = COLUMNS["medals.csv"]
    medals = list(read_rows(find_table(folder, "medals.csv"), columns, medal_of, rejects))
    totals = find_table(folder, "medals_total.csv")
    tables = Tables(
        athletes=_read_athletes(folder, winners, medals, rejects),
        medallists=[winner.medallist for winner in winners],
        medals=medals,
        totals=list(read_rows(totals, COLUMNS["medals_total.csv"], total_of, rejects)),
    )
    return joined(tables, rejects)


def _read_athletes(
    folder: Path, winners: list[_Winner], medals: list[Medal], rejects: RejectFile
) -> list[Athlete]:
    beside = folder.parent / f"{folder.name}{ATHLETES_BESIDE}"
    place = beside if beside.is_dir() else folder
    disciplines = _links(place, "disciplines", rejects)
    events = _links(place, "events", rejects)
    television = {medal.entry: medal.name for medal in medals if medal.competitor == "person"}
    won = {winner.medallist.athlete: winner for winner in winners}

    def athlete(row: Row) -> Athlete:
        code = row.needed("code")
        winner = won.get(code)
        return Athlete(
            row=row,
            code=code,
            name=Published(named(row, "name"), television.get(code, "")),
            sex=row.choice("gender", _SEX),
            born=day(row, "birthDate") if row["birthDate"] else "",
            nation=country(row, ("country_code", "country_name", "country_name_long")),
            nationality=winner.nationality if winner else None,
            disciplines=tuple(disciplines[code]),
            events=tuple(events[code]),
        )

    found = list(read_rows(find_table(place, "athletes.csv"), _ATHLETES, athlete, rejects))
    listed = {one.code for one in found}
    return found + [
        _of_winner(winner, television) for code, winner in won.items() if code not in listed
    ]


def _of_winner(winner: _Winner, television: dict[str, str]) -> Athlete:
    code = winner.medallist.athlete
    return Athlete(
        row=winner.medallist.row,
        code=code,
        name=Published(winner.name, television.get(code, "")),
        sex=winner.sex,
        born=winner.born,
        nation=winner.nation,
        nationality=winner.nationality,
        disciplines=(winner.medallist.discipline,),
        events=(winner.medallist.event,),
    )


def _winner(row: Row) -> _Winner:
    return _Winner(
        medallist=medallist_of(row),
        name=named(row, "name"),
        sex=row.choice("gender", PERSON_SEX),
        born=day(row, "birth_date") if row["birth_date"] else "",
        nation=country(row, COUNTRY),
        nationality=country(row, NATIONALITY) if row["nationality_code"] else None,
        is_reserve=row["is_medallist"] == "False",
    )


def _links(folder: Path, what: str, rejects: RejectFile) -> defaultdict[str, list[str]]:
    """Return the disciplines or events of each athlete, by code."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    table = find_table(folder, f"athletes_{what}.csv")
    for code, text in read_rows(
        table, ("code", what), lambda row: (row["code"], named(row, what)), rejects
    ):
        found[code].append(text)
    return found


def _read_staff(folder: Path, rejects: RejectFile) -> list[Staff]:
    nocs = dict(
        read_rows(
            find_table(folder, "nocs.csv"),
            ("code", "country", "country_long"),
            lambda row: (row["code"], Country(row["code"], row["country"], row["country_long"])),
            rejects,
        )
    )
    coaches = read_rows(find_table(folder, "coaches.csv"), COACHES, coach_of, rejects)
    table = find_table(folder, "technical_officials.csv")
    officials = read_rows(table, OFFICIALS, lambda row: official_of(row, nocs), rejects)
    return [*coaches, *officials]


def _describe_games(nodes: Nodes) -> Iterator[Quad]:
    places = {name: nodes.names.of("place", slug(name)) for name in ("Paris", "France")}
    games: Facts = {
        RDFS_LABEL: english("2024 Summer Olympics"),
        "kind": mg("Olympic"),
        "season": mg("Summer"),
        "year": 2024,
        "edition": 33,
        "from": "2024-07-26",
        "until": "2024-08-11",
        "place": places["Paris"],
    }
    yield from describe(nodes.games, "Games", nodes.graph, games)
    city: Facts = {
        "kind": mg("City"),
        "partOf": places["France"],
        RDFS_LABEL: english("Paris"),
    }
    yield from describe(places["Paris"], "Place", nodes.graph, city)
    land: Facts = {"kind": mg("Country"), RDFS_LABEL: english("France")}
    yield from describe(places["France"], "Place", nodes.graph, land)
