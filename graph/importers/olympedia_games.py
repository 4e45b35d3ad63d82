"""Olympedia's editions of the Olympic Games, their nations, and medals per edition and nation.

The 1906 Intercalated Games and the equestrian Games of Stockholm 1956 are editions of their
own there, and here. Games that were not held because of war are editions too; they are
left out, for nobody took part in them. Dates have no year of their own, but for Tokyo.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from graph.names import mg, slug
from graph.sources import Source
from graph.terms import Quad

from .nations import Country, describe_nation, describe_place
from .olympic_120_years import WHOLES
from .statements import RDFS_LABEL, describe, english
from .tables import BadCell, find_table, read_table
from .taking import Watched, taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graph.names import Names
    from graph.progress import Progress
    from graph.terms import NamedNode

    from .statements import Facts
    from .tables import RejectFile, Row

SOURCE = "olympedia-games"
GAMES, NATIONS, TALLIES = (
    "Olympics_Games.csv",
    "Olympics_Country.csv",
    "Olympic_Games_Medal_Tally.csv",
)
COLUMNS = {
    GAMES: ("edition", "edition_id", "year", "city", "start_date", "end_date", "isHeld"),
    NATIONS: ("noc", "country"),
    TALLIES: ("edition_id", "country", "country_noc", "gold", "silver", "bronze", "total"),
}
RULE = "with-art"
"""The rule that the counts follow: of today, with art, a mixed team on a line of its own."""

COLOURS = ("gold", "silver", "bronze", "total")

_EDITION = re.compile(
    r"(?P<year>\d{4}) (?P<kind>Summer Olympics|Winter Olympics|Equestrian|Intercalated)"
)
_KINDS = {
    "Summer Olympics": ("summer", "Summer"),
    "Winter Olympics": ("winter", "Winter"),
    "Equestrian": ("summer-equestrian", "Summer"),
    "Intercalated": ("intercalated", "Intercalated"),
}
_TWO_CITIES = {"Milano-Cortina d'Ampezzo": ("Milano", "Cortina d'Ampezzo")}
"""Games whose city is two; a hyphen alone does not tell, as in Garmisch-Partenkirchen."""
_DAY = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+)(?: (?P<year>\d{4}))?")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def convert(
    folder: Path, *, names: Names, rejects: RejectFile, progress: Progress
) -> Iterator[Quad]:
    """Yield editions, nations and tallies in the graph of this source, and what the source is.

    Args:
        folder: holds the three tables, plain or with ``.gz`` at the end.
        names: mints the IRIs.
        rejects: takes the rows that cannot be used.
        progress: called once a row; how many there will be is not known.

    Raises:
        BadTable: if a table is missing, cut off, not in UTF-8, or lacks a column.

    """
    yield from source(names).quads(names)
    work = _Conversion(folder, names, rejects, progress)
    yield from work.games()
    yield from work.nations()
    yield from work.tallies()


def source(names: Names) -> Source:
    """Return the description of this source."""
    return Source(
        graph=names.graph(SOURCE),
        title="Olympic Games 1896 to 2032 and their medals by nation",
        publisher="Olympedia",
        origin="https://github.com/josephwccheng/olympedia_web_scraping",
        priority=3,
        rule=names.of("rule", RULE),
    )


def games_of(edition: str) -> tuple[str, str, int]:
    """Return the slug, the season and the year of an edition.

    Raises:
        BadCell: if the text is no edition.

    Example:
        >>> games_of("1956 Equestrian"), games_of("1906 Intercalated")
        (('1956-summer-equestrian', 'Summer', 1956), ('1906-intercalated', 'Intercalated', 1906))

    """
    found = _EDITION.fullmatch(edition)
    if found is None:
        raise BadCell(
            "the edition is not a year and a kind of Games",
            column="edition",
            value=edition,
            hint="Write it as 2016 Summer Olympics.",
        )
    end, season = _KINDS[found["kind"]]
    return f"{found['year']}-{end}", season, int(found["year"])


def day_of(text: str, year: int, *, column: str) -> str:
    """Return a day as EDTF; an empty text stays one.

    Raises:
        BadCell: if the text is no day of the calendar.

    Example:
        >>> day_of("6 April", 1896, column="x"), day_of("23 July 2021", 2020, column="x")
        ('1896-04-06', '2021-07-23')

    """
    if not text:
        return ""
    problem = BadCell(
        f"{column} is not a day",
        column=column,
        value=text,
        hint="Write it as 6 April, or 6 April 1896.",
    )
    found = _DAY.fullmatch(text)
    if found is None or found["month"] not in _MONTHS:
        raise problem
    month = _MONTHS.index(found["month"]) + 1
    try:
        return date(int(found["year"] or year), month, int(found["day"])).isoformat()
    except ValueError as error:
        raise problem from error


class _Conversion:
    """The three tables one after another; what the first says is known to the next."""

    def __init__(self, folder: Path, names: Names, rejects: RejectFile, progress: Progress) -> None:
        self._folder, self._names, self._rejects = folder, names, rejects
        self._watched = Watched(progress, None)
        self._graph = names.graph(SOURCE)
        self._games: dict[str, NamedNode] = {}
        self._nations: set[str] = set()
        self._tallies: dict[tuple[str, str], int] = {}

    def games(self) -> Iterator[Quad]:
        yield from self._said(GAMES, self._edition)
        held = set(self._games.values())
        for part, whole in (
            (self._names.of("games", part), self._names.of("games", whole))
            for part, whole in WHOLES.items()
        ):
            if {part, whole} <= held:
                yield Quad(part, mg("partOf"), whole, self._graph)

    def nations(self) -> Iterator[Quad]:
        yield from self._said(
            NATIONS, lambda row: self._nation(self._new_code(row), row["country"])
        )

    def tallies(self) -> Iterator[Quad]:
        yield from self._said(TALLIES, self._tally)

    def _said(self, table: str, say: Callable[[Row], Iterator[Quad]]) -> Iterator[Quad]:
        path = find_table(self._folder, table)
        rows = self._watched(read_table(path, COLUMNS[table], rejects=self._rejects))
        for quads in taken(rows, lambda row: list(say(row)), self._rejects):
            yield from quads

    def _edition(self, row: Row) -> Iterator[Quad]:
        end, season, year = games_of(row["edition"])
        if row["isHeld"]:
            return
        days: Facts = {
            "from": day_of(row["start_date"], year, column="start_date"),
            "until": day_of(row["end_date"], year, column="end_date"),
        }
        games = self._names.of("games", end)
        self._games[row.needed("edition_id")] = games
        city = row.needed("city")
        cities = _TWO_CITIES.get(city, (city,))
        places = [self._names.of("place", slug(city)) for city in cities]
        for place, name in zip(places, cities, strict=True):
            facts: Facts = {"kind": mg("City"), RDFS_LABEL: english(name)}
            yield from describe(place, "Place", self._graph, facts)
        named: Facts = {
            RDFS_LABEL: english(row["edition"]),
            "kind": mg("Olympic"),
            "season": mg(season),
            "year": year,
            "place": places,
        }
        yield from describe(games, "Games", self._graph, named | days)

    def _new_code(self, row: Row) -> str:
        code = row.needed("noc")
        if code in self._nations:
            raise BadCell(
                "the code is given twice",
                column="noc",
                value=code,
                hint="Keep the row with the name that is meant.",
            )
        return code

    def _nation(self, code: str, name: str) -> Iterator[Quad]:
        self._nations.add(code)
        country = Country(code, name, name)
        yield from describe_place(country, self._names, self._graph)
        yield from describe_nation(country, self._names, self._graph)

    def _tally(self, row: Row) -> Iterator[Quad]:
        games = self._games.get(row["edition_id"])
        if games is None:
            raise BadCell(
                f"no edition of {GAMES} that was held has this number",
                column="edition_id",
                value=row["edition_id"],
                hint="Correct the number, or add the edition.",
            )
        code = row.needed("country_noc")
        known = self._tallies.setdefault((row["edition_id"], code), row.line)
        if known != row.line:
            raise BadCell(
                f"the same Games and nation are in line {known}",
                column="country_noc",
                value=code,
                hint="Remove one of the two rows, or correct the code.",
            )
        counts: Facts = {colour: row.integer(colour) for colour in COLOURS}
        parts = sum(row.integer(colour) for colour in COLOURS[:3])
        if parts != row.integer("total"):
            raise BadCell(
                f"gold, silver and bronze make {parts} and not {row['total']}",
                column="total",
                value=row["total"],
                hint="Correct the count that is wrong.",
            )
        if code not in self._nations:
            yield from self._nation(code, row.needed("country"))
        scope: Facts = {"games": games, "nation": self._names.of("nation", code)}
        end = games.value.rpartition("/")[2]
        node = self._names.of("tally", SOURCE, end, code)
        yield from describe(node, "Tally", self._graph, scope | counts)
