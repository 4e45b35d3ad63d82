"""Olympedia's editions, nations and tallies, with the counts that it publishes.

The right values are those of olympedia.org/editions as the table has them; the hard cases
are those that the description of the data set names.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from graph.importers.olympedia_games import COLUMNS, GAMES, NATIONS, TALLIES, day_of, games_of
from graph.importers.tables import BadCell

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine

NAME = "olympedia-games"
EDITIONS = [
    "1956 Summer Olympics,14,1956,Melbourne,22 November, 8 December,",
    "1956 Equestrian,48,1956,Stockholm,10 June,17 June,",
    "1940 Summer Olympics,51,1940,Helsinki,,,Not held due to war",
    "2020 Summer Olympics,61,2020,Tokyo,23 July 2021, 8 August 2021,",
]
COUNTRIES = ["AUS,Australia", "MIX,Mixed team", "EUN,Unified Team"]
COUNTS = ["14,Australia,AUS,13,8,14,35", "48,Mixed team,MIX,0,0,1,1", "61,Spain,ESP,3,8,6,17"]


def write(folder: Path, **changed: list[str]) -> Path:
    """Write the three tables, those that are named with other rows."""
    rows = {"games": EDITIONS, "nations": COUNTRIES, "tallies": COUNTS} | changed
    for table, key in ((GAMES, "games"), (NATIONS, "nations"), (TALLIES, "tallies")):
        text = "\n".join([",".join(COLUMNS[table]), *rows[key], ""])
        (folder / table).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "tables"
    where.mkdir()
    return write(where)


def rows_of(said: str) -> list[list[str]]:
    return list(csv.reader(said.splitlines()))[1:]


def ask(medalgraph: CommandLine, query: str) -> list[list[str]]:
    return rows_of(medalgraph.do("query", query, "--format", "csv").out)


def test_the_published_tallies_are_in_the_graph(medalgraph: CommandLine, shared_data: Path) -> None:
    said = medalgraph.do("import", NAME, shared_data / NAME, "--json").json
    assert said["rejected"] == 1  # the code ROC has two names
    (all_tallies,) = ask(medalgraph, "SELECT (COUNT(?t) AS ?n) { ?t a mg:Tally }")
    assert all_tallies == ["1807"]
    for games, nation, counts in (
        ("2016-summer", "USA", ["46", "37", "38", "121"]),
        ("1980-summer", "URS", ["80", "69", "46", "195"]),
        ("1992-summer", "EUN", ["45", "38", "29", "112"]),
        ("1906-intercalated", "FRA", ["15", "9", "16", "40"]),
        ("1900-summer", "MIX", ["1", "2", "3", "6"]),
        ("1956-summer", "URS", ["37", "29", "32", "98"]),
    ):
        tally = f"tally:olympedia-games--{games}--{nation}"
        query = "SELECT ?g ?s ?b ?t { %s mg:gold ?g ; mg:silver ?s ; mg:bronze ?b ; mg:total ?t }"
        assert ask(medalgraph, query % tally) == [counts], tally


def test_1956_and_1906_are_editions_of_their_own(
    medalgraph: CommandLine, shared_data: Path
) -> None:
    medalgraph.do("import", NAME, shared_data / NAME)
    found = ask(
        medalgraph,
        """SELECT ?g ?season ?from { ?g a mg:Games ; mg:season ?season ; mg:from ?from
           FILTER(REGEX(STR(?g), "1906|1956-summer")) } ORDER BY ?g""",
    )
    assert [(g.rpartition("/")[2], s.rpartition("#")[2], f) for g, s, f in found] == [
        ("1906-intercalated", "Intercalated", "1906-04-22"),
        ("1956-summer", "Summer", "1956-11-22"),
        ("1956-summer-equestrian", "Summer", "1956-06-10"),
    ]


def test_games_that_were_not_held_are_left_out(medalgraph: CommandLine, folder: Path) -> None:
    medalgraph.do("import", NAME, folder)
    assert medalgraph.do("query", "ASK { games:1940-summer ?p ?o }").out == "no\n"
    assert medalgraph.do("query", "ASK { games:1956-summer a mg:Games }").out == "yes\n"


def test_games_in_two_cities_have_two_places(medalgraph: CommandLine, tmp_path: Path) -> None:
    edition = "2026 Winter Olympics,72,2026,Milano-Cortina d'Ampezzo, 6 February,22 February,"
    other = "1936 Winter Olympics,32,1936,Garmisch-Partenkirchen, 6 February,16 February,"
    write(tmp_path, games=[edition, other], tallies=[])
    medalgraph.do("import", NAME, tmp_path)
    found = ask(medalgraph, "SELECT ?p { games:2026-winter mg:place ?p } ORDER BY ?p")
    assert [row[0].rpartition("/")[2] for row in found] == ["cortina-dampezzo", "milano"]
    found = ask(medalgraph, "SELECT ?p { games:1936-winter mg:place ?p }")
    assert [row[0].rpartition("/")[2] for row in found] == ["garmisch-partenkirchen"]


def test_teams_that_stand_for_no_one_country_have_none(
    medalgraph: CommandLine, folder: Path
) -> None:
    medalgraph.do("import", NAME, folder)
    found = ask(
        medalgraph,
        "SELECT ?n ?kind { ?n a mg:Nation ; mg:kind ?kind"
        " FILTER NOT EXISTS { ?n mg:country ?c } } ORDER BY ?n",
    )
    assert [(n.rpartition("/")[2], kind.rpartition("#")[2]) for n, kind in found] == [
        ("EUN", "Country"),
        ("MIX", "MixedTeam"),
    ]


def test_a_nation_that_only_the_tallies_name_is_described_too(
    medalgraph: CommandLine, folder: Path
) -> None:
    medalgraph.do("import", NAME, folder)
    assert medalgraph.do("query", 'ASK { nation:ESP rdfs:label "Spain"@en }').out == "yes\n"


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("tallies", "14,Unified Team,EUN,13,8,14,36", "total"),
        ("tallies", "14,Unified Team,EUN,13,8,x,36", "bronze"),
        ("tallies", "51,Australia,AUS,1,0,0,1", "edition_id"),
        ("tallies", "14,Australia,,1,0,0,1", "country_noc"),
        ("games", "1956 Olympics,14,1956,Melbourne,,,", "edition"),
        ("games", "1956 Summer Olympics,14,1956,Melbourne,31 June,,", "start_date"),
        ("games", "1956 Summer Olympics,14,1956,Melbourne,,June,", "end_date"),
        ("nations", ",Nowhere", "noc"),
        ("nations", "AUS,Australia again", "noc"),
    ],
)
def test_a_row_that_cannot_be_used_goes_to_the_reject_file_and_the_others_go_on(
    medalgraph: CommandLine, tmp_path: Path, table: str, row: str, column: str
) -> None:
    usual = {"games": EDITIONS, "nations": COUNTRIES, "tallies": COUNTS}[table]
    write(tmp_path, **{table: [*usual, row]})
    rejects = tmp_path / "rejects.csv"
    said = medalgraph.do("import", NAME, tmp_path, "--rejects", rejects, "--json").json
    assert said["rejected"] == 1
    (refused,) = csv.DictReader(rejects.read_text(encoding="utf-8").splitlines())
    assert (refused["line"], refused["column"]) == (str(len(usual) + 2), column)
    assert refused["how to fix"]
    assert medalgraph.do("query", "ASK { ?t a mg:Tally ; mg:total 35 }").out == "yes\n"


def test_the_same_nation_and_games_twice_is_refused_with_the_first_line(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    write(tmp_path, tallies=[*COUNTS, "14,Australia,AUS,1,0,0,1"])
    rejects = tmp_path / "rejects.csv"
    medalgraph.do("import", NAME, tmp_path, "--rejects", rejects)
    assert "the same Games and nation are in line 2" in rejects.read_text(encoding="utf-8")


@pytest.mark.parametrize("edition", ["", "1956", "Summer Olympics 1956", "1956 Youth Olympics"])
def test_another_edition_is_refused(edition: str) -> None:
    with pytest.raises(BadCell, match="not a year and a kind"):
        games_of(edition)


@pytest.mark.parametrize("text", ["6", "April", "6 Avril", "31 April", "6 April 96"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadCell, match="x is not a day"):
        day_of(text, 1896, column="x")
