"""How far a condition looks: what can be decided of a graph without asking about each node."""

from __future__ import annotations

from enum import Flag, auto
from functools import lru_cache
from typing import TYPE_CHECKING

from graph.lexer import tokens
from graph.names import RDF_TYPE, XSD
from graph.terminals import Kind
from graph.terms import Literal, NamedNode

from .compile import CASTS
from .constraints import (
    Class,
    Constraint,
    Datatype,
    HasValue,
    LessThanOrEquals,
    MaxCount,
    MinCount,
    NodeKind,
    Sparql,
    UniqueLang,
)
from .queries import query_block
from .reads import THIS, flat

if TYPE_CHECKING:
    from graph.lexer import Token
    from graph.terms import Term

    from .reads import Position, Read

_OVER_SOLUTIONS = ("GROUP", "HAVING", "SELECT")
"""Words by which a query counts solutions instead of giving each."""
_WHERE_ABSENT = ("OPTIONAL", "EXISTS")
"""Words by which more statements can mean fewer solutions."""


class Detail(Flag):
    """What of the value of a property a condition minds."""

    NOTHING = 0
    KIND = auto()
    """Whether it is an IRI, a blank node or a literal, and of which datatype."""
    CLASSES = auto()
    """Of which classes it is."""
    LANGUAGE = auto()
    """Which language it is in."""
    TERM = auto()
    """Which term it is."""


def is_local(constraint: Constraint) -> bool:
    """Tell whether a condition minds one node and the ``detail`` of its values, and no more."""
    component, path = constraint.component, constraint.path
    if isinstance(component, Sparql):
        return _looks_at_one_node(component)
    if isinstance(component, LessThanOrEquals | HasValue):
        return False
    if not path:
        return isinstance(component, NodeKind | Class)
    return len(path) == 1 and not path[0].inverse


def detail(constraint: Constraint) -> Detail:
    """Return what a local condition minds of each value along its path."""
    component = constraint.component
    if isinstance(component, UniqueLang):
        return Detail.LANGUAGE
    if isinstance(component, Sparql | MinCount | MaxCount):
        return Detail.NOTHING
    if isinstance(component, Class):
        return Detail.CLASSES
    if isinstance(component, NodeKind):
        return Detail.KIND
    if isinstance(component, Datatype):
        name = component.datatype.value.removeprefix(XSD)
        return Detail.TERM if name in CASTS else Detail.KIND
    return Detail.TERM


def language_of(value: Term) -> str | None:
    """Return the tag of a literal as languages are compared; None for any other value."""
    return value.language.lower() if isinstance(value, Literal) and value.language else None


def holds_of_parts(constraint: Constraint) -> bool:
    """Tell whether what fulfils a condition does so in every part of the graph as well.

    That is so where a condition says what may not be there; it is not where it says what
    has to be.
    """
    component = constraint.component
    if isinstance(component, Sparql):
        where = _where(component)
        return bool(where) and not any(token.word in _WHERE_ABSENT for token in where)
    return not isinstance(component, MinCount | Class | HasValue)


def needed(constraint: Constraint) -> dict[Position, list[Read]]:
    """Return the patterns that all match in each solution of a query, by their subject.

    Empty for a condition that is no query, and for a query that counts solutions.
    """
    found: dict[Position, list[Read]] = {}
    if isinstance(constraint.component, Sparql) and _where(constraint.component):
        for read in query_block(constraint.component).reads:
            if not read.closure and read.predicates:
                found.setdefault(read.subject, []).append(read)
    return found


def counts_solutions(query: Sparql) -> bool:
    """Tell whether a query counts solutions or computes what it selects, instead of giving each."""
    return not _where(query)


@lru_cache(maxsize=512)
def _looks_at_one_node(query: Sparql) -> bool:
    """Tell whether a query minds which properties and classes its focus node has, and no more.

    A value may therefore not be compared, and not be found twice.
    """
    where = _where(query)
    times: dict[str, int] = {}
    depth = 0
    for token in where:
        depth += token.is_mark("(") - token.is_mark(")")
        if token.kind is Kind.VARIABLE:
            name = token.text[1:]
            times[name] = times.get(name, 0) + 1
            if depth and name == THIS:
                return False
    return bool(where) and all(_is_of_the_node(r, times) for r in flat(query_block(query)))


def _is_of_the_node(read: Read, times: dict[str, int]) -> bool:
    if read.subject != THIS or read.closure:
        return False
    if isinstance(read.object, str):
        return times.get(read.object) == 1
    return read.predicates == frozenset({RDF_TYPE}) and isinstance(read.object, NamedNode)


@lru_cache(maxsize=512)
def _where(query: Sparql) -> tuple[Token, ...]:
    """Return the tokens of a WHERE; none if the query counts or computes what it selects."""
    found = tuple(tokens(query.select))
    begin = next(place for place, token in enumerate(found) if token.is_mark("{", "("))
    where = found[begin:]
    if where[0].is_mark("(") or any(token.word in _OVER_SOLUTIONS for token in where):
        return ()
    return where
