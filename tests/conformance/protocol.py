"""SPARQL 1.1 Protocol: what a service owes to the two operations, clause by clause."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.asking import FORM, JSON

from .cases import MAY, MUST, SHOULD, Chapter

if TYPE_CHECKING:
    from tests.asking import Asking
    from tests.running_service import Reply

PROTOCOL = Chapter("SPARQL 1.1 Protocol", "https://www.w3.org/TR/sparql11-protocol/")
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
G1, G2 = "http://ex/protocol/1", "http://ex/protocol/2"
VALUES = "SELECT ?o { ?s <http://ex/from> ?o } ORDER BY ?o"
NAMES = "SELECT DISTINCT ?g { GRAPH ?g { ?s <http://ex/from> ?o } } ORDER BY ?g"


def two_graphs(service: Asking) -> None:
    for number, graph in ((1, G1), (2, G2)):
        service.hold(graph, f"<http://ex/protocol> <http://ex/from> {number} .")


def texts(service: Asking, reply: Reply) -> list[str]:
    rows = service.told(reply)["results"]["bindings"]
    return [next(iter(row.values()))["value"] for row in rows]


def sent_with(service: Asking, query: str, **more: list[str] | str) -> Reply:
    return service.post(urlencode({"query": query, **more}, doseq=True), FORM)


def state(service: Asking) -> list[tuple[str, ...]]:
    return service.rows("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o")


@PROTOCOL.case("2.1")
def a_query_is_answered_by_GET_and_by_POST(service: Asking) -> None:
    assert service.get("ASK {}").status == 200
    assert service.post("ASK {}", QUERY).status == 200


@PROTOCOL.case("2.1")
def a_query_by_another_method_is_refused(service: Asking) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        reply = service.running.request(method, "/sparql?query=ASK%7B%7D")
        assert reply.status == 405
        assert "GET" in reply.headers["Allow"]


@PROTOCOL.case("2.1")
def a_request_has_exactly_one_query(service: Asking) -> None:
    two = urlencode([("query", "ASK {}"), ("query", "ASK {}")])
    assert service.running.request("GET", f"/sparql?{two}").status == 400
    assert service.post(two, FORM).status == 400
    assert service.post("format=json", FORM).status == 400


@PROTOCOL.case("2.1.1")
def parameters_of_GET_are_percent_decoded_once(service: Asking) -> None:
    assert texts(service, service.get('SELECT ("100%25 &+ü" AS ?v) {}')) == ["100%25 &+ü"]
    raw = "/sparql?query=SELECT+(%22a+b%22+AS+%3Fv)%7B%7D"
    reply = service.running.request("GET", raw, headers={"Accept": JSON})
    assert texts(service, reply) == ["a b"]


@PROTOCOL.case("2.1.2")
def a_query_comes_as_a_form_field(service: Asking) -> None:
    assert texts(service, sent_with(service, 'SELECT ("a&b=c;d" AS ?v) {}')) == ["a&b=c;d"]


@PROTOCOL.case("2.1.2")
def a_form_with_another_media_type_is_unsupported(service: Asking) -> None:
    assert service.post("query=ASK%7B%7D", "text/plain").status == 415
    assert service.post("query=ASK%7B%7D", "multipart/form-data; boundary=x").status == 415


@PROTOCOL.case("2.1.3")
def a_query_is_the_body_itself(service: Asking) -> None:
    reply = service.post('SELECT ("a+b%20c" AS ?v) {}', QUERY)
    assert texts(service, reply) == ["a+b%20c"]


@PROTOCOL.case("2.1.3")
def parameters_of_a_direct_query_stand_in_the_address(service: Asking) -> None:
    two_graphs(service)
    path = "/sparql?" + urlencode({"default-graph-uri": G1})
    assert texts(service, service.post(VALUES, QUERY, path)) == ["1"]


@PROTOCOL.case("2.1.3")
def a_direct_query_is_UTF_8(service: Asking) -> None:
    assert texts(service, service.post('SELECT ("ə🥇" AS ?v) {}', QUERY)) == ["ə🥇"]
    assert service.post(b'SELECT ("\xe4" AS ?v) {}', QUERY).status == 400


@PROTOCOL.case("2.1.4")
def default_graph_uri_names_the_default_graph(service: Asking) -> None:
    two_graphs(service)
    assert texts(service, sent_with(service, VALUES, **{"default-graph-uri": G1})) == ["1"]


@PROTOCOL.case("2.1.4")
def several_default_graphs_are_merged(service: Asking) -> None:
    two_graphs(service)
    both = {"default-graph-uri": [G1, G2]}
    assert texts(service, sent_with(service, VALUES, **both)) == ["1", "2"]
    service.hold(G2, "<http://ex/protocol> <http://ex/from> 1, 2 .")
    assert texts(service, sent_with(service, VALUES, **both)) == ["1", "2"]


@PROTOCOL.case("2.1.4")
def named_graph_uri_names_the_named_graphs(service: Asking) -> None:
    two_graphs(service)
    assert texts(service, sent_with(service, NAMES, **{"named-graph-uri": G2})) == [G2]
    assert texts(service, sent_with(service, VALUES, **{"named-graph-uri": G2})) == []


@PROTOCOL.case("2.1.4")
def the_dataset_of_the_request_counts_more_than_that_of_the_query(service: Asking) -> None:
    two_graphs(service)
    query = VALUES.replace("{", f"FROM <{G1}> {{", 1)
    assert texts(service, sent_with(service, query)) == ["1"]
    assert texts(service, sent_with(service, query, **{"default-graph-uri": G2})) == ["2"]


@PROTOCOL.case("2.1.4")
def a_dataset_that_nobody_names_is_the_service_s_own(service: Asking) -> None:
    two_graphs(service)
    assert texts(service, service.get(VALUES)) == ["1", "2"]


@PROTOCOL.case("2.1.5", SHOULD)
def the_form_of_an_answer_is_negotiated(service: Asking) -> None:
    for accept in (JSON, "application/sparql-results+xml", "text/csv"):
        reply = service.get("SELECT * {}", accept=accept)
        assert reply.headers.get_content_type() == accept


@PROTOCOL.case("2.1.5", SHOULD)
def quality_values_and_wildcards_are_honoured(service: Asking) -> None:
    reply = service.get("SELECT * {}", accept=f"text/csv;q=0.3, {JSON};q=0.7, */*;q=0.1")
    assert reply.headers.get_content_type() == JSON
    reply = service.get("SELECT * {}", accept="text/*")
    assert reply.headers.get_content_maintype() == "text"


@PROTOCOL.case("2.1.5", SHOULD)
def a_form_that_is_not_possible_is_406(service: Asking) -> None:
    assert service.get("SELECT * {}", accept="image/png").status == 406


@PROTOCOL.case("2.1.6")
def a_successful_query_is_2XX_with_results(service: Asking) -> None:
    for query in ("SELECT * {}", "ASK {}"):
        for accept in (JSON, "application/sparql-results+xml", "text/csv"):
            if query.startswith("ASK") and accept == "text/csv":
                continue
            reply = service.get(query, accept=accept)
            assert reply.status == 200
            assert reply.headers.get_content_type() == accept


@PROTOCOL.case("2.1.6")
def DESCRIBE_and_CONSTRUCT_give_RDF(service: Asking) -> None:
    for query in ("DESCRIBE <http://ex/a>", "CONSTRUCT { <http://ex/a> ?p ?o } WHERE {}"):
        for accept in ("application/rdf+xml", "text/turtle", "application/n-triples"):
            reply = service.get(query, accept=accept)
            assert reply.status == 200
            assert reply.headers.get_content_type() == accept


@PROTOCOL.case("2.1.7")
def a_text_that_is_no_query_is_400(service: Asking) -> None:
    for query in ("SELECT", "nonsense", "ASK { ?s ?p }", "SELECT ?x { ", "INSERT DATA {}"):
        assert service.get(query).status == 400


@PROTOCOL.case("2.1.7", MAY)
def a_failure_is_told_to_people_and_to_programs(service: Asking) -> None:
    told = service.told(service.get("ASK {"), 400)
    assert (told["line"], told["status"]) == (1, 400)
    page = service.get("ASK {", accept="text/html")
    assert (page.status, page.headers.get_content_type()) == (400, "text/html")


@PROTOCOL.case("2.2")
def an_update_is_made_by_POST_only(service: Asking) -> None:
    before = state(service)
    update = urlencode({"update": "CLEAR ALL"})
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        reply = service.running.request(method, f"/sparql?{update}", headers=service.bearer)
        assert reply.status in (400, 405)
    assert state(service) == before


@PROTOCOL.case("2.2")
def a_request_has_exactly_one_update(service: Asking) -> None:
    two = urlencode([("update", "CLEAR ALL"), ("update", "CLEAR ALL")])
    assert service.post(two, FORM).status == 400
    both = urlencode([("update", "CLEAR ALL"), ("query", "ASK {}")])
    assert service.post(both, FORM).status == 400


@PROTOCOL.case("2.2.1")
def an_update_comes_as_a_form_field(service: Asking) -> None:
    update = "INSERT DATA { GRAPH <http://ex/u1> { <http://ex/a> <http://ex/p> 'a&b+c' } }"
    assert service.post(urlencode({"update": update}), FORM).status == 200
    assert service.rows("SELECT ?o { GRAPH <http://ex/u1> { ?s ?p ?o } }") == [("a&b+c",)]


@PROTOCOL.case("2.2.2")
def an_update_is_the_body_itself(service: Asking) -> None:
    update = "INSERT DATA { GRAPH <http://ex/u2> { <http://ex/a> <http://ex/p> '%20+' } }"
    assert service.post(update, UPDATE).status == 200
    assert service.rows("SELECT ?o { GRAPH <http://ex/u2> { ?s ?p ?o } }") == [("%20+",)]


COPY = "INSERT { GRAPH <http://ex/u3> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
COPY_NAMED = "INSERT { GRAPH <http://ex/u3> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }"


def copied(service: Asking, update: str, *params: tuple[str, str]) -> list[str]:
    two_graphs(service)
    service.post("DROP SILENT GRAPH <http://ex/u3>", UPDATE)
    assert service.post(update, UPDATE, f"/sparql?{urlencode(params)}").status == 200
    rows = service.rows("SELECT ?o { GRAPH <http://ex/u3> { ?s ?p ?o } } ORDER BY ?o")
    return [value for (value,) in rows]


@PROTOCOL.case("2.2.3", SHOULD)
def using_graph_uri_is_read_as_USING(service: Asking) -> None:
    assert copied(service, COPY, ("using-graph-uri", G1)) == ["1"]
    assert copied(service, COPY, ("using-graph-uri", G1), ("using-graph-uri", G2)) == ["1", "2"]


@PROTOCOL.case("2.2.3", SHOULD)
def using_named_graph_uri_is_read_as_USING_NAMED(service: Asking) -> None:
    assert copied(service, COPY_NAMED, ("using-named-graph-uri", G2)) == ["2"]
    assert copied(service, COPY, ("using-named-graph-uri", G2)) == []


@PROTOCOL.case("2.2.3", SHOULD)
def the_graphs_of_the_request_hold_for_every_operation(service: Asking) -> None:
    twice = f"{COPY} ; {COPY}"
    assert copied(service, twice, ("using-graph-uri", G1)) == ["1"]


@PROTOCOL.case("2.2.3")
def graphs_of_the_request_and_of_the_update_together_are_an_error(service: Asking) -> None:
    two_graphs(service)
    before = state(service)
    for update in (
        COPY.replace("WHERE", f"USING <{G1}> WHERE"),
        COPY.replace("WHERE", f"USING NAMED <{G1}> WHERE"),
        f"WITH <{G1}> INSERT {{ <http://ex/a> ?p ?o }} WHERE {{ ?s ?p ?o }}",
    ):
        path = "/sparql?" + urlencode({"using-graph-uri": G2})
        assert service.post(update, UPDATE, path).status == 400
    assert state(service) == before


@PROTOCOL.case("2.2.4", SHOULD)
def a_successful_update_is_2XX(service: Asking) -> None:
    assert service.post("INSERT DATA {}", UPDATE).status == 200


@PROTOCOL.case("2.2.5")
def a_text_that_is_no_update_is_400_and_changes_nothing(service: Asking) -> None:
    before = state(service)
    for update in ("CLEAR", "ASK {}", "DELETE DATA { ?s ?p ?o }", "CLEAR ALL ; nonsense"):
        assert service.post(update, UPDATE).status == 400
    assert state(service) == before


@PROTOCOL.case("2.3")
def BASE_is_what_relative_IRIs_are_resolved_against(service: Asking) -> None:
    query = "BASE <http://ex/x/> SELECT (IRI('../a') AS ?v) {}"
    assert texts(service, service.get(query)) == ["http://ex/a"]


@PROTOCOL.case("2.3")
def without_BASE_the_service_has_a_base_of_its_own(service: Asking) -> None:
    [found] = texts(service, service.get("SELECT (<a> AS ?v) {}"))
    assert found == "https://w3id.org/medalgraph/a"


@PROTOCOL.case("3.1.8")
def the_dataset_of_the_request_resolves_what_the_query_leaves_open(service: Asking) -> None:
    two_graphs(service)
    query = VALUES.replace("{", f"FROM <{G1}> FROM NAMED <{G2}> {{", 1)
    assert texts(service, sent_with(service, query, **{"default-graph-uri": G2})) == ["2"]


@PROTOCOL.case("4", MAY)
def a_service_may_refuse_what_is_dangerous(service: Asking) -> None:
    for query in ("SELECT * { SERVICE <http://ex/> { ?s ?p ?o } }",):
        assert service.get(query).status == 400
    assert service.post("LOAD <http://ex/>", UPDATE).status == 400


@PROTOCOL.case("5")
def both_operations_are_implemented(service: Asking) -> None:
    update = "INSERT DATA { GRAPH <http://ex/u5> { <http://ex/a> <http://ex/p> 5 } }"
    assert service.post(update, UPDATE).status == 200
    assert service.rows("SELECT ?o { GRAPH <http://ex/u5> { ?s ?p ?o } }") == [("5",)]


@PROTOCOL.case("2", MUST)
def requirements_of_HTTP_hold_too(service: Asking) -> None:
    plain = service.get("ASK {}")
    head = service.running.request("HEAD", "/sparql?query=ASK%20%7B%7D", headers={"Accept": JSON})
    assert head.status == 200
    assert head.body == b""
    assert head.headers["Content-Type"] == plain.headers["Content-Type"]
    options = service.running.request("OPTIONS", "/sparql")
    assert options.status == 204
    assert {"GET", "HEAD", "POST"} <= set(options.headers["Allow"].split(", "))
