"""Answers as bytes: whole, faithful, or refused with a reason."""

from __future__ import annotations

import json

import pytest

from graph.engines.memory import MemoryDraft
from graph.formats import CSV, JSON_LD, N_QUADS, RDF_FORMATS, RDF_XML, TURTLE, XML, RdfFormat
from graph.names import Names, mg
from graph.terms import BlankNode, Literal, NamedNode, Quad, Triple
from service.serialise import statements, table
from service.wire.faults import NotAcceptable

NAMES = Names()
PREFIXES = NAMES.prefixes()
NATION = NAMES.of("nation", "AZE")
CODE = Triple(NATION, mg("code"), Literal("AZE"))


def found(query: str) -> object:
    return MemoryDraft().query(query)


def test_a_table_for_a_spreadsheet_has_every_row_and_column() -> None:
    query = 'SELECT ?a ?b { VALUES (?a ?b) { ("=1" 2) ("x" UNDEF) (<http://ex/a> "@y") } }'

    written = table(found(query), CSV, safe="excel")  # type: ignore[arg-type] # a SELECT

    assert written == b"\xef\xbb\xbfa,b\r\n'=1,2\r\nx,\r\nhttp://ex/a,'@y\r\n"


def test_a_table_in_xml_keeps_carriage_returns() -> None:
    written = table(found('SELECT ("a\\rb" AS ?x) {}'), XML)  # type: ignore[arg-type] # a SELECT

    assert b"<literal>a&#13;b</literal>" in written


def test_statements_come_once_with_the_prefixes_that_they_need() -> None:
    written = statements([CODE, CODE], TURTLE, prefixes=PREFIXES).decode()

    assert written.count('nation:AZE mg:code "AZE" .') == 1
    assert written.count("@prefix") == 2


def test_a_format_that_holds_graphs_keeps_them_and_others_do_not() -> None:
    graph = NAMES.graph("press")
    quad = Quad(CODE.subject, CODE.predicate, CODE.object, graph)

    assert graph.value in statements([quad], N_QUADS, prefixes={}).decode()
    assert graph.value not in statements([quad], TURTLE, prefixes={}).decode()


def test_what_is_said_of_a_thing_is_one_graph_in_json_ld_with_each_triple_once() -> None:
    said = [
        Quad(CODE.subject, CODE.predicate, CODE.object, NAMES.graph(name)) for name in ("a", "b")
    ]

    written = json.loads(statements(said, JSON_LD, prefixes=PREFIXES))

    assert written == {
        "@context": {"mg": PREFIXES["mg"], "nation": PREFIXES["nation"]},
        "@graph": [{"@id": "nation:AZE", "mg:code": "AZE"}],
    }


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_no_statements_are_a_document_too(form: RdfFormat) -> None:
    written = statements([], form, prefixes=PREFIXES)

    if form is JSON_LD:
        assert json.loads(written) == {"@context": {}, "@graph": []}
    else:
        assert written.strip() == b"" or form is RDF_XML


@pytest.mark.parametrize(
    "said",
    [
        Triple(NATION, mg("code"), Literal("a\x01b")),
        Triple(NATION, NamedNode("http://ex/1"), BlankNode("b")),
    ],
)
def test_what_rdf_xml_cannot_carry_is_refused_with_the_other_formats(said: Triple) -> None:
    with pytest.raises(NotAcceptable) as refused:
        statements([said], RDF_XML, prefixes=PREFIXES)

    assert "text/turtle" in refused.value.offers
    assert "application/rdf+xml" not in refused.value.offers
