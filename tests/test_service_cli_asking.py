"""Questions are answered in the format asked for, and bad ones point to their fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine

LABEL = "SELECT ?name { nation:AZE rdfs:label ?name }"
INSERT = 'INSERT DATA { nation:AZE rdfs:label "Azerbaijan"@en }'
DELETE = "DELETE WHERE { GRAPH ?g { nation:AZE rdfs:label ?name } }"


@pytest.fixture
def asked(medalgraph: CommandLine) -> CommandLine:
    medalgraph.do("update", INSERT)
    return medalgraph


def test_rows_are_drawn_as_columns_and_counted_beside_the_answer(asked: CommandLine) -> None:
    said = asked.do("query", "SELECT ?nation ?name { ?nation rdfs:label ?name }")
    assert said.out == (
        "nation      name\n----------  --------------\nnation:AZE  Azerbaijan @en\n"
    )
    assert said.err == "1 row.\n"


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [
        ("csv", "name\r\nAzerbaijan\r\n"),
        ("tsv", '?name\n"Azerbaijan"@en\n'),
    ],
)
def test_rows_are_written_in_the_format_asked_for(
    asked: CommandLine, wanted: str, answer: str
) -> None:
    assert asked.do("query", LABEL, "--format", wanted).out == answer


def test_json_is_the_standard_form(asked: CommandLine) -> None:
    wanted = {
        "head": {"vars": ["name"]},
        "results": {
            "bindings": [{"name": {"type": "literal", "value": "Azerbaijan", "xml:lang": "en"}}]
        },
    }
    assert asked.do("query", LABEL, "--json").json == wanted
    assert asked.do("query", LABEL, "--format", "json").json == wanted


def test_yes_and_no(asked: CommandLine) -> None:
    assert asked.do("query", "ASK { nation:AZE rdfs:label ?any }").out == "yes\n"
    assert asked.do("query", "ASK { nation:FRA rdfs:label ?any }").out == "no\n"


def test_a_graph_is_turtle_with_the_house_prefixes(asked: CommandLine) -> None:
    said = asked.do("query", "CONSTRUCT WHERE { ?s rdfs:label ?o }")
    assert 'nation:AZE rdfs:label "Azerbaijan"@en .' in said.out


def test_the_text_comes_from_a_file_or_standard_input(asked: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(LABEL)
    assert "Azerbaijan" in asked.do("query", "--file", tmp_path / "q.rq").out
    assert "Azerbaijan" in asked.do("query", "-", stdin=LABEL.encode()).out
    assert "Azerbaijan" in asked.do("query", "--file", "-", stdin=LABEL.encode()).out


def test_the_past_is_asked_by_commit_or_by_time(asked: CommandLine) -> None:
    asked.do("update", DELETE)
    newest, first = asked.do("history", "--json").json
    assert newest["time"] > first["time"]
    ask = "ASK { nation:AZE rdfs:label ?any }"
    assert asked.do("query", ask).out == "no\n"
    assert asked.do("query", ask, "--at", 1).out == "yes\n"
    assert asked.do("query", ask, "--at", 0).out == "no\n"
    assert asked.do("query", ask, "--at", first["time"]).out == "yes\n"
    assert asked.do("query", ask, "--at", newest["time"]).out == "no\n"


def test_a_commit_that_is_not_there_is_not_found(asked: CommandLine) -> None:
    said = asked("query", LABEL, "--at", 9)
    assert said.code == 3
    assert said.err == (
        "Error: There is no commit 9; the newest is 1.\nList them with: medalgraph history\n"
    )


def test_a_time_that_is_none_is_bad_input(asked: CommandLine) -> None:
    said = asked("query", LABEL, "--at", "last tuesday")
    assert said.code == 2
    assert said.err.startswith("Error: 'last tuesday' is not a date or a time.\nWrite 2024-09-17")


def test_a_syntax_error_names_line_and_column_and_shows_the_place(asked: CommandLine) -> None:
    said = asked("query", "SELECT ?nation\nWHERE { ?nation rdfs:label 'Azer }")
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("Error: the query cannot be read in line 2, column 28: ")
    assert "\n  WHERE { ?nation rdfs:label 'Azer }\n" + " " * 29 + "^\n" in said.err


def test_a_format_that_does_not_fit_the_answer_names_those_that_do(asked: CommandLine) -> None:
    rows = asked("query", LABEL, "--format", "turtle")
    assert rows.code == 2
    assert "answers with rows" in rows.err
    assert "csv" in rows.err
    assert asked("query", "ASK {}", "--format", "csv").code == 2
    graph = asked("query", "DESCRIBE nation:AZE", "--format", "csv")
    assert graph.code == 2
    assert "answers with a graph" in graph.err


def test_json_and_another_format_together_are_refused(asked: CommandLine) -> None:
    assert asked("query", LABEL, "--json", "--format", "csv").code == 2


def test_a_call_to_another_service_is_refused(asked: CommandLine) -> None:
    said = asked("query", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert said.code == 2
    assert "SERVICE" in said.err


def test_an_empty_answer_is_explained(asked: CommandLine) -> None:
    said = asked.do("query", "SELECT * { nation:AZE rdfs:labl ?name }", "--explain")
    assert said.out.startswith("Nothing in the graph matches this statement.\n")
    assert "    nation:AZE rdfs:labl ?name .\n" in said.out
    assert "There is rdfs:label." in said.out
    told = asked.do("query", "SELECT * { ?s ?p ?o }", "--explain", "--json").json
    assert (told["empty"], told["sentence"]) == (False, "The query has solutions.")
