"""Every form of every scope, read back by programs of others, is the same graph or table."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pandas as pd
import pyoxigraph
import pytest
import rdflib
from pyld import jsonld
from rdflib.compare import isomorphic

from graph.errors import UnknownFormat
from graph.exports import PRODUCTS, Product, Scope, export, product
from graph.formats import JSON_LD, N_QUADS, RdfFormat
from graph.names import is_restricted
from graph.store import Store
from graph.terms import DEFAULT_GRAPH, NamedNode, Quad

from .export_world import HIDDEN, NAMES, one_more, quads, store_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOOK = NAMES.graph("book").value
PARIS = "2024-summer-para"
CONSTRUCT = "CONSTRUCT WHERE { ?person a mg:Person ; rdfs:label ?name }"
SCOPES = {
    "whole": Scope(),
    "source": Scope(source=BOOK),
    "games": Scope(games=PARIS),
    "query": Scope(query=CONSTRUCT),
}
FORMS = [each for each in PRODUCTS if isinstance(each.form, RdfFormat) and not each.profile]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    place = store_of(tmp_path_factory.mktemp("exports") / "store", quads())
    with Store.open(place) as opened:
        yield opened


def written(store: Store, wanted: Product, scope: Scope) -> bytes:
    out = io.BytesIO()
    with store.read() as reader:
        export(wanted, scope, reader, store.names, out)
    return out.getvalue()


def expected(scope: str) -> set[Quad]:
    """Return what a scope holds, told from the text of the little graph."""
    found = {quad for quad in quads() if not is_restricted(quad.graph_name)}
    if scope == "source":
        return {quad for quad in found if quad.graph_name == NAMES.graph("book")}
    if scope == "games":
        gone = ("2020", "/old", "/person/old", "/entry/old")
        return {
            quad
            for quad in found
            if isinstance(quad.subject, NamedNode)
            and not quad.subject.value.endswith(gone)
            and "2020" not in quad.subject.value
            and quad.subject != NAMES.graph("restricted-classes")
        }
    if scope == "query":
        kept = (rdflib.RDF.type, rdflib.RDFS.label)
        people = {quad.subject for quad in found if str(quad.object).endswith("ns#Person>")}
        return {
            Quad(quad.subject, quad.predicate, quad.object, DEFAULT_GRAPH)
            for quad in found
            if quad.subject in people and rdflib.URIRef(quad.predicate.value) in kept
        }
    return found


def lines_of(found: set[Quad], *, with_graphs: bool) -> dict[str, rdflib.Graph]:
    """Return the graphs of some quads, each read by rdflib as one text."""
    texts: dict[str, list[str]] = {}
    for quad in found:
        named = with_graphs and isinstance(quad.graph_name, NamedNode)
        name = quad.graph_name.value if named else ""  # type: ignore[union-attr] # it is a name
        texts.setdefault(name, []).append(f"{quad.subject} {quad.predicate} {quad.object} .")
    return {
        name: rdflib.Graph().parse(data="\n".join(lines), format="nt")
        for name, lines in texts.items()
    }


def same(found: dict[str, rdflib.Graph], wanted: dict[str, rdflib.Graph]) -> bool:
    return found.keys() == wanted.keys() and all(
        isomorphic(graph, wanted[name]) for name, graph in found.items()
    )


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("wanted", FORMS, ids=lambda each: each.form.name)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_rdflib_reads_the_same_graphs(store: Store, wanted: Product, scope: str) -> None:
    assert isinstance(wanted.form, RdfFormat)
    content = written(store, wanted, SCOPES[scope])
    names = {"ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}
    read = rdflib.Dataset()
    read.parse(data=content, format=names.get(wanted.form.name, wanted.form.name))
    found = {
        ""
        if graph.identifier == rdflib.graph.DATASET_DEFAULT_GRAPH_ID
        else str(graph.identifier): graph
        for graph in read.graphs()
        if len(graph)
    }
    assert same(found, lines_of(expected(scope), with_graphs=wanted.form.holds_graphs))


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("wanted", FORMS, ids=lambda each: each.form.name)
def test_pyoxigraph_reads_the_same_graphs(store: Store, wanted: Product, scope: str) -> None:
    assert isinstance(wanted.form, RdfFormat)
    content = written(store, wanted, SCOPES[scope])
    found = set(pyoxigraph.parse(content, format=wanted.form.engine))
    holds = wanted.form.holds_graphs
    assert same(lines_of(found, with_graphs=holds), lines_of(expected(scope), with_graphs=holds))


@pytest.mark.parametrize("scope", SCOPES)
def test_a_json_ld_processor_reads_the_same_graphs(store: Store, scope: str) -> None:
    document = json.loads(written(store, Product(JSON_LD), SCOPES[scope]))
    text = jsonld.to_rdf(document, {"format": "application/n-quads"})
    found = set(pyoxigraph.parse(text, format=N_QUADS.engine))
    assert same(lines_of(found, with_graphs=True), lines_of(expected(scope), with_graphs=True))


@pytest.mark.parametrize("wanted", PRODUCTS, ids=lambda each: each.file_name)
def test_two_stores_of_the_same_statements_give_the_same_bytes(
    store: Store, wanted: Product, tmp_path: Path
) -> None:
    other = store_of(tmp_path / "other", quads(), commits=4, seed=7)
    with Store.open(other) as second:
        assert written(store, wanted, Scope()) == written(second, wanted, Scope())


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("wanted", PRODUCTS, ids=lambda each: each.file_name)
def test_what_is_restricted_is_in_no_file(store: Store, wanted: Product, scope: str) -> None:
    content = written(store, wanted, SCOPES[scope])
    assert b"hidden" not in plain(content).lower()


def test_what_is_restricted_is_there_for_who_asks_for_it(store: Store) -> None:
    everything = written(store, product("nquads"), Scope(restricted=True))
    named = Scope(source=NAMES.graph("restricted-classes").value)
    assert HIDDEN.encode() in everything
    assert HIDDEN.encode() in written(store, product("turtle"), named)


def plain(content: bytes) -> bytes:
    """Return the content of a file, with what is in an archive unpacked and decoded."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    return b"".join(
        pd.read_parquet(io.BytesIO(file)).to_csv().encode() if name.endswith("parquet") else file
        for name, file in files.items()
    )


@pytest.mark.parametrize("form", ["rdfxml", "graphml", "gexf"])
def test_xml_refuses_what_it_cannot_carry_and_names_what_can(tmp_path: Path, form: str) -> None:
    place = store_of(tmp_path / "hostile", [*quads(), *one_more("bell\x07")])
    with Store.open(place) as hostile:
        with pytest.raises(UnknownFormat, match=r"U\+0007") as refused:
            written(hostile, product(form), Scope())
        assert "Use" in refused.value.hint
        everything = written(hostile, product("nquads"), Scope())
        assert '"bell\\u0007"' in everything.decode()
        assert b"bell\x07" in plain(written(hostile, product("csv"), Scope()))


def test_a_table_is_no_network_and_a_network_no_table() -> None:
    with pytest.raises(UnknownFormat, match="graphml"):
        product("graphml", table="people")
    with pytest.raises(UnknownFormat, match="not"):
        product("csv", profile="iptc")
    with pytest.raises(UnknownFormat, match="There is no table") as unknown:
        product("csv", table="horses")
    assert "people" in unknown.value.hint


def test_the_answer_to_select_is_a_table_for_data_frames(store: Store) -> None:
    query = (
        "SELECT ?name ?born { ?p rdfs:label ?name OPTIONAL { ?p mg:born ?born } ?p a mg:Person }"
    )
    scope = Scope(query=query + " ORDER BY ?name ?born")
    text = pd.read_csv(io.BytesIO(written(store, product("csv"), scope)), keep_default_na=False)
    frame = pd.read_parquet(io.BytesIO(written(store, product("parquet"), scope))).fillna("")
    assert frame.to_numpy().tolist() == text.to_numpy().tolist()
    assert ["Lamiya Valiyeva", "1992-06-15"] in frame.to_numpy().tolist()
    assert ["Old Champion", ""] in frame.to_numpy().tolist()


def test_an_answer_that_is_no_graph_is_refused_for_a_graph(store: Store) -> None:
    with pytest.raises(UnknownFormat, match="table"):
        written(store, product("turtle"), Scope(query="SELECT ?s { ?s ?p ?o }"))
    with pytest.raises(UnknownFormat, match="ASK"):
        written(store, product("turtle"), Scope(query="ASK { ?s ?p ?o }"))
