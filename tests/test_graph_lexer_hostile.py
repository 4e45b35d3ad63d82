"""Random hostile queries: what the guard lets through never makes the engine call outside."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.errors import BadInput
from graph.lexer import guard

NOWHERE = "http://127.0.0.1:1/"
"""An address that pyoxigraph refuses to call with an OSError, after trying to."""

QUERIES = [
    "SELECT * { ?a ?b ?c . SERVICE:p{} }",
    "SELECT * { ?a ?b ?c FILTER(?c<2)SERVICE:p#>\n{} }",
    "SELECT * { ?a ?b ?c OPTIONAL { SERVICE ex:p {} } }",
    "SELECT * { FILTER(1<'>'||1<2)SERVICE:p{}FILTER(1<''||1<'>'||1<2) }",
    "SELECT * { ?a ?b ?c FILTER(?c IN (1, <a#b>)) SERVICE:p{} ?a ?b 1 }",
    "SELECT * { VALUES ?x { <a#b> 1 } SERVICE:p{} }",
    "SELECT (?c<2 AS ?z) { ?a ?b ?c SERVICE:p{} } ORDER BY (?c<1)",
]
PIECES = [
    "SERVICE",
    "SILENT",
    ":p",
    "ex:p",
    "{",
    "}",
    "(",
    ")",
    "<",
    ">",
    "<a>",
    "<a#b>",
    "'",
    "'''",
    '"',
    "#",
    "?a",
    "1",
    ".",
    ";",
    ",",
    "&&",
    "||",
    "=",
    "true",
    "a",
    "^^",
    "@en\n\\",
    "OPTIONAL{",
    "UNION",
    "[",
    "]",
    "*",
    "+",
    "!",
    "/",
    "|",
    "<'>'",
    "FILTER(1<2)",
    "<urn:a#>",
    "FILTER(?c<",
]

edits = st.lists(st.tuples(st.integers(0, 80), st.sampled_from([*PIECES, "\n", " "])), max_size=4)


def store() -> Store:
    held = Store()
    held.add(Quad(NamedNode("http://a"), NamedNode("http://b"), Literal(1)))
    return held


def calls_outside(text: str) -> bool:
    prefixes = {"": NOWHERE, "ex": NOWHERE}
    try:
        list(store().query(text, prefixes=prefixes, base_iri="http://b/"))  # type: ignore[arg-type] # SELECT
    except SyntaxError:
        return False
    except OSError:
        return True
    return False


def is_let_through(text: str) -> bool:
    try:
        guard(text, source="the query")
    except BadInput:
        return False
    return True


def test_the_queries_to_begin_with_do_call_outside_and_are_refused() -> None:
    assert all(calls_outside(text) for text in QUERIES)
    assert not any(is_let_through(text) for text in QUERIES)


@settings(max_examples=1500, deadline=None)
@given(text=st.sampled_from(QUERIES), changes=edits)
def test_no_text_that_is_let_through_calls_outside(
    text: str, changes: list[tuple[int, str]]
) -> None:
    for place, piece in changes:
        text = text[:place] + piece + text[place:]
    assert not (is_let_through(text) and calls_outside(text))
