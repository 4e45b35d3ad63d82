"""Counts held against tables that others publish: 120 years of Olympic medals under each rule.

Where a published cell comes from stands beside it: IOC is olympics.com, the page of the
Games; all-time is the list "All-time Olympic Games medal table" of Wikipedia, whose cells
for teams that no longer take part have not changed since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.engines.memory import MemoryDraft
from graph.medals.caveats import of_some_nations
from graph.medals.counting import count_medals
from graph.medals.editions import editions_of
from graph.medals.fitting import is_of_all
from graph.medals.ledger import ledgers
from graph.medals.published import Published, published_table
from graph.medals.rules import Rule
from graph.medals.table import MEDALS, medal_table
from graph.names import mg

from .bundled_record import bundled_record
from .century import NAMES, century, converted

if TYPE_CHECKING:
    from pathlib import Path

    from .century import Cells, Century


@pytest.fixture
def games(shared_data: Path) -> Century:
    return century(shared_data)


@pytest.mark.parametrize(
    ("season", "code", "cells"),
    [
        ("Summer", "URS", (395, 319, 296)),  # all-time
        ("Winter", "URS", (78, 57, 59)),  # all-time
        ("Summer", "EUN", (45, 38, 29)),  # all-time
        ("Winter", "EUN", (9, 6, 8)),  # all-time
        ("Summer", "GDR", (153, 129, 127)),  # all-time
        ("Winter", "GDR", (39, 36, 35)),  # all-time
        ("Summer", "FRG", (56, 67, 81)),  # all-time
        ("Winter", "FRG", (11, 15, 13)),  # all-time
        ("Summer", "TCH", (49, 49, 45)),  # all-time
        ("Winter", "TCH", (2, 8, 15)),  # all-time
        ("Winter", "YUG", (0, 3, 1)),  # all-time
        ("Summer", "ANZ", (3, 4, 5)),  # all-time
        ("Summer", "BOH", (0, 1, 3)),  # all-time
    ],
)
def test_teams_of_the_past_have_the_medals_of_the_all_time_table(
    games: Century, season: str, code: str, cells: tuple[int, ...]
) -> None:
    assert games.all_time(season, "after-reallocations")[code] == cells


@pytest.mark.parametrize("season", ["Summer", "Winter"])
def test_germany_and_russia_under_three_rules_of_succession(games: Century, season: str) -> None:
    apart = games.all_time(season, "after-reallocations")
    codes = games.all_time(season, "former-codes-merged")
    whole = games.all_time(season, "successors-merged")

    assert codes["GER"] == added(apart, "GER", "FRG")
    assert "FRG" not in codes
    assert codes["GDR"] == apart["GDR"]
    assert codes["URS"] == apart["URS"]
    assert whole["GER"] == added(apart, "GER", "FRG", "GDR")
    assert whole["RUS"] == added(apart, "RUS", "EUN", "URS")
    assert {"FRG", "GDR", "EUN", "URS"}.isdisjoint(whole)


def test_a_nation_that_split_stays_on_a_line_of_its_own(games: Century) -> None:
    apart = games.all_time("Summer", "after-reallocations")
    whole = games.all_time("Summer", "successors-merged")

    assert whole["TCH"] == added(apart, "TCH", "BOH")
    assert whole["YUG"] == apart["YUG"] == (26, 29, 28)
    assert [whole[code] for code in ("CZE", "SVK")] == [apart[code] for code in ("CZE", "SVK")]


@pytest.mark.parametrize(
    ("edition", "rule", "cells"),
    [
        # IOC: without art, alpinism and aeronautics
        ("1936-summer", "after-reallocations", {"GER": (33, 26, 30), "USA": (24, 20, 12)}),
        ("1936-summer", "after-reallocations", {"SUI": (1, 9, 5), "AUT": (4, 6, 3)}),
        ("1948-summer", "after-reallocations", {"GBR": (3, 14, 6), "FIN": (8, 7, 5)}),
        ("1932-summer", "after-reallocations", {"USA": (41, 32, 30), "GER": (3, 12, 5)}),
        ("1912-summer", "after-reallocations", {"USA": (25, 19, 19), "GER": (5, 13, 7)}),
        # Olympedia: with them
        ("1936-summer", "with-art", {"GER": (38, 31, 32), "USA": (24, 21, 12)}),
        ("1948-summer", "with-art", {"GBR": (4, 16, 7), "FIN": (10, 8, 6)}),
        ("1932-summer", "with-art", {"USA": (44, 36, 30), "GER": (5, 12, 7)}),
        # Olympedia, the Games of 1906
        ("1906-intercalated", "after-reallocations", {"FRA": (15, 9, 16), "USA": (12, 6, 6)}),
        # Olympedia: mixed teams of 1896, Boland and Traun first, Flack and Robertson third
        ("1896-summer", "after-reallocations", {"MIX": (1, 0, 1)}),
    ],
)
def test_one_edition_has_the_medals_of_its_published_table(
    games: Century, edition: str, rule: str, cells: Cells
) -> None:
    table = games.table(edition, rule)
    assert {code: table.get(code) for code in cells} == cells


def test_1906_counts_only_where_the_rule_has_it(games: Century) -> None:
    assert games.table("1906-intercalated", "without-1906") == {}
    both = games.table(["1906-intercalated", "1908-summer"], "without-1906")
    assert both == games.table("1908-summer", "after-reallocations")


def test_1956_is_one_table_of_two_cities(games: Century) -> None:
    table = games.table(["1956-summer", "1956-summer-equestrian"], "after-reallocations")
    cells: Cells = {  # IOC, Melbourne 1956 with the riding events of Stockholm
        "URS": (37, 29, 32),
        "USA": (32, 25, 17),
        "AUS": (13, 8, 14),
        "HUN": (9, 10, 7),
        "ITA": (8, 8, 9),
        "SWE": (8, 5, 6),
        "GER": (6, 13, 7),
        "GBR": (6, 7, 11),
    }
    assert {code: table[code] for code in cells} == cells


def test_a_mixed_team_counts_for_each_nation_where_the_rule_shares(games: Century) -> None:
    apart = games.table("1896-summer", "after-reallocations")
    shared = games.table("1896-summer", "mixed-shared")
    assert "MIX" not in shared
    assert shared["GER"] == added(apart, "GER", extra=(1, 0, 0))
    assert shared["AUS"] == added(apart, "AUS", extra=(0, 0, 1))


def test_each_cell_of_olympedia_is_counted_but_for_those_that_the_data_explain(
    games: Century, shared_data: Path
) -> None:
    """Of 1,670 cells 133 differ, in the editions below and in no others.

    1896 to 1908, 1924: the table splits teams of several nations by committee. 1952, 1972
    and 1980: Lebanon is LIB there and LBN at Olympedia. 1912 and from 2004 on: medals moved
    after 2018, when the table was made, or after the second source was. Norway, 1992 to 1998:
    the table has no row of Bjørn Dæhlie.
    """
    olympedia = MemoryDraft(converted("olympedia-games", shared_data / "olympedia-games"))
    cells = differing = 0
    where: dict[str, int] = {}
    for edition in editions_of(games.state, mg("Olympic")):
        published = published_table(olympedia, NAMES, edition)
        counted = count_medals(games.state, NAMES, [edition], Rule("all")).medals
        assert published is not None
        for nation in published.medals.keys() | counted.keys():
            both = [table.get(nation, {}) for table in (published.medals, counted)]
            cells += 1
            if any(both[0].get(medal, 0) != both[1].get(medal, 0) for medal in MEDALS):
                differing += 1
                key = edition.value.rpartition("/")[2]
                where[key] = where.get(key, 0) + 1
    assert (cells, differing) == (1670, 133)
    assert where == {
        "1896-summer": 1,
        "1900-summer": 9,
        "1904-summer": 9,
        "1906-intercalated": 3,
        "1912-summer": 2,
        "1924-winter": 5,
        "1952-summer": 2,
        "1972-summer": 2,
        "1980-summer": 2,
        "1992-winter": 1,
        "1994-winter": 1,
        "1998-winter": 1,
        "2004-summer": 1,
        "2008-summer": 42,
        "2012-summer": 43,
        "2014-winter": 7,
        "2016-summer": 2,
    }


@pytest.mark.parametrize(
    ("edition", "cells"),
    [
        ("1996-summer-para", None),
        ("2000-summer-para", (0, 1, 0)),
        ("2004-summer-para", (2, 1, 1)),
        ("2008-summer-para", (2, 3, 5)),
        ("2012-summer-para", (4, 5, 3)),
        ("2016-summer-para", (1, 8, 2)),
        ("2020-summer-para", (14, 1, 4)),
        ("2024-summer-para", (4, 2, 5)),
    ],
)
def test_azerbaijan_at_the_paralympics(edition: str, cells: tuple[int, ...] | None) -> None:
    """Hold each Games against the list of Azerbaijan at the Paralympics (Wikipedia).

    The graph has results of 2024 only; the other Games are counted as the IPC publishes them.
    """
    rule = Rule("all")
    count = count_medals(bundled_record(), NAMES, [NAMES.of("games", edition)], rule)
    medals = count.medals.get(NAMES.of("nation", "AZE"))
    assert (tuple(medals[medal] for medal in MEDALS) if medals else None) == cells
    assert bool(count.published) == (edition != "2024-summer-para" and cells is not None)


def test_published_counts_tell_nothing_of_persons() -> None:
    games = NAMES.of("games", "2020-summer-para")
    count = count_medals(bundled_record(), NAMES, [games], Rule("people", per_person=True))
    assert (dict(count.medals), count.published, count.unknown) == ({}, {}, [games])


def test_counts_of_one_nation_give_it_no_rank() -> None:
    """Azerbaijan was tenth at Tokyo 2020 (IPC); the bundled counts are of Azerbaijan alone."""
    record = bundled_record()
    count = count_medals(record, NAMES, [NAMES.of("games", "2020-summer-para")], Rule("all"))
    [row] = medal_table(record, count)
    assert (row.code, row.total, row.rank) == ("AZE", 19, None)
    assert [basis.nations for basis in count.of_some] == [1]
    [said] = of_some_nations(count)
    assert "only 1 nation are held here" in said


@pytest.mark.parametrize(
    ("importer", "folder"),
    [
        ("olympedia-games", "olympedia-games"),
        ("ipc-medals-by-sport", "paralympic-medals-by-sport-1960-2020"),
    ],
)
def test_each_table_of_all_nations_is_known_to_be_one_and_those_of_a_few_are_not(
    shared_data: Path, importer: str, folder: str
) -> None:
    state = MemoryDraft(converted(importer, shared_data / folder))
    editions = {quad.object for quad in state.quads(None, mg("games"))}
    tables = [found for one in editions if (found := published_table(state, NAMES, one))]  # type: ignore[arg-type] # Games
    assert len(tables) == {"olympedia-games": 55, "ipc-medals-by-sport": 16}[importer]
    assert all(table.may_be_of_all for table in tables)
    for table in tables:
        best = sorted(table.medals.items(), key=lambda line: -line[1][MEDALS[0]])[:4]
        assert not Published(table.title, dict(best)).may_be_of_all


def test_a_table_of_many_nations_is_not_of_all_where_others_won_medals(games: Century) -> None:
    """At Tokyo 1964 the nations of the Americas and of Asia won medals beside those of Europe."""
    edition = NAMES.of("games", "1964-summer")
    counted = count_medals(games.state, NAMES, [edition], Rule("all")).medals
    every = {nation: dict(medals) for nation, medals in counted.items()}
    some = dict(sorted(every.items(), key=lambda line: str(line[0]))[:20])
    [ledger] = ledgers(games.state, NAMES, [edition], Rule("all")).values()
    assert is_of_all(Published("all", every), ledger)
    assert not is_of_all(Published("some", some), ledger)


def added(cells: Cells, *codes: str, extra: tuple[int, int, int] = (0, 0, 0)) -> tuple[int, ...]:
    found = [cells.get(code, (0, 0, 0)) for code in codes]
    return tuple(sum(column) for column in zip(extra, *found, strict=True))
