"""The SPARQL 1.1 Protocol, request by request."""

from __future__ import annotations

import pytest

from graph.errors import BadSyntax, BadTerm
from graph.lexer import tokens
from graph.terms import NamedNode
from service.wire.faults import BadRequest, MethodNotAllowed, UnsupportedBody
from service.wire.forms import pairs
from service.wire.sparql import (
    FORM,
    QUERY,
    UPDATE,
    Dataset,
    Deed,
    QueryForm,
    is_repeatable,
    parse,
    query_form,
)

G1, G2 = NamedNode("http://ex/g1"), NamedNode("http://ex/g2")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_query_comes_in_the_address(method: str) -> None:
    asked = parse(method, "", [("query", "ASK {}"), ("format", "xml"), ("at", "3")], b"")

    assert (asked.deed, asked.text, asked.format, asked.at) == (Deed.QUERY, "ASK {}", "xml", "3")


def test_an_address_without_a_query_asks_for_the_description_of_the_service() -> None:
    assert parse("GET", "", [], b"").deed is Deed.DESCRIPTION


@pytest.mark.parametrize("media_type", [FORM, f"{FORM}; charset=UTF-8", FORM.upper()])
def test_a_form_may_carry_parameters_in_its_media_type(media_type: str) -> None:
    asked = parse("POST", media_type, [], b"query=ASK+%7B%7D&output=json")

    assert (asked.text, asked.format) == ("ASK {}", "json")


def test_a_form_is_decoded_once() -> None:
    body = b"query=ASK+%7B+%3Chttp%3A%2F%2Fex%2Fa%252520b%3E+%3Fp+%3Fo+%7D"

    assert parse("POST", FORM, [], body).text == "ASK { <http://ex/a%2520b> ?p ?o }"


def test_a_body_is_the_query_itself_as_utf_8_whatever_the_header_says() -> None:
    body = 'SELECT ("São Tomé" AS ?noc) {}'.encode()

    asked = parse("POST", f"{QUERY}; charset=ISO-8859-1", [("format", "csv")], body)

    assert asked.text == 'SELECT ("São Tomé" AS ?noc) {}'
    assert asked.format == "csv"


def test_a_byte_order_mark_is_no_part_of_the_query() -> None:
    assert parse("POST", QUERY, [], b"\xef\xbb\xbfASK {}").text == "ASK {}"


def test_a_byte_that_is_not_utf_8_is_named_with_its_offset() -> None:
    with pytest.raises(BadRequest, match="byte FF at offset 8 "):
        parse("POST", QUERY, [], b'SELECT "\xff"')


def test_a_form_with_a_byte_that_is_not_utf_8_names_the_parameter() -> None:
    with pytest.raises(BadRequest, match=r"'query'.*byte E3 at offset 2 "):
        parse("POST", FORM, [], b"query=Sa%E3o")


def test_an_update_comes_by_form_or_as_the_body() -> None:
    by_form = parse("POST", FORM, [], b"update=CLEAR+ALL")
    by_body = parse("POST", UPDATE, [], b"CLEAR ALL")

    assert by_form == by_body
    assert by_body.deed is Deed.UPDATE


@pytest.mark.parametrize(
    ("method", "media_type", "query_string", "body"),
    [
        ("GET", "", b"update=CLEAR+ALL", b""),
        ("GET", "", b"update=CLEAR+ALL&query=ASK+%7B%7D", b""),
        ("GET", "", b"query=ASK+%7B%7D&query=ASK+%7B%7D", b""),
        ("POST", FORM, b"", b"query=ASK+%7B%7D&query=ASK+%7B%7D"),
        ("POST", FORM, b"", b"query=ASK+%7B%7D&update=CLEAR+ALL"),
        ("POST", FORM, b"query=ASK+%7B%7D", b""),
        ("POST", QUERY, b"query=ASK+%7B%7D", b"ASK {}"),
        ("POST", UPDATE, b"update=CLEAR+ALL", b"CLEAR ALL"),
        ("POST", FORM, b"", b"text=ASK+%7B%7D"),
        ("GET", "", b"query=ASK+%7B%7D&using-graph-uri=http%3A%2F%2Fex%2Fg", b""),
        ("POST", FORM, b"", b"update=CLEAR+ALL&default-graph-uri=http%3A%2F%2Fex%2Fg"),
        ("GET", "", b"query=ASK+%7B%7D&at=1&at=2", b""),
    ],
)
def test_parameters_that_contradict_each_other_are_a_bad_request(
    method: str, media_type: str, query_string: bytes, body: bytes
) -> None:
    with pytest.raises(BadRequest):
        parse(method, media_type, pairs(query_string), body)


def test_an_empty_query_is_named_as_one() -> None:
    with pytest.raises(BadSyntax, match="the query cannot be read: it is empty"):
        parse("GET", "", [("query", " \n")], b"")


@pytest.mark.parametrize("media_type", ["", "text/plain", "multipart/form-data"])
def test_any_other_body_is_refused_with_the_three_that_are_read(media_type: str) -> None:
    with pytest.raises(UnsupportedBody) as refused:
        parse("POST", media_type, [], b"ASK {}")

    assert refused.value.offers == (FORM, QUERY, UPDATE)


def test_any_other_method_is_refused_with_those_that_are_allowed() -> None:
    with pytest.raises(MethodNotAllowed) as refused:
        parse("PUT", QUERY, [], b"ASK {}")

    assert "POST" in refused.value.allowed


@pytest.mark.parametrize(
    ("params", "dataset"),
    [
        ([], Dataset(None, None)),
        ([("default-graph-uri", "http://ex/g1")], Dataset((G1,), ())),
        ([("named-graph-uri", "http://ex/g1")], Dataset((), (G1,))),
        (
            [
                ("default-graph-uri", "http://ex/g1"),
                ("default-graph-uri", "http://ex/g2"),
                ("named-graph-uri", "http://ex/g2"),
            ],
            Dataset((G1, G2), (G2,)),
        ),
    ],
)
def test_the_graphs_named_by_a_request_are_its_whole_dataset(
    params: list[tuple[str, str]], dataset: Dataset
) -> None:
    assert parse("GET", "", [("query", "ASK {}"), *params], b"").dataset == dataset


def test_an_update_names_its_graphs_with_parameters_of_its_own() -> None:
    body = b"update=CLEAR+ALL&using-graph-uri=http://ex/g1&using-named-graph-uri=http://ex/g2"

    assert parse("POST", FORM, [], body).dataset == Dataset((G1,), (G2,))


def test_a_graph_name_that_is_no_iri_is_refused() -> None:
    with pytest.raises(BadTerm):
        parse("GET", "", [("query", "ASK {}"), ("default-graph-uri", "g 1")], b"")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", QueryForm.SELECT),
        ("ask {}", QueryForm.ASK),
        (
            "# SELECT\nBASE <http://select/> PREFIX select: <x> CONSTRUCT WHERE {}",
            QueryForm.CONSTRUCT,
        ),
        ("PREFIX : <http://ex/>\nDESCRIBE :a", QueryForm.DESCRIBE),
        ("\\u0053ELECT * {}", QueryForm.SELECT),
        ("INSERT DATA {}", None),
        ("", None),
        ("INSERT { ?s ?p ?o } WHERE { SELECT * {} }", None),
    ],
)
def test_the_form_of_a_query_is_its_first_keyword_after_the_prologue(
    text: str, form: QueryForm | None
) -> None:
    assert query_form(tokens(text)) is form


@pytest.mark.parametrize(
    ("text", "repeatable"),
    [
        ("SELECT * { ?s ?p ?o }", True),
        ("SELECT (NOW() AS ?n) {}", False),
        ("SELECT * { BIND(rand() AS ?r) }", False),
        ('SELECT * { ?s ?p "NOW()" }', True),
        ("SELECT * { [] ?p ?o }", True),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", True),
        ("CONSTRUCT { [] ?p ?o } WHERE { ?s ?p ?o }", False),
        ("CONSTRUCT { _:x ?p ?o } WHERE { ?s ?p ?o }", False),
    ],
)
def test_clocks_chance_and_new_nodes_make_an_answer_unrepeatable(
    text: str, *, repeatable: bool
) -> None:
    read = list(tokens(text))
    form = query_form(read)

    assert form is not None
    assert is_repeatable(read, form) is repeatable
