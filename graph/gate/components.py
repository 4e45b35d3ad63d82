"""The SHACL constraint components that the gate knows, and how each reads its parameters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from graph.errors import BadInput
from graph.names import OUTSIDE_PREFIXES, XSD
from graph.terms import BlankNode, Literal, NamedNode, Term

from .constraints import (
    Class,
    Component,
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
    UniqueLang,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from .turtle import Statements


def sh(name: str) -> NamedNode:
    """Return the SHACL term with this local name.

    Example:
        >>> sh("path").value
        'http://www.w3.org/ns/shacl#path'

    """
    return NamedNode(OUTSIDE_PREFIXES["sh"] + name)


FLAGS = sh("flags")
INTEGER = NamedNode(XSD + "integer")
DERIVED = {
    *("byte", "short", "int", "long", "negativeInteger", "nonNegativeInteger"),
    *("nonPositiveInteger", "positiveInteger", "unsignedByte", "unsignedInt"),
    *("unsignedLong", "unsignedShort"),
}
"""Datatypes that pyoxigraph's store keeps as xsd:integer, so that no value ever has them."""

KINDS = {
    sh("IRI"): frozenset({"IRI"}),
    sh("BlankNode"): frozenset({"Blank"}),
    sh("Literal"): frozenset({"Literal"}),
    sh("BlankNodeOrIRI"): frozenset({"Blank", "IRI"}),
    sh("BlankNodeOrLiteral"): frozenset({"Blank", "Literal"}),
    sh("IRIOrLiteral"): frozenset({"IRI", "Literal"}),
}


class Parameter(BadInput):
    """A value that the condition cannot have; the message says what it wants."""


def _count(value: Term) -> int:
    if (
        not isinstance(value, Literal)
        or value.datatype != INTEGER
        or not re.fullmatch(r"\+?[0-9]+", value.value)
    ):
        raise Parameter(f"wants a whole number, not {value}")
    return int(value.value)


def _iri(value: Term) -> NamedNode:
    if not isinstance(value, NamedNode):
        raise Parameter(f"wants an IRI, not {value}")
    return value


def _literal(value: Term) -> Literal:
    if not isinstance(value, Literal):
        raise Parameter(f"wants a literal, not {value}")
    return value


def _stable(value: Term) -> Term:
    """Refuse a blank node, since one of the shapes is never a node of the data."""
    if isinstance(value, BlankNode):
        raise Parameter("wants IRIs or literals, not a blank node")
    return value


def _min_count(_said: Statements, _node: Term, value: Term) -> Component:
    return MinCount(_count(value))


def _max_count(_said: Statements, _node: Term, value: Term) -> Component:
    return MaxCount(_count(value))


def _datatype(_said: Statements, _node: Term, value: Term) -> Component:
    name = _iri(value).value.removeprefix(XSD)
    if name in DERIVED:
        raise Parameter(
            f"cannot be xsd:{name}, which is stored as xsd:integer; ask for xsd:integer with"
            " sh:minInclusive or sh:maxInclusive"
        )
    return Datatype(_iri(value))


def _class(_said: Statements, _node: Term, value: Term) -> Component:
    return Class(_iri(value))


def _node_kind(_said: Statements, _node: Term, value: Term) -> Component:
    kinds = KINDS.get(_iri(value))
    if kinds is None:
        raise Parameter(f"wants one of the six kinds of node, not {value}")
    return NodeKind(kinds)


def _in(said: Statements, _node: Term, value: Term) -> Component:
    members = said.listed(value)
    if members is None:
        raise Parameter("wants a list, written in round brackets")
    return In(tuple(_stable(member) for member in members))


def _pattern(said: Statements, node: Term, value: Term) -> Component:
    regex = _literal(value).value
    flags = "".join(_literal(found).value for found in said.objects(node, FLAGS))
    if not set(flags) <= set("im"):
        raise Parameter(f"knows the flags i and m, not {flags!r}")
    try:
        re.compile(regex)
    except re.error as error:
        raise Parameter(f"wants a regular expression, and {regex!r} is none: {error}") from error
    return Pattern(regex, flags)


def _min_inclusive(_said: Statements, _node: Term, value: Term) -> Component:
    return MinInclusive(_literal(value))


def _max_inclusive(_said: Statements, _node: Term, value: Term) -> Component:
    return MaxInclusive(_literal(value))


def _less_than_or_equals(_said: Statements, _node: Term, value: Term) -> Component:
    return LessThanOrEquals(_iri(value))


def _unique_lang(_said: Statements, _node: Term, value: Term) -> Component | None:
    if value not in (Literal(value=True), Literal(value=False)):
        raise Parameter(f"wants true or false, not {value}")
    return UniqueLang() if value == Literal(value=True) else None


def _has_value(_said: Statements, _node: Term, value: Term) -> Component:
    return HasValue(_stable(value))


Make: TypeAlias = "Callable[[Statements, Term, Term], Component | None]"

COMPONENTS: dict[NamedNode, Make] = {
    sh("minCount"): _min_count,
    sh("maxCount"): _max_count,
    sh("datatype"): _datatype,
    sh("class"): _class,
    sh("nodeKind"): _node_kind,
    sh("in"): _in,
    sh("pattern"): _pattern,
    sh("minInclusive"): _min_inclusive,
    sh("maxInclusive"): _max_inclusive,
    sh("lessThanOrEquals"): _less_than_or_equals,
    sh("uniqueLang"): _unique_lang,
    sh("hasValue"): _has_value,
}
"""How the value of each parameter is read; None for a condition that asks nothing."""

MANY = {sh("class"), sh("pattern"), sh("lessThanOrEquals"), sh("hasValue")}
"""The parameters that one shape may have several values of."""

ON_PROPERTIES = {sh("minCount"), sh("maxCount"), sh("uniqueLang"), sh("lessThanOrEquals")}
"""The parameters that make sense along a path only."""

UNSAID = {
    MinCount: "A value is missing.",
    MaxCount: "There are too many values.",
    Datatype: "The value is not of the right datatype.",
    Class: "The value is not of the right class.",
    NodeKind: "The value is not of the right kind of node.",
    In: "The value is not one of those allowed.",
    Pattern: "The value is not written in the right form.",
    MinInclusive: "The value is too small.",
    MaxInclusive: "The value is too large.",
    LessThanOrEquals: "The value is larger than the one that it may not exceed.",
    UniqueLang: "There are several values in one language.",
    HasValue: "The value that must be there is missing.",
}
"""The sentence for a condition whose shape has no sh:message."""
