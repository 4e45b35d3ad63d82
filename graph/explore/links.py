"""Links: the statements of the record between two things with addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph.names import MG, OUTSIDE_PREFIXES, RDF_TYPE
from graph.terms import DEFAULT_GRAPH, NamedNode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from graph.engines.base import Reader

_PREDICATE = NamedNode(OUTSIDE_PREFIXES["rdf"] + "predicate")
NO_LINKS = frozenset({RDF_TYPE, _PREDICATE})
"""What a thing is, and what a claim quotes, is told of it and leads nowhere."""


class Link(NamedTuple):
    """One statement of the record that joins two things.

    Attributes:
        source: the thing that it is said of.
        property: by which property.
        target: its value.

    """

    source: NamedNode
    property: NamedNode
    target: NamedNode


def links_from(reader: Reader, node: NamedNode) -> Iterator[Link]:
    """Yield the links that are said of a thing."""
    for quad in reader.quads(node, graph=DEFAULT_GRAPH):
        if isinstance(quad.object, NamedNode) and quad.predicate not in NO_LINKS:
            yield Link(node, quad.predicate, quad.object)


def links_to(reader: Reader, node: NamedNode) -> Iterator[Link]:
    """Yield the links that have a thing as their value."""
    for quad in reader.quads(None, None, node, DEFAULT_GRAPH):
        if isinstance(quad.subject, NamedNode) and quad.predicate not in NO_LINKS:
            yield Link(quad.subject, quad.predicate, node)


def links_among(reader: Reader, nodes: Collection[NamedNode]) -> list[Link]:
    """Return every link between two of some things, in the order of the addresses.

    What is said of a thing is little, whatever refers to it, so only that is read.
    """
    known = frozenset(nodes)
    found = (link for node in known for link in links_from(reader, node))
    return sorted((link for link in found if link.target in known), key=str)


def stated_by(reader: Reader, link: Link) -> list[NamedNode]:
    """Return the graphs of the sources that state a link, in the order of their addresses."""
    found = reader.quads(link.source, link.property, link.target)
    return sorted({quad.graph_name for quad in found}, key=str)  # type: ignore[misc] # named graphs only


def classes_of(reader: Reader, node: NamedNode) -> list[NamedNode]:
    """Return the classes of a thing, in the order of their addresses."""
    found = reader.quads(node, RDF_TYPE, graph=DEFAULT_GRAPH)
    kinds = {quad.object for quad in found if isinstance(quad.object, NamedNode)}
    return sorted(kinds, key=str)


def is_word(node: NamedNode) -> bool:
    """Tell whether a node is a term of the vocabulary, such as gold, and no thing of its own."""
    return node.value.startswith(MG)
