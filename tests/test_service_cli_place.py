"""Which store and which graph a person means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.errors import BadTerm
from graph.names import Names
from service.cli.place import graph_named

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine

NAMES = Names("https://medals.example")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("local", "https://medals.example/id/graph/local"),
        ("graph:azernews-2024-09-17", "https://medals.example/id/graph/azernews-2024-09-17"),
        ("https://ex.org/g", "https://ex.org/g"),
        ("urn:ex:g", "urn:ex:g"),
    ],
)
def test_a_graph_is_named_by_its_slug_or_its_address(said: str, meant: str) -> None:
    assert graph_named(said, NAMES).value == meant


@pytest.mark.parametrize("said", ["", "graph:", "Results Book", "a b:c", "a--b", "../x"])
def test_what_is_no_name_of_a_graph_is_bad_input(said: str) -> None:
    with pytest.raises(BadTerm) as refused:
        graph_named(said, NAMES)
    assert refused.value.hint


def test_the_option_comes_before_the_environment(medalgraph: CommandLine, tmp_path: Path) -> None:
    medalgraph.do("init", "--store", tmp_path / "other")
    medalgraph.do("update", "INSERT DATA { nation:AZE rdfs:label 'x' }")
    assert medalgraph.do("query", "ASK { ?s ?p ?o }").out == "yes\n"
    assert medalgraph.do("query", "ASK { ?s ?p ?o }", "--store", tmp_path / "other").out == "no\n"


def test_without_either_the_store_is_var_store(medalgraph: CommandLine) -> None:
    medalgraph.named = False
    said = medalgraph("query", "ASK {}")
    assert said.code == 4
    assert "var/store" in said.err
