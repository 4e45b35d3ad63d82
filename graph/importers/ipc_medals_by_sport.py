"""The IPC's medals by sport and nation, Rome 1960 to Tokyo 2020: one published count a row.

The table names Games by a city and a year in either order (``tokyo-2020``,
``1988-seoul``), sports by a slug, and nations by their code of the time. It has no count
of all sports of one Games together, so the sum of a nation's rows is given as a tally of
its own whose comment says what it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from graph.names import mg, slug
from graph.sources import Source

from .nations import Country, describe_nation, describe_place
from .statements import COMMENT, RDFS_LABEL, SKOS_ALT_LABEL, describe, english
from .tables import BadCell, find_table, read_table
from .taking import Watched, take

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from graph.names import Names
    from graph.progress import Progress
    from graph.terms import NamedNode, Quad

    from .statements import Facts
    from .tables import RejectFile, Row

SOURCE = "ipc-medals-by-sport"
TABLE = "medalsBySportCountry.csv"
COLUMNS = ("Event", "Sport", "Rank", "Country", "NPC", "Gold", "Silver", "Bronze", "Total")
COLOURS = ("gold", "silver", "bronze", "total")
SUM = "Sum of the rows of the sports; the table has no such row."

SPORTS = {
    "archery": "Para Archery",
    "athletics": "Para Athletics",
    "badminton": "Para Badminton",
    "canoeing": "Para Canoe",
    "cycling": "Para Cycling",
    "equestrian": "Para Equestrian",
    "football-5-side": "Blind Football",
    "judo": "Para Judo",
    "powerlifting": "Para Powerlifting",
    "rowing": "Para Rowing",
    "shooting": "Shooting Para Sport",
    "swimming": "Para Swimming",
    "table-tennis": "Para Table Tennis",
    "taekwondo": "Para Taekwondo",
    "triathlon": "Para Triathlon",
}
"""Sports that are called otherwise today; the slug of any other is its name."""

_PLACE_YEAR = re.compile(r"(?P<place>[a-z-]+)-(?P<year>\d{4})")
_YEAR_PLACE = re.compile(r"(?P<year>\d{4})-(?P<place>[a-z-]+)")

_RANK = re.compile(r"(?P<rank>\d+)(?:\.0)?")


def convert(
    folder: Path,
    *,
    names: Names,
    rejects: RejectFile,
    progress: Progress,
    nations: Collection[str] | None = None,
) -> Iterator[Quad]:
    """Yield the counts of nations, in the graph of this source, and what the source is.

    A count that does not add up, or that repeats one before it, goes to the reject file.

    Args:
        folder: holds medalsBySportCountry.csv, plain or with ``.gz`` at the end.
        names: mints the IRIs.
        rejects: takes the rows that cannot be used.
        progress: called once a row; how many there will be is not known.
        nations: the codes of those whose counts are wanted; None for all.

    Raises:
        BadTable: if the table is missing, cut off, not in UTF-8, or lacks a column.

    """
    graph = names.graph(SOURCE)
    found: dict[tuple[str, str, str], Row] = {}
    rows = Watched(progress, None)(read_table(find_table(folder, TABLE), COLUMNS, rejects=rejects))
    wanted = (row for row in rows if nations is None or row["NPC"] in nations)
    take(wanted, lambda row: _keep(row, found), rejects)
    yield from source(names).quads(names)
    yield from _describe_nodes(found, names, graph)
    yield from _describe_rows(found, names, graph)
    yield from _describe_sums(found, names, graph)


def source(names: Names) -> Source:
    """Return the description of this source."""
    return Source(
        graph=names.graph(SOURCE),
        title="Medals by sport and nation at the Summer Paralympic Games, 1960 to 2020",
        publisher="International Paralympic Committee",
        origin="https://github.com/jhjanicki/Summer_Paralympics_data",
        priority=2,
    )


def games_of(text: str) -> tuple[str, str]:
    """Return the place and the year of Games, whichever comes first in the text.

    Raises:
        BadCell: if the text is neither.

    Example:
        >>> games_of("stoke-mandeville-new-york-1984"), games_of("1988-seoul")
        (('stoke-mandeville-new-york', '1984'), ('seoul', '1988'))

    """
    found = _PLACE_YEAR.fullmatch(text) or _YEAR_PLACE.fullmatch(text)
    if found is None:
        raise BadCell(
            "the Games are not a city and a year",
            column="Event",
            value=text,
            hint="Write them as tokyo-2020.",
        )
    return found["place"], found["year"]


def _keep(row: Row, found: dict[tuple[str, str, str], Row]) -> None:
    _, year = games_of(row["Event"])
    key = f"{year}-summer-para", row.needed("NPC"), slug(row.needed("Sport"))
    parts = sum(row.integer(colour.capitalize()) for colour in COLOURS[:3])
    if parts != row.integer("Total"):
        raise BadCell(
            f"gold, silver and bronze make {parts} and not {row['Total']}",
            column="Total",
            value=row["Total"],
            hint="Correct the count that is wrong.",
        )
    if row["Rank"] and not _RANK.fullmatch(row["Rank"]):
        raise BadCell(
            "the rank is not a whole number",
            column="Rank",
            value=row["Rank"],
            hint="Write it in digits, or leave it empty.",
        )
    if key in found:
        raise BadCell(
            f"the same Games, sport and nation are in line {found[key].line}",
            column="NPC",
            value=row["NPC"],
            hint="Remove one of the two rows, or correct the code.",
        )
    found[key] = row


def _sport(names: Names, sport: str) -> NamedNode:
    return names.of("sport", slug(SPORTS.get(sport, sport)))


def _describe_nodes(
    found: dict[tuple[str, str, str], Row], names: Names, graph: NamedNode
) -> Iterator[Quad]:
    countries = {row["NPC"]: Country(row["NPC"], *[row["Country"]] * 2) for row in found.values()}
    for country in countries.values():
        yield from describe_place(country, names, graph)
        yield from describe_nation(country, names, graph)
    for games, event in sorted({(games, row["Event"]) for (games, _, _), row in found.items()}):
        place, year = games_of(event)
        label = f"{place.replace('-', ' ').title()} {year} Paralympics"
        yield from describe(
            names.of("games", games),
            "Games",
            graph,
            {
                RDFS_LABEL: english(label),
                "kind": mg("Paralympic"),
                "season": mg("Summer"),
                "year": int(year),
            },
        )
    for sport in sorted({sport for _, _, sport in found}):
        label = SPORTS.get(sport, sport.replace("-", " ").capitalize())
        other = sport.replace("-", " ") if sport in SPORTS else ""
        facts: Facts = {RDFS_LABEL: english(label), SKOS_ALT_LABEL: other}
        yield from describe(_sport(names, sport), "Sport", graph, facts)


def _describe_rows(
    found: dict[tuple[str, str, str], Row], names: Names, graph: NamedNode
) -> Iterator[Quad]:
    for (games, nation, sport), row in found.items():
        facts: Facts = {
            "games": names.of("games", games),
            "nation": names.of("nation", nation),
            "sport": _sport(names, sport),
            "rank": int(row["Rank"].removesuffix(".0")) if row["Rank"] else None,
        }
        counts: Facts = {colour: row.integer(colour.capitalize()) for colour in COLOURS}
        node = names.of("tally", SOURCE, games, nation, sport)
        yield from describe(node, "Tally", graph, facts | counts)


def _describe_sums(
    found: dict[tuple[str, str, str], Row], names: Names, graph: NamedNode
) -> Iterator[Quad]:
    rows = defaultdict(list)
    for (games, nation, _), row in found.items():
        rows[games, nation].append(row)
    for (games, nation), parts in rows.items():
        facts: Facts = {
            "games": names.of("games", games),
            "nation": names.of("nation", nation),
            COMMENT: english(SUM),
        }
        sums: Facts = {
            colour: sum(row.integer(colour.capitalize()) for row in parts) for colour in COLOURS
        }
        yield from describe(names.of("tally", SOURCE, games, nation), "Tally", graph, facts | sums)
