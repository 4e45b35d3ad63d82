"""Commits are listed, shown in words, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.command_line import CommandLine

ADD = (
    "INSERT DATA { GRAPH graph:book { nation:AZE a mg:Nation ;"
    ' mg:kind mg:Country ; rdfs:label "Azerbaijan"@en ; mg:code "AZE" } }'
)
RENAME = (
    'DELETE DATA { GRAPH graph:book { nation:AZE rdfs:label "Azerbaijan"@en } } ;'
    ' INSERT DATA { GRAPH graph:book { nation:AZE rdfs:label "Republic of Azerbaijan"@en } }'
)


@pytest.fixture
def renamed(medalgraph: CommandLine) -> CommandLine:
    medalgraph.do("update", ADD, "--author", "Leyla", "-m", "Add a nation\nfrom the book")
    medalgraph.do("update", RENAME)
    return medalgraph


def test_an_empty_store_says_so_beside_an_empty_answer(medalgraph: CommandLine) -> None:
    said = medalgraph.do("history")
    assert said.out == ""
    assert "no commits yet" in said.err


def test_the_history_is_newest_first_and_can_be_limited(renamed: CommandLine) -> None:
    newest, first = renamed.do("history").out.splitlines()
    assert newest.split()[0] == "2"
    assert "+1 -1" in newest
    assert "(no message)" in newest
    assert first.split()[0] == "1"
    assert "+4 -0" in first
    assert first.endswith("Leyla:  Add a nation")
    assert [c["commit"] for c in renamed.do("history", "-n", 1, "--json").json] == [2]


def test_a_commit_is_shown_in_words(renamed: CommandLine) -> None:
    shown = renamed.do("show", 1).out
    assert shown.startswith("Commit 1, ")
    assert " UTC by Leyla (update)\n    Add a nation\n    from the book\n" in shown
    assert "4 statements added.\n" in shown
    assert (
        "\nIn graph:book:\n"
        "\n  Azerbaijan (nation:AZE)\n"
        "    + type: nation\n"
        '    + label: "Azerbaijan" @en\n'
        '    + code: "AZE"\n'
    ) in shown


def test_what_was_removed_stands_before_what_was_added(renamed: CommandLine) -> None:
    lines = renamed.do("show", 2).out.splitlines()
    assert lines[-2:] == [
        '    - label: "Azerbaijan" @en',
        '    + label: "Republic of Azerbaijan" @en',
    ]


def test_a_long_change_says_how_much_is_not_shown(renamed: CommandLine) -> None:
    shown = renamed.do("show", 1, "--limit", 1).out
    assert "label:" not in shown
    assert "... and 3 more statements: raise --limit, or see all with --patch." in shown


def test_a_commit_as_rdf_patch_and_as_json(renamed: CommandLine) -> None:
    subject = "<https://w3id.org/medalgraph/id/nation/AZE>"
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    graph = "<https://w3id.org/medalgraph/id/graph/book>"
    old, new = '"Azerbaijan"@en', '"Republic of Azerbaijan"@en'
    assert renamed.do("show", 2, "--patch").out == (
        f"TX .\nD {subject} {label} {old} {graph} .\nA {subject} {label} {new} {graph} .\nTC .\n"
    )
    shown = renamed.do("show", 2, "--json").json
    assert (shown["commit"], shown["added"], shown["removed"]) == (2, 1, 1)
    assert shown["statements_removed"] == [f"{subject} {label} {old} {graph} ."]
    assert shown["statements_added"] == [f"{subject} {label} {new} {graph} ."]
    assert renamed("show", 2, "--json", "--patch").code == 2


@pytest.mark.parametrize("command", ["show", "undo"])
def test_a_commit_that_is_not_there_is_not_found(renamed: CommandLine, command: str) -> None:
    said = renamed(command, 7)
    assert said.code == 3
    assert said.err.startswith("Error: There is no commit 7; the newest is 2.\n")


@pytest.mark.parametrize("command", ["show", "undo"])
def test_a_word_for_a_commit_is_bad_use(renamed: CommandLine, command: str) -> None:
    said = renamed(command, "first")
    assert said.code == 2
    assert "'first' is no whole number from 1 on" in said.err


def test_undoing_is_a_commit_and_keeps_the_history(renamed: CommandLine) -> None:
    said = renamed.do("undo", 2, "--author", "Leyla")
    assert said.out == "Kept as commit 3: 1 statement added, 1 statement removed.\n"
    ask = 'ASK { nation:AZE rdfs:label "Azerbaijan"@en }'
    assert renamed.do("query", ask).out == "yes\n"
    assert [c["kind"] for c in renamed.do("history", "--json").json] == [
        "undo",
        "update",
        "update",
    ]


def test_undoing_twice_is_refused_with_the_reason(renamed: CommandLine) -> None:
    renamed.do("undo", 2)
    said = renamed("undo", 2)
    assert said.code == 1
    assert said.err.startswith("Error: Nothing of commit 2 is left to undo.")
