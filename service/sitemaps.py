"""Every thing of the store, kind by kind in parts, for those who want all addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names import KINDS, OUTSIDE_PREFIXES, is_restricted, mg
from graph.terms import NamedNode

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from service.wire.problem import Json

ON_A_PART = 10_000
"""Addresses in one part; the protocol allows 50,000 (sitemaps.org), which take seconds."""

_CLASSES = {
    "class": mg("SportClass"),
    "graph": NamedNode(OUTSIDE_PREFIXES["prov"] + "Entity"),
    "org": mg("Organization"),
    "part": mg("Participation"),
    "rule": mg("CountingRule"),
}


def class_of(kind: str) -> NamedNode:
    """Return the class of the things of a kind.

    Example:
        >>> class_of("person").value
        'https://w3id.org/medalgraph/ns#Person'

    """
    return _CLASSES.get(kind) or mg(kind.capitalize())


def parts(reader: Reader) -> dict[str, Json]:
    """Return how many parts there are of each kind that has any thing."""
    found = reader.query("SELECT ?c (COUNT(?x) AS ?n) { ?x a ?c } GROUP BY ?c")
    counts = {row["c"]: int(row["n"].value) for row in found}  # type: ignore[union-attr] # a SELECT
    counted = ((kind, counts.get(class_of(kind), 0)) for kind in KINDS)
    return {kind: -(-count // ON_A_PART) for kind, count in counted if count}


def part(reader: Reader, kind: str, number: int) -> list[str]:
    """Return the IRIs of one part, in the order of the store.

    Args:
        reader: the state.
        kind: one of ``KINDS``.
        number: counted from 1.

    """
    first = (number - 1) * ON_A_PART
    found = reader.query(f"SELECT ?x {{ ?x a {class_of(kind)} }} OFFSET {first} LIMIT {ON_A_PART}")
    nodes = [row["x"] for row in found]  # type: ignore[union-attr] # a SELECT
    return [node.value for node in nodes if isinstance(node, NamedNode) and not is_restricted(node)]
