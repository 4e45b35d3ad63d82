"""The answers of the SPARQL endpoint: negotiated, faithful to the data, and tagged."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from graph.names import RDFS_LABEL, XSD, Names
from graph.terms import Literal, NamedNode, Quad
from service.processes.answering import Direct

from .service_world import BROWSER, EX, G1, JSON, TURTLE, VALUES, World, ex, says, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (VALUES, f"{TURTLE}, {JSON};q=0.5", JSON),
        (VALUES, f"{JSON};q=0.9, text/csv;q=0.2, */*;q=0.1", JSON),
        (VALUES, f"application/n-triples, {JSON};q=0.6", JSON),
        (VALUES, "", JSON),
        (VALUES, "text/csv", "text/csv"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("ASK {}", "text/csv, */*;q=0.1", JSON),
        (f"DESCRIBE <{EX}a>", TURTLE, TURTLE),
        (f"DESCRIBE <{EX}a>", "application/rdf+xml", "application/rdf+xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "*/*", TURTLE),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/ld+json", "application/ld+json"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-quads", "application/n-quads"),
        (VALUES, BROWSER, "text/html"),
    ],
)
def test_each_form_of_query_is_answered_in_a_form_of_its_own(
    world: World, query: str, accept: str, media_type: str
) -> None:
    world.state(says("a", "x"))

    answer = world.ask(query, accept=accept)

    assert (answer.status_code, answer.mimetype) == (200, media_type)


@pytest.mark.parametrize(
    ("query", "accept", "offer"),
    [
        (VALUES, "image/png", "text/csv"),
        (VALUES, TURTLE, JSON),
        ("ASK {}", "text/csv", JSON),
        (f"DESCRIBE <{EX}a>", JSON, TURTLE),
    ],
)
def test_a_form_that_is_not_possible_is_refused_with_the_list_of_possible_ones(
    world: World, query: str, accept: str, offer: str
) -> None:
    answer = world.ask(query, accept=accept)

    assert answer.status_code == 406
    assert answer.mimetype == "application/problem+json"
    assert offer in answer.json["offers"]  # type: ignore[index]


def test_the_format_parameter_counts_more_than_the_header(world: World) -> None:
    world.state(says("a", "x"))

    assert world.ask(VALUES, accept=JSON, format="csv").data == b"v\r\nx\r\n"
    assert world.ask(VALUES, accept=JSON, output="tsv").data == b'?v\n"x"\n'
    assert world.ask(VALUES, format="turtle").status_code == 406
    assert world.ask(VALUES, format="odt").status_code == 400


def test_csv_is_faithful(world: World) -> None:
    texts = ["", " x ", 'a"b', "a,b", "a\tb", "a\rb", "a\nb", "a\r\nb", "=1+1", "@x", "-2", "\x01"]
    world.state(*(says(f"n{at:02}", text) for at, text in enumerate(texts)))
    query = f"SELECT ?v WHERE {{ ?s <{EX}says> ?v }} ORDER BY ?s"

    answer = world.ask(query, accept="text/csv")

    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True), newline="")))
    assert rows == [["v"], *([text] for text in texts)]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"


def test_csv_for_a_spreadsheet_runs_nothing_and_keeps_numbers(world: World) -> None:
    world.state(says("a", "=1+1"), says("b", "-2.5"), says("c", ex("d")))
    query = f"SELECT ?v WHERE {{ ?s <{EX}says> ?v }} ORDER BY ?s"

    answer = world.ask(query, format="csv", safe="excel")

    assert answer.data == b"\xef\xbb\xbfv\r\n'=1+1\r\n-2.5\r\nhttp://ex/d\r\n"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert world.ask(query, safe="word").status_code == 400


def test_tsv_writes_terms_as_sparql_does(world: World) -> None:
    world.state(says("a", 'x"\t\r\n\\'), says("b", ex("d")))

    answer = world.ask(
        f"SELECT ?v WHERE {{ ?s <{EX}says> ?v }} ORDER BY ?s", accept="text/tab-separated-values"
    )

    assert answer.data == b'?v\n"x\\"\\t\\r\\n\\\\"\n<http://ex/d>\n'


@pytest.mark.parametrize("text", ["1.10", "00:00:09.580", "007", "0776", " a\r\nb\rc\t"])
def test_a_mark_is_the_same_in_every_form(world: World, text: str) -> None:
    world.state(says("a", text))

    as_json = world.values(VALUES)
    as_csv = world.ask(VALUES, accept="text/csv").get_data(as_text=True)
    as_xml = world.ask(VALUES, accept="application/sparql-results+xml").data
    rdf = {
        form: world.ask("CONSTRUCT WHERE { ?s ?p ?o }", accept=form.media_type).data
        for form in (
            pyoxigraph.RdfFormat.TURTLE,
            pyoxigraph.RdfFormat.N_TRIPLES,
            pyoxigraph.RdfFormat.JSON_LD,
            pyoxigraph.RdfFormat.RDF_XML,
        )
    }

    assert as_json == [text]
    assert list(csv.reader(io.StringIO(as_csv, newline=""))) == [["v"], [text]]
    assert [
        node.text
        for node in ET.fromstring(as_xml).iter()  # noqa: S314 - our own answer
        if "literal" in node.tag
    ] == [text]
    for form, written in rdf.items():
        (quad,) = pyoxigraph.parse(written, format=form)
        assert quad.object == Literal(text)


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (VALUES, "application/sparql-results+xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/rdf+xml"),
    ],
)
def test_what_xml_cannot_carry_is_refused_in_xml_and_given_otherwise(
    world: World, query: str, accept: str
) -> None:
    world.state(says("a", "x\x01y"))

    refused = world.ask(query, accept=accept)
    given = world.ask(query, accept=f"{accept};q=0.5, */*")

    assert refused.status_code == 406
    assert "U+0001" in refused.json["detail"]  # type: ignore[index]
    assert refused.json["offers"]  # type: ignore[index]
    assert accept not in refused.json["offers"]  # type: ignore[index]
    assert given.status_code == 200


def test_turtle_uses_the_prefixes_of_the_house_and_no_others(world: World) -> None:
    athlete = Names().of("person", "raman-salei-1994")
    world.state(
        Quad(athlete, RDFS_LABEL, Literal("Raman Salei", language="en"), G1),
        Quad(ex("x."), ex("a%20(b)"), NamedNode("http://ex/é#'"), G1),
    )

    answer = world.ask("CONSTRUCT WHERE { ?s ?p ?o }", accept=TURTLE).get_data(as_text=True)

    assert 'person:raman-salei-1994 rdfs:label "Raman Salei"@en' in answer
    assert "@prefix tally:" not in answer
    assert "ns1" not in answer
    assert len(list(pyoxigraph.parse(answer, format=pyoxigraph.RdfFormat.TURTLE))) == 2


def test_typed_text_keeps_its_datatype(world: World) -> None:
    year = Literal("1891", datatype=NamedNode(XSD + "gYear"))
    world.state(says("a", year))

    answer = world.ask(VALUES)

    assert answer.json is not None
    assert answer.json["results"]["bindings"] == [
        {"v": {"type": "literal", "value": "1891", "datatype": XSD + "gYear"}}
    ]


def test_each_form_has_a_tag_of_its_own(world: World) -> None:
    world.state(says("a", "x"))
    query = f"DESCRIBE <{EX}a>"
    turtle = world.ask(query, accept=TURTLE)

    def again(accept: str) -> int:
        return world.client.get(
            "/sparql",
            query_string={"query": query},
            headers={"Accept": accept, "If-None-Match": turtle.headers["ETag"]},
        ).status_code

    assert again(TURTLE) == 304
    assert again("application/ld+json") == 200
    world.state(says("b", "y"))
    assert again(TURTLE) == 200
    assert {"Accept", "Accept-Encoding", "Accept-Language"} <= set(
        turtle.headers["Vary"].split(", ")
    )


def test_an_answer_that_changes_by_itself_has_no_tag(world: World) -> None:
    assert "ETag" not in world.ask("SELECT (NOW() AS ?now) {}").headers


@pytest.mark.parametrize("accept", [JSON, "text/csv", "text/html"])
def test_a_client_that_has_the_answer_costs_no_evaluation(
    world: World, monkeypatch: pytest.MonkeyPatch, accept: str
) -> None:
    world.state(says("a", "x"))
    known = world.ask(VALUES, accept=accept).headers["ETag"]

    def work(*_: object) -> None:
        pytest.fail("the query was evaluated")

    monkeypatch.setattr(Direct, "answer", work)
    headers = {"Accept": accept, "If-None-Match": known}
    again = world.client.get("/sparql", query_string={"query": VALUES}, headers=headers)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == known
