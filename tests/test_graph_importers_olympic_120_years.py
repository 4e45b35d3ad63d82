"""The 120-years table, with the hard cases that its description names."""

from __future__ import annotations

import csv
import gzip
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from graph.importers.olympic_120_people import people_in
from graph.importers.olympic_120_years import COLUMNS, ROWS, TABLE
from graph.importers.tables import RejectFile, read_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.command_line import CommandLine

NAME = "olympic-120-years"
HEADER = ",".join(COLUMNS)
BOLT = "Usain Bolt,M,21,196.0,95.0,Jamaica,JAM,2008 Summer,2008,Summer,Beijing,Athletics"
ROW = f"{BOLT},Athletics Men's 100 metres,Gold"


@pytest.fixture
def taken(
    medalgraph: CommandLine, shared_data: Path, tmp_path: Path
) -> Callable[[Callable[[dict[str, str]], bool]], None]:
    """Import the rows of the real table that are wanted."""

    def take(wanted: Callable[[dict[str, str]], bool]) -> None:
        with gzip.open(shared_data / NAME / f"{TABLE}.gz", "rt", encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if wanted(row)]
        text = StringIO()
        writer = csv.DictWriter(text, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
        folder = tmp_path / "taken"
        folder.mkdir()
        (folder / TABLE).write_text(text.getvalue(), encoding="utf-8")
        said = medalgraph.do("import", NAME, folder, "--json").json
        assert (said["kept"], said["rejected"]) == (True, 0)

    return take


def written(folder: Path, *rows: str) -> Path:
    (folder / TABLE).write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return folder


def test_all_rows_are_read_and_nearly_all_people_are_told_apart(shared_data: Path) -> None:
    # The table that this one was made from has 135,571 keys (kaggle.com, heesoo37/120-years...).
    with RejectFile(None) as rejects:
        table = read_table(shared_data / NAME / f"{TABLE}.gz", COLUMNS, rejects=rejects)
        sizes = [len(athlete.rows) for athlete in people_in(table)]
    assert (sum(sizes), rejects.count) == (ROWS, 0)
    assert len(sizes) == 135_571 - 14


def test_namesakes_are_people_of_their_own(
    medalgraph: CommandLine, taken: Callable[[Callable[[dict[str, str]], bool]], None]
) -> None:
    taken(lambda row: row["name"] == "Li Na")
    found = medalgraph.ask(
        """SELECT ?p ?sport (COUNT(*) AS ?n) { ?x mg:person ?p ; mg:event/mg:sport ?sport }
           GROUP BY ?p ?sport ORDER BY ?p""",
    )
    assert found == [
        ["li-na-chn-2000-summer", "tennis", "5"],
        ["li-na-chn-2000-summer-2", "diving", "2"],
        ["li-na-chn-2000-summer-3", "fencing", "7"],
    ]


def test_father_and_son_are_two_and_names_by_marriage_are_other_names(
    medalgraph: CommandLine, taken: Callable[[Callable[[dict[str, str]], bool]], None]
) -> None:
    taken(lambda row: row["name"].startswith(("Lszl Cseh", "Marion Lois Jones")))
    found = medalgraph.ask(
        """SELECT ?name ?other ?born { ?p a mg:Person ; rdfs:label ?name ; mg:born ?born
           OPTIONAL { ?p skos:altLabel ?other } } ORDER BY ?born""",
    )
    assert found == [
        ["Lszl Cseh, Sr.", "", "1952~"],
        # Born on 12 October 1975: she was 24 at Sydney in September.
        ["Marion Lois Jones", "Marion Lois Jones (-Hunter, -Montgomery, -Thompson)", "1976~"],
        ["Lszl Cseh, Jr.", "", "1986~"],
    ]


def test_a_team_wins_one_medal_and_athletes_who_tie_win_one_each(
    medalgraph: CommandLine, taken: Callable[[Callable[[dict[str, str]], bool]], None]
) -> None:
    events = {"Swimming Men's 50 metres Freestyle", "Athletics Women's 100 metres"}
    relay = "Swimming Men's 4 x 100 metres Medley Relay"
    taken(lambda row: row["medal"] != "" and row["event"] in {*events, relay})
    found = medalgraph.ask(
        """SELECT ?event ?medal (COUNT(?e) AS ?n) (SUM(?shared) AS ?ties) { SELECT ?event ?medal ?e
             (IF(BOUND(?rank), 1, 0) AS ?shared)
             { ?event mg:games games:2000-summer .
               ?e mg:event ?event ; mg:won ?medal OPTIONAL { ?e mg:rank ?rank } } }
           GROUP BY ?event ?medal ORDER BY ?event ?medal""",
    )
    swimming, athletics = "2000-summer--swimming--", "2000-summer--athletics--"
    assert found == [
        [f"{athletics}womens-100-metres", "Bronze", "1", "0"],
        [f"{athletics}womens-100-metres", "Silver", "2", "2"],  # and no gold, which was Jones's
        [f"{swimming}mens-4-x-100-metres-medley-relay", "Bronze", "1", "0"],
        [f"{swimming}mens-4-x-100-metres-medley-relay", "Gold", "1", "0"],
        [f"{swimming}mens-4-x-100-metres-medley-relay", "Silver", "1", "0"],
        [f"{swimming}mens-50-metres-freestyle", "Bronze", "1", "0"],
        [f"{swimming}mens-50-metres-freestyle", "Gold", "2", "2"],
    ]


def test_two_of_one_nation_who_share_a_gold_in_the_only_games_of_an_event_are_no_team(
    medalgraph: CommandLine, taken: Callable[[Callable[[dict[str, str]], bool]], None]
) -> None:
    # Alsgaard and Estil, both of Norway, finished in the same time; Elofsson was third.
    pursuit = "Cross Country Skiing Men's 10/10 kilometres Pursuit"
    taken(lambda row: row["medal"] != "" and row["event"] == pursuit)
    found = medalgraph.ask(
        """SELECT ?medal (COUNT(?e) AS ?n) (MAX(?nation) AS ?of)
           { ?e mg:won ?medal ; mg:nation/mg:code ?nation } GROUP BY ?medal ORDER BY ?medal""",
    )
    assert found == [["Bronze", "1", "SWE"], ["Gold", "2", "NOR"]]


def test_a_mixed_team_has_each_of_its_nations(
    medalgraph: CommandLine, taken: Callable[[Callable[[dict[str, str]], bool]], None]
) -> None:
    taken(lambda row: row["noc"] in {"DEN", "SWE"} and row["year"] == "1900")
    found = medalgraph.ask(
        """SELECT ?name ?nation { ?e mg:won mg:Gold ; mg:nation ?nation ; rdfs:label ?name }
           ORDER BY ?nation""",
    )
    assert found == [["Denmark/Sweden", "DEN"], ["Denmark/Sweden", "SWE"]]


def test_1906_and_the_riding_events_of_1956_are_editions_of_their_own(
    medalgraph: CommandLine, taken: Callable[[Callable[[dict[str, str]], bool]], None]
) -> None:
    taken(lambda row: row["year"] in {"1906", "1956"} and row["medal"] == "Gold")
    found = medalgraph.ask(
        """SELECT ?g ?city ?season { ?g a mg:Games ; mg:place ?city ; mg:season ?season }
           ORDER BY ?g""",
    )
    assert found == [
        ["1906-intercalated", "athina", "Intercalated"],
        ["1956-summer", "melbourne", "Summer"],
        ["1956-summer-equestrian", "stockholm", "Summer"],
        ["1956-winter", "cortina-dampezzo", "Winter"],
    ]


def test_an_artist_with_several_works_takes_part_once(
    medalgraph: CommandLine, taken: Callable[[Callable[[dict[str, str]], bool]], None]
) -> None:
    taken(lambda row: row["name"] == "Alfrd Hajs (Guttmann-)")
    found = medalgraph.ask("SELECT (COUNT(?x) AS ?n) { ?x mg:person ?p }")
    works = medalgraph.ask("SELECT ?e { ?x mg:event ?e ; mg:person ?p }")
    assert found == [[str(len({work for (work,) in works}))]]


def test_ages_of_96_and_97_are_real(
    medalgraph: CommandLine, taken: Callable[[Callable[[dict[str, str]], bool]], None]
) -> None:
    taken(lambda row: row["age"] in {"96", "97"})
    found = medalgraph.ask("SELECT ?born { ?p mg:born ?born } ORDER BY ?born")
    assert found == [["1831~"], ["1836~"]]


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (ROW.replace(",M,", ",X,"), "sex", "X"),
        (ROW.replace(",21,", ",young,"), "age", "young"),
        (ROW.replace(",Gold", ",Platinum"), "medal", "Platinum"),
        (ROW.replace("2008,Summer", "2009,Summer"), "games", "2008 Summer"),
        (ROW.replace("JAM", "JM"), "noc", "JM"),
        (ROW.replace("Athletics,Athletics", "Rowing,Athletics"), "event", None),
        (ROW.replace("Usain Bolt", ""), "name", ""),
    ],
)
def test_a_row_that_cannot_be_true_is_refused_and_the_others_go_on(
    medalgraph: CommandLine, tmp_path: Path, row: str, column: str, value: str | None
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    rejects = tmp_path / "rejects.csv"
    said = medalgraph.do(
        "import", NAME, written(folder, row, ROW), "--rejects", rejects, "--json"
    ).json
    assert said["rejected"] == 1
    (refused,) = csv.DictReader(rejects.read_text(encoding="utf-8").splitlines())
    assert (refused["line"], refused["column"]) == ("2", column)
    assert value is None or refused["value"] == value
    assert medalgraph.do("query", "ASK { ?e mg:won mg:Gold }").out == "yes\n"


def test_the_same_table_again_makes_no_commit_and_another_only_what_differs(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    assert medalgraph.do("import", NAME, written(folder, ROW), "--json").json["kept"]
    assert medalgraph.do("import", NAME, folder, "--json").json["commit"] is None
    other = f"{BOLT},Athletics Men's 200 metres,Gold"
    said = medalgraph.do("import", NAME, written(folder, ROW, other), "--json").json
    assert said["removed"] == 0
    assert 0 < said["added"] < 25
    undone = medalgraph.do("undo", said["commit"], "--json").json
    assert undone["removed"] == said["added"]
