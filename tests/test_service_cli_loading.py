"""Files are loaded as one commit, all of them or none."""

from __future__ import annotations

import gzip
import signal
from typing import TYPE_CHECKING

import pytest

from service.cli import loading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.command_line import CommandLine

NATIONS = """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix nation: <https://w3id.org/medalgraph/id/nation/> .
@prefix mg: <https://w3id.org/medalgraph/ns#> .
nation:AZE rdfs:label "Azerbaijan"@en .
nation:UZB rdfs:label "Uzbekistan"@en .
"""
LABELS = "SELECT ?label { GRAPH ?g { ?nation rdfs:label ?label } } ORDER BY ?label"
GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
ABOUT = "SELECT ?p ?o { GRAPH graph:meta { graph:book ?p ?o } } ORDER BY ?p"


@pytest.fixture
def nations(tmp_path: Path) -> Path:
    file = tmp_path / "nations.ttl"
    file.write_text(NATIONS)
    return file


def column(medalgraph: CommandLine, query: str) -> list[str]:
    return medalgraph.do("query", query, "--format", "csv").out.split("\r\n")[1:-1]


def test_a_file_is_one_commit_with_its_name_as_the_message(
    medalgraph: CommandLine, nations: Path
) -> None:
    said = medalgraph.do("load", nations, "--author", "Leyla")
    assert said.out == "Kept as commit 1: 2 statements added.\n"
    assert column(medalgraph, GRAPHS) == ["https://w3id.org/medalgraph/id/graph/local"]
    (commit,) = medalgraph.do("history", "--json").json
    assert (commit["kind"], commit["author"], commit["message"]) == (
        "load",
        "Leyla",
        "Load nations.ttl",
    )


def test_loading_the_same_again_changes_nothing(medalgraph: CommandLine, nations: Path) -> None:
    medalgraph.do("load", nations)
    said = medalgraph.do("load", nations)
    assert said.out == "Nothing changed: the store already says this.\n"
    assert len(medalgraph.do("history", "--json").json) == 1


def test_a_source_is_described_beside_its_statements(
    medalgraph: CommandLine, nations: Path
) -> None:
    medalgraph.do("load", nations, "--source", "book", "--title", "Results book", "--priority", 2)
    assert column(medalgraph, GRAPHS) == [
        "https://w3id.org/medalgraph/id/graph/book",
        "https://w3id.org/medalgraph/id/graph/meta",
    ]
    assert column(medalgraph, ABOUT) == [
        "http://purl.org/dc/terms/title,Results book",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type,http://www.w3.org/ns/prov#Entity",
        "https://w3id.org/medalgraph/ns#priority,2",
    ]


def test_what_is_told_later_of_a_source_replaces_only_that(
    medalgraph: CommandLine, nations: Path
) -> None:
    medalgraph.do("load", nations, "--source", "book", "--title", "Results book", "--priority", 2)
    medalgraph.do("load", nations, "--source", "book", "--priority", 1, "--issued", "2024-09-08")
    assert column(medalgraph, ABOUT) == [
        "http://purl.org/dc/terms/issued,2024-09-08",
        "http://purl.org/dc/terms/title,Results book",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type,http://www.w3.org/ns/prov#Entity",
        "https://w3id.org/medalgraph/ns#priority,1",
    ]


def test_replace_puts_the_file_in_place_of_the_graph(
    medalgraph: CommandLine, nations: Path, tmp_path: Path
) -> None:
    medalgraph.do("load", nations, "--graph", "book")
    other = tmp_path / "other.nt.gz"
    other.write_bytes(
        gzip.compress(
            b"<https://w3id.org/medalgraph/id/nation/FRA> "
            b'<http://www.w3.org/2000/01/rdf-schema#label> "France" .\n'
        )
    )
    said = medalgraph.do("load", other, "--graph", "book", "--replace", "--json")
    assert (said.json["kept"], said.json["commit"]) == (True, 2)
    assert (said.json["added"], said.json["removed"]) == (1, 2)
    assert said.json["report"]["conforms"] is True
    assert column(medalgraph, LABELS) == ["France"]


def test_standard_input_needs_a_format(medalgraph: CommandLine) -> None:
    said = medalgraph("load", "-", stdin=NATIONS.encode())
    assert said.code == 2
    assert "add --format" in said.err
    medalgraph.do("load", "-", "--format", "turtle", stdin=NATIONS.encode())
    assert column(medalgraph, LABELS) == ["Azerbaijan", "Uzbekistan"]


def test_a_file_cut_in_half_names_line_and_column_and_nothing_of_any_file_is_kept(
    medalgraph: CommandLine, nations: Path, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.ttl"
    cut.write_text(NATIONS[: NATIONS.index("stan")])
    said = medalgraph("load", nations, cut)
    assert said.code == 2
    assert said.err.startswith("Error: cut.ttl cannot be read in line 5, column ")
    assert '\n  nation:UZB rdfs:label "Uzbeki\n' in said.err
    assert medalgraph.do("history", "--json").json == []


def test_an_iri_with_a_space_names_line_and_column(medalgraph: CommandLine, tmp_path: Path) -> None:
    spaced = tmp_path / "spaced.nt"
    spaced.write_text(
        "<http://ex/a> <http://ex/p> <http://ex/b> .\n"
        "<http://ex/a b> <http://ex/p> <http://ex/c> .\n"
    )
    said = medalgraph("load", spaced)
    assert said.code == 2
    assert said.err.startswith("Error: spaced.nt cannot be read in line 2, column ")
    assert "space" in said.err
    assert medalgraph.do("history", "--json").json == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--title", "Results book"], "add --source"),
        (["--replace"], "add --graph or --source"),
        (["--graph", "a", "--source", "b"], "use one"),
        (["--graph", "http://ex/a b"], "holds a space"),
        (["--graph", "Not A Slug"], "such as not-a-slug"),
        (["--priority", "0"], "'--priority'"),
    ],
)
def test_options_that_do_not_fit_are_bad_use(
    medalgraph: CommandLine, nations: Path, words: list[str], sentence: str
) -> None:
    said = medalgraph("load", nations, *words)
    assert said.code == 2
    assert sentence in said.err


def test_a_file_that_is_not_there_and_a_name_without_a_format_are_bad_use(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    missing = medalgraph("load", tmp_path / "no.ttl")
    assert missing.code == 2
    assert "does not exist" in missing.err
    (tmp_path / "notes.docx").write_text("x")
    unknown = medalgraph("load", tmp_path / "notes.docx")
    assert unknown.code == 2
    assert "Use one of: turtle" in unknown.err


def press_ctrl_c(describe: Callable[..., None]) -> Callable[..., None]:
    def stopped(*given: object) -> None:
        describe(*given)
        signal.raise_signal(signal.SIGINT)

    return stopped


def test_ctrl_c_leaves_the_store_as_it_was_and_says_so(
    medalgraph: CommandLine, nations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "describe", press_ctrl_c(loading.describe))
    said = medalgraph("load", nations, "--source", "book", "--title", "Results book")
    assert said.code == 130
    assert said.err.strip() == "Stopped. The store is as it was: nothing of this was kept."
    assert medalgraph.do("history", "--json").json == []
    monkeypatch.undo()
    medalgraph.do("load", nations)
