from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.change import Change
from graph.engines.memory import MemoryDraft
from graph.gate.check import Gate
from graph.gate.constraints import Scope
from graph.gate.reference import Reference, Result, result
from graph.gate.shapes import Shapes, read_shapes
from graph.gate.vocabulary import Vocabulary
from graph.terms import DEFAULT_GRAPH, GraphName, Quad

from .gate_graphs import GRAPHS, before_and_change, one_constraint_and_one_statement
from .gate_shapes import FILES

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.gate.report import Report

Found: TypeAlias = set[tuple[GraphName, Result]]

SHAPES = read_shapes(FILES)


class AnyWord(Vocabulary):
    """A vocabulary in which every word is right, so that only shapes find anything."""

    def misses(self, word: object) -> bool:
        return word is None


ANY_WORD = AnyWord(frozenset())
SLOW = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def by_pyshacl(reference: Reference, reader: Reader) -> Found:
    """Everything that pySHACL finds in the record, and in each named graph on its own."""
    found: Found = set()
    scopes: list[tuple[Scope, GraphName]] = [(Scope.RECORD, DEFAULT_GRAPH)]
    scopes += [(Scope.SOURCE, graph) for graph in GRAPHS]
    for scope, graph in scopes:
        quads = list(reader.quads(None, None, None, graph))
        if quads:
            found |= {(graph, one) for one in reference.validate(scope, quads)}
    return found


def by_gate(report: Report) -> Found:
    assert not [p for p in report.problems if "do not agree" in p.message]
    return {(problem.graph or DEFAULT_GRAPH, result(problem)) for problem in report.problems}


def compare(shapes: Shapes, before: list[Quad], change: Change) -> None:
    gate, reference = Gate(shapes, ANY_WORD), Reference(shapes)
    draft = MemoryDraft(before)
    then = by_pyshacl(reference, draft)
    assert by_gate(gate.check_all(draft)) == then

    draft.apply(change)
    report = gate.check(draft, change)

    now, incremental = by_pyshacl(reference, draft), by_gate(report)
    assert incremental <= now
    assert now - then <= incremental
    assert by_gate(gate.check_all(draft)) == now
    assert by_gate(loaded(gate, before, change)) == now


def loaded(gate: Gate, before: list[Quad], change: Change) -> Report:
    """Check a state of which a part was there, a part was loaded, and a part came after that."""
    half = len(before) // 2
    draft = MemoryDraft(before[:half])
    census = gate.census(draft)
    draft.bulk_add(before[half:], watch=census.watch)
    draft.apply(change)
    census.touch(quad.subject for quad in change.quads())  # type: ignore[misc] # no quoted triples
    return gate.check_all(draft, census=census)


@pytest.mark.slow
@SLOW
@given(data=st.data())
def test_the_incremental_verdict_equals_a_full_run_of_pyshacl(data: st.DataObject) -> None:
    before, change = data.draw(before_and_change(list(SHAPES.constraints)))
    compare(SHAPES, before, change)


@pytest.mark.slow
@settings(SLOW, max_examples=15)
@given(data=st.data())
def test_subclasses_that_come_and_go_change_the_verdict_as_in_pyshacl(data: st.DataObject) -> None:
    drawn = before_and_change(list(SHAPES.constraints), with_subclasses=True)
    before, change = data.draw(drawn)
    compare(SHAPES, before, change)


@settings(SLOW, max_examples=300)
@given(data=st.data())
def test_one_statement_that_comes_or_goes_is_checked_wherever_it_matters(
    data: st.DataObject,
) -> None:
    gate = Gate(SHAPES, ANY_WORD, second_opinion=False)
    without, one = data.draw(one_constraint_and_one_statement(list(SHAPES.constraints)))
    draft, coming = MemoryDraft(without), Change.of([one])
    absent = by_gate(gate.check_all(draft))

    draft.apply(coming)
    came, present = by_gate(gate.check(draft, coming)), by_gate(gate.check_all(draft))
    draft.apply(coming.inverse())
    went = by_gate(gate.check(draft, coming.inverse()))

    assert by_gate(loaded(gate, without, coming)) == present
    assert present - absent <= came <= present
    assert absent - present <= went <= absent
