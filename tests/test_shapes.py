"""Each constraint of each shape holds in a small valid world, and can be broken there."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

import ontology
from graph.change import Change
from graph.engines.memory import MemoryDraft
from graph.gate.check import Gate
from graph.gate.shapes import Shapes, load_shapes
from graph.gate.turtle import Statements
from graph.gate.vocabulary import Vocabulary
from graph.names import MG, OUTSIDE_PREFIXES, SHAPES, mg
from graph.terms import Literal, NamedNode, Quad

from .shape_constraints import Asked, asked
from .shape_mutations import Mutation, mutations
from .shape_world import BOOK, Case, targets, world, written_cases

if TYPE_CHECKING:
    from graph.gate.report import Problem, Report

ASKED = asked()
MUTATIONS = [mutation for constraint in ASKED for mutation in mutations(constraint)]
SAMPLE = list({str(m.constraint): m for m in reversed(MUTATIONS)}.values())[::6]
CASES = written_cases()
INVALID, VALID = [c for c in CASES if c.shape], [c for c in CASES if not c.shape]
CLASSES_WITH_WORDS = sorted(a.target.value for a in ASKED if a.shape.endswith("Words"))

WITHOUT_CASE: frozenset[str] = frozenset()
"""Constraints that no case breaks, by name; each with the reason as a comment beside it."""

OF_EVERYTHING = NamedNode(OUTSIDE_PREFIXES["rdfs"] + "Resource")
DOMAIN = NamedNode(OUTSIDE_PREFIXES["schema"] + "domainIncludes")


@cache
def the_shapes() -> Shapes:
    return load_shapes()


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.of_ontology()


@cache
def gate() -> Gate:
    """The gate as it is at work: each refusal is held against pySHACL."""
    return Gate(the_shapes())


@cache
def gate_of(shape: str) -> Gate:
    """A gate that knows one shape, so that hundreds of worlds are checked in full quickly."""
    every = the_shapes()
    own = tuple(c for c in every.constraints if c.shape.value == SHAPES + shape)
    return Gate(Shapes(own, every.texts), vocabulary(), second_opinion=False)


def after(change: Change) -> MemoryDraft:
    """Return the world after a change."""
    draft = MemoryDraft(world())
    draft.apply(change)
    return draft


@cache
def covered_by(case: Case) -> frozenset[str]:
    """Return the names of the constraints that a case breaks, one a target of the shape."""
    quads = list(after(case.change).quads())
    about = [a for a in ASKED if (a.shape, a.component) == (case.shape, "SPARQL")]
    return frozenset(str(a) for a in about if case.focus in targets(a, quads))


def component_iri(constraint: Asked) -> str:
    return f"{OUTSIDE_PREFIXES['sh']}{constraint.component}ConstraintComponent"


def wanted(mutation: Mutation) -> tuple[object, ...]:
    """Return the problem that a mutation has to bring, as ``found`` tells it."""
    constraint = mutation.constraint
    return (
        constraint.severity,
        constraint.message,
        mutation.focus,
        constraint.path.value if constraint.path else None,
        component_iri(constraint),
        mutation.graph,
    )


def found(report: Report) -> set[tuple[object, ...]]:
    """Return the problems of a report, each without its value."""
    return {(p.severity, p.message, p.focus, p.path, p.component, p.graph) for p in report.problems}


def disagreements(report: Report) -> list[str]:
    """Return where pySHACL found more or less than the gate."""
    return [problem.sentence(report.labels) for problem in report.problems if is_odd(problem)]


def is_odd(problem: Problem) -> bool:
    return "do not agree" in problem.message


def says(template: str, message: str) -> bool:
    """Tell whether a message is one of a shape, its places filled in (SHACL, 5.3.2)."""
    pattern = re.sub(r"\\\{\\\?\w+\\\}", ".+", re.escape(template))
    return re.fullmatch(pattern, message) is not None


def test_every_constraint_has_a_case() -> None:
    broken = {str(mutation.constraint) for mutation in MUTATIONS}
    broken |= {name for case in INVALID for name in covered_by(case)}

    assert {str(constraint) for constraint in ASKED} - broken == WITHOUT_CASE


def test_every_case_is_about_a_constraint() -> None:
    assert [str(case) for case in INVALID if not covered_by(case)] == []


def test_the_gate_asks_exactly_what_the_shapes_say() -> None:
    by_gate = {
        (c.shape.value, c.path_text, c.component_iri, c.message, c.severity, c.scope.value)
        for c in the_shapes().constraints
    }

    assert by_gate == {
        (
            SHAPES + a.shape,
            a.path.value if a.path else None,
            component_iri(a),
            a.message,
            a.severity,
            "source" if a.within_source else "record",
        )
        for a in ASKED
    }


def test_the_valid_world_has_no_problem_of_any_severity() -> None:
    assert gate().check_all(MemoryDraft(world())).sentences() == []


def test_the_valid_world_has_a_thing_that_each_constraint_is_asked_of() -> None:
    assert [str(constraint) for constraint in ASKED if not targets(constraint)] == []


@pytest.mark.parametrize("case", VALID, ids=str)
def test_a_valid_variant_has_no_problem_of_any_severity(case: Case) -> None:
    assert gate().check_all(after(case.change)).sentences() == []


@pytest.mark.parametrize("case", INVALID, ids=str)
def test_an_invalid_variant_breaks_its_constraint_and_no_other(case: Case) -> None:
    """What else breaks is seen by the check of the change; pySHACL is held against it."""
    assert case.shape
    (said,) = {(a.message, a.severity) for a in ASKED if str(a) in covered_by(case)}
    draft = after(case.change)

    in_full = gate_of(case.shape).check_all(draft)
    of_the_change = gate().check(draft, case.change)

    assert {p.shape for p in in_full.problems} == {SHAPES + case.shape}
    assert {p.shape for p in of_the_change.problems} == {
        SHAPES + name for name in {case.shape, *case.also}
    }
    assert disagreements(of_the_change) == []
    for report in (in_full, of_the_change):
        mine = [p for p in report.problems if p.shape == SHAPES + case.shape and not is_odd(p)]
        assert {p.severity for p in mine} == {said[1]}
        assert [p.message for p in mine if not says(said[0], p.message)] == []
        assert case.focus in {p.focus for p in mine}


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_a_constraint_does_not_hold_where_its_value_is_wrong(mutation: Mutation) -> None:
    draft = after(mutation.change)
    own = gate_of(mutation.constraint.shape)

    in_full = own.check_all(draft)
    of_the_change = own.check(draft, mutation.change)

    assert wanted(mutation) in found(in_full)
    assert wanted(mutation) in found(of_the_change)


@pytest.mark.parametrize("mutation", SAMPLE, ids=str)
def test_pyshacl_finds_the_same_where_a_value_is_wrong(mutation: Mutation) -> None:
    report = gate().check(after(mutation.change), mutation.change)

    assert wanted(mutation) in found(report)
    assert disagreements(report) == []


@pytest.mark.parametrize("of_class", CLASSES_WITH_WORDS)
def test_a_thing_has_the_properties_that_the_ontology_gives_its_class(of_class: str) -> None:
    """Each property of the namespace is tried on one thing of the class."""
    (constraint,) = (a for a in ASKED if a.shape.endswith("Words") and a.target.value == of_class)
    thing = targets(constraint)[0]
    domains = _domains()
    tried = {Quad(thing, word, Literal("tried"), BOOK) for word in domains}

    report = gate_of(constraint.shape).check_all(after(Change.of(tried)))

    right = {OF_EVERYTHING, NamedNode(of_class)}
    assert {p.value for p in report.problems if p.focus == thing} == {
        word for word, classes in domains.items() if not classes & right
    }


def _domains() -> dict[NamedNode, set[object]]:
    found: dict[NamedNode, set[object]] = {}
    for text in ontology.texts().values():
        said = Statements(text, source="the ontology")
        for word in said.subjects():
            classes = said.objects(word, DOMAIN)
            if classes and isinstance(word, NamedNode) and word.value.startswith(MG):
                found[word] = set(classes)
    assert mg("won") in found
    return found
