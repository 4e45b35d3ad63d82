"""Sheets that a steward fills in: their templates, how they are read, and what is refused."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from graph.importers.sheets import SHEETS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine

WORLD = """
INSERT DATA { GRAPH graph:book {
  games:2024-summer-para a mg:Games ; rdfs:label "Paris 2024 Paralympics"@en ;
    mg:kind mg:Paralympic ; mg:season mg:Summer ; mg:year 2024 .
  sport:judo a mg:Sport ; rdfs:label "Judo"@en .
  event:j a mg:Event ; rdfs:label "Men's -60kg"@en ; mg:games games:2024-summer-para ;
    mg:sport sport:judo ; mg:sex mg:M .
  nation:AZE a mg:Nation ; rdfs:label "Azerbaijan"@en ; mg:code "AZE" ; mg:kind mg:Country .
  nation:FRA a mg:Nation ; rdfs:label "France"@en ; mg:code "FRA" ; mg:kind mg:Country .
  person:li-ting-1987 a mg:Person ; rdfs:label "Li Ting"@en ; mg:born "1987-04-01" .
  person:li-ting-1980 a mg:Person ; rdfs:label "Li Ting"@en ; mg:born "1980-01-07" .
  person:vugar-1991 a mg:Person ; rdfs:label "Vüqar Şirinli"@en ; mg:born "1991-05-05" .
  entry:j1 a mg:Entry ; mg:event event:j ; mg:nation nation:AZE ; mg:athlete person:vugar-1991 .
  award:j1 a mg:Award ; mg:event event:j ; mg:entry entry:j1 ; mg:medal mg:Gold ;
    mg:status mg:Standing } }
"""


@pytest.fixture
def steward(medalgraph: CommandLine) -> CommandLine:
    medalgraph.do("update", WORLD)
    return medalgraph


def written(folder: Path, text: str, name: str = "sheet.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def rejected(folder: Path, sheet: str) -> list[dict[str, str]]:
    [path] = folder.glob(f"{sheet}-*-rejects.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", list(SHEETS))
def test_a_template_is_the_header_and_its_example_is_taken(
    medalgraph: CommandLine, tmp_path: Path, name: str
) -> None:
    plain = medalgraph.do("template", name).out
    [header] = csv.reader(io.StringIO(plain.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")))
    assert header == [column.name for column in SHEETS[name].columns]

    medalgraph.do(
        "update",
        """INSERT DATA { GRAPH graph:book {
             games:2024-summer-para a mg:Games ; rdfs:label "Paris 2024 Paralympics"@en ;
               mg:kind mg:Paralympic ; mg:season mg:Summer ; mg:year 2024 .
             sport:para-athletics a mg:Sport ; rdfs:label "Para Athletics"@en .
             nation:AZE a mg:Nation ; rdfs:label "Azerbaijan"@en ; mg:code "AZE" ;
               mg:kind mg:Country } }""",
    )
    sheet = written(tmp_path, medalgraph.do("template", name, "--example").out)
    said = medalgraph.do("import", name, sheet, "--json").json
    assert (said["kept"], said["rejected"]) == (True, 0)
    assert said["added"] > 0


@pytest.mark.parametrize("name", list(SHEETS))
def test_each_column_of_a_template_is_explained(medalgraph: CommandLine, name: str) -> None:
    told = medalgraph.do("template", name, "--columns").out
    for column in SHEETS[name].columns:
        assert any(line.startswith(column.name) for line in told.splitlines())


def test_the_same_sheet_again_changes_nothing_and_a_changed_one_what_differs(
    steward: CommandLine, tmp_path: Path
) -> None:
    header = "games,sport,event,nation,athletes,rank\n"
    row = "2024-summer-para,Judo,Men's -60kg,FRA,Jean Neuf,2\n"
    sheet = written(tmp_path, header + row)
    steward.do("import", "results", sheet)
    assert "Nothing changed" in steward.do("import", "results", sheet).out
    written(tmp_path, header + row.replace(",2\n", ",3\n"))
    said = steward.do("import", "results", sheet).out
    assert said == "Kept as commit 3: 1 statement added, 1 statement removed.\n"


def test_people_are_found_without_accents_and_in_any_order(
    steward: CommandLine, tmp_path: Path
) -> None:
    sheet = written(
        tmp_path,
        "games,sport,event,nation,athletes,rank\n"
        "paris 2024 paralympics,judo,men's -60KG,Azerbaijan,SIRINLI Vuqar,1\n",
    )
    steward.do("import", "results", sheet)
    found = steward.ask(
        "SELECT ?e ?rank ?other { ?e mg:rank ?rank ; mg:athlete/skos:altLabel ?other }"
    )
    assert found == [["j1", "1", "SIRINLI Vuqar"]]


def test_namesakes_are_told_apart_by_what_the_row_says(
    steward: CommandLine, tmp_path: Path
) -> None:
    sheet = written(
        tmp_path,
        "name,sex,born\nLi Ting,F,\nLi Ting,F,1987\nli-ting-1980,F,\nTing Li,F,2001-06-28\n",
    )
    said = steward.do("import", "people", sheet)
    assert "1 row could not be used" in said.err
    [row] = rejected(tmp_path, "people")
    assert (row["line"], row["column"], row["value"]) == ("2", "name", "Li Ting")
    assert row["reason"] == "2 people have this name: li-ting-1980, li-ting-1987"
    assert row["how to fix"] == "Write one of these instead of the name."
    found = steward.ask("SELECT ?p { GRAPH graph:people-sheet { ?p a mg:Person } } ORDER BY ?p")
    assert [one.rpartition("/")[2] for [one] in found] == [
        "li-ting-1980",
        "li-ting-1987",
        "ting-li-2001",
    ]


def test_a_decision_acts_on_the_award_that_is_there(steward: CommandLine, tmp_path: Path) -> None:
    sheet = written(
        tmp_path,
        "games,sport,event,medal,nation,athletes,action,date,decided_by,reason\n"
        "2024-summer-para,Judo,Men's -60kg,Gold,AZE,,Withdrawn,2025-01-10,IPC,A positive test.\n"
        "2024-summer-para,Judo,Men's -60kg,Gold,FRA,Jean Neuf,Reallocated,2025-02-01,IPC,\n",
    )
    steward.do("import", "medals", sheet, "--source", "decisions", "--title", "Decisions")
    found = steward.ask(
        """SELECT ?code ?status { ?award mg:medal mg:Gold ; mg:status ?status ;
             mg:entry/mg:nation/mg:code ?code } ORDER BY ?code"""
    )
    assert found == [["AZE", "Withdrawn"], ["FRA", "Standing"]]
    # Undone, the first award stands again.
    steward.do("undo", "2")
    assert steward.ask("SELECT ?s { award:j1 mg:status ?s }") == [["Standing"]]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("2028-summer-para,Judo,Men's -60kg,Gold,AZE,,Awarded,2024", "games", "no such Games"),
        ("2024-summer-para,Jude,Men's -60kg,Gold,AZE,,Awarded,2024", "sport", "no such sport"),
        ("2024-summer-para,Judo,Men's -60kg,Gold,AZR,,Awarded,2024", "nation", "no such nation"),
        ("2024-summer-para,Judo,Men's -60kg,Or,AZE,,Awarded,2024", "medal", "none of the words"),
        ("2024-summer-para,Judo,Men's -60kg,Gold,AZE,,Lost,2024", "action", "none of the words"),
        ("2024-summer-para,Judo,Men's -60kg,Gold,AZE,,Awarded,yesterday", "date", "no date"),
        ("2024-summer-para,Judo,Men's -60kg,Gold,AZE,,Awarded,", "date", "is empty"),
        ("2024-summer-para,Judo,,Gold,AZE,,Awarded,2024", "event", "is empty"),
        ("2024-summer-para,Judo,Men's -60kg,Gold,AZE,,LeftVacant,2024", "nation", "no receiver"),
        ("2024-summer-para,Judo,Men's -60kg,Gold,,,Awarded,2024", "nation", "whose medal"),
        ("2024-summer-para,Judo,Men's -60kg,Gold,,New One,Awarded,2024", "nation", "nobody"),
    ],
)
def test_what_a_row_gets_wrong_is_said_and_how_to_mend_it(
    steward: CommandLine, tmp_path: Path, row: str, column: str, reason: str
) -> None:
    sheet = written(tmp_path, f"games,sport,event,medal,nation,athletes,action,date\n{row}\n")
    said = steward.do("import", "medals", sheet)
    assert "1 row could not be used" in said.err
    [told] = rejected(tmp_path, "medals")
    assert (told["line"], told["column"]) == ("2", column)
    assert reason in told["reason"]
    assert told["how to fix"]


def test_somebody_elses_table_is_read_with_a_mapping(steward: CommandLine, tmp_path: Path) -> None:
    sheet = written(
        tmp_path, "Disziplin;Land;Name;Platz;Farbe\nMen's -60kg;FRA;Jean Neuf;2;Silber\n"
    )
    mapping = written(
        tmp_path,
        """[columns]
event = "Disziplin"
nation = "Land"
athletes = "Name"
medal = "Farbe"

[values.medal]
Silber = "Silver"

[defaults]
games = "2024-summer-para"
sport = "Judo"
action = "Awarded"
date = "2024-09-05"
""",
        "map.toml",
    )
    said = steward.do("import", "medals", sheet, "--mapping", mapping, "--json").json
    assert said["rejected"] == 0
    assert steward.ask("SELECT ?m { ?a mg:medal ?m ; mg:entry/mg:nation nation:FRA }") == [
        ["Silver"]
    ]


def test_the_reject_file_names_the_column_as_the_table_does(
    steward: CommandLine, tmp_path: Path
) -> None:
    sheet = written(tmp_path, "Nom,sexe\nJean Neuf,X\n")
    mapping = written(tmp_path, '[columns]\nname = "Nom"\nsex = "sexe"\n', "map.toml")
    steward.do("import", "people", sheet, "--mapping", mapping)
    [told] = rejected(tmp_path, "people")
    assert (told["column"], told["value"]) == ("sexe", "X")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("columns = [", "is no mapping file"),
        ('[column]\nname = "Nom"\n', "has a part column"),
        ('[columns]\nnom = "Nom"\n', "has no column nom"),
        ("[columns]\nname = 3\n", "is not text"),
        ('[values]\nsex = "M"\n', "is not text"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_with_the_form_it_needs(
    steward: CommandLine, tmp_path: Path, text: str, error: str
) -> None:
    sheet = written(tmp_path, "name\nJean Neuf\n")
    said = steward("import", "people", sheet, "--mapping", written(tmp_path, text, "map.toml"))
    assert error in said.err
    assert said.code != 0
    assert len(steward.do("history", "--json").json) == 1


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("people", "."), "is a folder; people is read from one file"),
        (("olympedia-games", "sheet.csv"), "is a file; olympedia-games is read from a folder"),
        (("olympedia-games", ".", "--title", "Mine"), "says itself what its source is"),
    ],
)
def test_a_file_for_a_folder_and_the_other_way_round_are_told(
    steward: CommandLine, tmp_path: Path, words: tuple[str, ...], error: str
) -> None:
    written(tmp_path, "name\n")
    said = steward("import", *words)
    assert error in " ".join(said.err.split())
    assert said.code != 0


def test_a_rehearsal_tells_everything_and_keeps_nothing(
    steward: CommandLine, tmp_path: Path
) -> None:
    sheet = written(
        tmp_path,
        "name,sex,born\nVuqar Sirinli,M,1992\nLi Ting,F,\nNew One,F,1999-01-01\n",
    )
    told = steward.do("import", "people", sheet, "--rehearse", "--json").json
    assert (told["kept"], told["rows"], told["rejected"]) == (False, 3, 1)
    people = told["things"]["Person"]
    assert (people["known"]["count"], people["new"]["examples"]) == (
        0,
        ["New One", "Vuqar Sirinli"],
    )
    assert told["doubtful"]["examples"] == ["Vuqar Sirinli: perhaps vugar-1991"]
    assert told["statements"]["conflicting"]["count"] == 0
    words = steward.do("import", "people", sheet, "--rehearse").out
    assert "3 rows read, 1 that could not be used." in words
    assert words.endswith("Nothing was kept. It would be kept.\n")
    assert len(steward.do("history", "--json").json) == 1


def test_a_rehearsal_names_what_differs_and_what_the_checks_would_refuse(
    steward: CommandLine, tmp_path: Path
) -> None:
    sheet = written(tmp_path, "name,sex,born\nvugar-1991,M,1992-05-05\n")
    told = steward.do("import", "people", sheet, "--rehearse").out
    assert "vugar-1991 born 1992-05-05, but 1991-05-05 in book" in told
    twice = "name,sex,born\nvugar-1991,M,1991-05-05\nvugar-1991,F,1991-05-05\n"
    said = steward("import", "people", written(tmp_path, twice, "twice.csv"), "--rehearse")
    assert said.code == 1
    assert said.out.endswith("Nothing was kept. It would be refused.\n")
    assert "twice.csv, lines 2 and 3: " in said.err
    assert "sex: The rows give more than one sex" in said.err


def test_a_header_in_capitals_is_read_and_an_unknown_column_is_told(
    steward: CommandLine, tmp_path: Path
) -> None:
    header = "GAMES,SPORT,EVENT,NATION,Athletes,RANK,coach_name\n"
    row = "2024-summer-para,Judo,Men's -60kg,FRA,Jean Neuf,2,Ada Example\n"
    said = steward.do("import", "results", written(tmp_path, header + row))
    assert "sheet.csv has a column coach_name, which the sheet results does not have" in said.err
    assert steward.ask("SELECT ?rank { ?e mg:rank ?rank ; mg:nation nation:FRA }") == [["2"]]

    wrong = written(tmp_path, (header + row).replace("RANK", "ranks"))
    said = steward("import", "results", wrong, "--rehearse")
    assert said.code == 2
    assert "Did you mean rank instead of ranks?" in said.err
