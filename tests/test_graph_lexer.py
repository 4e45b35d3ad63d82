"""What the guard keeps away from every parser, and what it lets through."""

from __future__ import annotations

import pytest

from graph.errors import BadInput, BadSyntax, Forbidden
from graph.lexer import guard

CALLS = {
    "a service": "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    "small letters": "select * { service silent <http://x/> { } }",
    "a variable": "SELECT * { BIND(<http://x/> AS ?x) SERVICE ?x { } }",
    "without spaces": "SELECT*{SERVICE<http://x/>{}}",
    "inside exists": "SELECT * { FILTER EXISTS { SERVICE <http://x/> { } } }",
    "inside a sub-select": "SELECT * { { SELECT * { SERVICE <http://x/> { } } } }",
    "in the where of an update": "DELETE { ?s ?p ?o } WHERE { SERVICE <http://x/> { ?s ?p ?o } }",
    "written with an escape": r"SELECT * { \u0053ERVICE <http://x/> { } }",
    "grown together with a name": "SELECT * { SERVICEex:a { } }",
    "grown together with a bare name": "SELECT * { SERVICE:a { } }",
    "grown together with silent": "SELECT * { SERVICESILENT<http://x/> { } }",
    "grown together with a boolean": "SELECT * { ?s ?p trueSERVICE:a { } }",
    "load": "LOAD <http://127.0.0.1:1/x>",
    "load of a file": "CLEAR ALL ; LOAD SILENT <file:///etc/hostname> INTO GRAPH <g:a>",
}


@pytest.mark.parametrize("text", CALLS.values(), ids=CALLS)
def test_what_calls_outside_is_forbidden(text: str) -> None:
    with pytest.raises(Forbidden, match=r"uses (SERVICE|LOAD) in line 1"):
        guard(text, source="the query")


HIDDEN = {
    "behind a comment that looks like an address": (
        "SELECT * { ?a ?b ?c FILTER(?c<?c)SERVICE?x#>\n{ } }"
    ),
    "behind quotes that look like addresses": (
        "SELECT * { FILTER(?c<'>')SERVICE:p{}FILTER(1<''||?c<'>') }"
    ),
    "behind a long string that looks like a comment": (
        "SELECT * { FILTER(?c<urn:a#>'''\n)SERVICE:p{} #'''\n }"
    ),
    "behind a triple term": "SELECT * { <<?s#>'''\n ?p ?o>> ?q ?r SERVICE:p{} #'''\n }",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_a_call_cannot_hide_where_two_readings_are_possible(text: str) -> None:
    with pytest.raises(BadInput):
        guard(text, source="the query")


HARMLESS = {
    "in a string": "SELECT * { ?s ?p 'SERVICE <http://x/> {} LOAD' }",
    "in a long string": 'SELECT * { ?s ?p """SERVICE <http://x/> {}""" }',
    "in a comment": "SELECT * { ?s ?p ?o } # SERVICE <http://x/> { }",
    "in an address": "SELECT * { ?s <http://x/SERVICE#a> <http://x/load> }",
    "in a local name": "SELECT * { ?s ex:service ?o ; ex:load 1 }",
    "in a prefix": "PREFIX service: <http://x/> SELECT * { ?s service:a ?o . GRAPH service:g {} }",
    "in a prefix of loads": "PREFIX load: <http://x/> CLEAR GRAPH load:a",
    "in a variable": "SELECT ?service ?load { ?service ?p ?load }",
    "in a description": "DESCRIBE service:a { ?s ?p ?o }",
    "in a language": "SELECT * { ?s ?p 'a'@service }",
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_a_keyword_that_is_none_is_nobodys_business(text: str) -> None:
    guard(text, source="the query")


def test_comparisons_and_addresses_without_spaces_are_still_read() -> None:
    guard(
        "SELECT * { ?s <#p> ?o ; <urn:a#b> ?c FILTER(?a<?b&&?c>?d) FILTER((?a<?b)&&(?c>?d)) "
        "FILTER(?s IN (<#a>, <#b>)) FILTER(?a < 'x') FILTER(?b<3) }",
        source="the query",
    )


def test_text_longer_than_sixteen_mebibytes_is_forbidden() -> None:
    text = "é" * (1 << 23)
    guard("#" + text[1:], source="the query")
    with pytest.raises(Forbidden, match="longer than 16,777,216 bytes"):
        guard("#" + text, source="the query")


@pytest.mark.parametrize(("opened", "closed"), ["{}", "()", "[]"])
def test_brackets_may_nest_two_hundred_deep(opened: str, closed: str) -> None:
    guard(opened * 200 + closed * 200, source="the query")
    with pytest.raises(Forbidden, match="deeper than 200"):
        guard(opened * 201 + closed * 201, source="the query")


def test_brackets_in_strings_and_comments_are_not_counted() -> None:
    guard("ASK { ?s ?p '" + "{" * 300 + "' } #" + "(" * 300, source="the query")


@pytest.mark.parametrize(
    "piece",
    ["{} UNION ", "OPTIONAL {} ", "FILTER(1) ", "BIND(1 AS ?a) ", "MINUS {} "],
)
def test_a_chain_may_have_a_thousand_parts(piece: str) -> None:
    guard("ASK {" + piece * 500 + "{} }", source="the query")
    with pytest.raises(Forbidden, match="more than 1,000 parts"):
        guard("ASK {" + piece * 1001 + "{} }", source="the query")


@pytest.mark.parametrize("sign", ["||", "&&", "+", "-", "*", "/"])
def test_an_expression_may_have_a_thousand_parts(sign: str) -> None:
    with pytest.raises(Forbidden, match="more than 1,000 parts"):
        guard(f"ASK {{ FILTER({sign.join(['?a'] * 1002)}) }}", source="the query")


def test_a_chain_cannot_hide_in_what_looks_like_an_address() -> None:
    with pytest.raises(Forbidden, match="more than 1,000 parts"):
        guard(f"ASK {{ FILTER(?a<{'&&'.join(['1'] * 1002)}>1) }}", source="the query")


def test_a_long_list_of_addresses_is_no_chain() -> None:
    guard(f"ASK {{ FILTER(?a IN ({', '.join(['<urn:a-b/c>'] * 2000)})) }}", source="the query")


def test_chains_inside_one_another_add_up() -> None:
    inner = "{" + "OPTIONAL {} " * 600 + "}"
    with pytest.raises(Forbidden, match="more than 1,000 parts"):
        guard("ASK {" + "OPTIONAL {} " * 600 + inner + "}", source="the query")


def test_data_may_have_many_signs_and_graphs() -> None:
    triples = "GRAPH <http://x/g> { <http://x/s> <http://x/p> -1, +2, (-3 -4) } " * 2000
    guard(f"INSERT DATA {{ {triples} }}", source="the update")
    guard("SELECT * { VALUES ?x { " + "-1 " * 2000 + "} }", source="the query")


def test_half_a_character_is_named() -> None:
    with pytest.raises(BadSyntax, match=r"U\+D800") as caught:
        guard("ASK {\n '\ud800' }", source="the query")
    assert (caught.value.line, caught.value.column) == (2, 3)


def test_the_error_names_what_was_read() -> None:
    with pytest.raises(BadSyntax, match="the update cannot be read in line 1, column 1: "):
        guard("'", source="the update")
