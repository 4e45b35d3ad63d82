"""What is said about a query that the parser does not understand."""

from __future__ import annotations

import pytest

from graph.engines.memory import MemoryDraft
from graph.errors import BadSyntax


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("SELECT *\n{ ?s no:p ?o }", (2, 6), "prefix 'no:' of no:p is not declared"),
        ("SELECT * { ?s <http://x/a b> ?o }", (1, 29), "<http://x/a b> is not a full IRI"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", (1, 40), "variable that is unbound"),
        ("SELECT * {\n ?s ?p\n", (1, 10), "{ has no partner"),
        ("SELECT * { FILTER(?s } ", (1, 22), "} has no partner"),
        ("SELECT *", (1, 9), "ends too early"),
        ("SELECT * { ?s ?p ?o } }", (1, 23), "} has no partner"),
    ],
)
def test_the_complaint_names_place_and_reason(
    text: str, place: tuple[int, int], words: str
) -> None:
    with pytest.raises(BadSyntax) as caught:
        MemoryDraft().query(text)
    assert (caught.value.line, caught.value.column) == place
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("SELECT * { ?s ?p ?o", "Add the } that closes it."),
        ("SELECT * { ?s ?p ?o } )", "Remove the ), or close what was opened before it."),
    ],
)
def test_a_bracket_without_a_partner_comes_with_what_to_do(text: str, hint: str) -> None:
    with pytest.raises(BadSyntax) as caught:
        MemoryDraft().query(text)
    assert caught.value.hint == hint


def test_the_complaint_about_a_shared_blank_node_is_given() -> None:
    with pytest.raises(BadSyntax):
        MemoryDraft().query("SELECT * { { _:b ?p ?o } { _:b ?p ?o } }")
