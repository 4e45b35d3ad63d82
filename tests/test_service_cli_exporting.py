"""An export is whole, in one order, and in a format that can hold it."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine

ADD = (
    'INSERT DATA { GRAPH graph:one { nation:UZB rdfs:label "Uzbekistan" .'
    ' nation:AZE rdfs:label "Azerbaijan" }'
    ' GRAPH graph:two { nation:AZE rdfs:label "Aserbaidschan" } }'
)
BASE = "https://w3id.org/medalgraph/id"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
LINES = [
    f'<{BASE}/nation/AZE> {LABEL} "Aserbaidschan" <{BASE}/graph/two> .',
    f'<{BASE}/nation/AZE> {LABEL} "Azerbaijan" <{BASE}/graph/one> .',
    f'<{BASE}/nation/UZB> {LABEL} "Uzbekistan" <{BASE}/graph/one> .',
]


@pytest.fixture
def filled(medalgraph: CommandLine) -> CommandLine:
    medalgraph.do("update", ADD)
    return medalgraph


def test_everything_goes_to_standard_output_in_order(filled: CommandLine) -> None:
    said = filled.do("export")
    assert said.out.splitlines() == LINES
    assert said.err == "3 statements written to standard output.\n"


def test_a_name_tells_format_and_compression(filled: CommandLine, tmp_path: Path) -> None:
    filled.do("export", tmp_path / "all.nq.gz")
    assert gzip.decompress((tmp_path / "all.nq.gz").read_bytes()).decode().splitlines() == LINES


def test_one_graph_fits_a_format_without_graphs(filled: CommandLine, tmp_path: Path) -> None:
    filled.do("export", tmp_path / "two.ttl", "--graph", "two")
    assert 'nation:AZE rdfs:label "Aserbaidschan" .' in (tmp_path / "two.ttl").read_text()


def test_one_graph_as_n_triples_has_no_graph_in_it(filled: CommandLine) -> None:
    said = filled.do("export", "--graph", "two", "--format", "ntriples")
    assert said.out == f'<{BASE}/nation/AZE> {LABEL} "Aserbaidschan" .\n'


def test_an_export_can_be_loaded_again(filled: CommandLine, tmp_path: Path) -> None:
    for name in ("all.trig", "all.nq", "all.jsonld"):
        filled.do("export", tmp_path / name)
        again = tmp_path / f"store-{name}"
        filled.do("init", again)
        filled.do("load", tmp_path / name, "--store", again)
        assert filled.do("export", "--store", again).out.splitlines() == LINES


def test_the_past_can_be_exported(filled: CommandLine) -> None:
    filled.do("update", "CLEAR ALL")
    assert filled.do("export").out == ""
    assert filled.do("export", "--at", 1).out.splitlines() == LINES


def test_several_graphs_do_not_fit_a_format_without_graphs(
    filled: CommandLine, tmp_path: Path
) -> None:
    said = filled("export", tmp_path / "all.ttl")
    assert said.code == 2
    assert said.err == (
        "Error: turtle cannot keep apart what different sources say.\n"
        "Use trig, nquads or jsonld, or choose one graph with --graph.\n"
    )


def test_a_graph_that_is_not_there_leaves_the_old_file(filled: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "out.nq"
    target.write_text("old")
    said = filled("export", target, "--graph", "none")
    assert said.code == 3
    assert "The graphs are: one, two." in said.err
    assert target.read_text() == "old"
    assert list(tmp_path.glob(".*")) == []


def test_a_folder_that_is_not_there_is_named(filled: CommandLine, tmp_path: Path) -> None:
    said = filled("export", tmp_path / "no" / "out.nq")
    assert said.code == 4
    assert str(tmp_path / "no") in said.err
