"""An update is kept whole or refused whole, and each problem is a sentence."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine

LABEL = 'INSERT DATA { nation:AZE rdfs:label "Azerbaijan"@en }'
NAMELESS = "INSERT DATA { person:a a mg:Person . person:b a mg:Person }"
WARNED = (
    'INSERT DATA { GRAPH graph:one { person:a a mg:Person ; rdfs:label "A" ; mg:born "1990" }'
    ' GRAPH graph:two { person:a mg:born "1991" } }'
)


def statements(medalgraph: CommandLine) -> str:
    return medalgraph.do("export").out


def test_an_update_is_a_commit(medalgraph: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "label.ru").write_text(LABEL)
    said = medalgraph.do("update", "--file", tmp_path / "label.ru", "--author", "L", "-m", "Name")
    assert said.out == "Kept as commit 1: 1 statement added.\n"
    (commit,) = medalgraph.do("history", "--json").json
    assert (commit["kind"], commit["author"], commit["message"]) == ("update", "L", "Name")


def test_the_source_takes_the_statements_that_name_no_graph(medalgraph: CommandLine) -> None:
    medalgraph.do("update", LABEL, "--source", "graph:book")
    assert "<https://w3id.org/medalgraph/id/graph/book> ." in statements(medalgraph)
    medalgraph.do("update", LABEL, "--source", "https://ex.org/own")
    assert "<https://ex.org/own> ." in statements(medalgraph)


def test_a_shape_violation_is_refused_with_one_sentence_a_problem(medalgraph: CommandLine) -> None:
    medalgraph.do("update", LABEL)
    before = statements(medalgraph)
    said = medalgraph("update", NAMELESS)
    assert said.code == 1
    assert said.out == ""
    problems = [line for line in said.err.split("\n") if "id/person/" in line]
    assert [re.findall("id/person/(.)", line)[0] for line in problems] == ["a", "b"]
    assert "Nothing was kept." in said.err
    assert statements(medalgraph) == before


def test_a_refusal_as_json_carries_the_report(medalgraph: CommandLine) -> None:
    said = medalgraph("update", NAMELESS, "--json")
    assert said.code == 1
    assert said.json["kept"] is False
    assert said.json["report"]["violations"] >= 2
    assert {problem["focus"] for problem in said.json["report"]["problems"]} == {
        "https://w3id.org/medalgraph/id/person/a",
        "https://w3id.org/medalgraph/id/person/b",
    }


def test_a_warning_is_kept_and_shown(medalgraph: CommandLine) -> None:
    said = medalgraph.do("update", WARNED)
    assert said.out == "Kept as commit 1: 4 statements added.\n"
    assert said.err.startswith("Kept, with 1 warning:\n- A (id/person/a)")
    (commit,) = medalgraph.do("history", "--json").json
    assert len(commit["warnings"]) == 1
    assert "[1 warning]" in medalgraph.do("history").out


@pytest.mark.parametrize(
    ("update", "told"),
    [
        ("INSERT DATA { <http://ex/a b> rdfs:label 'x' }", "space"),
        ("INSERT DATA { nation:AZE rdfs:label 'x }", "line 1, column 37"),
        ("LOAD <http://127.0.0.1:1/x>", "LOAD"),
        ("SELECT * {}", "line 1, column 1"),
    ],
)
def test_an_update_that_cannot_be_read_is_bad_input(
    medalgraph: CommandLine, update: str, told: str
) -> None:
    said = medalgraph("update", update)
    assert said.code == 2
    assert told in said.err
    assert medalgraph.do("history", "--json").json == []


def test_a_wrong_datatype_names_the_value(medalgraph: CommandLine) -> None:
    said = medalgraph(
        "update", 'INSERT DATA { tally:x a mg:Tally ; rdfs:label "x" ; mg:gold "four" }'
    )
    assert said.code == 1
    assert '"four"' in said.err


def test_a_dry_run_shows_the_change_and_keeps_nothing(medalgraph: CommandLine) -> None:
    said = medalgraph.do("update", LABEL, "--dry-run")
    assert said.out == (
        "\nIn graph:local:\n"
        "\n  Azerbaijan (nation:AZE)\n"
        '    + label: "Azerbaijan" @en\n'
        "Nothing was kept. It would be kept: 1 statement added.\n"
    )
    assert statements(medalgraph) == ""
    assert medalgraph.do("history", "--json").json == []


def test_a_dry_run_of_a_bad_change_is_refused_with_its_problems(medalgraph: CommandLine) -> None:
    said = medalgraph("update", NAMELESS, "--dry-run")
    assert said.code == 1
    assert "It would be refused: 2 statements added." in said.out
    assert "id/person/a" in said.err
    as_json = medalgraph("update", NAMELESS, "--dry-run", "--json")
    assert as_json.code == 1
    assert (as_json.json["kept"], as_json.json["added"]) == (False, 2)
    assert as_json.json["report"]["conforms"] is False


HOLDER = """
import sys
from pathlib import Path
from graph.store import Store
with Store.open(Path(sys.argv[1])) as store, store.transaction() as tx:
    print("writing", flush=True)
    sys.stdin.readline()
"""


def test_a_locked_store_names_who_writes_and_can_be_read_meanwhile(
    medalgraph: CommandLine,
) -> None:
    medalgraph.do("update", LABEL)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(medalgraph.store)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"writing\n"
        said = medalgraph("update", "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }")
        asked = medalgraph("query", "ASK { nation:AZE rdfs:label ?any }")
        holder.communicate(b"\n")
    assert said.code == 4
    assert f"is being written by process {holder.pid}" in said.err
    assert asked.out == "yes\n"
