"""Three Games whose medals moved afterwards: at closing, on days between, and today.

``reallocated_medals.csv`` is a steward's sheet of the decisions, after the IOC's press
releases of the days in it and the awards of the Court of Arbitration for Sport of December
2003. Where a published cell comes from stands beside it.
"""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.importers.olympic_120_years import COLUMNS, TABLE
from graph.medals.counting import count_medals
from graph.medals.rules import rule_named
from graph.medals.table import MEDALS
from graph.names import Names
from graph.store import Store
from service.cli.main import run

from .bundled_record import bundled_record

if TYPE_CHECKING:
    from collections.abc import Iterator

SHEET = Path(__file__).parent / "reallocated_medals.csv"
GAMES = ("1912 Summer", "2000 Summer", "2002 Winter")
Cells = dict[str, tuple[int, int, int]]


@pytest.fixture(scope="module")
def store(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the medals of the three Games and the decisions on them."""
    folder = tmp_path_factory.mktemp("reallocated")
    table = shared_data / "olympic-120-years" / f"{TABLE}.gz"
    with gzip.open(table, "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["games"] in GAMES and row["medal"]]
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    place = ["--store", str(folder / "store")]
    for words in (
        ["init", str(folder / "store")],
        ["import", "olympedia-games", str(shared_data / "olympedia-games"), *place],
        ["import", "olympic-120-years", str(folder), *place],
        ["import", "medals", str(SHEET), "--rejects", str(folder / "rejected.csv"), *place],
    ):
        assert run(words) == 0, words
    assert not (folder / "rejected.csv").exists()
    with Store.open(folder / "store") as opened:
        yield opened


@pytest.mark.parametrize(
    ("games", "cells"),
    [
        # The tables of 1 October 2000 and of 24 February 2002, as newspapers printed them.
        (
            "2000-summer",
            {
                "USA": (39, 25, 33),
                "RUS": (32, 28, 28),
                "CHN": (28, 16, 15),
                "GER": (14, 17, 26),
                "KOR": (8, 9, 11),
                "TUR": (3, 0, 1),
                "BAH": (1, 1, 0),
                "JAM": (0, 4, 3),
                "NGR": (0, 3, 0),
                "SRI": (0, 0, 1),
            },
        ),
        (
            "2002-winter",
            {
                "GER": (12, 16, 7),
                "NOR": (11, 7, 6),
                "USA": (10, 13, 11),
                "RUS": (6, 6, 4),
                "CAN": (6, 3, 8),
                "ITA": (4, 4, 4),
                "ESP": (2, 0, 0),
                "CZE": (1, 0, 1),
                "SWE": (0, 2, 4),
            },
        ),
        # In 1912 Thorpe was first, Bie and Wieslander second; nobody had moved up yet.
        ("1912-summer", {"USA": (25, 18, 20), "SWE": (23, 24, 17), "NOR": (3, 2, 5)}),
    ],
)
def test_the_table_at_closing(store: Store, games: str, cells: Cells) -> None:
    assert table(store, games, "official-at-closing", cells) == cells


@pytest.mark.parametrize(
    ("games", "cells"),
    [
        # Olympedia's tallies, which are of 2023
        (
            "2000-summer",
            {
                "USA": (37, 24, 32),
                "RUS": (32, 28, 29),
                "CHN": (28, 16, 14),
                "GER": (13, 17, 26),
                "KOR": (8, 10, 10),
                "TUR": (3, 0, 2),
                "BAH": (2, 0, 1),
                "JAM": (0, 6, 3),
                "NGR": (1, 2, 0),
                "SRI": (0, 1, 0),
            },
        ),
        (
            "2002-winter",
            {
                "GER": (12, 16, 8),
                "NOR": (13, 5, 7),
                "RUS": (5, 4, 4),
                "CAN": (7, 3, 7),
                "ITA": (4, 4, 5),
                "CZE": (1, 2, 0),
                "SWE": (0, 2, 5),
            },
        ),
        ("1912-summer", {"USA": (25, 19, 19), "SWE": (23, 25, 17), "NOR": (3, 2, 5)}),
    ],
)
def test_the_table_today(store: Store, games: str, cells: Cells) -> None:
    assert table(store, games, "after-reallocations", cells) == cells


@pytest.mark.parametrize(
    ("day", "cells"),
    [
        # Almanacs between 1913 and 1982: Thorpe has no medal.
        ("1950-01-01", {"USA": (23, 19, 19), "SWE": (24, 24, 17), "NOR": (4, 1, 5)}),
        # The IOC's table between 1982 and 2022: he shares both golds.
        ("2000-01-01", {"USA": (25, 19, 19), "SWE": (24, 24, 17), "NOR": (4, 1, 5)}),
        ("2022-07-14", {"USA": (25, 19, 19), "SWE": (24, 24, 17), "NOR": (4, 1, 5)}),
        ("2022-07-15", {"USA": (25, 19, 19), "SWE": (23, 25, 17), "NOR": (3, 2, 5)}),
    ],
)
def test_the_medals_of_1912_on_a_day(store: Store, day: str, cells: Cells) -> None:
    assert table(store, "1912-summer", "as-of-date", cells, day) == cells


@pytest.mark.parametrize(
    ("day", "usa"),
    [
        ("2000-10-01", (39, 25, 33)),
        ("2000-10-23", (40, 24, 33)),  # Slay for Leipold
        ("2007-12-12", (38, 24, 32)),  # without Jones
        ("2008-04-10", (37, 24, 32)),  # and without her relay over 4 x 400 metres
        ("2008-08-02", (36, 24, 32)),  # nor that of the men
        ("2010-04-28", (36, 24, 33)),  # gymnastics team
        ("2010-07-16", (37, 24, 33)),  # the women's relay is given back
        ("2013-01-17", (37, 24, 32)),  # without Armstrong
    ],
)
def test_the_united_states_of_sydney_on_a_day(
    store: Store, day: str, usa: tuple[int, int, int]
) -> None:
    cells: Cells = {"USA": usa}
    assert table(store, "2000-summer", "as-of-date", cells, day) == cells


def test_a_medal_that_is_left_vacant_counts_for_nobody(store: Store) -> None:
    with store.read() as state:
        [vacant] = state.query(  # type: ignore[misc] # a SELECT
            """SELECT (COUNT(?award) AS ?n) WHERE { ?award mg:status mg:Vacant
                 FILTER NOT EXISTS { ?award mg:entry ?entry } }"""
        )
    assert vacant["n"].value == "2"


def table(
    store: Store, games: str, rule: str, wanted: Cells, as_of: str | None = None
) -> dict[str, tuple[int, ...] | None]:
    """Return the counts of the nations that are wanted."""
    names = Names()
    with store.read() as state:
        count = count_medals(
            state,
            names,
            [names.of("games", games)],
            rule_named(bundled_record(), rule),
            as_of=as_of,
        )
    found = {}
    for code in wanted:
        medals = count.medals.get(names.of("nation", code))
        found[code] = tuple(medals[medal] for medal in MEDALS) if medals else None
    return found
