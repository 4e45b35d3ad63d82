"""JSON-LD as it is written: two processors that are not ours read the same graphs back."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph
import pytest
import rdflib
from pyld import jsonld
from rdflib.compare import isomorphic

from graph.errors import UnknownFormat
from graph.names import RDF_TYPE, XSD, Names
from graph.rdf_json_ld_writing import json_ld
from graph.terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode, Quad, Triple

EX = "http://example.org/"
S, P, G = NamedNode(EX + "s"), NamedNode(EX + "p"), NamedNode(EX + "g")
PERSON = Names().of("person", "ana")
PREFIXES = {**Names().prefixes(), "ex": EX, "urn": "http://urn.example/"}
OBJECTS = [
    S,
    BlankNode("b"),
    NamedNode("person:ana"),
    NamedNode("urn:isbn:1"),
    NamedNode("ex://host/path"),
    NamedNode(EX + "//two"),
    NamedNode(EX),
    NamedNode(EX + "é?a=b#c:d"),
    NamedNode("mg:"),
    Literal(""),
    Literal('a "b"\\\r\n\x00 São Tomé 𝄞'),
    Literal("mg:nation"),
    Literal("colour", language="en-gb"),
    *(
        Literal(text, datatype=NamedNode(datatype))
        for text, datatype in [
            ("7", XSD + "integer"),
            ("-7", XSD + "integer"),
            ("007", XSD + "integer"),
            ("-0", XSD + "integer"),
            ("123456789012345678901234567890", XSD + "integer"),
            ("no number", XSD + "integer"),
            ("true", XSD + "boolean"),
            ("1", XSD + "boolean"),
            ("1.10", XSD + "decimal"),
            ("1e0", XSD + "double"),
            ("1994~", "https://w3id.org/medalgraph/ns#edtf"),
            ("x", "urn:type"),
        ]
    ),
]


def written(quads: list[Quad]) -> str:
    return "".join(json_ld(quads, prefixes=PREFIXES))


def document(*quads: Quad) -> Any:  # noqa: ANN401 - it is JSON
    return json.loads(written(list(quads)))


def as_graph(quads: list[Quad]) -> rdflib.Graph:
    lines = "".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads)
    return rdflib.Graph().parse(data=lines, format="nt")


@pytest.mark.parametrize("value", OBJECTS, ids=str)
@pytest.mark.parametrize("predicate", [P, RDF_TYPE], ids=["property", "type"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_is_written_is_what_two_other_processors_read(
    value: NamedNode | BlankNode | Literal, predicate: NamedNode
) -> None:
    quads = [Quad(S, RDF_TYPE, PERSON), Quad(S, predicate, value)]
    text = written(quads)
    lines = jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
    assert isomorphic(rdflib.Graph().parse(data=lines, format="nt"), as_graph(quads))
    assert len(set(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD))) == 2
    # rdflib's own reader of JSON-LD turns numbers into its own spelling of them.
    found = rdflib.Graph().parse(data=text, format="json-ld")
    assert len(found) == len(as_graph(quads))


@pytest.mark.parametrize("clash", ["person:ana", "urn:isbn:1"])
def test_an_iri_that_begins_like_a_prefixed_name_is_read_as_itself(clash: str) -> None:
    node = NamedNode(clash)
    text = written([Quad(node, P, PERSON), Quad(S, P, node, node)])
    found = set(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD))
    assert found == {Quad(node, P, PERSON), Quad(S, P, node, node)}


def test_nodes_have_house_prefixes_and_values_as_json_has_them() -> None:
    said = [
        Quad(PERSON, RDF_TYPE, NamedNode(PREFIXES["mg"] + "Person")),
        Quad(PERSON, P, Literal("1", datatype=NamedNode(XSD + "integer"))),
        Quad(PERSON, P, Literal("Ana")),
    ]
    assert document(*said)["@graph"] == [
        {"@id": "person:ana", "@type": "mg:Person", "ex:p": [1, "Ana"]}
    ]


def test_each_graph_with_a_name_is_an_item_of_its_own_beside_the_nodes_of_the_default_one() -> None:
    quads = [Quad(S, P, S, DEFAULT_GRAPH), Quad(S, P, S, G), Quad(PERSON, P, S, G)]
    node = {"@id": "ex:s", "ex:p": {"@id": "ex:s"}}
    assert document(*quads)["@graph"] == [
        node,
        {"@id": "ex:g", "@graph": [node, {"@id": "person:ana", "ex:p": {"@id": "ex:s"}}]},
    ]


def test_a_statement_about_a_statement_is_refused_with_the_formats_that_hold_it() -> None:
    with pytest.raises(UnknownFormat, match="statement about a statement") as refused:
        written([Quad(S, P, Triple(S, P, S))])
    assert "turtle" in refused.value.hint
