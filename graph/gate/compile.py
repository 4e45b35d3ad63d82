"""From a constraint to the SPARQL query that finds whoever breaks it.

One text serves two uses. With ``?this`` substituted it checks one focus node, in a
time that does not depend on the store; without, it finds every violator at once.
``?this`` is bound by the target first in both, since pyoxigraph's optimiser takes a
variable that no pattern binds for unbound even where a substitution binds it.
"""

from __future__ import annotations

from functools import lru_cache, singledispatch
from typing import TYPE_CHECKING

from graph.errors import BadInput
from graph.lexer import decoded, tokens
from graph.names import RDF, RDF_TYPE, XSD
from graph.terms import Literal

from .constraints import (
    Class,
    Component,
    Constraint,
    Datatype,
    HasValue,
    In,
    LessThanOrEquals,
    MaxCount,
    MaxInclusive,
    MinCount,
    MinInclusive,
    NodeKind,
    Pattern,
    Sparql,
    Target,
    UniqueLang,
    path_text,
)

if TYPE_CHECKING:
    from .hierarchy import Hierarchy

CASTS = {
    *("integer", "decimal", "float", "double", "boolean"),
    *("dateTime", "date", "time", "gYear", "gYearMonth", "gMonth", "gDay", "gMonthDay"),
}
"""Datatypes whose lexical form a SPARQL cast checks."""


_KNOWN = 4_096
"""How many queries are kept once they are made: all of them, for some hierarchies of classes."""


@lru_cache(maxsize=_KNOWN)
def compiled(constraint: Constraint, hierarchy: Hierarchy) -> str:
    """Return a SELECT whose solutions are the violations of the constraint.

    It projects ``?this`` and, where SHACL reports a value node, ``?value``; a query
    written in SPARQL by the shape projects what it selects.

    Args:
        constraint: what is asked.
        hierarchy: of the graph that is going to be asked.

    """
    target = target_pattern(constraint.targets, hierarchy)
    if isinstance(constraint.component, Sparql):
        return _injected(constraint.component, target)
    path = path_text(constraint.path)
    # A shape without a path asks about the focus node: its value node is ?this itself.
    value, link = ("?value", f"?this {path} ?value .") if path else ("?this", "")
    asked = _Asked(f"{target} {link}", target, path, value, hierarchy)
    return _select(constraint.component, asked)


def target_pattern(targets: tuple[Target, ...], hierarchy: Hierarchy) -> str:
    """Return a pattern that binds ?this once to each focus node."""
    classes = {c for t in targets if t.kind == "class" for c in hierarchy.below(t.iri)}
    subjects = sorted({t.iri for t in targets if t.kind == "subjects-of"}, key=str)
    if len(classes) == 1 and not subjects:
        return f"?this {RDF_TYPE} {next(iter(classes))} ."
    named = " ".join(str(iri) for iri in sorted(classes, key=str))
    parts = [f"{{ VALUES ?target {{ {named} }} ?this {RDF_TYPE} ?target }}"] if classes else []
    parts += [f"{{ ?this {predicate} ?target }}" for predicate in subjects]
    return f"{{ SELECT DISTINCT ?this WHERE {{ {' UNION '.join(parts)} }} }}"


def _injected(query: Sparql, target: str) -> str:
    """Return the query of a shape with the target as the first pattern of its WHERE."""
    depth = 0
    text = decoded(query.select)
    for token in tokens(text):
        depth += token.is_mark("(") - token.is_mark(")")
        if token.is_mark("{") and not depth:
            return f"{query.prologue}{text[: token.end]} {target} {text[token.end :]}"
    raise BadInput("The query of a shape has no WHERE.")


class _Asked:
    """The parts of a query: where the value nodes are, and what they are called."""

    __slots__ = ("hierarchy", "path", "target", "value", "where")

    def __init__(
        self, where: str, target: str, path: str, value: str, hierarchy: Hierarchy
    ) -> None:
        self.where, self.target, self.path = where, target, path
        self.value, self.hierarchy = value, hierarchy

    def unless(self, condition: str) -> str:
        """Return the query for value nodes of which the condition is not true."""
        return self.when(f"!COALESCE({condition}, false)")

    def when(self, condition: str) -> str:
        """Return the query for value nodes of which the condition is true."""
        return self.rows(f"FILTER({condition})")

    def rows(self, patterns: str) -> str:
        """Return the query for value nodes that the patterns keep."""
        project = "?value" if self.path else "(?this AS ?value)"
        return f"SELECT DISTINCT ?this {project} WHERE {{ {self.where} {patterns} }}"


@singledispatch
def _select(component: Component, asked: _Asked) -> str:
    raise NotImplementedError(type(component), asked)


@_select.register
def _(component: MinCount, asked: _Asked) -> str:
    if component.count == 1:
        missing = f"FILTER NOT EXISTS {{ ?this {asked.path} ?value }}"
        return f"SELECT DISTINCT ?this WHERE {{ {asked.target} {missing} }}"
    return (
        f"SELECT ?this WHERE {{ {asked.target} OPTIONAL {{ {asked.where} }} }}"
        f" GROUP BY ?this HAVING(COUNT(DISTINCT ?value) < {component.count})"
    )


@_select.register
def _(component: MaxCount, asked: _Asked) -> str:
    return (
        f"SELECT ?this WHERE {{ {asked.where} }}"
        f" GROUP BY ?this HAVING(COUNT(DISTINCT ?value) > {component.count})"
    )


@_select.register
def _(component: Datatype, asked: _Asked) -> str:
    value, name = asked.value, component.datatype.value.removeprefix(XSD)
    right = f"isLiteral({value}) && DATATYPE({value}) = {component.datatype}"
    if component.datatype.value == RDF + "langString":
        return asked.unless(f'isLiteral({value}) && LANG({value}) != ""')
    if name in CASTS:
        # A cast of an ill-formed text is an error, which COALESCE takes for false.
        right += f" && isLiteral(<{XSD}{name}>(STR({value})))"
    return asked.unless(right)


@_select.register
def _(component: Class, asked: _Asked) -> str:
    none = (
        f"FILTER NOT EXISTS {{ {asked.value} {RDF_TYPE} {iri} }}"
        for iri in sorted(asked.hierarchy.below(component.iri), key=str)
    )
    return asked.rows(" ".join(none))


@_select.register
def _(component: NodeKind, asked: _Asked) -> str:
    return asked.unless(" || ".join(f"is{kind}({asked.value})" for kind in sorted(component.kinds)))


@_select.register
def _(component: In, asked: _Asked) -> str:
    same = [f"sameTerm({asked.value}, {term})" for term in component.terms]
    return asked.unless(" || ".join(same) or "false")


@_select.register
def _(component: Pattern, asked: _Asked) -> str:
    regex, flags = Literal(component.regex), Literal(component.flags)
    text = f"STR({asked.value})"
    return asked.unless(f"!isBlank({asked.value}) && REGEX({text}, {regex}, {flags})")


@_select.register
def _(component: MinInclusive, asked: _Asked) -> str:
    return asked.unless(f"{component.bound} <= {asked.value}")


@_select.register
def _(component: MaxInclusive, asked: _Asked) -> str:
    return asked.unless(f"{asked.value} <= {component.bound}")


@_select.register
def _(component: LessThanOrEquals, asked: _Asked) -> str:
    wrong = "FILTER(!COALESCE(?value <= ?limit, false))"
    return (
        f"SELECT DISTINCT ?this ?value ?limit WHERE"
        f" {{ {asked.where} ?this {component.predicate} ?limit . {wrong} }}"
    )


@_select.register
def _(_component: UniqueLang, asked: _Asked) -> str:
    return (
        f"SELECT DISTINCT ?this ?language WHERE {{ {asked.where}"
        ' BIND(LCASE(LANG(?value)) AS ?language) FILTER(?language != "") }'
        " GROUP BY ?this ?language HAVING(COUNT(DISTINCT ?value) > 1)"
    )


@_select.register
def _(component: HasValue, asked: _Asked) -> str:
    if not asked.path:
        return asked.unless(f"sameTerm({asked.value}, {component.term})").replace(
            "(?this AS ?value)", ""
        )
    missing = f"FILTER NOT EXISTS {{ ?this {asked.path} {component.term} }}"
    return f"SELECT DISTINCT ?this WHERE {{ {asked.target} {missing} }}"
