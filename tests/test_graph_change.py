"""Changes compose, cancel out and can be taken back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.change import Change
from graph.names import Names
from graph.terms import Literal, NamedNode, Quad

GRAPH = Names().graph("book")
QUADS = [
    Quad(NamedNode("http://ex/s"), NamedNode("http://ex/p"), Literal(n), GRAPH) for n in "abcde"
]
STATES = st.frozensets(st.sampled_from(QUADS))


def between(before: frozenset[Quad], after: frozenset[Quad]) -> Change:
    return Change(after - before, before - after)


def after(state: frozenset[Quad], change: Change) -> frozenset[Quad]:
    return (state - change.removed) | change.added


@given(STATES, STATES, STATES)
def test_two_changes_in_a_row_lead_where_their_composition_leads(
    one: frozenset[Quad], two: frozenset[Quad], three: frozenset[Quad]
) -> None:
    whole = between(one, two).then(between(two, three))
    assert after(one, whole) == three
    assert whole == between(one, three)


@given(STATES, STATES)
def test_the_inverse_takes_a_change_back(one: frozenset[Quad], two: frozenset[Quad]) -> None:
    change = between(one, two)
    assert after(two, change.inverse()) == one
    assert change.then(change.inverse()).is_empty


def test_a_quad_that_is_removed_and_added_is_only_added() -> None:
    change = Change.of(QUADS[:2], QUADS[1:3])
    assert change.added == frozenset(QUADS[:2])
    assert change.removed == frozenset(QUADS[2:3])
    assert change.size == 3


def test_a_change_names_the_subjects_and_graphs_that_it_touches() -> None:
    change = Change.of(QUADS[:1], QUADS[1:2])
    assert change.subjects() == {NamedNode("http://ex/s")}
    assert change.graphs() == {GRAPH}
