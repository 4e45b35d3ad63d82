"""Each row of a SELECT can say which sources state the triples behind it."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from graph.engines.memory import MemoryDraft
from graph.errors import BadSyntax
from graph.explain import with_sources
from graph.lexical import as_stored
from graph.names import Names
from graph.terms import Literal

from .bundled_record import bundled_record

DATA = """
PREFIX mg: <https://w3id.org/medalgraph/ns#>
PREFIX e: <http://example.org/>
PREFIX g: <http://example.org/graph/>
GRAPH g:a { e:x e:p e:y . e:y e:label "Y" . e:z e:p e:w . e:x e:kind e:K }
GRAPH g:b { e:x e:p e:y . e:w e:label "W" . e:x e:also "b" }
"""
PREFIX = "PREFIX e: <http://example.org/> PREFIX g: <http://example.org/graph/> "


@pytest.fixture(scope="module")
def state() -> MemoryDraft:
    return MemoryDraft(map(as_stored, parse(DATA, format=RdfFormat.TRIG)))


def rows(state: MemoryDraft, text: str) -> list[tuple[str, ...]]:
    """Return the rows with their sources, each value by its end."""
    found = state.query(with_sources(PREFIX + text))
    return sorted(
        tuple(_short(solution[variable]) for variable in found.variables)  # type: ignore[union-attr]
        for solution in found  # type: ignore[union-attr] # a SELECT
    )


def _short(term: object) -> str:
    text = getattr(term, "value", "")
    parts = sorted(part.rpartition("/")[2] for part in text.split())
    return " ".join(parts)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # a triple that two sources state
        ("SELECT ?o { e:x e:p ?o }", [("y", "a b")]),
        # triples of different sources behind one row, with the variable between them hidden
        ("SELECT ?l { e:z e:p ?o . ?o e:label ?l }", [("W", "a b")]),
        ("SELECT ?l { e:z e:p/e:label ?l }", [("W", "a b")]),
        ("SELECT ?l { e:x e:p/e:label ?l }", [("Y", "a b")]),
        # what is optional is behind a row only where it is there
        (
            "SELECT ?s ?x { ?s e:p ?o OPTIONAL { ?s e:also ?x } }",
            [("x", "b", "a b"), ("z", "", "a")],
        ),
        # each side of a UNION has its own
        (
            "SELECT ?s { { ?s e:kind e:K } UNION { ?s e:also 'b' } }",
            [("x", "a"), ("x", "b")],
        ),
        ("SELECT DISTINCT ?s { { ?s e:kind e:K } UNION { ?s e:also 'b' } }", [("x", "a b")]),
        # beside GRAPH the graph is the source
        ("SELECT ?o { GRAPH g:b { e:x e:p ?o } }", [("y", "b")]),
        ("SELECT ?o { GRAPH ?g { e:x e:p ?o } }", [("y", "a"), ("y", "b")]),
        # any other path is of the source that states the whole of it
        ("SELECT ?o { e:x (e:p|e:kind) ?o }", [("K", "a"), ("y", "a b")]),
        # a filter alone states nothing
        ("SELECT ?o { e:x e:p ?o FILTER EXISTS { e:x e:kind e:K } }", [("y", "a b")]),
        ("SELECT * { e:x e:also ?x }", [("b", "b")]),
        ("SELECT ?s { ?s e:p [] }", [("x", "a b"), ("z", "a")]),
        # statements after an OPTIONAL are behind the row too, and filters hold where they stand
        (
            "SELECT ?s { ?s e:p ?o FILTER(?s = e:x) OPTIONAL { ?o e:none ?n } ?s e:kind ?k }",
            [("x", "a b")],
        ),
        # two nodes without a name are two
        ("SELECT ?o { [] e:p ?o . [] e:kind e:K }", [("w", "a"), ("y", "a b")]),
    ],
)
def test_a_row_says_its_sources(
    state: MemoryDraft, query: str, expected: list[tuple[str, ...]]
) -> None:
    assert rows(state, query) == expected


def test_as_many_rows_as_without_sources_in_the_same_order(state: MemoryDraft) -> None:
    query = PREFIX + "SELECT ?p { ?s ?p ?o } ORDER BY DESC(?p) ?o LIMIT 5 OFFSET 1"
    plain = [row["p"] for row in state.query(query)]  # type: ignore[union-attr]
    cited = [row["p"] for row in state.query(with_sources(query))]  # type: ignore[union-attr]
    assert cited == plain
    assert len(cited) == 5


def test_values_after_the_query_are_heeded(state: MemoryDraft) -> None:
    assert rows(state, "SELECT ?s { ?s e:p ?o } VALUES ?s { e:z }") == [("z", "a")]


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("SELECT (COUNT(?o) AS ?n) { ?s e:p ?o }", "computes what it shows"),
        ("SELECT ?s { ?s e:p ?o } GROUP BY ?s", "groups its rows"),
        ("SELECT ?s { { SELECT ?s { ?s e:p ?o } } }", "has a SELECT within"),
        ("SELECT ?s { ?s e:p _:b . _:b e:label ?l }", "has the blank node _:b"),
        ("SELECT ?o { [] e:p ?o ; e:kind e:K }", "2 of its statements are about one ["),
        ("SELECT DISTINCT ?s { ?s e:p ?o } ORDER BY ?o", "orders by ?o, which it does not show"),
        ("SELECT ?sources { ?sources e:p ?o }", "has a variable ?sources already"),
    ],
)
def test_a_query_whose_rows_have_no_triples_of_their_own_is_refused(query: str, why: str) -> None:
    with pytest.raises(BadSyntax, match="sources of its rows cannot be told") as caught:
        with_sources(PREFIX + query)
    assert why in str(caught.value)
    assert caught.value.hint


def test_the_names_of_the_house_cite_the_bundled_sources() -> None:
    query = """SELECT ?who { ?e mg:won mg:Gold ; mg:nation nation:AZE ; mg:athlete ?p .
                 ?p rdfs:label ?who }"""
    found = list(bundled_record().query(with_sources(query)))  # type: ignore[arg-type]
    paris = Names().graph("paris2024-paralympics").value
    assert len(found) == 4
    assert all(paris in row["sources"].value for row in found)
    assert {type(row["sources"]) for row in found} == {Literal}
