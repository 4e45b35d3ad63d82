"""Saying several things about one node in one breath, in the graph of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from graph.names import OUTSIDE_PREFIXES, RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, mg
from graph.terms import Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.terms import Object

COMMENT = NamedNode(OUTSIDE_PREFIXES["rdfs"] + "comment")
FAMILY_NAME = NamedNode(OUTSIDE_PREFIXES["schema"] + "familyName")
GIVEN_NAME = NamedNode(OUTSIDE_PREFIXES["schema"] + "givenName")

Value: TypeAlias = "Object | str | int | Iterable[Object | str | int] | None"
"""A term, text or a whole number, or several of them; None and empty text say nothing."""

Facts: TypeAlias = "dict[NamedNode | str, Value]"
"""What is said of a node, by property; a plain name is of the medalgraph vocabulary."""

__all__ = [
    "COMMENT",
    "FAMILY_NAME",
    "GIVEN_NAME",
    "RDFS_LABEL",
    "SKOS_ALT_LABEL",
    "Facts",
    "Value",
    "describe",
    "english",
]


def english(text: str) -> Literal:
    """Return a label in English."""
    return Literal(text, language="en")


def describe(node: NamedNode, kind: str, graph: NamedNode, facts: Facts) -> Iterator[Quad]:
    """Yield that ``node`` is of a class, and each of its facts, in the order given.

    Args:
        node: what is spoken of.
        kind: the class, as a term of the medalgraph vocabulary.
        graph: the source that says so.
        facts: by property; a name without a prefix is of the medalgraph vocabulary.

    Example:
        >>> node = NamedNode("https://example.org/france")
        >>> [quad.predicate.value[-4:] for quad in describe(node, "Place", node, {"kind": "x"})]
        ['type', 'kind']

    """
    yield Quad(node, RDF_TYPE, mg(kind), graph)
    for key, value in facts.items():
        predicate = mg(key) if isinstance(key, str) else key
        if isinstance(value, _TERMS):
            yield Quad(node, predicate, value, graph)
        else:
            for term in _terms(value):
                yield Quad(node, predicate, term, graph)


_TERMS = (NamedNode, Literal)


def _terms(value: Value) -> Iterator[Object]:
    if value is None or value == "":
        return
    if isinstance(value, str | int):
        yield Literal(value)
    elif isinstance(value, _TERMS):
        yield value
    else:
        for part in value:  # type: ignore[union-attr]  # blank nodes are never handed in here
            yield from _terms(part)
