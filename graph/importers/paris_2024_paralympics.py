"""The Paris 2024 Paralympic Games: who took part in what, and who won which medal.

The tables are scraped from the official results service. Taken over are facts only:
names, sexes, dates of birth, nations, entries, medals and the published medal table.
Height and weight (missing in most rows) and all prose are left where they are.

What the tables do not say is not concluded from them:

- no event has a date: a medal's date is the day of its deciding match, and an event of
  several days has two of them, so the date stands on the award and on its decision;
- no entry has a sport class (see ``events``);
- there is an entry where there is a medal; of other athletes the tables say only which
  events they entered, and not with whom, so they have a participation in each;
- no award says who decided, no delegation says which committee sent it;
- guides and pilots are not listed, so nobody has that role;
- the medal table has no ranks: its rows have an order, but no number.

What is added to them: the number, season and days of the Games; that Paris is in France;
that road and track cycling are parts of one sport; and an equal rank for entries that
share a medal which the rule of the event gives once, because that is how a tie is told
from a mistake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names import mg
from graph.sources import Source

from .paris_2024_nodes import PARALYMPIC, Nodes
from .paris_2024_people import people_in, slugs_of
from .paris_2024_results import describe_results
from .paris_2024_tables import read_tables
from .statements import RDFS_LABEL, describe, english
from .taking import Watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.names import Names
    from graph.progress import Progress
    from graph.terms import Quad

    from .statements import Facts
    from .tables import RejectFile

SOURCE = PARALYMPIC.source


def convert(
    folder: Path, *, names: Names, rejects: RejectFile, progress: Progress
) -> Iterator[Quad]:
    """Yield what the tables in ``folder`` say, in the graph of this source, and what it is.

    The same tables give the same quads in the same order.

    Args:
        folder: holds athletes.csv, medallists.csv, medals.csv and medals_total.csv, each
            plain or with ``.gz`` at the end.
        names: mints the IRIs.
        rejects: takes the rows that cannot be used.
        progress: called once a row.

    Raises:
        BadTable: if a table is missing, cut off, not in UTF-8, or lacks a column.

    """
    tables = read_tables(folder, rejects)
    people = people_in(tables)
    nodes = Nodes(names, PARALYMPIC, slugs_of(people))
    watched = Watched(progress, len(people) + len(tables.medals) + len(tables.totals))
    yield from source(names).quads(names)
    yield from _describe_games(nodes)
    yield from describe_results(tables, people, nodes, watched)


def source(names: Names) -> Source:
    """Return the description of this source."""
    return Source(
        graph=names.graph(SOURCE),
        title="Paris 2024 Paralympic Games: athletes, medals and medal table",
        publisher="Paris 2024 results service",
        issued="2024-09-08",
        origin="https://github.com/Anikas8/Paralympics-2024",
        priority=1,
    )


def _describe_games(nodes: Nodes) -> Iterator[Quad]:
    paris, france = nodes.names.of("place", "paris"), nodes.names.of("place", "france")
    yield from describe(
        nodes.games,
        "Games",
        nodes.graph,
        {
            RDFS_LABEL: english("Paris 2024 Paralympics"),
            "kind": mg("Paralympic"),
            "season": mg("Summer"),
            "year": 2024,
            "edition": 17,
            "from": "2024-08-28",
            "until": "2024-09-08",
            "place": paris,
        },
    )
    city: Facts = {"kind": mg("City"), "partOf": france, RDFS_LABEL: english("Paris")}
    yield from describe(paris, "Place", nodes.graph, city)
    country: Facts = {"kind": mg("Country"), RDFS_LABEL: english("France")}
    yield from describe(france, "Place", nodes.graph, country)
