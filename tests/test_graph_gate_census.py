from __future__ import annotations

from random import Random

import pytest

from graph.engines.memory import MemoryDraft
from graph.gate.census import Census
from graph.gate.constraints import Scope
from graph.gate.shapes import load_shapes
from graph.gate.views import View
from graph.names import mg
from graph.terms import DEFAULT_GRAPH, Literal, NamedNode, Quad

from .gate_graphs import GRAPHS
from .gate_worlds import world
from .test_graph_gate_miniature import census_of

CONSTRAINTS = load_shapes().of(Scope.RECORD)


def counted(census: Census) -> dict[object, int]:
    """Return how many nodes there are of each sort, sorts that differ in detail together."""
    found: dict[object, int] = {}
    for sort, count in census.sorts():
        found[sort] = found.get(sort, 0) + count
    return found


@pytest.mark.parametrize("seed", range(25))
def test_a_census_taken_on_the_way_counts_what_one_taken_at_the_end_counts(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - examples, no secrets
    placed = [
        Quad(quad.subject, quad.predicate, quad.object, graph)
        for quad in world(random)
        for graph in random.sample(GRAPHS, random.choice((1, 1, 2)))
    ]
    there, loaded = placed[: seed * 4], placed[seed * 4 :]
    draft = MemoryDraft(there)
    census = Census(CONSTRAINTS, list(draft.graphs()))
    draft.bulk_add(loaded, watch=census.watch)
    assert_same(census, draft)


def test_a_node_whose_statements_come_in_two_parts_of_a_load_is_one() -> None:
    node = NamedNode("http://ex/a")
    parts = [[Quad(node, mg(word), Literal(word), GRAPHS[0])] for word in ("born", "sex")]
    census = Census(CONSTRAINTS, ())
    for part in parts:
        census.watch(part)
    draft = MemoryDraft(quad for part in parts for quad in part)
    assert_same(census, draft)
    assert [len(example.quads) for example in census.standing()] == [2]


def test_a_node_that_loses_all_that_was_said_of_it_counts_no_more() -> None:
    census, gone = Census(CONSTRAINTS, ()), NamedNode("http://ex/a")
    census.watch([Quad(gone, mg("born"), Literal("1990"), GRAPHS[0])])
    census.touch([gone])
    assert_same(census, MemoryDraft())
    assert list(census.standing()) == []


def assert_same(census: Census, draft: MemoryDraft) -> None:
    view = View(draft, DEFAULT_GRAPH)
    census.finish(draft)
    whole = census_of(view, CONSTRAINTS)
    assert counted(census) == counted(whole)
    assert census.words >= whole.words
    assert all(
        census.classes(quad.object) == whole.classes(quad.object) == view.types(quad.object)  # type: ignore[arg-type] # no quoted triples
        for quad in draft.quads(graph=DEFAULT_GRAPH)
    )
