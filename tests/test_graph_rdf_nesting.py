"""Nodes without names stand inside the statement that leads to them, and nothing is lost."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset

from graph.formats import TRIG, TURTLE, RdfFormat
from graph.names import RDFS_LABEL, Names
from graph.rdf import read_quads, write_quads
from graph.rdf_nesting import DEEPEST, nested
from graph.terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode, Quad

EX = "http://ex/"
S, P = NamedNode(EX + "s"), NamedNode(EX + "p")
A, B, C = (BlankNode(name) for name in "abc")
G, H = NamedNode(EX + "g"), NamedNode(EX + "h")
GRAPHS = [DEFAULT_GRAPH, G, H]


def written(quads: list[Quad], form: RdfFormat = TURTLE) -> str:
    out = io.BytesIO()
    write_quads(quads, out, format=form, prefixes=Names().prefixes())
    return out.getvalue().decode()


def same(quads: list[Quad], text: str, form: RdfFormat) -> bool:
    found = Dataset(read_quads(io.BytesIO(text.encode()), format=form, base_iri=EX))
    wanted = Dataset(quads)
    for each in (found, wanted):
        each.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return found == wanted


def test_an_address_inside_a_thing_is_written_inside() -> None:
    text = written(
        [Quad(S, P, A), Quad(A, RDFS_LABEL, Literal("x")), Quad(A, P, B), Quad(B, P, Literal("y"))]
    )
    assert text == (
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n"
        "<http://ex/s> <http://ex/p> [\n"
        "        <http://ex/p> [\n"
        '            <http://ex/p> "y"\n'
        "        ] ;\n"
        '        rdfs:label "x"\n'
        "    ] .\n"
    )


def test_a_node_that_two_statements_lead_to_keeps_its_label() -> None:
    text = written([Quad(S, P, A), Quad(S, RDFS_LABEL, A), Quad(A, P, Literal("x"))])
    assert text.count("_:a") == 3
    assert "[" not in text


def test_a_node_of_which_other_graphs_speak_keeps_its_label() -> None:
    quads = [Quad(S, P, A, G), Quad(A, P, Literal("x"), H)]
    assert nested(quads) == {}
    assert same(quads, written(quads, TRIG), TRIG)


@pytest.mark.parametrize(
    "circle",
    [
        [Quad(A, P, A)],
        [Quad(A, P, B), Quad(B, P, A)],
        [Quad(A, P, B), Quad(B, P, C), Quad(C, P, B)],
        [Quad(S, P, A), Quad(A, P, B), Quad(B, P, C), Quad(C, P, A)],
    ],
)
def test_a_circle_is_written_whole(circle: list[Quad]) -> None:
    assert same(circle, written(circle), TURTLE)


def test_a_long_chain_of_nodes_is_nested_so_deep_and_no_deeper() -> None:
    chain = [BlankNode(f"n{place:05}") for place in range(100)]
    quads = [Quad(S, P, chain[0])]
    quads += [Quad(one, P, other) for one, other in pairwise(chain)]
    text = written(quads)
    assert max(line.count("    ") for line in text.splitlines()) <= DEEPEST + 1
    assert same(quads, text, TURTLE)


nodes = st.sampled_from([S, A, B, C, BlankNode("d"), BlankNode("e")])
quads_of = st.builds(Quad, nodes, st.sampled_from([P, RDFS_LABEL]), nodes, st.sampled_from(GRAPHS))


@given(st.lists(quads_of, max_size=9))
def test_whatever_leads_where_the_same_statements_come_back(quads: list[Quad]) -> None:
    assert same(quads, written(quads, TRIG), TRIG)
    merged = [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
    assert same(merged, written(merged), TURTLE)
