"""The Graph Store Protocol: which graph a request means."""

from __future__ import annotations

import pytest

from graph.errors import BadTerm
from graph.formats import JSON_LD, N_QUADS, RDF_XML, TURTLE, RdfFormat
from graph.terms import DEFAULT_GRAPH, NamedNode
from service.wire.faults import BadRequest, UnsupportedBody
from service.wire.forms import pairs
from service.wire.graph_store import body_format, target, written_status


@pytest.mark.parametrize("query_string", [b"default", b"default=", b"x=1&default"])
def test_default_means_the_default_graph(query_string: bytes) -> None:
    assert target(pairs(query_string)) == DEFAULT_GRAPH


def test_graph_means_the_graph_with_that_name() -> None:
    assert target(pairs(b"graph=http%3A%2F%2Fex%2Fg%2520x")) == NamedNode("http://ex/g%20x")


def test_neither_means_no_graph() -> None:
    assert target([]) is None


@pytest.mark.parametrize(
    "query_string", [b"default&graph=http://ex/g", b"graph=http://ex/g&graph=http://ex/h"]
)
def test_two_graphs_at_a_time_are_refused(query_string: bytes) -> None:
    with pytest.raises(BadRequest):
        target(pairs(query_string))


@pytest.mark.parametrize("name", ["", "g", "http://ex/a b", "../g"])
def test_a_name_that_is_no_absolute_iri_is_refused(name: str) -> None:
    with pytest.raises(BadTerm):
        target([("graph", name)])


@pytest.mark.parametrize(
    ("media_type", "form"),
    [
        ("text/turtle", TURTLE),
        ("Text/Turtle; charset=latin-1", TURTLE),
        ("application/x-turtle", TURTLE),
        ("application/ld+json;profile=x", JSON_LD),
        ("application/n-quads", N_QUADS),
        ("", RDF_XML),
    ],
)
def test_the_media_type_tells_the_format_of_a_body(media_type: str, form: RdfFormat) -> None:
    assert body_format(media_type) is form


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", "text/html"])
def test_a_media_type_that_is_no_rdf_is_refused(media_type: str) -> None:
    with pytest.raises(UnsupportedBody) as refused:
        body_format(media_type)

    assert "text/turtle" in refused.value.offers


def test_only_a_graph_that_was_not_there_is_created() -> None:
    assert written_status(existed=False, exists=True) == 201
    assert written_status(existed=True, exists=True) == 204
    assert written_status(existed=False, exists=False) == 204
