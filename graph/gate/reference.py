"""pySHACL beside the compiled checks: each refusal is held against a second opinion.

Both look at the same focus nodes; pySHACL at a copy of what the conditions can reach
from them. Where the two differ the change stays refused, and the report says so: a
difference is a defect of one of the two, and nobody may overlook it.
"""

from __future__ import annotations

import logging
import re
import threading
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError, ValidationFailure
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from graph.names import RDF_TYPE
from graph.terms import Literal

from .constraints import LessThanOrEquals
from .focus import reads
from .neighbourhood import neighbourhood
from .rdflib_terms import from_rdflib, to_rdflib
from .reads import flat
from .report import Problem
from .verdicts import problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.terms import NamedNode, Quad, Term

    from .constraints import Constraint, Scope
    from .shapes import Shapes
    from .views import View

RDFLIB = threading.Lock()
"""Held while pySHACL runs: neither its patches of rdflib nor rdflib's parsers are thread-safe."""

MOST_NODES = 50
"""How many refused focus nodes get a second opinion."""

MOST_STATEMENTS = 20_000
"""The largest neighbourhood that pySHACL is given; a larger one would take minutes."""


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a validation, in the terms that all SHACL validators agree on.

    Attributes:
        path: as ``Constraint.path_text`` has it.
        value: the value node; None where SHACL names none.

    """

    focus: Term
    component: str
    path: str | None
    severity: str
    value: Term | None


Found: TypeAlias = "tuple[Constraint, View, Problem]"
"""A problem that the compiled check found, with where it comes from."""


class Reference:
    """The second opinion.

    Args:
        shapes: the texts that pySHACL reads.

    """

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self._graphs: dict[Scope, rdflib.Graph] = {}

    def differences(self, found: Iterable[Found]) -> list[Problem]:
        """Return one Violation for each refused node on which the two differ."""
        by_view: dict[View, list[Found]] = {}
        for one in found:
            if one[2].severity == "Violation":
                by_view.setdefault(one[1], []).append(one)
        return [
            problem for view, refused in by_view.items() for problem in self._compare(view, refused)
        ]

    def _compare(self, view: View, refused: list[Found]) -> Iterator[Problem]:
        focus = list(dict.fromkeys(problem.focus for _, _, problem in refused))[:MOST_NODES]
        asked = {(_kind(c), p.focus): p for c, _, p in refused if p.focus in focus}
        scope = refused[0][0].scope
        names = {constraint.shape for constraint, _, _ in refused}
        pairs = [(one, node) for kind, node in asked for one in self._alike(scope, names, kind)]
        near = neighbourhood(view, pairs, limit=MOST_STATEMENTS)
        if near is None:
            return
        odd = self._odd(scope, near)
        try:
            theirs = self.validate(scope, near - odd, names)
        except (ValidationFailure, ReportableRuntimeError) as error:
            yield _difference(refused[0][2], f"pySHACL cannot check it: {error}")
            return
        ours = {result(p) for one, node in pairs for p in problems(one, view, [node])}
        for (kind, node), problem in asked.items():
            if any(_looks_at(one, odd) for one, other in pairs if other == node):
                continue
            mine, other = _about(ours, kind, node), _about(theirs, kind, node)
            if mine != other:
                yield _difference(problem, f"found {len(mine)} here, {len(other)} by pySHACL")

    def _alike(self, scope: Scope, names: set[NamedNode], kind: _Kind) -> list[Constraint]:
        """Return the constraints of these shapes whose results look alike."""
        return [c for c in self._shapes.of(scope) if c.shape in names and _kind(c) == kind]

    def _odd(self, scope: Scope, near: set[Quad]) -> set[Quad]:
        """Return statements that pySHACL compares otherwise than the specification has it.

        For sh:lessThanOrEquals it compares IRIs as texts and gives up on blank nodes; in
        SPARQL, by which SHACL defines it (section 4.5.4), neither can be compared.
        """
        compared = [c for c in self._shapes.of(scope) if isinstance(c.component, LessThanOrEquals)]
        predicates = {p for c in compared for p in _predicates(c)}
        return {q for q in near if q.predicate in predicates and not isinstance(q.object, Literal)}

    def validate(
        self, scope: Scope, quads: Iterable[Quad], names: Iterable[NamedNode] | None = None
    ) -> set[Result]:
        """Return what pySHACL finds in a graph that holds these triples.

        Args:
            scope: whose shapes to check.
            quads: the triples.
            names: the shapes to check, or None for all.

        """
        with RDFLIB, _quiet():
            data = rdflib.Graph()
            for quad in quads:
                data.add(
                    (to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object))  # type: ignore[arg-type] # no quoted triples
                )
            shapes = self._shapes_graph(scope)
            shapes = shapes if names is None else _part(shapes, names)
            _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
            if not isinstance(report, rdflib.Graph):
                raise report
            return {_read(report, node) for node in report.objects(None, SH.result)}

    def _shapes_graph(self, scope: Scope) -> rdflib.Graph:
        if scope not in self._graphs:
            graph = rdflib.Graph()
            for text in self._shapes.texts[scope]:
                graph.parse(data=text, format="turtle")
            _end_patterns(graph)
            self._graphs[scope] = graph
        return self._graphs[scope]


def _end_patterns(shapes: rdflib.Graph) -> None:
    """Let each pattern end where SPARQL has its end: Python's $ also allows a line end after it."""
    for node, pattern in list(shapes.subject_objects(SH.pattern)):
        whole = re.sub(r"(?<!\\)\$$", r"\\Z", str(pattern))
        shapes.set((node, SH.pattern, rdflib.Literal(whole)))


def _part(shapes: rdflib.Graph, names: Iterable[NamedNode]) -> rdflib.Graph:
    """Return the shapes of these names, with all that their statements lead to."""
    part, seen = rdflib.Graph(), set[Node]()
    todo: list[Node] = [to_rdflib(name) for name in names]
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            for statement in shapes.triples((node, None, None)):
                part.add(statement)
                todo.append(statement[2])
    return part


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from complaining of each ill-typed literal: the shapes judge it."""
    log = logging.getLogger("rdflib.term")
    before, log.disabled = log.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        log.disabled = before


_Kind: TypeAlias = "tuple[str, str | None, str]"
"""Component, path and severity: what a result says about the constraint it comes from."""


def _kind(constraint: Constraint) -> _Kind:
    return constraint.component_iri, constraint.path_text, constraint.severity


def _predicates(constraint: Constraint) -> set[NamedNode]:
    patterns = flat(reads(constraint))
    return {p for read in patterns for p in read.predicates or ()} - {RDF_TYPE}


def _looks_at(constraint: Constraint, odd: set[Quad]) -> bool:
    return not _predicates(constraint).isdisjoint({quad.predicate for quad in odd})


def _about(results: Iterable[Result], kind: _Kind, focus: Term) -> set[Result]:
    return {r for r in results if r.focus == focus and (r.component, r.path, r.severity) == kind}


def result(problem: Problem) -> Result:
    """Return a problem as the result that SHACL says it is.

    A query of a shape that selects no ?value is about the focus node (section 5.3.2).
    """
    value = problem.value
    if value is None and problem.component.endswith("SPARQLConstraintComponent"):
        value = problem.focus
    return Result(problem.focus, problem.component, problem.path, problem.severity, value)


def _read(report: rdflib.Graph, node: Node) -> Result:
    focus, value = report.value(node, SH.focusNode), report.value(node, SH.value)
    path, severity = report.value(node, SH.resultPath), report.value(node, SH.resultSeverity)
    return Result(
        focus=from_rdflib(focus),  # type: ignore[arg-type] # each result has one
        component=str(report.value(node, SH.sourceConstraintComponent)),
        path=None if path is None else _path(report, path),
        severity=str(severity).removeprefix(str(SH)),
        value=None if value is None else from_rdflib(value),
    )


def _path(report: rdflib.Graph, path: Node) -> str:
    if isinstance(path, rdflib.URIRef):
        return str(path)
    members = list(report.items(path)) if (path, RDF.first, None) in report else [path]
    return "/".join(_step(report, member) for member in members)


def _step(report: rdflib.Graph, member: Node) -> str:
    back = report.value(member, SH.inversePath)
    return f"<{member}>" if back is None else f"^<{back}>"


def _difference(problem: Problem, what: str) -> Problem:
    return Problem(
        severity="Violation",
        message=(
            f"Two checks of the same shape do not agree on this node ({what}). The change is"
            " refused; please report this as a defect of medalgraph."
        ),
        focus=problem.focus,
        path=problem.path,
        value=problem.value,
        shape=problem.shape,
        graph=problem.graph,
        component=problem.component,
        name=problem.name,
    )
