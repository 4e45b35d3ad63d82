"""The SPARQL endpoint over HTTP: every kind of request, and the graphs that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from service.config import Settings

from .service_world import EX, G1, G2, JSON, TURTLE, VALUES, World, says, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        yield made


def test_a_body_is_utf_8_also_where_the_header_does_not_say_so(world: World) -> None:
    answer = world.client.post(
        "/sparql",
        data='SELECT ("São Tomé" AS ?noc) {}'.encode(),
        content_type="application/sparql-query",
        headers={"Accept": "text/csv"},
    )

    assert answer.get_data(as_text=True) == "noc\r\nSão Tomé\r\n"


def test_a_byte_that_is_not_utf_8_is_named_by_its_offset(world: World) -> None:
    answer = world.client.post(
        "/sparql", data=b'SELECT ("a\xff" AS ?x) {}', content_type="application/sparql-query"
    )

    assert answer.status_code == 400
    assert "offset 10" in answer.json["detail"]  # type: ignore[index]


def test_a_form_is_decoded_once_and_finds_the_row_that_was_meant(world: World) -> None:
    world.state(says("a%20b", "the space"), says("a%2520b", "the per cent sign"))
    query = f"SELECT ?v WHERE {{ <{EX}a%2520b> <{EX}says> ?v }}"

    answer = world.client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})

    assert answer.data == b"v\r\nthe per cent sign\r\n"


def test_a_form_may_name_its_charset(world: World) -> None:
    answer = world.client.post(
        "/sparql", data=b"query=ASK+%7B%7D", content_type=f"{FORM}; charset=UTF-8"
    )

    assert answer.json["boolean"] is True  # type: ignore[index]


def test_a_query_of_16_kilobytes_fits_into_an_address(world: World) -> None:
    world.state(says("n7", "x"))
    names = " ".join(f"<{EX}n{number:030}> <{EX}n{number}>" for number in range(320))
    query = f"SELECT ?v WHERE {{ VALUES ?s {{ {names} }} ?s <{EX}says> ?v }}"
    assert len(query) > 16_384

    assert world.values(query) == ["x"]


def test_a_longer_one_is_told_to_use_post_where_it_fits(world: World) -> None:
    query = f"ASK {{}} # {'x' * 70_000}"

    refused = world.ask(query)
    answer = world.client.post("/sparql", data={"query": query})

    assert refused.status_code == 414
    assert "POST" in refused.json["hint"]  # type: ignore[index]
    assert answer.status_code == 200


def test_a_body_over_the_limit_is_refused(tmp_path: Path) -> None:
    with world_in(tmp_path, Settings(request_limit_bytes=100)) as world:
        answer = world.client.post(
            "/sparql", data=b"ASK {} # " + b"x" * 200, content_type="application/sparql-query"
        )

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("query_string", "status"),
    [
        ("query=ASK%20%7B%7D&query=ASK%20%7B%7D", 400),
        ("update=CLEAR%20ALL", 400),
        ("query=", 400),
        ("query=ASK", 400),
        ("query=INSERT%20DATA%20%7B%7D", 400),
        ("query=ASK%20%7B%7D&default-graph-uri=nowhere", 400),
        ("query=ASK%20%7B%7D&at=99", 404),
        ("query=ASK%20%7B%7D&at=yesterday", 400),
        (f"query=ASK%20%7B%7D&at={'9' * 5000}", 404),
        ("query=%E3", 400),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_in_words(
    world: World, query_string: str, status: int
) -> None:
    answer = world.client.get(f"/sparql?{query_string}")

    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["detail"]  # type: ignore[index]


def test_a_syntax_error_names_line_and_column(world: World) -> None:
    answer = world.ask("SELECT ?x\nWHERE { ?x ?y }")

    assert (answer.status_code, answer.json["line"]) == (400, 2)  # type: ignore[index]
    assert answer.json["column"] > 1  # type: ignore[index]


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", ""])
def test_any_other_body_is_unsupported(world: World, media_type: str) -> None:
    answer = world.client.post("/sparql", data=b"ASK {}", content_type=media_type)

    assert answer.status_code == 415
    assert "application/sparql-query" in answer.json["offers"]  # type: ignore[index]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_any_other_method_is_refused_with_those_that_are_possible(
    world: World, method: str
) -> None:
    answer = world.client.open("/sparql", method=method)

    assert answer.status_code == 405
    assert {"GET", "HEAD", "POST", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE SILENT ?x { ?s ?p ?o } } }",
        f"ASK {'{' * 500}{'}' * 500}",
    ],
)
def test_a_query_that_would_call_out_or_nest_too_deep_is_refused(world: World, query: str) -> None:
    assert world.ask(query).status_code == 400


def test_head_answers_as_get_does_without_the_body(world: World) -> None:
    answer = world.client.head("/sparql", query_string={"query": "ASK {}"})

    assert (answer.status_code, answer.mimetype, answer.data) == (200, JSON, b"")


def test_graphs_named_by_the_request_are_all_that_is_seen(world: World) -> None:
    world.state(says("a", "one"), says("a", "two", G2), says("b", "both"), says("b", "both", G2))
    by_graph = f"SELECT ?v WHERE {{ GRAPH ?g {{ ?s <{EX}says> ?v }} }} ORDER BY ?v"

    assert world.values(VALUES) == ["both", "one", "two"]
    assert world.values(VALUES, **{"default-graph-uri": G1.value}) == ["both", "one"]
    assert world.values(VALUES, **{"default-graph-uri": EX + "none"}) == []
    assert world.values(VALUES, **{"named-graph-uri": G1.value}) == []
    assert world.values(by_graph, **{"named-graph-uri": G2.value}) == ["both", "two"]
    assert world.values(by_graph, **{"default-graph-uri": G2.value}) == []


def test_several_default_graphs_are_merged_and_not_added_up(world: World) -> None:
    world.state(says("b", "both"), says("b", "both", G2))

    answer = world.client.get(
        "/sparql",
        query_string=[
            ("query", VALUES),
            ("default-graph-uri", G1.value),
            ("default-graph-uri", G2.value),
        ],
        headers={"Accept": "text/csv"},
    )

    assert answer.data == b"v\r\nboth\r\n"


def test_a_graph_that_is_a_file_or_an_address_is_never_fetched(world: World) -> None:
    for name in ("file:///etc/hostname", "http://127.0.0.1:1/x"):
        assert world.values(VALUES, **{"default-graph-uri": name}) == []
        assert world.ask(f"ASK FROM <{name}> {{ ?s ?p ?o }}").json == {"head": {}, "boolean": False}


def test_an_older_state_can_be_asked(world: World) -> None:
    world.state(says("a", "one"))
    world.state(says("a", "two"))

    then = world.ask(VALUES, at="1")

    assert world.values(VALUES, at="1") == ["one"]
    assert then.headers["Medalgraph-Snapshot"] == "1"
    assert world.values(VALUES) == ["one", "two"]


def test_a_page_of_another_origin_may_read(world: World) -> None:
    preflight = world.client.options(
        "/sparql",
        headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"},
    )
    answer = world.ask("ASK {}")

    assert preflight.status_code == 204
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]
    assert "Authorization" not in preflight.headers["Access-Control-Allow-Headers"]
    for given in (preflight, answer):
        assert given.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in given.headers


def test_the_endpoint_describes_itself(world: World) -> None:
    world.state(says("a", "x"))

    answer = world.client.get("/sparql", headers={"Accept": "text/turtle;q=0.9"})

    said = {
        (quad.predicate.value.rpartition("#")[2], getattr(quad.object, "value", ""))
        for quad in pyoxigraph.parse(answer.data, format=pyoxigraph.RdfFormat.TURTLE)
    }
    assert answer.mimetype == TURTLE
    assert ("endpoint", "http://localhost/sparql") in said
    assert ("name", G1.value) in said
    assert ("resultFormat", "http://www.w3.org/ns/formats/SPARQL_Results_CSV") in said
    language = "http://www.w3.org/ns/sparql-service-description#SPARQL11Update"
    assert ("supportedLanguage", language) in said
