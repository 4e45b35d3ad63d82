"""Complaints about security and federation: nothing calls out, and nothing runs."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from graph.errors import BadInput
from graph.gate.shapes import read_shapes

from .register import complaint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.asking import Asking


class Listener:
    """A socket on this machine that notes whoever connects to it."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.calls = 0
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    @property
    def address(self) -> str:
        """The address of something that it would serve."""
        return f"http://127.0.0.1:{self.port}/x"

    def close(self) -> None:
        """Stop listening."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()


CALLS = {
    "plain": "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <%s> { ?s ?p ?o } }",
    "small letters": "select * { service <%s> { ?s ?p ?o } }",
    "mixed letters": "SELECT * { SeRvIcE<%s>{ ?s ?p ?o } }",
    "variable by BIND": "SELECT * { BIND(<%s> AS ?where) SERVICE ?where { ?s ?p ?o } }",
    "variable by VALUES": "SELECT * { VALUES ?where { <%s> } SERVICE ?where { ?s ?p ?o } }",
    "variable by IRI()": 'SELECT * { BIND(IRI("%s") AS ?x) SERVICE SILENT ?x { ?s ?p ?o } }',
    "prefixed name": "PREFIX far: <%s> SELECT * { SERVICE far: { ?s ?p ?o } }",
    "glued to a prefixed name": "PREFIX far: <%s> SELECT * { SERVICEfar: { ?s ?p ?o } }",
    "relative to a base": "BASE <%s> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "inside EXISTS": "ASK { FILTER EXISTS { SERVICE <%s> { ?s ?p ?o } } }",
    "inside NOT EXISTS": "ASK { FILTER NOT EXISTS { SERVICE <%s> { ?s ?p ?o } } }",
    "inside a sub-select": "SELECT * { { SELECT * { SERVICE <%s> { ?s ?p ?o } } } }",
    "inside OPTIONAL": "SELECT * { OPTIONAL { SERVICE <%s> { ?s ?p ?o } } }",
    "inside MINUS": "SELECT * { ?s ?p ?o MINUS { SERVICE <%s> { ?s ?p ?o } } }",
    "inside UNION": "SELECT * { { } UNION { SERVICE <%s> { ?s ?p ?o } } }",
    "inside GRAPH": "SELECT * { GRAPH ?g { SERVICE <%s> { ?s ?p ?o } } }",
    "inside BIND of EXISTS": "SELECT * { BIND(EXISTS { SERVICE <%s> { ?s ?p ?o } } AS ?x) }",
    "inside HAVING": "SELECT (1 AS ?x) {} HAVING (EXISTS { SERVICE <%s> { ?s ?p ?o } })",
    "inside ORDER BY": "SELECT * { } ORDER BY (EXISTS { SERVICE <%s> { ?s ?p ?o } })",
    "escaped letters": r"SELECT * { S\u0045RVICE <%s> { ?s ?p ?o } }",
    "all letters escaped": r"SELECT * { \u0053\u0045\u0052\u0056\u0049\u0043\u0045 <%s> { } }",
    "long escape": r"SELECT * { \U00000053ERVICE <%s> { ?s ?p ?o } }",
    "after a comment": "SELECT * { # }\nSERVICE # x\n <%s> { ?s ?p ?o } }",
    "between carriage returns": "SELECT * {\rSERVICE\r<%s>\r{ ?s ?p ?o } }",
    "after a string that looks open": "SELECT * { ?s ?p '\\'' . SERVICE <%s> { ?s ?p ?o } }",
    "after an IRI with a sharp": "SELECT * { ?s <http://ex/#> ?o . SERVICE <%s> { ?s ?p ?o } }",
    "behind a comparison": "SELECT * { FILTER(?a<?b) SERVICE <%s> { ?s ?p ?o } FILTER(?c>?d) }",
    "CONSTRUCT": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <%s> { ?s ?p ?o } }",
    "DESCRIBE": "DESCRIBE ?s WHERE { SERVICE <%s> { ?s ?p ?o } }",
    "FROM": "SELECT * FROM <%s> { ?s ?p ?o }",
    "FROM NAMED": "SELECT * FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }",
    "GRAPH": "SELECT * { GRAPH <%s> { ?s ?p ?o } }",
    "DESCRIBE of an address": "DESCRIBE <%s>",
}
UPDATES = {
    "LOAD": "LOAD <%s>",
    "LOAD SILENT": "LOAD SILENT <%s>",
    "LOAD INTO": "LOAD <%s> INTO GRAPH <http://ex/g>",
    "load in small letters": "load <%s>",
    "LOAD escaped": r"L\u004FAD <%s>",
    "LOAD after another": "INSERT DATA { <http://ex/a> <http://ex/p> 1 } ; LOAD <%s>",
    "LOAD of a prefixed name": "PREFIX far: <%s> LOAD far:",
    "LOAD glued to a name": "PREFIX far: <%s> LOADfar:",
    "LOAD behind a comment": "#\nLOAD#\n<%s>",
    "SERVICE in WHERE": "INSERT { ?s ?p ?o } WHERE { SERVICE <%s> { ?s ?p ?o } }",
    "SERVICE in DELETE WHERE": "DELETE { ?s ?p ?o } WHERE { SERVICE SILENT <%s> { ?s ?p ?o } }",
    "SERVICE in EXISTS": "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER EXISTS { SERVICE <%s> {} } }",
    "USING": "INSERT { ?s ?p ?o } USING <%s> WHERE { ?s ?p ?o }",
    "USING NAMED": "INSERT { ?s ?p ?o } USING NAMED <%s> WHERE { GRAPH ?g { ?s ?p ?o } }",
    "WITH": "WITH <%s> INSERT { <http://ex/a> <http://ex/p> ?o } WHERE { ?s ?p ?o }",
    "COPY": "COPY SILENT <%s> TO <http://ex/g>",
    "ADD": "ADD SILENT <%s> TO <http://ex/g>",
}


@complaint(61, 63)
@pytest.mark.parametrize("name", CALLS)
def test_no_query_calls_anybody(service: Asking, listener: Listener, name: str) -> None:
    query = CALLS[name] % listener.address
    by_get = service.get(query, accept="*/*")
    by_post = service.post(query, "application/sparql-query")
    assert by_get.status in (200, 400)
    assert by_post.status in (200, 400, 406)
    if "service" in query.lower() or r"\u0045" in query:
        assert by_get.status == 400
    assert listener.calls == 0


@complaint(61, 62)
@pytest.mark.parametrize("name", UPDATES)
def test_no_update_calls_anybody(service: Asking, listener: Listener, name: str) -> None:
    before = service.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    reply = service.post(UPDATES[name] % listener.address, "application/sparql-update")
    assert reply.status in (200, 400)
    if "LOAD" in name or "SERVICE" in name or "load" in name:
        assert reply.status == 400
        assert service.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before
    assert listener.calls == 0


@complaint(62)
@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "http://127.0.0.1:1/x", "https://example.org/", "ftp://x/y"]
)
def test_a_load_is_refused_in_words_that_say_what_to_do(service: Asking, address: str) -> None:
    told = service.told(service.post(f"LOAD <{address}>", "application/sparql-update"), 400)
    assert "never fetches anything from elsewhere" in told["detail"]
    assert "medalgraph load" in told["hint"]


@complaint(63)
@pytest.mark.parametrize("where", ["FROM <%s>", "FROM NAMED <%s>"])
def test_a_file_that_a_query_names_is_an_empty_graph(
    service: Asking, tmp_path_factory: pytest.TempPathFactory, where: str
) -> None:
    file = tmp_path_factory.mktemp("files") / "x.ttl"
    file.write_text("<http://ex/secret> <http://ex/p> 1 .")
    clause = where % file.as_uri()
    assert (
        service.rows(f"SELECT ?s {clause} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}")
        == []
    )


@complaint(63)
@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_that_a_request_names_is_never_fetched(
    service: Asking, listener: Listener, name: str
) -> None:
    path = f"/sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D&{name}={quote(listener.address, safe='')}"
    assert service.told(service.running.request("GET", path))["boolean"] is False
    assert listener.calls == 0


@complaint(61)
def test_a_shape_that_calls_a_service_is_refused() -> None:
    shape = """
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        <http://ex/S> a sh:NodeShape ; sh:targetSubjectsOf <http://ex/p> ;
          sh:sparql [ sh:message "no" ;
            sh:select "SELECT $this { SERVICE <http://127.0.0.1:1/x> { $this ?p ?o } }" ] .
    """
    with pytest.raises(BadInput, match="SERVICE"):
        read_shapes({"mine.ttl": shape})


ENTITY = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [ <!ENTITY x SYSTEM "%s"> ]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://ex/">
<rdf:Description rdf:about="http://ex/a"><e:p>&x;</e:p></rdf:Description></rdf:RDF>"""
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE r [ <!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 8))
    + "]><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://ex/'>"
    "<rdf:Description rdf:about='http://ex/a'><e:p>&a7;</e:p></rdf:Description></rdf:RDF>"
)


@complaint(64)
@pytest.mark.parametrize("kind", ["file", "address", "laughs", "remote DTD"])
def test_a_doctype_is_refused_before_it_means_anything(
    service: Asking, listener: Listener, kind: str
) -> None:
    document = {
        "file": ENTITY % "file:///etc/hostname",
        "address": ENTITY % listener.address,
        "laughs": LAUGHS,
        "remote DTD": f'<!DOCTYPE r SYSTEM "{listener.address}"><r/>',
    }[kind]
    told = service.told(service.put("http://ex/g64", document, "application/rdf+xml"), 400)
    assert "declares a DOCTYPE in line" in told["detail"]
    assert listener.calls == 0


CONTEXTS = {
    "a name": '{"@context": "%s", "name": "x"}',
    "a list": '{"@context": [{"e": "http://ex/"}, "%s"], "name": "x"}',
    "an import": '{"@context": {"@version": 1.1, "@import": "%s"}, "name": "x"}',
    "inside a node": '{"http://ex/p": {"@context": "%s", "name": "x"}}',
    "of a term": '{"@context": {"t": {"@id": "http://ex/t", "@context": "%s"}}, "t": {"name": 1}}',
    "in a graph": '{"@graph": [{"@context": "%s", "name": "x"}]}',
    "by an escaped key": '{"\\u0040context": "%s", "name": "x"}',
}


@complaint(65)
@pytest.mark.parametrize("name", CONTEXTS)
@pytest.mark.parametrize("target", ["listener", "file:///etc/hostname"])
def test_no_context_is_fetched(service: Asking, listener: Listener, name: str, target: str) -> None:
    address = listener.address if target == "listener" else target
    document = CONTEXTS[name] % address
    told = service.told(service.put("http://ex/g65", document, "application/ld+json"), 400)
    assert "context" in told["detail"]
    assert listener.calls == 0


@complaint(65)
def test_no_context_of_a_header_is_fetched(service: Asking, listener: Listener) -> None:
    link = f'<{listener.address}>; rel="http://www.w3.org/ns/json-ld#context"'
    service.put("http://ex/g65", '{"name": "x"}', "application/json", Link=link)
    service.put("http://ex/g65", '{"name": "x"}', "application/ld+json", Link=link)
    assert listener.calls == 0


@complaint(66)
def test_what_unpacks_to_far_more_is_refused(service: Asking) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 50_000
    reply = service.put("http://ex/g66", bomb, **{"Content-Encoding": "gzip"})
    assert "unpacks to more than" in service.told(reply, 413)["detail"]
    nested = gzip.compress(gzip.compress(b"<http://ex/a> <http://ex/p> 1 ."))
    assert service.put("http://ex/g66", nested, **{"Content-Encoding": "gzip"}).status == 400
    body = gzip.compress(b"query=ASK{}" + b" " * 10_000_000)
    headers = {
        "Content-Encoding": "gzip",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    form = service.running.request("POST", "/sparql", body=body, headers=headers)
    assert form.status == 413


SCRIPT = "<img src=x onerror=alert(1)>"


@complaint(67)
@pytest.mark.parametrize(
    "query",
    [
        f'SELECT ("{SCRIPT}" AS ?v) {{}}',
        f'SELECT (STRLANG("{SCRIPT}", "en") AS ?v) {{}}',
        f'SELECT (STRDT("{SCRIPT}", <http://ex/{quote(SCRIPT)}>) AS ?v) {{}}',
        'SELECT (IRI("javascript:alert(1)") AS ?v) {}',
        'SELECT (IRI("data:text/html,<script>alert(1)</script>") AS ?v) {}',
        f"SELECT * {{ ?s ?p ?o }} # {SCRIPT}",
        f"SELECT * {{ ?s ?p {SCRIPT} }}",
        'CONSTRUCT { <http://ex/a> <http://ex/p> "<script>alert(1)</script>" } WHERE {}',
        "DESCRIBE <http://ex/g67>",
    ],
)
def test_no_value_runs_in_a_page(service: Asking, query: str) -> None:
    label = json.dumps(SCRIPT)
    service.hold(
        "http://ex/g67",
        f"<http://ex/g67> <http://www.w3.org/2000/01/rdf-schema#label> {label} ;"
        " <http://ex/p> <javascript:alert(1)> .",
    )
    reply = service.get(query, accept="text/html")
    page = reply.body.decode()
    assert reply.headers.get_content_type() == "text/html"
    assert "<img src=x" not in page
    assert "<script>" not in page
    assert 'href="javascript:' not in page
    assert 'href="data:' not in page
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
