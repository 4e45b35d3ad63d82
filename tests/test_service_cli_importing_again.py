"""An import takes the place of what its source said, and leaves standing what people decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.small_paris import small_rows, write_tables

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine

PARIS = "paris2024-paralympics"
UNCHANGED = "Nothing changed: the store already says this.\n"
RESULTS_BOOK = """INSERT DATA {
  GRAPH graph:meta { graph:book a prov:Entity ; dcterms:title "Results book" ; mg:priority 1 }
  GRAPH graph:book {
    person:vugar a mg:Person ; rdfs:label "Vugar Sirinli"@en ; mg:born "1991-05-05" .
    person:ting a mg:Person ; rdfs:label "Li Ting"@en ; mg:born "1987-04-01" } }
"""
PEOPLE = "name,sex,born\nvugar,M,1992-05-05\nting,F,1987-04-02\n"
CLAIMS = """SELECT ?said ?why { GRAPH graph:people-list {
  ?claim a mg:Claim ; rdf:object ?said ; mg:reason ?why } } ORDER BY ?said"""
ABOUT = """SELECT ?title ?who ?priority { GRAPH graph:meta {
  graph:people-list dcterms:title ?title
  OPTIONAL { graph:people-list dcterms:publisher ?who }
  OPTIONAL { graph:people-list mg:priority ?priority } } }"""


def written(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def described(medalgraph: CommandLine, folder: Path, source: str, *facts: str) -> None:
    medalgraph.do("load", written(folder, "", "nothing.ttl"), "--source", source, *facts)


@pytest.fixture
def settled(medalgraph: CommandLine, tmp_path: Path) -> CommandLine:
    """Return a store in which a list of people was imported, ranked and set aside in part."""
    medalgraph.do("update", RESULTS_BOOK)
    sheet = written(tmp_path, PEOPLE)
    medalgraph.do("import", "people", sheet, "--title", "The list", "--publisher", "NPC")
    described(medalgraph, tmp_path, "people-list", "--priority", "3")
    medalgraph.do("conflicts", "--settle")
    return medalgraph


def test_the_same_sheet_makes_no_commit_after_its_conflicts_were_settled(
    settled: CommandLine, tmp_path: Path
) -> None:
    before = settled.ask(CLAIMS)
    assert [said for said, _ in before] == ["1987-04-02", "1992-05-05"]

    assert settled.do("import", "people", tmp_path / "list.csv").out == UNCHANGED

    assert settled.ask(CLAIMS) == before
    assert settled.do("conflicts", "--json").json == []


def test_a_changed_sheet_changes_only_what_differs(settled: CommandLine, tmp_path: Path) -> None:
    sheet = written(tmp_path, PEOPLE.replace("ting,F,", "ting,M,"))
    said = settled.do("import", "people", sheet).out
    assert said.endswith(": 1 statement added, 1 statement removed.\n")
    assert [said for said, _ in settled.ask(CLAIMS)] == ["1987-04-02", "1992-05-05"]


def test_a_claim_goes_when_the_sheet_no_longer_makes_it(
    settled: CommandLine, tmp_path: Path
) -> None:
    settled.do("import", "people", written(tmp_path, PEOPLE.replace("1987-04-02", "1987-04-01")))
    assert [said for said, _ in settled.ask(CLAIMS)] == ["1992-05-05"]
    assert settled.do("conflicts", "--json").json == []


def test_what_is_known_of_a_sheet_stays_until_it_is_given_anew(
    settled: CommandLine, tmp_path: Path
) -> None:
    sheet = written(tmp_path, "name,sex,born\nting,F,\n")
    settled.do("import", "people", sheet)
    assert settled.ask(ABOUT) == [["The list", "NPC", "3"]]
    settled.do("import", "people", sheet, "--title", "The list, corrected")
    assert settled.ask(ABOUT) == [["The list, corrected", "NPC", "3"]]


def test_a_sheet_says_from_which_file_it_came_last_unless_an_address_is_known(
    settled: CommandLine, tmp_path: Path
) -> None:
    ask = "SELECT ?from { GRAPH graph:meta { graph:people-list dcterms:source ?from } }"
    newer = written(tmp_path, PEOPLE, "newer.csv")
    settled.do("import", "people", newer, "--source", "people-list")
    assert settled.ask(ask) == [["newer.csv"]]
    described(settled, tmp_path, "people-list", "--origin", "doi:10.1/list")
    assert settled.do("import", "people", tmp_path / "list.csv").out == UNCHANGED


def test_a_title_that_is_empty_is_refused_instead_of_passed_over(
    settled: CommandLine, tmp_path: Path
) -> None:
    said = settled("import", "people", tmp_path / "list.csv", "--publisher", "")
    assert said.code == 2
    assert "leave out what is to stay" in " ".join(said.err.split())


def test_published_tables_leave_standing_what_was_decided_about_their_source(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    write_tables(tables, small_rows())
    medalgraph.do("import", "paris-2024-paralympics", tables)
    [[person, born]] = medalgraph.ask("SELECT ?p ?born { ?p mg:born ?born } ORDER BY ?p LIMIT 1")
    assert born != "1950-01-01"
    medalgraph.do(
        "update",
        f"""INSERT DATA {{
          GRAPH graph:meta {{ graph:book a prov:Entity ; dcterms:title "Book" ; mg:priority 1 }}
          GRAPH graph:book {{ person:{person} mg:born "1950-01-01" }} }}""",
    )
    described(medalgraph, tmp_path, PARIS, "--priority", "4")
    medalgraph.do("conflicts", "--settle")
    assert medalgraph.ask(f"SELECT ?born {{ person:{person} mg:born ?born }}") == [["1950-01-01"]]

    assert medalgraph.do("import", "paris-2024-paralympics", tables).out == UNCHANGED

    rows = small_rows()
    rows["medals.csv"] = rows["medals.csv"][:1]
    write_tables(tables, rows)
    medalgraph.do("import", "paris-2024-paralympics", tables)
    assert medalgraph.ask(f"SELECT ?born {{ person:{person} mg:born ?born }}") == [["1950-01-01"]]
    priority = f"SELECT ?n {{ GRAPH graph:meta {{ graph:{PARIS} mg:priority ?n }} }}"
    assert medalgraph.ask(priority) == [["4"]]


@pytest.mark.parametrize("rehearse", [(), ("--rehearse",)], ids=["import", "rehearsal"])
@pytest.mark.parametrize("source", ["book", "meta", "identity"])
def test_a_sheet_does_not_take_the_place_of_another_kind_of_source(
    medalgraph: CommandLine, tmp_path: Path, source: str, rehearse: tuple[str, ...]
) -> None:
    medalgraph.do("update", RESULTS_BOOK)
    sheet = written(tmp_path, PEOPLE)
    said = medalgraph("import", "people", sheet, "--source", source, *rehearse)
    assert said.code == 1
    assert source in said.err
    assert len(medalgraph.do("history", "--json").json) == 1


def test_the_refusal_says_what_would_be_lost_and_how_to_replace_it(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    medalgraph.do("update", RESULTS_BOOK)
    sheet = written(tmp_path, PEOPLE)
    said = medalgraph("import", "people", sheet, "--source", "book")
    words = " ".join(said.err.split())
    assert "The source book (Results book) is no people sheet, and its 6 statements" in words
    assert "--replace" in words
    medalgraph.do("import", "people", sheet, "--source", "book", "--replace")
    # From now on it is one, and no switch is needed.
    assert medalgraph.do("import", "people", sheet, "--source", "book").out == UNCHANGED


def test_neither_does_a_sheet_of_another_kind_nor_do_published_tables(
    settled: CommandLine, tmp_path: Path
) -> None:
    results = written(tmp_path, "games,sport,event,nation\n", "results.csv")
    said = settled("import", "results", results, "--source", "people-list")
    assert said.code == 1
    assert "is a people sheet" in said.err

    settled.do("import", "people", tmp_path / "list.csv", "--source", PARIS)
    tables = tmp_path / "tables"
    tables.mkdir()
    write_tables(tables, small_rows())
    said = settled("import", "paris-2024-paralympics", tables)
    assert said.code == 1
    assert "is a people sheet" in said.err
    settled.do("import", "paris-2024-paralympics", tables, "--replace")
    settled.do("import", "paris-2024-paralympics", tables)


def test_a_source_that_is_only_described_so_far_takes_a_sheet(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    described(medalgraph, tmp_path, "people-list", "--title", "The list", "--priority", "2")
    medalgraph.do("import", "people", written(tmp_path, "name\nAda Example\n"))
    assert medalgraph.ask(ABOUT) == [["The list", "", "2"]]


def test_a_reject_file_is_named_after_its_sheet_and_goes_when_the_sheet_is_mended(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    wrong = written(tmp_path, "name,sex\nAda Example,X\n")
    also_wrong = written(tmp_path, "name,sex\nLi Ting,Y\n", "others.csv")
    said = medalgraph.do("import", "people", wrong)
    assert "see people-list-rejects.csv" in said.err
    medalgraph.do("import", "people", also_wrong, "--rehearse")
    assert {path.name for path in tmp_path.glob("*-rejects.csv")} == {
        "people-list-rejects.csv",
        "people-others-rejects.csv",
    }

    medalgraph.do("import", "people", written(tmp_path, "name,sex\nAda Example,F\n"))

    assert [path.name for path in tmp_path.glob("*-rejects.csv")] == ["people-others-rejects.csv"]
