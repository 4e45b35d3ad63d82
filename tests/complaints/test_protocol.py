"""Complaints about protocol and negotiation."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest

from graph.store import Store
from tests.asking import FORM, JSON
from tests.running_service import running

from .register import complaint

if TYPE_CHECKING:
    from pathlib import Path

    from tests.asking import Asking

SELECT = "SELECT ?s { ?s ?p ?o } LIMIT 1"
TABLE_TYPES = (JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values")


@complaint(1, 2, 3)
@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/turtle, application/sparql-results+json;q=0.5", JSON),
        ("application/sparql-results+json;q=0.9, text/csv;q=0.2, */*;q=0.1", JSON),
        ("application/n-triples, application/sparql-results+json;q=0.6", JSON),
        ("text/csv;q=0.2, */*;q=0.1", "text/csv"),
        ("text/turtle;q=1, text/tab-separated-values;q=0.1", "text/tab-separated-values"),
        ("application/rdf+xml, application/sparql-results+xml;q=0.3, */*;q=0.1", TABLE_TYPES[1]),
    ],
)
def test_a_table_comes_in_the_form_for_tables_that_the_client_likes_best(
    service: Asking, accept: str, expected: str
) -> None:
    reply = service.get(SELECT, accept=accept)
    assert reply.status == 200
    assert reply.headers.get_content_type() == expected


@complaint(5)
@pytest.mark.parametrize("query", [SELECT, "ASK {}", "DESCRIBE <http://ex/x>"])
def test_a_form_that_is_not_possible_is_refused_with_those_that_are(
    service: Asking, query: str
) -> None:
    told = service.told(service.get(query, accept="image/png"), 406)
    assert len(told["offers"]) >= 2
    assert all("/" in offer for offer in told["offers"])


@complaint(6)
@pytest.mark.parametrize("form", ["DESCRIBE <http://ex/c6>", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_statements_in_turtle_are_turtle_and_are_called_so(service: Asking, form: str) -> None:
    service.hold("http://ex/g6", "<http://ex/c6> <http://ex/p> 6 .")
    reply = service.get(form, accept="text/turtle")
    assert reply.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert b"<http://ex/c6>" in reply.body
    assert not reply.body.startswith(b"<?xml")


@complaint(8)
@pytest.mark.parametrize("parameter", ["charset=UTF-8", "charset=utf-8", 'charset="UTF-8"', "x=y"])
def test_a_media_type_may_have_parameters(service: Asking, parameter: str) -> None:
    body = urlencode({"query": "ASK {}"})
    assert service.told(service.post(body, f"{FORM}; {parameter}"))["boolean"] is True
    direct = service.post("ASK {}", f"application/sparql-query;{parameter}")
    assert service.told(direct)["boolean"] is True


@complaint(10)
@pytest.mark.parametrize("charset", ["", "; charset=ISO-8859-1"])
def test_a_body_is_utf_8_whatever_the_header_says(service: Asking, charset: str) -> None:
    query = 'SELECT ("São Tomé" AS ?noc) {}'
    told = service.told(service.post(query, f"application/sparql-query{charset}"))
    assert told["results"]["bindings"][0]["noc"]["value"] == "São Tomé"


@complaint(11)
def test_a_byte_that_is_no_utf_8_is_named_with_its_place(service: Asking) -> None:
    body = b'ASK { ?s ?p "a\xff" }'
    told = service.told(service.post(body, "application/sparql-query"), 400)
    assert "the byte FF at offset 14" in told["detail"]
    assert "offset" in service.told(service.post(b"query=" + b"%FF", FORM), 400)["detail"]


@complaint(12)
def test_a_form_is_decoded_once(service: Asking) -> None:
    service.hold(
        "http://ex/g12",
        '<http://ex/a%2520b> <http://ex/name> "twice" .<http://ex/a%20b> <http://ex/name> "once" .',
    )
    for iri, name in (("http://ex/a%2520b", "twice"), ("http://ex/a%20b", "once")):
        query = f"SELECT ?n {{ <{iri}> <http://ex/name> ?n }}"
        told = service.told(service.post(urlencode({"query": query}), FORM))
        assert [row["n"]["value"] for row in told["results"]["bindings"]] == [name]
        assert service.rows(query) == [(name,)]


@complaint(13)
def test_five_hundred_values_fit_into_an_address_and_any_number_into_a_body(
    service: Asking,
) -> None:
    values = " ".join(f"<http://ex/athlete/{number:05}>" for number in range(500))
    query = f"SELECT (COUNT(?v) AS ?n) {{ VALUES ?v {{ {values} }} }}"
    assert len(query) > 13_000
    assert service.rows(query) == [("500",)]
    long = query.replace(values, " ".join([values] * 10))
    assert service.told(service.post(urlencode({"query": long}), FORM))["results"]["bindings"]


@complaint(13)
def test_a_query_and_an_update_of_nearly_two_mebibytes_fit_into_a_body(service: Asking) -> None:
    values = " ".join(f"<http://ex/athlete/{number:06}>" for number in range(70_000))
    query = f"SELECT (COUNT(?v) AS ?n) {{ VALUES ?v {{ {values} }} }}"
    assert 1_800_000 < len(query) < 2_097_152
    told = service.told(service.post(query, "application/sparql-query"))
    assert told["results"]["bindings"][0]["n"]["value"] == "70000"
    statements = " ".join(f"<http://ex/c13/{number}> <http://ex/p> 1 ." for number in range(45_000))
    update = f"INSERT DATA {{ GRAPH <http://ex/g13> {{ {statements} }} }}"
    assert 1_700_000 < len(update) < 2_097_152
    assert service.told(service.post(update, "application/sparql-update"))["added"] == 45_000
    assert service.post("DROP GRAPH <http://ex/g13>", "application/sparql-update").status == 200


@complaint(13)
def test_an_address_that_is_too_long_is_told_to_use_post(service: Asking) -> None:
    told = service.told(service.get("ASK {} #" + "x" * 70_000), 414)
    assert "65,536 bytes" in told["detail"]
    assert told["hint"] == "Use POST, with the query in the body."


@complaint(15)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_update_by_get_is_refused_and_changes_nothing(service: Asking, method: str) -> None:
    update = urlencode({"update": "INSERT DATA { <http://ex/c15> <http://ex/p> 15 }"})
    reply = service.running.request(method, f"/sparql?{update}", headers=service.bearer)
    assert reply.status == 400
    assert service.rows("SELECT ?o { <http://ex/c15> ?p ?o }") == []


@complaint(16)
def test_two_queries_in_one_request_are_refused(service: Asking) -> None:
    both = urlencode([("query", "ASK {}"), ("query", "ASK { ?s ?p ?o }")])
    told = service.told(service.running.request("GET", f"/sparql?{both}"), 400)
    assert told["detail"] == "The parameter 'query' is given 2 times."
    assert service.post(both, FORM).status == 400


@complaint(17)
def test_a_query_sees_the_graphs_that_the_request_names_and_no_others(service: Asking) -> None:
    for number in (1, 2):
        service.hold(f"http://ex/g17-{number}", f"<http://ex/c17> <http://ex/from> {number} .")
    query = "SELECT ?o { <http://ex/c17> <http://ex/from> ?o } ORDER BY ?o"

    def seen(*graphs: str) -> list[tuple[str, ...]]:
        params = [("query", query), *(("default-graph-uri", graph) for graph in graphs)]
        reply = service.running.request(
            "GET", f"/sparql?{urlencode(params)}", headers={"Accept": JSON}
        )
        return [(row["o"]["value"],) for row in service.told(reply)["results"]["bindings"]]

    assert service.rows(query) == [("1",), ("2",)]
    assert seen("http://ex/g17-1") == [("1",)]
    assert seen("http://ex/g17-1", "http://ex/g17-2") == [("1",), ("2",)]
    assert seen("http://ex/unknown") == []
    assert seen("http://127.0.0.1:1/x") == []


@complaint(19)
@pytest.mark.parametrize("path", ["/sparql", "/graphs", "/graphs?default", "/"])
def test_a_preflight_is_answered_without_a_token(service: Asking, path: str) -> None:
    headers = {"Origin": "https://paper.example", "Access-Control-Request-Method": "POST"}
    reply = service.running.request("OPTIONS", path, headers=headers)
    assert reply.status == 204
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in reply.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in reply.headers["Access-Control-Allow-Headers"]
    assert reply.headers["Access-Control-Allow-Credentials"] is None


@complaint(21)
def test_the_service_describes_itself_at_once_with_forms_graphs_and_limits(
    service: Asking,
) -> None:
    service.hold("http://ex/g21", "<http://ex/c21> <http://ex/p> 21 .")
    accept = {"Accept": "text/turtle;q=0.9"}
    replies = [service.running.request("GET", "/sparql", headers=accept) for _ in range(5)]
    told = replies[-1].body.decode()
    assert replies[-1].status == 200
    for needed in ("sd:endpoint", "SPARQL_Results_JSON", "<http://ex/g21>", "5 seconds"):
        assert needed in told
    headers = {**accept, "If-None-Match": replies[-1].headers["ETag"]}
    assert service.running.request("GET", "/sparql", headers=headers).status == 304
    # A ratio, not a time: describing must not cost much more than saying that all is well.
    asked = sorted(reply.seconds for reply in replies)[2]
    begun = time.monotonic()
    for _ in range(5):
        service.running.request("GET", "/health/live")
    assert asked < max(0.05, 20 * (time.monotonic() - begun))


@complaint(22)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_default_graph_is_always_there_and_an_unknown_one_never(
    service: Asking, method: str
) -> None:
    assert service.running.request(method, "/graphs?default").status == 200
    unknown = service.running.request(method, "/graphs?graph=http://ex/none")
    assert unknown.status == 404


@complaint(24)
def test_every_link_of_every_page_leads_to_the_public_address_below_the_base_path(
    tmp_path: Path,
) -> None:
    place = tmp_path / "store"
    with Store.create(place) as store:
        store.update('INSERT DATA { nation:AZE rdfs:label "Azerbaijan"@en }')
    public = "https://medals.example"
    with running(place, BASE_PATH="/foo", PUBLIC_URL=public) as service:
        seen, to_see = set(), {"/foo/"}
        while to_see:
            path = to_see.pop()
            seen.add(path)
            reply = service.request("GET", path, headers={"Accept": "text/html"})
            assert reply.status == 200, path
            if reply.headers.get_content_type() != "text/html":
                continue
            for link in re.findall(r'(?:href|src|action)="([^"#]+)"', reply.body.decode()):
                target = urlsplit(urljoin(public + path, link.replace("&amp;", "&")))
                if target.netloc != "medals.example":
                    assert re.match(r"https?://", link), link
                    assert target.hostname not in ("127.0.0.1", "localhost"), link
                    continue
                assert target.path.startswith("/foo/"), link
                assert not target.path.startswith("/foo/foo"), link
                inside = target.path + (f"?{target.query}" if target.query else "")
                # Each file to download takes seconds to make; tests of their own fetch them.
                if inside not in seen and "query=" not in inside and "/downloads/" not in inside:
                    to_see.add(inside)
        assert len(seen) >= 5
        description = service.request("GET", "/foo/sparql", headers={"Accept": "text/turtle"})
        assert f"sd:endpoint <{public}/foo/sparql>" in description.body.decode()


@complaint(26)
def test_a_tag_is_good_for_one_form_only(service: Asking) -> None:
    service.hold("http://ex/g26", "<http://ex/c26> <http://ex/p> 26 .")
    path = f"/sparql?{urlencode({'query': 'DESCRIBE <http://ex/c26>'})}"

    def status(accept: str, tag: str) -> int:
        headers = {"Accept": accept, "If-None-Match": tag}
        return service.running.request("GET", path, headers=headers).status

    turtle = service.running.request("GET", path, headers={"Accept": "text/turtle"})
    tag = turtle.headers["ETag"]
    assert status("text/turtle", tag) == 304
    assert status("application/ld+json", tag) == 200
    assert {"Accept", "Accept-Encoding", "Accept-Language"} <= set(
        re.split(r",\s*", turtle.headers["Vary"])
    )
    graph = f"/graphs?graph={quote('http://ex/g26')}"
    as_turtle = service.running.request("GET", graph, headers={"Accept": "text/turtle"})
    headers = {"Accept": "application/ld+json", "If-None-Match": as_turtle.headers["ETag"]}
    assert service.running.request("GET", graph, headers=headers).status == 200
