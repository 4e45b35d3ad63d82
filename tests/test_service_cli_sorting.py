"""An export has one order, whatever the order in the store and however much there is."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import parse

from graph.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_FORMATS, TRIG, TURTLE, RdfFormat
from graph.terms import Literal, NamedNode, Quad
from service.cli.sorting import in_order, write_sorted

G1, G2 = NamedNode("http://ex/g1"), NamedNode("http://ex/g2")
A, P = NamedNode("http://ex/a"), NamedNode("http://ex/p")
texts = st.text(st.characters(codec="utf-8"), max_size=5)
quads = st.builds(
    Quad,
    st.sampled_from([A, NamedNode("http://ex/b")]),
    st.sampled_from([P, NamedNode("http://ex/q")]),
    st.builds(Literal, texts),
    st.sampled_from([G1, G2]),
)


def written(statements: list[Quad], fit: RdfFormat, *, run_rows: int = 3) -> bytes:
    stream = io.BytesIO()
    with in_order(statements, run_rows=run_rows) as lines:
        count = write_sorted(lines, stream, fit, prefixes={"ex": "http://ex/"})
    assert count == len(statements)
    return stream.getvalue()


@given(st.lists(quads, unique=True, max_size=12), st.randoms())
def test_the_bytes_do_not_depend_on_the_order_in_the_store(
    statements: list[Quad], chance: object
) -> None:
    other = list(statements)
    chance.shuffle(other)  # type: ignore[attr-defined] # hypothesis gives a Random
    for fit in (N_QUADS, TRIG):
        assert written(statements, fit) == written(other, fit, run_rows=100)


@given(st.lists(quads, unique=True, max_size=12))
def test_every_statement_is_written_once_in_each_format_with_graphs(
    statements: list[Quad],
) -> None:
    for fit in (N_QUADS, TRIG, JSON_LD):
        found = list(parse(written(statements, fit), format=fit.engine))
        assert len(found) == len(statements)
        assert set(found) == set(statements)


def test_the_lines_are_in_the_order_of_graph_then_subject() -> None:
    later = Quad(A, P, Literal("z"), G2)
    earlier = Quad(NamedNode("http://ex/b"), P, Literal("a"), G1)
    assert written([later, earlier], N_QUADS) == (
        b'<http://ex/b> <http://ex/p> "a" <http://ex/g1> .\n'
        b'<http://ex/a> <http://ex/p> "z" <http://ex/g2> .\n'
    )


def test_a_format_without_graphs_is_given_the_statements_alone() -> None:
    statement = Quad(A, P, Literal("one\ntwo"), G1)
    assert written([statement], N_TRIPLES) == b'<http://ex/a> <http://ex/p> "one\\ntwo" .\n'
    assert written([statement], TURTLE).startswith(b"@prefix ex: <http://ex/> .\n")
    found = list(parse(written([statement], TURTLE), format=TURTLE.engine))
    assert [(q.subject, q.predicate, q.object) for q in found] == [(A, P, Literal("one\ntwo"))]


def test_no_statement_makes_an_empty_file_in_each_format() -> None:
    for fit in RDF_FORMATS:
        assert list(parse(written([], fit), format=fit.engine)) == []
