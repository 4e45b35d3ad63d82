"""SPARQLWrapper, rdflib's stores and pandas find what they expect."""

from __future__ import annotations

import urllib.error
import urllib.parse
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
import rdflib
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, JSONLD, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

if TYPE_CHECKING:
    from tests.asking import Asking

EX = "http://ex/"
NAMES = "SELECT ?name ?height { ?p <http://ex/height> ?height ; rdfs:label ?name } ORDER BY ?name"


def wrapped(address: str, query: str, form: str) -> SPARQLWrapper:
    client = SPARQLWrapper(f"{address}/sparql")
    client.setQuery(query)
    client.setReturnFormat(form)
    return client


def converted(client: SPARQLWrapper) -> Any:  # noqa: ANN401 - whatever the form gives
    return client.queryAndConvert()


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_reads_json_by_get_and_post(address: str, method: str) -> None:
    client = wrapped(address, NAMES, JSON)
    client.setMethod(method)
    found = converted(client)["results"]["bindings"]
    assert [row["name"]["value"] for row in found] == ["Lamiya Valiyeva", "Raman Salei"]
    assert [row["height"]["value"] for row in found] == ["170", "185"]


def test_sparqlwrapper_reads_xml_csv_and_yes_or_no(address: str) -> None:
    document = converted(wrapped(address, NAMES, XML))
    assert len(document.getElementsByTagName("result")) == 2
    text = converted(wrapped(address, NAMES, CSV)).decode()
    assert text.splitlines() == ["name,height", "Lamiya Valiyeva,170", "Raman Salei,185"]
    rows = converted(wrapped(address, NAMES, TSV)).decode().splitlines()
    assert rows[1] == '"Lamiya Valiyeva"@en\t170'
    assert converted(wrapped(address, "ASK { ?s ?p ?o }", JSON))["boolean"] is True


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("form", [RDFXML, TURTLE, JSONLD])
def test_sparqlwrapper_reads_graphs(address: str, form: str) -> None:
    query = "CONSTRUCT { ?p <http://ex/tall> ?h } WHERE { ?p <http://ex/height> ?h }"
    found = converted(wrapped(address, query, form))
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert {str(value) for value in graph.objects()} == {"170", "185"}


def test_sparqlwrapper_names_graphs_and_meets_a_mistake_as_one(address: str) -> None:
    client = wrapped(address, "SELECT * { ?s ?p ?o }", JSON)
    client.addDefaultGraph(f"{EX}none")
    assert converted(client)["results"]["bindings"] == []
    with pytest.raises(QueryBadFormed, match="line 1"):
        wrapped(address, "SELECT * {", JSON).query()


def test_sparqlwrapper_updates_with_a_token(service: Asking, address: str) -> None:
    client = SPARQLWrapper(f"{address}/sparql")
    client.setMethod(POST)
    client.addCustomHttpHeader("Authorization", service.bearer["Authorization"])
    client.setQuery("INSERT DATA { GRAPH <http://ex/w> { <http://ex/a> <http://ex/p> 'é' } }")
    client.query()
    assert service.rows("SELECT ?o { GRAPH <http://ex/w> { ?s ?p ?o } }") == [("é",)]


def test_a_graph_of_rdflib_reads_the_service(address: str) -> None:
    graph = Graph(SPARQLStore(f"{address}/sparql"))
    assert (URIRef(f"{EX}raman"), URIRef(f"{EX}height"), Literal(185)) in graph
    assert set(graph.objects(predicate=URIRef(f"{EX}medal"))) == {
        URIRef(f"{EX}Gold"),
        URIRef(f"{EX}Silver"),
    }
    found = graph.query("SELECT ?n { <http://ex/lamiya> <http://ex/note> ?n }")
    assert [str(row.n) for row in found] == ['a, "b"\nc']  # type: ignore[union-attr] # rows
    assert len(graph.query("CONSTRUCT WHERE { ?s <http://ex/height> ?o }").graph or ()) == 2


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")
def test_a_dataset_of_rdflib_lists_graphs_and_reads_each(address: str) -> None:
    store = SPARQLStore(f"{address}/sparql")
    store.context_aware = True
    dataset = Dataset(store, default_union=True)
    found = dataset.query("SELECT DISTINCT ?g { GRAPH ?g { ?s <http://ex/medal> ?o } }")
    assert [row.g for row in found] == [URIRef(f"{EX}book")]  # type: ignore[union-attr] # rows
    heights = Graph(store, identifier=URIRef(f"{EX}book")).objects(predicate=URIRef(f"{EX}height"))
    assert {int(str(height)) for height in heights} == {170, 185}


def test_a_graph_of_rdflib_writes_through_the_service(service: Asking, address: str) -> None:
    endpoint = f"{address}/sparql"
    store = SPARQLUpdateStore(endpoint, endpoint, headers=service.bearer)
    graph = Graph(store, identifier=URIRef(f"{EX}written"))
    statement = (URIRef(f"{EX}a"), URIRef(f"{EX}p"), Literal("São Tomé", lang="pt"))
    graph.add(statement)
    assert statement in graph
    graph.remove(statement)
    assert statement not in graph
    graph.update("INSERT DATA { <http://ex/b> <http://ex/p> 2 }")
    query = "SELECT ?g ?o { GRAPH ?g { <http://ex/b> ?p ?o } }"
    assert service.rows(query) == [("http://ex/written", "2")]


def test_a_change_without_a_token_is_an_error_for_rdflib_too(address: str) -> None:
    store = SPARQLUpdateStore(f"{address}/sparql", f"{address}/sparql")
    with pytest.raises(urllib.error.HTTPError, match="401") as refused:
        store.update("INSERT DATA { <http://ex/a> <http://ex/p> 1 }")
    refused.value.close()


def test_pandas_reads_csv_from_an_address(address: str) -> None:
    query = urllib.parse.urlencode({"query": NAMES, "format": "csv"})
    frame = pd.read_csv(f"{address}/sparql?{query}")
    assert list(frame.columns) == ["name", "height"]
    assert list(frame["height"]) == [170, 185]
    assert frame["height"].sum() == 355


def test_pandas_keeps_every_row_and_line_break(address: str) -> None:
    query = "SELECT ?note { ?p a <http://ex/Person> OPTIONAL { ?p <http://ex/note> ?note } }"
    path = urllib.parse.urlencode({"query": query, "format": "csv"})
    frame = pd.read_csv(f"{address}/sparql?{path}")
    assert len(frame) == 2
    assert set(frame["note"].dropna()) == {'a, "b"\nc'}


def test_rdflib_reads_graph_documents_and_the_description(address: str) -> None:
    graph = rdflib.Graph().parse(f"{address}/graphs?graph=http://ex/book", format="turtle")
    assert len(graph) == 11
    described = rdflib.Graph().parse(f"{address}/sparql", format="turtle")
    service = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert list(described.objects(predicate=service.endpoint)) == [URIRef(f"{address}/sparql")]
