"""Thousands of requests to a running service: none gets a 500, and none ends a process."""

from __future__ import annotations

import http.client
import json
import os
import socket
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.store import Store

from .running_service import RunningService, running
from .test_service_app import HEADERS, NAMES, PATHS, VALUES
from .waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMES = int(os.environ.get("MEDALGRAPH_TEST_TIMES", "1"))
"""How many times as many requests as usual; a night's worth finds more than a minute's."""
USUAL = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
QUERIES = [
    (
        "PREFIX ex: <http://ex/> SELECT DISTINCT ?s (COUNT(?o) AS ?n) FROM ex:g FROM NAMED <http://ex/h>"
        " WHERE { ?s ex:p/ex:q*|^ex:r+ ?o . OPTIONAL { ?o !(ex:a|^ex:b) [] } } GROUP BY ?s"
        " HAVING (COUNT(?o) > 1) ORDER BY DESC(?n) LIMIT 10 OFFSET 2"
    ),
    (
        "SELECT * { { ?s ?p 'a'@en-GB } UNION { GRAPH ?g { ?s ?p \"1\"^^<http://ex/d> } } MINUS"
        " { ?s a ?c } FILTER(?s IN (1, 2.5, 1e3, true) || EXISTS { ?x ?y ?z }) }"
    ),
    (
        "SELECT (IF(BOUND(?a), REPLACE(STR(?a), '(a+)+$', '$1', 'i'), 1/0) AS ?r) { BIND(1 AS ?a)"
        " VALUES (?b ?c) { (UNDEF <http://ex/x>) (1 'x') } }"
    ),
    "CONSTRUCT { ?s ?p [ ?q (1 2 ?o) ] } WHERE { ?s ?p ?o . BIND(STRLEN(?o) AS ?q) }",
    "DESCRIBE ?x <http://ex/a> WHERE { ?x ?p ?o }",
    'BASE <http://ex/> ASK { <a> <b> ( 1 [] \'c\' ) ; <d> """e\nf""" , \'\\u0041\' . }',
    "SELECT ?x { { SELECT ?x { ?x ?y ?z } LIMIT 1 } FILTER NOT EXISTS { ?x <http://ex/p> ?w } }",
]
UPDATES = [
    "INSERT DATA { GRAPH <http://ex/g> { <http://ex/a> <http://ex/p> 1, 'x'@en, 1.50, true } }",
    (
        "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p ?v } } WHERE { GRAPH ?g"
        " { ?s ?p ?o } BIND(STR(?o) AS ?v) }"
    ),
    (
        "WITH <http://ex/g> DELETE { ?s ?p ?o } USING <http://ex/h> WHERE { ?s ?p ?o } ;"
        " CLEAR SILENT GRAPH <http://ex/g> ; DROP ALL ; CREATE SILENT GRAPH <http://ex/n>"
    ),
    (
        "COPY <http://ex/g> TO <http://ex/h> ; MOVE SILENT DEFAULT TO <http://ex/h> ; ADD <http://ex/h>"
        " TO <http://ex/g> ; DELETE WHERE { ?s ?p ?o }"
    ),
]
DOCUMENTS = {
    "text/turtle": "@prefix e: <http://ex/> . e:a a e:C ; e:p 'x'@en, 1.5, [ e:q (1 2) ] ;"
    " e:r '''a\n''' .",
    "application/trig": "@prefix e: <http://ex/> . e:g { e:a e:p e:b, _:c . } { e:a e:p 1 }",
    "application/n-quads": '<http://ex/a> <http://ex/p> "x"^^<http://ex/d> <http://ex/g> .\n',
    "application/n-triples": '<http://ex/a> <http://ex/p> "\\u0041\\n"@en .\n'
    "_:b <http://ex/p> _:c .\n",
    "application/rdf+xml": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
    " xmlns:e='http://ex/'><e:C rdf:about='http://ex/a'><e:p rdf:parseType='Literal'><b/></e:p>"
    "<e:q rdf:resource='x'/></e:C></rdf:RDF>",
    "application/ld+json": '{"@context": {"e": "http://ex/", "p": {"@id": "e:p", "@container":'
    ' "@list"}}, "@id": "e:a", "@graph": [{"p": [1, "x", {"@value": "y", "@language": "en"}]}]}',
}
JUNK = ["", "{", "}", "(", "[", "<<", "<", ">", '"', "'", "\\", "#", "@", "^^", "::", "-", "%"]
JUNK += [
    "SELECT",
    "SERVICE",
    "LOAD",
    "1e999",
    "&",
    "=",
    "\r",
    "\x00",
    "\ud800",
    "\ufeff",
    "é",
    "🥇",
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    place = tmp_path_factory.mktemp("any") / "store"
    with Store.create(place) as store:
        store.update(UPDATES[0])
    with running(place, QUERY_SECONDS="2", LOG="json") as started:
        yield started


@pytest.fixture(scope="module")
def bearer(service: RunningService) -> dict[str, str]:
    return service.bearer()


@st.composite
def spoilt(draw: st.DrawFn, texts: list[str]) -> str:
    """Return a text with some of its parts lost, doubled, moved or replaced."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 12))
        other = draw(st.sampled_from([*JUNK, text[start:end] * 2, text[:12], text[-12:]]))
        text = text[:start] + other + text[end:]
    return text


def sent(
    service: RunningService, method: str, path: str, body: bytes, headers: dict[str, str]
) -> http.client.HTTPResponse:
    """Send a request, check what every answer must be, and return the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=PATIENCE_S)
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    assert answer.status < 500 or answer.status in (501, 503), content
    if answer.status == 503:
        # A process that was ended by a fault would be told as work that was interrupted.
        assert not json.loads(content)["type"].endswith("/interrupted"), content
    return answer


@given(text=spoilt(QUERIES), accept=st.sampled_from(HEADERS["Accept"]))
@settings(USUAL, max_examples=700 * TIMES)
def test_no_query_gets_a_500(service: RunningService, text: str, accept: str) -> None:
    query = quote(text.encode("utf-8", "surrogatepass"))
    sent(service, "GET", f"/sparql?query={query}", b"", {"Accept": accept})


@given(text=spoilt(UPDATES), is_trial=st.booleans())
@settings(USUAL, max_examples=500 * TIMES)
def test_no_update_gets_a_500(
    service: RunningService, bearer: dict[str, str], text: str, *, is_trial: bool
) -> None:
    headers = {**bearer, "Content-Type": "application/sparql-update"}
    path = "/sparql" + ("?dry-run=true" if is_trial else "")
    sent(service, "POST", path, text.encode("utf-8", "surrogatepass"), headers)


@pytest.mark.parametrize("media_type", DOCUMENTS)
@given(data=st.data(), method=st.sampled_from(["PUT", "POST"]))
@settings(USUAL, max_examples=120 * TIMES)
def test_no_document_gets_a_500(
    service: RunningService,
    bearer: dict[str, str],
    media_type: str,
    data: st.DataObject,
    method: str,
) -> None:
    text = data.draw(spoilt([DOCUMENTS[media_type]]))
    headers = {**bearer, "Content-Type": media_type}
    body = text.encode("utf-8", "surrogatepass")
    sent(service, method, "/graphs?graph=http://ex/any", body, headers)


@st.composite
def parameters(draw: st.DrawFn) -> list[tuple[str, str]]:
    names = st.sampled_from([*NAMES, "timeout", "dry-run", "expected", "explain"])
    values = st.one_of(st.sampled_from(VALUES), st.text(max_size=12))
    return draw(st.lists(st.tuples(names, values), max_size=4))


@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "FOO"]),
    path=st.sampled_from([*PATHS, "/metrics", "/health/ready", "/robots.txt", "/graphs/a%00b"]),
    params=parameters(),
    form=parameters(),
    names=st.lists(st.sampled_from(sorted(set(HEADERS) - {"Host"})), unique=True),
    data=st.data(),
)
@settings(USUAL, max_examples=700 * TIMES)
def test_no_mix_of_method_address_header_and_body_gets_a_500(  # noqa: PLR0913, PLR0917 - a whole request
    service: RunningService,
    bearer: dict[str, str],
    method: str,
    path: str,
    params: list[tuple[str, str]],
    form: list[tuple[str, str]],
    names: list[str],
    data: st.DataObject,
) -> None:
    headers = {name: data.draw(st.sampled_from(HEADERS[name])) for name in names}
    if data.draw(st.booleans()):
        headers |= bearer
    query = urlencode(params, errors="surrogatepass")
    body = urlencode(form, errors="surrogatepass").encode()
    sent(service, method, f"{path}?{query}", body, headers)


REQUEST = "GET /sparql?query=ASK{} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
WRITTEN = spoilt([REQUEST]).map(lambda text: text.encode("utf-8", "surrogatepass"))


@given(raw=st.one_of(st.binary(max_size=80), WRITTEN))
@settings(USUAL, max_examples=300 * TIMES)
def test_no_bytes_whatever_get_a_500(service: RunningService, raw: bytes) -> None:
    with socket.create_connection(("127.0.0.1", service.port), timeout=PATIENCE_S) as client:
        client.sendall(raw)
        client.shutdown(socket.SHUT_WR)
        answer = client.makefile("rb").read()
    first = answer.partition(b"\r\n")[0]
    assert not first or first.startswith((b"HTTP/1.1 ", b"HTTP/1.0 "))
    assert not first[9:].startswith(b"5"), answer


def test_the_service_still_answers(service: RunningService) -> None:
    assert service.ask("ASK {}").status == 200
    told = service.request("GET", "/metrics").body.decode()
    assert 'medalgraph_killed_total{reason="lost"} 0.0' in told
    assert 'status="500"' not in told
