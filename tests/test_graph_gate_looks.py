"""A condition that a node was found to fulfil is not asked of another node that looks the same."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.change import Change
from graph.engines.memory import MemoryDraft
from graph.gate import Gate, Report
from graph.gate.looks import Fulfilled, is_remembered
from graph.gate.shapes import load_shapes, read_shapes
from graph.terms import DEFAULT_GRAPH, BlankNode, NamedNode, Quad

from .gate_graphs import GRAPHS, one_constraint_and_one_statement
from .gate_shapes import FILES
from .gate_worlds import world
from .test_graph_gate_incremental import ANY_WORD, SLOW, by_gate
from .test_graph_gate_miniature import constraint_of, query_of, view_of

if TYPE_CHECKING:
    from graph.engines.base import Answer
    from graph.gate.constraints import Constraint

A, B = NamedNode("http://ex/a"), NamedNode("http://ex/b")
SHAPES = read_shapes(FILES)

ALIKE = {
    "as many values": ("sh:maxCount 2", "ex:a ex:p 1, 2 . ex:b ex:p ex:x, 'y' ."),
    "values of the same kinds": ("sh:nodeKind sh:IRI", "ex:a ex:p ex:x . ex:b ex:p ex:y ."),
    "the same datatypes": ("sh:datatype xsd:string", "ex:a ex:p 'x' . ex:b ex:p 'y' ."),
    "values of the same classes": (
        "sh:class ex:C",
        "ex:a ex:p ex:x . ex:b ex:p ex:y . ex:x a ex:C, ex:D . ex:y a ex:D, ex:C .",
    ),
    "the same languages": ("sh:uniqueLang true", "ex:a ex:p 'x'@en . ex:b ex:p 'y'@EN ."),
    "the same values": ("sh:pattern 'x'", "ex:a ex:p 'x', 'xy' . ex:b ex:p 'xy', 'x' ."),
}
DIFFERENT = {
    "more values": ("sh:maxCount 1", "ex:a ex:p 1 . ex:b ex:p 1, 2 ."),
    "another kind": ("sh:nodeKind sh:IRI", "ex:a ex:p ex:x . ex:b ex:p 'x' ."),
    "another datatype": ("sh:datatype xsd:string", "ex:a ex:p 'x' . ex:b ex:p 1 ."),
    "a class less": ("sh:class ex:C", "ex:a ex:p ex:x . ex:b ex:p ex:y . ex:x a ex:C ."),
    "a language twice": ("sh:uniqueLang true", "ex:a ex:p 'x'@en . ex:b ex:p 'y'@en, 'z'@en ."),
    "another value": ("sh:minInclusive 3", "ex:a ex:p 3 . ex:b ex:p 2 ."),
}
QUERIES_ALIKE = {
    "$this ex:p ?v . FILTER NOT EXISTS { $this ex:q ?w }": "ex:a ex:q 1 . ex:b ex:q 2, 3 .",
    "$this ?p ?v . FILTER(?p = ex:p)": "ex:a ex:q 1 . ex:b ex:q 2 .",
    "$this ex:p ?one, ?other . FILTER(?one < ?other)": "ex:a ex:p 1 . ex:b ex:p 1 .",
}
QUERIES_DIFFERENT = {
    "$this ex:p ?v . FILTER NOT EXISTS { $this ex:q ?w }": "ex:a ex:p 1 ; ex:q 1 . ex:b ex:p 1 .",
    "$this ?p ?v . FILTER(?p = ex:p)": "ex:a ex:q 1 . ex:b ex:p 1 .",
    "$this ex:p ?one, ?other . FILTER(?one < ?other)": "ex:a ex:p 1 . ex:b ex:p 1, 2 .",
    "$this a ex:C . $this ex:p ?v": "ex:a a ex:D . ex:b a ex:C ; ex:p 1 .",
}


def is_asked_of_b(constraint: Constraint, data: str) -> bool:
    """Tell whether a condition is asked of ex:b after it was fulfilled by ex:a."""
    fulfilled, view = Fulfilled(), view_of(data)
    assert is_remembered(constraint)
    fulfilled.note(fulfilled.left(constraint, view, {A}).values())
    assert not fulfilled.left(constraint, view, {A})
    return B in fulfilled.left(constraint, view, {B})


@pytest.mark.parametrize("case", ALIKE.values(), ids=ALIKE)
def test_what_looks_the_same_to_a_condition_is_not_asked_about_again(case: tuple[str, str]) -> None:
    condition, data = case
    assert not is_asked_of_b(constraint_of(condition), data)


@pytest.mark.parametrize("case", DIFFERENT.values(), ids=DIFFERENT)
def test_what_a_condition_can_tell_apart_is_asked_about(case: tuple[str, str]) -> None:
    condition, data = case
    assert is_asked_of_b(constraint_of(condition), data)


@pytest.mark.parametrize(("where", "data"), QUERIES_ALIKE.items(), ids=QUERIES_ALIKE)
def test_a_query_minds_only_the_properties_that_it_names(where: str, data: str) -> None:
    assert not is_asked_of_b(query_of(where.replace("ex:", "mg:")), data.replace("ex:p", "mg:p"))


@pytest.mark.parametrize(("where", "data"), QUERIES_DIFFERENT.items(), ids=QUERIES_DIFFERENT)
def test_a_query_is_asked_of_nodes_that_differ_in_what_it_names(where: str, data: str) -> None:
    def own(text: str) -> str:
        for word in ("ex:p", "ex:q", "ex:C"):
            text = text.replace(word, word.replace("ex", "mg"))
        return text

    assert is_asked_of_b(query_of(own(where)), own(data))


def test_a_blank_node_does_not_look_like_an_address() -> None:
    constraint, blank = constraint_of("sh:nodeKind sh:IRI", path=""), BlankNode("c")
    fulfilled, view = Fulfilled(), view_of("ex:a ex:p 1 .")
    fulfilled.note(fulfilled.left(constraint, view, {A}).values())
    assert blank in fulfilled.left(constraint, view, {blank})


def test_a_class_that_gets_a_subclass_is_asked_about_anew() -> None:
    constraint, fulfilled = constraint_of("sh:minCount 1"), Fulfilled()
    before, after = (
        view_of(f"ex:a ex:p 1 . {more}") for more in ("", "ex:U rdfs:subClassOf ex:T .")
    )
    fulfilled.note(fulfilled.left(constraint, before, {A}).values())
    assert A in fulfilled.left(constraint, after, {A})


def test_a_query_whose_functions_change_with_time_is_always_asked() -> None:
    assert not is_remembered(query_of("$this mg:born ?v . FILTER(?v > NOW())"))


def test_a_query_that_needs_what_a_node_lacks_is_not_asked_of_it() -> None:
    constraint = query_of("$this mg:event ?e ; mg:games ?g . ?e mg:games ?other")
    view = view_of("ex:a mg:event ex:e . ex:b mg:event ex:e ; mg:games ex:g .")
    assert not is_remembered(constraint)
    assert set(Fulfilled().left(constraint, view, {A, B})) == {B}


class Counting(MemoryDraft):
    """Counts the queries that it is asked."""

    asked = 0

    def query(self, *args: object, **named: object) -> Answer:
        type(self).asked += 1
        return super().query(*args, **named)  # type: ignore[arg-type] # passed on


def test_a_gate_asks_less_about_the_second_of_two_people_who_look_the_same() -> None:
    gate, counts = Gate(load_shapes()), []
    for name in "ab":
        person = f"<http://ex/{name}>"
        quads = said(
            f'{person} a mg:Person ; rdfs:label "{name}"@en ; mg:sex mg:F ; mg:born "1990" .'
        )
        draft = Counting(quads)
        Counting.asked = 0
        assert gate.check(draft, Change.of(quads)).conforms
        counts.append(Counting.asked)
    assert counts[1] < counts[0] / 3


def said(turtle: str) -> list[Quad]:
    return [
        Quad(quad.subject, quad.predicate, quad.object, GRAPHS[0])
        for quad in view_of(turtle).reader.quads(None, None, None, DEFAULT_GRAPH)
    ]


@cache
def experienced_gate(*, real: bool) -> Gate:
    """Return a gate that remembers all that it was shown in this file."""
    return Gate(load_shapes() if real else SHAPES, ANY_WORD, second_opinion=False)


@SLOW
@given(data=st.data())
def test_a_gate_that_has_seen_much_overlooks_nothing(data: st.DataObject) -> None:
    gate = experienced_gate(real=False)
    without, one = data.draw(one_constraint_and_one_statement(list(SHAPES.constraints)))
    draft, coming = MemoryDraft(without), Change.of([one])
    absent = by_gate(gate.check_all(draft))
    draft.apply(coming)
    came, present = by_gate(gate.check(draft, coming)), by_gate(gate.check_all(draft))
    assert present - absent <= came <= present


@pytest.mark.parametrize("seed", range(8))
def test_changes_of_random_games_are_judged_as_by_a_check_of_the_whole(seed: int) -> None:
    random, gate = Random(seed), experienced_gate(real=True)  # noqa: S311 - examples, no secrets
    quads = [
        Quad(quad.subject, quad.predicate, quad.object, random.choice(GRAPHS))
        for quad in {*world(random)}
    ]
    coming, there = quads[:12], quads[12:]
    going = random.sample(there, 8)
    draft = MemoryDraft(there)
    before = by_gate(whole(draft))
    change = Change.of(coming, going)
    draft.apply(change)
    found, after = by_gate(gate.check(draft, change)), by_gate(whole(draft))
    assert after - before <= found <= after


def whole(draft: MemoryDraft) -> Report:
    return Gate(load_shapes(), ANY_WORD, second_opinion=False).check_all(draft)
