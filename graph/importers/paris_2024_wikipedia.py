"""The Paris 2024 Paralympic Games as Wikipedia tells them: a messier second source.

Two tables scraped from Wikipedia: most of the medal table, and the winners of 100 of the
549 events. How they are read:

- a row of the medal table is a tally; a dash for a rank is none, and since rows that share
  a rank were lost in scraping, no rank is concluded for the others;
- of a winner the name is taken over, with the accents that the official tables lack, as
  somebody who took part in the sport for the nation. Which medal it was is left to the
  official results: events have other names here, and a second award of each event would
  count each medal twice;
- in a cell the name and the nation are glued by a no-break space, and the members of a
  team follow the nation without any space between them (``ChinaChen MinyiZhang Tianxin``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names import mg, slug
from graph.sources import Source

from .nations import Country, describe_nation, describe_place
from .statements import RDFS_LABEL, SKOS_ALT_LABEL, describe, english
from .tables import BadCell, find_table, read_table
from .taking import Watched, take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.names import Names
    from graph.progress import Progress
    from graph.terms import Quad

    from .statements import Facts
    from .tables import RejectFile, Row

SOURCE = "paris2024-paralympics-wikipedia"
GAMES = "2024-summer-para"
TABLE, WINNERS = "paralympics_2024_medal_table.csv", "paralympics_2024_medal_winners.csv"
COLOURS = ("Gold", "Silver", "Bronze")
TABLE_COLUMNS = ("Country", *COLOURS, "Total")
WINNER_COLUMNS = ("Sport", *COLOURS)
NATIONS = {
    "Algeria": "ALG",
    "Argentina": "ARG",
    "Australia": "AUS",
    "Austria": "AUT",
    "Azerbaijan": "AZE",
    "Belgium": "BEL",
    "Bosnia and Herzegovina": "BIH",
    "Brazil": "BRA",
    "Bulgaria": "BUL",
    "Canada": "CAN",
    "Chile": "CHI",
    "China": "CHN",
    "Chinese Taipei": "TPE",
    "Colombia": "COL",
    "Costa Rica": "CRC",
    "Croatia": "CRO",
    "Cuba": "CUB",
    "Cyprus": "CYP",
    "Czech Republic": "CZE",
    "Denmark": "DEN",
    "Ecuador": "ECU",
    "Egypt": "EGY",
    "Ethiopia": "ETH",
    "Finland": "FIN",
    "France": "FRA",
    "Georgia": "GEO",
    "Germany": "GER",
    "Great Britain": "GBR",
    "Greece": "GRE",
    "Hong Kong": "HKG",
    "Hungary": "HUN",
    "India": "IND",
    "Indonesia": "INA",
    "Iran": "IRI",
    "Iraq": "IRQ",
    "Ireland": "IRL",
    "Israel": "ISR",
    "Italy": "ITA",
    "Japan": "JPN",
    "Jordan": "JOR",
    "Kazakhstan": "KAZ",
    "Kenya": "KEN",
    "Kuwait": "KUW",
    "Latvia": "LAT",
    "Lithuania": "LTU",
    "Malaysia": "MAS",
    "Mexico": "MEX",
    "Mongolia": "MGL",
    "Morocco": "MAR",
    "Namibia": "NAM",
    "Netherlands": "NED",
    "Neutral Paralympic Athletes": "NPA",
    "New Zealand": "NZL",
    "Nigeria": "NGR",
    "Norway": "NOR",
    "Poland": "POL",
    "Portugal": "POR",
    "Refugee Paralympic Team": "RPT",
    "Romania": "ROU",
    "Saudi Arabia": "KSA",
    "Serbia": "SRB",
    "Singapore": "SGP",
    "Slovakia": "SVK",
    "Slovenia": "SLO",
    "South Africa": "RSA",
    "South Korea": "KOR",
    "Spain": "ESP",
    "Sweden": "SWE",
    "Switzerland": "SUI",
    "Thailand": "THA",
    "Tunisia": "TUN",
    "Turkey": "TUR",
    "Ukraine": "UKR",
    "United States": "USA",
    "Uzbekistan": "UZB",
    "Venezuela": "VEN",
    "Vietnam": "VIE",
}
"""The code of each nation, by the name that Wikipedia gives it."""

SPORTS = {
    "Archery": "Para Archery",
    "Athletics": "Para Athletics",
    "Badminton": "Para Badminton",
    "Boccia": "Boccia",
    "Cycling": "Para Cycling",
    "Judo": "Para Judo",
    "Paracanoeing": "Para Canoe",
    "Paratriathlon": "Para Triathlon",
    "Shooting": "Shooting Para Sport",
    "Swimming": "Para Swimming",
    "Table tennis": "Para Table Tennis",
    "Wheelchair fencing": "Wheelchair Fencing",
}
_PREFIXES = ("Mc", "Mac", "De")
"""What may stand before a capital within a name."""


def convert(
    folder: Path, *, names: Names, rejects: RejectFile, progress: Progress
) -> Iterator[Quad]:
    """Yield tallies and people in the graph of this source, and what it is.

    Args:
        folder: holds the two tables, plain or with ``.gz`` at the end.
        names: mints the IRIs.
        rejects: takes the rows that cannot be used.
        progress: called once a row; how many there will be is not known.

    Raises:
        BadTable: if a table is missing, cut off, not in UTF-8, or lacks a column.

    """
    yield from source(names).quads(names)
    work = _Conversion(names)
    watched = Watched(progress, None)
    for table, columns, keep in (
        (TABLE, TABLE_COLUMNS, work.keep_tally),
        (WINNERS, WINNER_COLUMNS, work.keep_winners),
    ):
        rows = read_table(find_table(folder, table), columns, rejects=rejects)
        take(watched(rows), keep, rejects)
    yield from work.quads()


def source(names: Names) -> Source:
    """Return the description of this source."""
    return Source(
        graph=names.graph(SOURCE),
        title="Paris 2024 Paralympic Games: medal table and winners, as in Wikipedia",
        publisher="Wikipedia",
        issued="2024-09",
        origin="https://github.com/SachinTamangY/Paralympics-2024-dataset",
        priority=5,
    )


def winners_in(cell: str) -> tuple[str, list[str]]:
    """Return the nation and the people of a cell.

    Raises:
        BadCell: if the cell names no nation that is known.

    Example:
        >>> winners_in("Jason Tabansky United States")
        ('United States', ['Jason Tabansky'])
        >>> winners_in("ChinaChen MinyiZhang Tianxin")
        ('China', ['Chen Minyi', 'Zhang Tianxin'])

    """
    for nation in sorted(NATIONS, key=len, reverse=True):
        if cell.endswith(f" {nation}"):
            return nation, [cell.removesuffix(nation).strip()]
    for nation in sorted(NATIONS, key=len, reverse=True):
        if cell.startswith(nation):
            return nation, _apart(cell.removeprefix(nation).strip())
    raise BadCell(
        "no nation that is known is named before or after the people",
        value=cell,
        hint="Write the nation as Wikipedia does, such as Great Britain.",
    )


def _apart(text: str) -> list[str]:
    """Cut a text wherever a capital follows a small letter, but not within a name."""
    found = [""]
    for before, letter in zip(f" {text}", text, strict=False):
        is_seam = before.islower() and letter.isupper() and not found[-1].endswith(_PREFIXES)
        if is_seam:
            found.append("")
        found[-1] += letter
    return found


class _Conversion:
    """What the two tables say, gathered before it is told."""

    def __init__(self, names: Names) -> None:
        self._names, self._graph = names, names.graph(SOURCE)
        self._tallies: dict[str, Facts] = {}
        self._people: dict[tuple[str, str], dict[str, None]] = {}
        self._spelled: dict[tuple[str, str], set[str]] = {}
        self._nations: set[str] = set()

    def keep_tally(self, row: Row) -> None:
        """Note a row of the medal table, or raise BadCell."""
        nation = row.choice("Country", NATIONS)
        counts = [row.integer(colour) for colour in COLOURS]
        if sum(counts) != row.integer("Total"):
            raise BadCell(
                f"gold, silver and bronze make {sum(counts)} and not {row['Total']}",
                column="Total",
                value=row["Total"],
                hint="Correct the count that is wrong.",
            )
        self._nations.add(row["Country"])
        numbers = zip(("gold", "silver", "bronze", "total"), [*counts, sum(counts)], strict=True)
        self._tallies[nation] = dict(numbers)

    def keep_winners(self, row: Row) -> None:
        """Note the people of a row of winners, or raise BadCell."""
        sport = row.choice("Sport", SPORTS)
        for colour in COLOURS:
            if not row[colour]:
                continue
            try:
                nation, people = winners_in(row[colour])
            except BadCell as problem:
                problem.column = colour
                raise
            self._nations.add(nation)
            for person in people:
                key = slug(person), NATIONS[nation]
                self._people.setdefault(key, {})[sport] = None
                self._spelled.setdefault(key, set()).add(person)

    def quads(self) -> Iterator[Quad]:
        """Yield what the tables say."""
        games = self._names.of("games", GAMES)
        edition: Facts = {
            RDFS_LABEL: english("Paris 2024 Paralympics"),
            "kind": mg("Paralympic"),
            "season": mg("Summer"),
            "year": 2024,
        }
        yield from describe(games, "Games", self._graph, edition)
        for name in sorted(self._nations):
            country = Country(NATIONS[name], name, name)
            yield from describe_place(country, self._names, self._graph)
            yield from describe_nation(country, self._names, self._graph)
        for code, counts in self._tallies.items():
            scope: Facts = {"games": games, "nation": self._names.of("nation", code)}
            node = self._names.of("tally", SOURCE, GAMES, code)
            yield from describe(node, "Tally", self._graph, scope | counts)
        for sport in sorted({sport for sports in self._people.values() for sport in sports}):
            label: Facts = {RDFS_LABEL: english(sport)}
            yield from describe(self._names.of("sport", slug(sport)), "Sport", self._graph, label)
        for key, sports in self._people.items():
            yield from self._person(key, list(sports))

    def _person(self, key: tuple[str, str], sports: list[str]) -> Iterator[Quad]:
        name, code = key
        end = f"{name}-{code.lower()}-{GAMES}"
        node = self._names.of("person", end)
        # Of two spellings the one with accents is shown: letters are lost more than found.
        label, *others = sorted(self._spelled[key], key=lambda text: (text.isascii(), text))
        who: Facts = {RDFS_LABEL: english(label), SKOS_ALT_LABEL: others}
        yield from describe(node, "Person", self._graph, who)
        for sport in sports:
            part: Facts = {
                "person": node,
                "role": mg("Athlete"),
                "games": self._names.of("games", GAMES),
                "sport": self._names.of("sport", slug(sport)),
                "nation": self._names.of("nation", code),
            }
            where = self._names.of("part", GAMES, slug(sport), end)
            yield from describe(where, "Participation", self._graph, part)
