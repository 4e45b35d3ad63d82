"""Complaints about values, formats and results."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from tests.asking import JSON

from .register import complaint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.asking import Asking

XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIX = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
TSV, XML = "text/tab-separated-values", "application/sparql-results+xml"
RDF_FORMS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}
CONSTRUCT = "CONSTRUCT { ?s <http://ex/v> ?v } { GRAPH <%s> { ?s <http://ex/v> ?v } }"
SELECT = "SELECT ?v { GRAPH <%s> { ?s <http://ex/v> ?v } } ORDER BY ?s"


def values_in(service: Asking, graph: str) -> Iterator[list[tuple[str, str, str]]]:
    """Yield the literals of a graph as each form gives them: text, datatype, language."""
    told = service.told(service.get(SELECT % graph))
    rows = [row["v"] for row in told["results"]["bindings"]]
    yield [(v["value"], v.get("datatype", ""), v.get("xml:lang", "")) for v in rows]
    tree = ET.fromstring(service.get(SELECT % graph, accept=XML).body)  # noqa: S314 - our own
    nodes = [node for node in tree.iter() if node.tag.endswith("}literal")]
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    yield [(node.text or "", node.get("datatype", ""), node.get(lang, "")) for node in nodes]
    for media_type, form in RDF_FORMS.items():
        reply = service.get(CONSTRUCT % graph, accept=media_type)
        assert reply.headers.get_content_type() == media_type
        found = sorted(parse(reply.body, format=form), key=lambda quad: str(quad.subject))
        yield [plain(quad.object) for quad in found]
    document = service.running.request("GET", f"/graphs?graph={quote(graph)}")
    turtle = parse(document.body, format=RdfFormat.TURTLE)
    yield [plain(quad.object) for quad in sorted(turtle, key=lambda quad: str(quad.subject))]


def plain(literal: object) -> tuple[str, str, str]:
    """Return a literal as the result formats tell it."""
    datatype = literal.datatype.value  # type: ignore[attr-defined] # a literal
    language = literal.language or ""  # type: ignore[attr-defined] # the same
    is_usual = language or datatype == f"{XSD}string"
    return literal.value, "" if is_usual else datatype, language  # type: ignore[attr-defined]


def hold(service: Asking, graph: str, *literals: str) -> None:
    """Put literals, as Turtle writes them, into a graph in this order."""
    lines = [f"<http://ex/{n:03}> <http://ex/v> {text} ." for n, text in enumerate(literals)]
    prefix = f"@prefix xsd: <{XSD}> .\n"
    service.hold(graph, prefix + "\n".join(lines))


@complaint(28, 29)
def test_years_before_our_era_keep_every_digit_in_every_form(service: Asking) -> None:
    graph = "http://ex/g28"
    hold(
        service,
        graph,
        '"-0776-07-01"^^xsd:date',
        '"0000"^^xsd:gYear',
        '"0776"^^xsd:gYear',
        '"1891"^^xsd:gYear',
        '"-0775"^^xsd:gYear',
    )
    expected = [
        ("-0776-07-01", f"{XSD}date", ""),
        ("0000", f"{XSD}gYear", ""),
        ("0776", f"{XSD}gYear", ""),
        ("1891", f"{XSD}gYear", ""),
        ("-0775", f"{XSD}gYear", ""),
    ]
    for found in values_in(service, graph):
        assert found == expected


@complaint(28)
def test_years_before_our_era_are_ordered_as_they_were_lived(service: Asking) -> None:
    graph = "http://ex/g28b"
    hold(service, graph, *(f'"{year}"^^xsd:gYear' for year in ("1896", "-0775", "0393", "0000")))
    query = f"SELECT ?v {{ GRAPH <{graph}> {{ ?s <http://ex/v> ?v }} }} ORDER BY ?v"
    assert service.rows(query) == [("-0775",), ("0000",), ("0393",), ("1896",)]
    dates = f'{PREFIX} ASK {{ FILTER("-0776-07-01"^^xsd:date < "-0772-07-01"^^xsd:date) }}'
    assert service.told(service.get(dates))["boolean"] is True


@complaint(29)
def test_years_are_compared_as_years(service: Asking) -> None:
    graph = "http://ex/g29"
    hold(service, graph, '"1891"^^xsd:gYear', '"1900"^^xsd:gYear', '"1904"^^xsd:gYear')
    query = (
        f"{PREFIX} SELECT ?y {{ GRAPH <{graph}> {{ ?s <http://ex/v> ?y }}"
        ' FILTER(?y < "1900"^^xsd:gYear) }'
    )
    assert service.rows(query) == [("1891",)]


@complaint(30)
def test_a_mark_is_the_published_mark_in_every_form(service: Asking) -> None:
    graph = "http://ex/g30"
    hold(
        service,
        graph,
        '"1.10"',
        '"00:00:09.580"',
        '"007"',
        '"colour"@en-GB',
        '"1.10"^^<http://ex/mark>',
    )
    expected = [
        ("1.10", "", ""),
        ("00:00:09.580", "", ""),
        ("007", "", ""),
        ("colour", "", "en-GB"),
        ("1.10", "http://ex/mark", ""),
    ]
    for found in values_in(service, graph):
        assert [(text, kind, tag.lower()) for text, kind, tag in found] == [
            (text, kind, tag.lower()) for text, kind, tag in expected
        ]


AWKWARD = ['a"b', "a,b", "a\tb", "a\rb", "a\nb", "a\r\nb", '"', " a ", "\\t", ""]


@complaint(31)
def test_csv_and_tsv_carry_quotes_and_line_breaks(service: Asking) -> None:
    graph = "http://ex/g31"
    hold(service, graph, *(json.dumps(text, ensure_ascii=False) for text in AWKWARD))
    as_csv = service.get(SELECT % graph, accept="text/csv").body.decode()
    assert [row[0] for row in csv.reader(io.StringIO(as_csv, newline=""))] == ["v", *AWKWARD]
    # RFC 4180, section 2: lines end with CRLF, a quote in a field is doubled.
    assert '"a""b"\r\n' in as_csv
    as_tsv = service.get(SELECT % graph, accept=TSV).body.decode()
    header, *lines = as_tsv.removesuffix("\n").split("\n")
    assert header == "?v"
    # SPARQL 1.1 Query Results CSV and TSV Formats, section 4.2: terms as in Turtle.
    written = f"<http://ex/s> <http://ex/p> {', '.join(lines)} ."
    assert {quad.object.value for quad in parse(written, format=RdfFormat.TURTLE)} == set(AWKWARD)
    assert len(lines) == len(AWKWARD)


@complaint(32)
def test_csv_is_faithful_and_safe_for_a_spreadsheet_on_request(service: Asking) -> None:
    graph = "http://ex/g32"
    hold(service, graph, '"=1+1"', '"+1"', '"-2"', '"@x"', "-2", "-2.5", '"plain"')
    plain_cells = service.get(SELECT % graph, accept="text/csv").body.decode().split("\r\n")[1:-1]
    assert plain_cells == ["=1+1", "+1", "-2", "@x", "-2", "-2.5", "plain"]
    safe = service.get(SELECT % graph, accept="text/csv", safe="excel").body.decode()
    cells = safe.split("\r\n")[1:-1]
    assert cells[0] == "'=1+1"
    assert cells[3] == "'@x"
    assert cells[4:] == ["-2", "-2.5", "plain"]


@complaint(33)
@pytest.mark.parametrize(("query", "accept"), [(SELECT, XML), (CONSTRUCT, "application/rdf+xml")])
def test_a_control_character_never_makes_broken_xml(
    service: Asking, query: str, accept: str
) -> None:
    graph = "http://ex/g33"
    hold(service, graph, '"a\\u0001b"')
    told = service.told(service.get(query % graph, accept=accept), 406)
    assert "U+0001" in told["detail"]
    assert accept not in told["offers"]
    assert service.get(query % graph, accept=f"{accept};q=0.5, */*").status == 200


ODD_NAMES = ("x.", "a%20b", "a(b)", "a,b", "a'b", "a;b", "a~b", "é", "-", "007", "a:b", "a/b")


@complaint(35)
@pytest.mark.parametrize("media_type", RDF_FORMS)
def test_odd_names_come_through_every_form_unchanged(service: Asking, media_type: str) -> None:
    graph, person = "http://ex/g35", "https://w3id.org/medalgraph/id/person/"
    names = [base + name for base in ("http://ex/odd/", person) for name in ODD_NAMES]
    service.hold(graph, "\n".join(f'<{name}> <http://ex/v> "x" .' for name in names))
    reply = service.get(CONSTRUCT % graph, accept=media_type)
    found = {quad.subject.value for quad in parse(reply.body, format=RDF_FORMS[media_type])}
    assert found == set(names)
    if media_type == "text/turtle":
        assert "person:é" in reply.body.decode()
        assert "person:007" in reply.body.decode()
        again = {str(name) for name in rdflib.Graph().parse(data=reply.body).subjects()}
        assert again == set(names)
        assert "ns1" not in reply.body.decode()


@complaint(37)
@pytest.mark.parametrize(
    "iri", ["http://ex/[x", "http://ex/a b", "http://ex/<", "http://ex/{x}", "http://ex/\\u0020"]
)
def test_a_bad_iri_is_refused_with_its_line_and_the_writer_lives(service: Asking, iri: str) -> None:
    told = service.told(service.put("http://ex/g37", f"<http://ex/s> <http://ex/p> <{iri}> ."), 400)
    assert told["line"] == 1
    assert service.rows("SELECT ?o { GRAPH <http://ex/g37> { ?s ?p ?o } }") == []
    service.hold("http://ex/g37-after", "<http://ex/s> <http://ex/p> <http://ex/é> .")
    after = service.rows("SELECT ?o { GRAPH <http://ex/g37-after> { ?s ?p ?o } }")
    assert after == [("http://ex/é",)]


@complaint(41)
def test_a_description_follows_nested_nodes_and_declares_its_prefixes(service: Asking) -> None:
    service.hold(
        "http://ex/g41",
        """
        <http://ex/c41> <http://ex/lives> [ <http://ex/street> "Nizami" ;
            <http://ex/in> [ <http://ex/city> "Baku" ] ] .
        <http://ex/other> <http://ex/lives> [ <http://ex/street> "Elsewhere" ] .
        """,
    )
    reply = service.get("DESCRIBE <http://ex/c41>", accept="text/turtle")
    found = list(parse(reply.body, format=RdfFormat.TURTLE))
    assert {quad.object.value for quad in found if hasattr(quad.object, "datatype")} == {
        "Nizami",
        "Baku",
    }
    assert len(found) == 4


@complaint(31, 30)
def test_json_carries_every_awkward_text(service: Asking) -> None:
    graph, texts = "http://ex/g31j", [*AWKWARD, "\U0001f947", "</script>"]
    hold(service, graph, *(json.dumps(text, ensure_ascii=False) for text in texts))
    reply = service.get(SELECT % graph, accept=JSON)
    found = [row["v"]["value"] for row in service.told(reply)["results"]["bindings"]]
    assert found == texts
