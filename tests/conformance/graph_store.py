"""SPARQL 1.1 Graph Store HTTP Protocol, clause by clause."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from pyoxigraph import RdfFormat, parse

from service.tokens import TokenBook

from .cases import MAY, SHOULD, Chapter

if TYPE_CHECKING:
    from tests.asking import Asking
    from tests.running_service import Reply

GRAPH_STORE = Chapter(
    "SPARQL 1.1 Graph Store HTTP Protocol", "https://www.w3.org/TR/sparql11-http-rdf-update/"
)
GRAPH = "http://ex/store/g"
TURTLE = {"Content-Type": "text/turtle"}
ONE, TWO = "<http://ex/a> <http://ex/p> 1 .", "<http://ex/a> <http://ex/p> 2 ."


def ask(service: Asking, method: str, graph: str = GRAPH, body: str = "", **headers: str) -> Reply:
    sent = {**service.bearer, **(TURTLE if body else {}), **headers}
    path = f"/graphs?graph={quote(graph, safe='')}"
    return service.running.request(method, path, body=body.encode() or None, headers=sent)


def values(service: Asking, graph: str = GRAPH) -> list[str]:
    rows = service.rows(f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} ORDER BY ?o")
    return [value for (value,) in rows]


def gone(service: Asking, graph: str = GRAPH) -> None:
    ask(service, "DELETE", graph)


@GRAPH_STORE.case("4.1")
def a_graph_is_named_by_the_address_of_the_request(service: Asking) -> None:
    headers = {**service.bearer, **TURTLE}
    reply = service.running.request("PUT", "/graphs/direct", body=ONE.encode(), headers=headers)
    assert reply.status in (201, 204)
    name = f"http://127.0.0.1:{service.running.port}/graphs/direct"
    assert values(service, name) == ["1"]
    assert service.running.request("GET", "/graphs/direct").status == 200


@GRAPH_STORE.case("4.2")
def a_graph_is_named_by_the_parameter_graph(service: Asking) -> None:
    assert ask(service, "PUT", body=ONE).status in (201, 204)
    assert values(service) == ["1"]


@GRAPH_STORE.case("4.2")
def the_name_of_a_graph_is_percent_decoded(service: Asking) -> None:
    name = "http://ex/store/ü?x=1&y=%20"
    assert ask(service, "PUT", name, ONE).status in (201, 204)
    assert values(service, name) == ["1"]


@GRAPH_STORE.case("4.2")
def a_name_that_is_no_absolute_IRI_is_400(service: Asking) -> None:
    for name in ("relative", "/x", "", "a b"):
        assert ask(service, "GET", name).status == 400
        assert ask(service, "PUT", name, ONE).status == 400


@GRAPH_STORE.case("4.2")
def default_means_the_default_graph(service: Asking) -> None:
    ask(service, "PUT", body=ONE)
    reply = service.running.request(
        "GET", "/graphs?default", headers={"Accept": "application/n-triples"}
    )
    assert b"<http://ex/a> <http://ex/p>" in reply.body


@GRAPH_STORE.case("5")
def without_Accept_the_answer_is_RDF_XML_Turtle_or_N_Triples(service: Asking) -> None:
    ask(service, "PUT", body=ONE)
    reply = ask(service, "GET")
    known = ("application/rdf+xml", "text/turtle", "application/n-triples")
    assert reply.headers.get_content_type() in known


@GRAPH_STORE.case("5")
def a_body_is_read_as_its_Content_Type_says(service: Asking) -> None:
    for media_type, body in (
        ("text/turtle", "@prefix e: <http://ex/> . e:a e:p 3 ."),
        ("application/n-triples", '<http://ex/a> <http://ex/p> "3" .'),
        (
            "application/rdf+xml",
            (
                '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://ex/">'
                '<rdf:Description rdf:about="http://ex/a" e:p="3"/></rdf:RDF>'
            ),
        ),
        ("application/ld+json", '{"@id": "http://ex/a", "http://ex/p": "3"}'),
    ):
        reply = ask(service, "PUT", body=body, **{"Content-Type": media_type})
        assert reply.status in (201, 204), media_type
        assert values(service) == ["3"]


@GRAPH_STORE.case("5", SHOULD)
def a_body_without_Content_Type_is_read_as_RDF_XML(service: Asking) -> None:
    body = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://ex/">'
        '<rdf:Description rdf:about="http://ex/a" e:p="5"/></rdf:RDF>'
    )
    path = f"/graphs?graph={quote(GRAPH, safe='')}"
    reply = service.running.request("PUT", path, body=body.encode(), headers=service.bearer)
    assert reply.status in (201, 204)
    assert values(service) == ["5"]


@GRAPH_STORE.case("5.1")
def a_body_that_cannot_be_read_is_400(service: Asking) -> None:
    ask(service, "PUT", body=ONE)
    for method in ("PUT", "POST"):
        assert ask(service, method, body="nonsense").status == 400
    assert values(service) == ["1"]


@GRAPH_STORE.case("5.1")
def a_method_that_is_not_supported_is_405(service: Asking) -> None:
    assert ask(service, "FOO").status == 405
    assert ask(service, "TRACE").status == 405


@GRAPH_STORE.case("5.1")
def a_graph_that_is_not_there_is_404(service: Asking) -> None:
    for method in ("GET", "HEAD", "DELETE"):
        assert ask(service, method, "http://ex/store/none").status == 404


@GRAPH_STORE.case("5.1")
def a_media_type_that_is_not_understood_is_415(service: Asking) -> None:
    for method in ("PUT", "POST"):
        reply = ask(service, method, body="x", **{"Content-Type": "image/png"})
        assert reply.status == 415


@GRAPH_STORE.case("5.2")
def GET_gives_the_statements_of_the_graph_and_no_others(service: Asking) -> None:
    ask(service, "PUT", body=ONE)
    ask(service, "PUT", "http://ex/store/other", TWO)
    reply = ask(service, "GET", Accept="application/n-triples")
    found = list(parse(reply.body, format=RdfFormat.N_TRIPLES))
    assert [quad.object.value for quad in found] == ["1"]


@GRAPH_STORE.case("5.2", SHOULD)
def an_answer_to_GET_can_be_kept(service: Asking) -> None:
    ask(service, "PUT", body=ONE)
    reply = ask(service, "GET", Accept="text/turtle")
    again = ask(service, "GET", Accept="text/turtle", **{"If-None-Match": reply.headers["ETag"]})
    assert again.status == 304


@GRAPH_STORE.case("5.2", SHOULD)
def the_form_of_GET_is_negotiated(service: Asking) -> None:
    ask(service, "PUT", body=ONE)
    for accept in ("text/turtle", "application/rdf+xml", "application/ld+json"):
        assert ask(service, "GET", Accept=accept).headers.get_content_type() == accept


@GRAPH_STORE.case("5.2", SHOULD)
def a_form_of_GET_that_is_not_possible_is_406(service: Asking) -> None:
    ask(service, "PUT", body=ONE)
    assert ask(service, "GET", Accept="image/png").status == 406


@GRAPH_STORE.case("5.3")
def PUT_stores_what_it_carries_in_place_of_what_was_there(service: Asking) -> None:
    ask(service, "PUT", body=ONE)
    ask(service, "PUT", body=TWO)
    assert values(service) == ["2"]


@GRAPH_STORE.case("5.3")
def PUT_changes_no_other_graph(service: Asking) -> None:
    ask(service, "PUT", "http://ex/store/other", ONE)
    ask(service, "PUT", body=TWO)
    assert values(service, "http://ex/store/other") == ["1"]


@GRAPH_STORE.case("5.3")
def PUT_of_a_new_graph_is_201(service: Asking) -> None:
    gone(service)
    assert ask(service, "PUT", body=ONE).status == 201


@GRAPH_STORE.case("5.3")
def PUT_of_a_graph_that_is_there_is_200_or_204(service: Asking) -> None:
    ask(service, "PUT", body=ONE)
    assert ask(service, "PUT", body=TWO).status in (200, 204)


@GRAPH_STORE.case("5.3", SHOULD)
def PUT_of_what_may_not_be_changed_says_why(service: Asking) -> None:
    book = TokenBook(service.running.place / "tokens.json")
    token, _ = book.create("write", note="for one graph", graph="http://ex/store/mine")
    reply = ask(service, "PUT", body=ONE, Authorization=f"Bearer {token}")
    assert "http://ex/store/mine" in service.told(reply, 403)["detail"]


@GRAPH_STORE.case("5.4", SHOULD)
def DELETE_removes_the_graph(service: Asking) -> None:
    ask(service, "PUT", body=ONE)
    assert ask(service, "DELETE").status in (200, 204)
    assert values(service) == []
    assert ask(service, "GET").status == 404


@GRAPH_STORE.case("5.4")
def DELETE_of_a_graph_that_is_not_there_is_404(service: Asking) -> None:
    gone(service)
    assert ask(service, "DELETE").status == 404


@GRAPH_STORE.case("5.4")
def DELETE_that_succeeds_is_200_or_204(service: Asking) -> None:
    ask(service, "PUT", body=ONE)
    assert ask(service, "DELETE").status in (200, 204)


@GRAPH_STORE.case("5.5")
def POST_merges_what_it_carries_into_the_graph(service: Asking) -> None:
    ask(service, "PUT", body=ONE)
    assert ask(service, "POST", body=TWO).status in (200, 204)
    assert ask(service, "POST", body=TWO).status in (200, 204)
    assert values(service) == ["1", "2"]


@GRAPH_STORE.case("5.5")
def POST_keeps_blank_nodes_of_two_documents_apart(service: Asking) -> None:
    gone(service)
    for value in (1, 2):
        ask(service, "POST", body=f"_:x <http://ex/p> {value} .")
    query = f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"
    assert service.rows(query) == [("2",)]


@GRAPH_STORE.case("5.5")
def POST_of_a_form_merges_all_of_its_documents(service: Asking) -> None:
    gone(service)
    part = (
        '--B\r\nContent-Disposition: form-data; name="file"; filename="{0}.ttl"\r\n'
        "Content-Type: text/turtle\r\n\r\n{1}\r\n"
    )
    body = part.format("one", ONE) + part.format("two", TWO) + "--B--\r\n"
    media_type = "multipart/form-data; boundary=B"
    assert ask(service, "POST", body=body, **{"Content-Type": media_type}).status < 300
    assert values(service) == ["1", "2"]


@GRAPH_STORE.case("5.5")
def POST_to_the_store_makes_a_graph_and_says_which(service: Asking) -> None:
    headers = {**service.bearer, **TURTLE}
    replies = [
        service.running.request("POST", "/graphs", body=ONE.encode(), headers=headers)
        for _ in range(2)
    ]
    made = [reply.headers["Location"] for reply in replies]
    assert [reply.status for reply in replies] == [201, 201]
    assert len({*made, "/graphs"}) == 3
    assert service.running.request("GET", urlsplit(made[0]).path).status == 200


@GRAPH_STORE.case("5.5", SHOULD)
def POST_without_content_is_204(service: Asking) -> None:
    ask(service, "PUT", body=ONE)
    assert ask(service, "POST", **TURTLE).status == 204
    assert values(service) == ["1"]


@GRAPH_STORE.case("5.6")
def HEAD_is_GET_without_a_body(service: Asking) -> None:
    ask(service, "PUT", body=ONE)
    got, head = (ask(service, method, Accept="text/turtle") for method in ("GET", "HEAD"))
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
    assert head.headers["ETag"] == got.headers["ETag"]


@GRAPH_STORE.case("5.7", MAY)
def PATCH_with_SPARQL_Update_changes_the_graph(service: Asking) -> None:
    ask(service, "PUT", body=ONE)
    update = "DELETE { ?s ?p 1 } INSERT { ?s ?p 7 } WHERE { ?s ?p 1 }"
    reply = ask(service, "PATCH", body=update, **{"Content-Type": "application/sparql-update"})
    assert reply.status in (200, 204)
    assert values(service) == ["7"]


@GRAPH_STORE.case("6", SHOULD)
def who_may_not_write_is_told_how_to_get_in(service: Asking) -> None:
    path = f"/graphs?graph={quote(GRAPH, safe='')}"
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        reply = service.running.request(method, path, body=ONE.encode(), headers=TURTLE)
        assert reply.status == 401
        assert reply.headers["WWW-Authenticate"].startswith("Bearer")
