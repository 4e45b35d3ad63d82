"""What the gate found, for people, for programs, and as a SHACL validation report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from graph.errors import ShapeViolation
from graph.names import OUTSIDE_PREFIXES, RDF_TYPE, XSD
from graph.terms import BlankNode, Literal, NamedNode

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.terms import Term

    from .constraints import Severity

Labels: TypeAlias = Mapping["Term", str]
"""What things are called in sentences."""

SUMMARY_LINES = 20
"""How many violations a summary spells out."""

_SHOWN = 3
"""How many of the values found a sentence spells out."""

_BARE = {XSD + name for name in ("integer", "decimal", "boolean", "double")}
_SH = OUTSIDE_PREFIXES["sh"]


def short(term: Term) -> str:
    """Return an IRI as people see it: from ``id/`` on, or with a house prefix.

    Example:
        >>> short(NamedNode("https://w3id.org/medalgraph/id/nation/AZE"))
        'id/nation/AZE'
        >>> short(NamedNode("https://w3id.org/medalgraph/ns#born"))
        'mg:born'

    """
    if isinstance(term, BlankNode):
        return "a node without a name"
    _, found, rest = term.value.partition("/id/")
    if found:
        return f"id/{rest}"
    for prefix, namespace in OUTSIDE_PREFIXES.items():
        name = term.value.removeprefix(namespace)
        if name != term.value:
            return f"{prefix}:{name}"
    return term.value


def shown(term: Term, labels: Labels) -> str:
    """Return a value as it stands in a sentence.

    Example:
        >>> shown(Literal("April 1980"), {}), shown(Literal(1980), {})
        ('"April 1980"', '1980')

    """
    if not isinstance(term, Literal):
        return _called(term, labels)
    if term.datatype.value in _BARE:
        plain = re.fullmatch(r"[-+0-9.eE]+|true|false|INF|NaN", term.value)
        return term.value if plain else f'"{term.value}" ({short(term.datatype)})'
    if term.language or term.datatype.value == XSD + "string":
        return f'"{term.value}"'
    return f'"{term.value}" ({short(term.datatype)})'


def _called(term: Term, labels: Labels) -> str:
    label = labels.get(term, "")
    return f"{label} ({short(term)})" if label else short(term)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a shape says is wrong with one node.

    Attributes:
        severity: a Violation refuses the change; a Warning is kept with it; Info is silent.
        message: what is wrong and how to mend it.
        focus: the node that it is wrong with.
        path: the property, as an IRI or in SPARQL property path syntax; None for the node itself.
        value: the value that is wrong, or None where a value is missing or one too many.
        shape: the IRI of the shape.
        graph: the source that states it; None if the record as a whole is wrong.
        component: the IRI of the kind of condition, such as sh:MinCountConstraintComponent.
        name: what the property is called in sentences, or an empty string.
        found: the values that a sentence shows.
        where: where a person finds what is wrong, such as lines of a sheet, or an empty string.

    """

    severity: Severity
    message: str
    focus: Term
    path: str | None
    value: Term | None
    shape: str
    graph: NamedNode | None = None
    component: str = ""
    name: str = ""
    found: tuple[Term, ...] = ()
    where: str = ""

    def sentence(self, labels: Labels | None = None) -> str:
        """Return the problem as a person reads it: where, what, how to mend it, what was found.

        Example:
            >>> from graph.names import mg
            >>> Problem("Violation", "Write the birth date as 2002-04-05.",
            ...         NamedNode("https://w3id.org/medalgraph/id/person/a"), mg("born").value,
            ...         Literal("April 1980"), "", name="birth date").sentence()
            'id/person/a: birth date: Write the birth date as 2002-04-05. Found "April 1980".'

        """
        called = labels or {}
        name = self.name or self._path_name(called)
        parts = [self.where, _called(self.focus, called), name]
        where = ": ".join(part for part in parts if part)
        return f"{where}: {self.message}{self._shown(called)}{self._stated(called)}"

    def _path_name(self, labels: Labels) -> str:
        if self.path is None:
            return ""
        iris = [NamedNode(iri) for iri in re.findall(r"<([^>]*)>", self.path) or [self.path]]
        return ", ".join(labels.get(iri) or short(iri) for iri in iris)

    def _shown(self, labels: Labels) -> str:
        values = self.found or (() if self.value is None else (self.value,))
        if not values:
            return ""
        texts = [shown(value, labels) for value in values[:_SHOWN]]
        more = [f"{len(values) - _SHOWN} more"] if len(values) > _SHOWN else []
        return f" Found {_and([*texts, *more])}."

    def _stated(self, labels: Labels) -> str:
        return f" So says {_called(self.graph, labels)}." if self.graph is not None else ""


def _and(texts: list[str]) -> str:
    *first, last = texts
    return f"{', '.join(first)} and {last}" if first else last


@dataclass(frozen=True, slots=True)
class Report:
    """All problems of one check.

    Attributes:
        problems: the gravest first, then by focus node.
        checked: how many pairs of focus node and condition were looked at.
        labels: what the things in the problems are called.

    """

    problems: tuple[Problem, ...] = ()
    checked: int = 0
    labels: Labels = field(default_factory=dict)

    @property
    def conforms(self) -> bool:
        """Whether nothing refuses the change; Warnings and Infos may be there."""
        return not self.violations

    @property
    def violations(self) -> tuple[Problem, ...]:
        """The problems that refuse the change."""
        return self._of("Violation")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that are kept with the change and shown."""
        return self._of("Warning")

    def _of(self, severity: Severity) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == severity)

    def of_source(self, graph: NamedNode, state: Reader) -> Report:
        """Return the report without warnings of other sources, which a check of the whole tells.

        Args:
            graph: the source.
            state: that was checked.

        """

        def speaks_of(node: Term) -> bool:
            as_object = state.quads(None, None, node, graph)
            return any(True for _ in chain(state.quads(node, graph=graph), as_object))  # type: ignore[arg-type] # no literals

        kept = tuple(
            problem
            for problem in self.problems
            if problem.severity == "Violation"
            or problem.graph == graph
            or (problem.graph is None and speaks_of(problem.focus))
        )
        return replace(self, problems=kept)

    def sentences(self, severity: Severity | None = None) -> list[str]:
        """Return one sentence a problem, of one severity or of all."""
        return [
            problem.sentence(self.labels)
            for problem in self.problems
            if severity in (None, problem.severity)
        ]

    def summary(self) -> str:
        """Return one line a violation, at most 20, then how many more there are.

        Example:
            >>> Report().summary()
            'No problem was found.'

        """
        refusing = self.violations
        lines = [problem.sentence(self.labels) for problem in refusing[:SUMMARY_LINES]]
        more = len(refusing) - len(lines)
        if more:
            lines.append(f"... and {more} more problem{'s' if more > 1 else ''}.")
        return "\n".join(lines) or "No problem was found."

    def notes(self) -> tuple[str, ...]:
        """Return each warning as a sentence, to be kept with the commit."""
        return tuple(self.sentences("Warning"))

    def refusal(self) -> ShapeViolation:
        """Return the error that refuses the change because of this report."""
        return ShapeViolation(self)

    def to_json(self) -> dict[str, Any]:
        """Return the report as what ``json.dumps`` takes, with keys that do not change."""
        return {
            "conforms": self.conforms,
            "checked": self.checked,
            "violations": len(self.violations),
            "warnings": len(self.warnings),
            "problems": [self._as_json(problem) for problem in self.problems],
        }

    def _as_json(self, problem: Problem) -> dict[str, Any]:
        return {
            "severity": problem.severity,
            "sentence": problem.sentence(self.labels),
            "message": problem.message,
            "where": problem.where or None,
            "focus": _plain(problem.focus),
            "label": self.labels.get(problem.focus),
            "path": problem.path,
            "value": None if problem.value is None else _plain(problem.value),
            "shape": problem.shape,
            "component": problem.component,
            "graph": problem.graph.value if problem.graph else None,
        }

    def to_turtle(self, most: int | None = None) -> str:
        """Return the report as a sh:ValidationReport (SHACL section 3.6).

        ``sh:conforms`` is true only if there is no result of any severity, as the
        specification has it; ``conforms`` here is about violations.

        Args:
            most: how many results it spells out; a comment says if that is not all of them.

        """
        conforms = str(not self.problems).lower()
        results = "".join(f" ;\n  sh:result {_result(problem)}" for problem in self.problems[:most])
        if most is not None and len(self.problems) > most:
            said = Literal(f"The first {most} of {len(self.problems)} results.", language="en")
            results += f" ;\n  <{OUTSIDE_PREFIXES['rdfs']}comment> {said}"
        head = f"@prefix sh: <{_SH}> .\n@prefix xsd: <{XSD}> .\n\n"
        return f"{head}[] {RDF_TYPE} sh:ValidationReport ;\n  sh:conforms {conforms}{results} .\n"


def _plain(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value


def _result(problem: Problem) -> str:
    value = problem.value
    if value is None and problem.component.endswith("SPARQLConstraintComponent"):
        value = problem.focus  # SHACL 5.3.2: without ?value, the value is the focus node.
    facts = [
        f"{RDF_TYPE} sh:ValidationResult",
        f"sh:focusNode {problem.focus}",
        f"sh:resultSeverity sh:{problem.severity}",
        f"sh:sourceShape <{problem.shape}>",
        f"sh:resultMessage {Literal(problem.message, language='en')}",
    ]
    facts += [f"sh:sourceConstraintComponent <{problem.component}>"] if problem.component else []
    facts += [f"sh:resultPath {_path(problem.path)}"] if problem.path else []
    facts += [f"sh:value {value}"] if value is not None else []
    return "[\n    " + " ;\n    ".join(facts) + " ]"


def _path(path: str) -> str:
    """Return SPARQL property path syntax as a SHACL path (SHACL section 2.3.1)."""
    steps = [
        f"[ sh:inversePath <{iri}> ]" if back else f"<{iri}>"
        for back, iri in re.findall(r"(\^?)<([^>]*)>", path)
    ]
    if not steps:
        return f"<{path}>"
    return steps[0] if len(steps) == 1 else f"( {' '.join(steps)} )"
