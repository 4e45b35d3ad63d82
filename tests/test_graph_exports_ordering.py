"""Statements have one order, whatever the order in the store and however many there are."""

from __future__ import annotations

from io import BytesIO
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from graph.exports.ordering import by_subject, in_order
from graph.formats import TRIG
from graph.names import RDF_TYPE
from graph.rdf import write_ordered, write_quads
from graph.terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode, Quad, Triple

A, B, P = NamedNode("http://ex/a"), NamedNode("http://ex/b"), NamedNode("http://ex/p")
G1, G2 = NamedNode("http://ex/g1"), NamedNode("http://ex/g2")
values = st.builds(Literal, st.text(st.characters(codec="utf-8"), max_size=5))
quads = st.builds(Quad, st.sampled_from([A, B]), st.just(P), values, st.sampled_from([G1, G2]))


def lines(statements: list[Quad] | list[Triple], *, run_rows: int = 3) -> list[bytes]:
    with in_order(statements, run_rows=run_rows) as ordered:
        return list(ordered)


@given(st.lists(quads, unique=True, max_size=12), st.integers(0, 99), st.integers(1, 13))
def test_the_order_depends_neither_on_the_store_nor_on_the_size_of_a_run(
    statements: list[Quad], seed: int, run_rows: int
) -> None:
    other = list(statements)
    Random(seed).shuffle(other)  # noqa: S311 - a test needs no secret
    found = lines(other, run_rows=run_rows)
    assert found == sorted(found)
    assert found == lines(statements, run_rows=100)
    assert len(found) == len(statements)


def test_a_line_is_a_statement_whatever_breaks_its_value_has() -> None:
    assert (
        lines([Quad(A, P, Literal("one\ntwo\r\x85"), G1)] * 4)
        == ['<http://ex/a> <http://ex/p> "one\\ntwo\\r\x85" <http://ex/g1> .\n'.encode()] * 4
    )


def test_triples_are_lines_of_n_triples() -> None:
    assert lines([Triple(B, P, A), Triple(A, P, B)]) == [
        b"<http://ex/a> <http://ex/p> <http://ex/b> .\n",
        b"<http://ex/b> <http://ex/p> <http://ex/a> .\n",
    ]


def test_no_statement_is_no_line() -> None:
    assert lines(list[Quad]()) == []


nodes = st.sampled_from([A, B, BlankNode("x"), BlankNode("y")])
properties = st.sampled_from([P, RDF_TYPE, NamedNode("http://ex/z")])
mixed = st.builds(
    Quad, nodes, properties, st.one_of(values, nodes), st.sampled_from([G1, G2, DEFAULT_GRAPH])
)


@given(st.lists(mixed, max_size=12), st.integers(1, 5))
def test_what_is_sorted_outside_of_memory_is_written_as_what_is_sorted_inside(
    statements: list[Quad], run_rows: int
) -> None:
    inside, outside = BytesIO(), BytesIO()
    write_quads(statements, inside, format=TRIG, prefixes={})
    with by_subject(statements, run_rows=run_rows) as ordered:
        write_ordered(ordered, outside, format=TRIG, prefixes={})
    assert outside.getvalue() == inside.getvalue()
