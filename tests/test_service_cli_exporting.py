"""An export is whole, in one order, and in a format that can hold it."""

from __future__ import annotations

import filecmp
import gzip
import json
import zipfile
from hashlib import sha256
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
GAMES = (
    "INSERT DATA { games:2024-summer a mg:Games ; rdfs:label 'Paris 2024'@en ; mg:year 2024 ;"
    " mg:season mg:Summer ; mg:kind mg:Olympic }"
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


def test_a_format_without_graphs_has_each_statement_once_and_says_what_is_lost(
    filled: CommandLine, tmp_path: Path
) -> None:
    said = filled.do("export", tmp_path / "all.nt")
    triples = [line.rpartition(" <")[0] + " ." for line in LINES]
    assert (tmp_path / "all.nt").read_text().splitlines() == triples
    assert said.err == (
        f"3 statements written to {tmp_path / 'all.nt'}.\n"
        "ntriples cannot say who said what: each statement is there once."
        " Use trig, nquads or jsonld to keep the sources.\n"
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


def test_the_answer_to_a_query_is_a_file(filled: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "names.rq").write_text("SELECT ?n { ?s rdfs:label ?n } ORDER BY ?n")
    filled.do("export", tmp_path / "names.csv", "--query", tmp_path / "names.rq")
    assert (tmp_path / "names.csv").read_text().split() == [
        "n",
        "Aserbaidschan",
        "Azerbaijan",
        "Uzbekistan",
    ]


def test_a_mistake_in_a_query_is_pointed_at(filled: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "bad.rq").write_text("SELECT ?n {\n ?s ?p")
    said = filled("export", tmp_path / "x.csv", "--query", tmp_path / "bad.rq")
    assert said.code == 2
    assert "line 1, column 11" in said.err
    assert not (tmp_path / "x.csv").exists()


def test_every_form_fills_a_folder_whose_checksums_fit(filled: CommandLine, tmp_path: Path) -> None:
    filled.do("export", tmp_path / "all", "--all")
    told = json.loads((tmp_path / "all" / "manifest.json").read_text())
    files = {each["file"]: each for each in told["files"]}
    names = {path.name for path in (tmp_path / "all").iterdir()}
    assert names == files.keys() | {"manifest.json", "SHA256SUMS"}
    assert {"graph.nq.gz", "graph.ttl.gz", "tables-csv.zip", "graph.graphml.gz"} <= names
    for name, each in files.items():
        content = (tmp_path / "all" / name).read_bytes()
        assert (len(content), sha256(content).hexdigest()) == (each["bytes"], each["sha256"])
    assert files["graph.nq.gz"]["count"] == 3
    sums = (tmp_path / "all" / "SHA256SUMS").read_text().splitlines()
    assert sums == [f"{each['sha256']}  {name}" for name, each in files.items()]


def test_the_manifest_names_games_alike_however_they_were_asked_for(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    medalgraph.do("update", GAMES)
    told = set()
    for asked in ("2024-summer", "Paris 2024", f"{BASE}/games/2024-summer"):
        medalgraph.do("export", tmp_path / "a.nq", "--games", asked, "--manifest")
        told.add((tmp_path / "a.nq.manifest.json").read_text())
    [manifest] = map(json.loads, told)
    assert manifest["scope"] == {"games": f"{BASE}/games/2024-summer"}


def test_the_manifest_names_the_state_and_its_time_and_not_the_present(
    filled: CommandLine, tmp_path: Path
) -> None:
    filled.do("export", tmp_path / "a.nq", "--manifest")
    told = (tmp_path / "a.nq.manifest.json").read_text()
    filled.do("export", tmp_path / "a.nq", "--manifest")
    assert (tmp_path / "a.nq.manifest.json").read_text() == told
    assert json.loads(told)["snapshot"] == 1
    assert json.loads(told)["created"] == filled.do("history", "--json").json[0]["time"]


def test_two_exports_of_one_state_are_equal(filled: CommandLine, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        filled.do("export", tmp_path / folder, "--all")
    names = {path.name for path in (tmp_path / "one").iterdir()}
    assert names
    assert filecmp.cmpfiles(tmp_path / "one", tmp_path / "two", names, shallow=False) == (
        sorted(names, key=list(names).index),
        [],
        [],
    )


def test_a_folder_that_is_there_is_left_alone(filled: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "all").mkdir()
    said = filled("export", tmp_path / "all", "--all")
    assert said.code == 2
    assert "left alone" in said.err
    assert list((tmp_path / "all").iterdir()) == []


@pytest.mark.parametrize("words", [["all", "--all"], ["graph.graphml.gz"], ["tables.zip"]])
def test_ctrl_c_leaves_no_half_file(
    filled: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()

    def stop(*_words: object, **_more: object) -> None:
        raise KeyboardInterrupt

    # What is written last in each: the others are whole, or half written, by then.
    monkeypatch.setattr("graph.exports.products.write_gexf", stop)
    monkeypatch.setattr("graph.exports.graphml._data", stop)
    monkeypatch.setattr("graph.exports.products._columns", stop)
    filled.do("update", "INSERT DATA { person:a a mg:Person ; rdfs:label 'A' }")
    said = filled("export", folder / words[0], *words[1:])
    assert said.code == 130
    assert list(folder.iterdir()) == []


def test_a_name_that_promises_something_else_is_refused(
    filled: CommandLine, tmp_path: Path
) -> None:
    for name, words, reason in (
        ("a.csv", [], "--table"),
        ("a.zip", ["--format", "turtle"], ".gz"),
        ("a.docx", [], "tells no format"),
        ("a.graphml", ["--table", "people", "--format", "graphml"], "graphml"),
    ):
        said = filled("export", tmp_path / name, *words)
        assert (said.code, reason in said.err) == (2, True), said.err
        assert not (tmp_path / name).exists()


def test_games_are_named_by_key_and_others_are_offered(filled: CommandLine) -> None:
    filled.do("update", GAMES)
    assert "Paris" in filled.do("export", "--games", "2024-summer").out
    said = filled("export", "--games", "2028-summer")
    assert said.code == 3
    assert "2024-summer" in said.err


def test_the_name_of_an_erased_person_is_in_no_export(filled: CommandLine, tmp_path: Path) -> None:
    filled.do("update", "INSERT DATA { person:jane-doe a mg:Person ; rdfs:label 'Jane Doe' }")
    filled.do("erase", f"{BASE}/person/jane-doe", "--yes")
    filled.do("export", tmp_path / "all", "--all")
    for path in (tmp_path / "all").iterdir():
        content = path.read_bytes()
        content = gzip.decompress(content) if path.suffix == ".gz" else content
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                content = b"".join(map(archive.read, archive.namelist()))
        assert b"jane" not in content.lower(), path.name
