"""What a thing says and what refers to it: counted by property, and listed page by page.

A nation has thousands of athletes, so no page of a thing names everybody who refers to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from typing import Literal as OneOf

from graph.errors import NotFound
from graph.names import RDF_TYPE, RDFS_LABEL, property_words
from graph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.terms import Term
    from service.wire.problem import Json

    from .things import Telling

ON_A_PAGE = 100
SORTED = 10_000
"""Of more values than these a page has whichever the store gives: to sort them takes seconds."""

Direction = OneOf["in", "out"]
IN: Direction = "in"
OUT: Direction = "out"
_FIRST = (RDF_TYPE, RDFS_LABEL)
_PATTERNS = {
    OUT: ("DISTINCT ?x", "GRAPH ?g {{ {node} {property} ?x }}"),
    IN: ("?x", "?x {property} {node}"),
}
"""What refers to a thing is counted in the record, in which each statement stands once. Nodes are
written as their terms spell them, which no IRI can break out of."""


class Listing(NamedTuple):
    """One page of the values of a property of a thing, or of what has the thing as its value.

    Attributes:
        property: its IRI.
        direction: whether the thing is the subject ("out") or the value ("in").
        page: counted from 1.

    """

    property: str
    direction: Direction
    page: int = 1


def counted(reader: Reader, node: NamedNode, direction: Direction) -> dict[NamedNode, int]:
    """Return how many values each property has, types and labels first."""
    each, pattern = _PATTERNS[direction]
    pattern = pattern.format(node=node, property="?p")
    found = reader.query(f"SELECT ?p (COUNT({each}) AS ?n) {{ {pattern} }} GROUP BY ?p")
    rows = [(row["p"], int(row["n"].value)) for row in found]  # type: ignore[union-attr] # a SELECT
    return dict(sorted(rows, key=lambda row: _place(row[0])))


def values(reader: Reader, node: NamedNode, listing: Listing, count: int) -> list[Term]:
    """Return what stands on a page, in the order of addresses and texts unless there are too many.

    Args:
        reader: the state.
        node: the thing.
        listing: which page.
        count: how many values there are in all.

    """
    first = (listing.page - 1) * ON_A_PAGE
    each, pattern = _PATTERNS[listing.direction]
    pattern = pattern.format(node=node, property=NamedNode(listing.property))
    asked = f"SELECT {each} {{ {pattern} }}"
    if count > SORTED:
        return _column(reader, f"{asked} OFFSET {first} LIMIT {ON_A_PAGE}")
    return sorted(_column(reader, asked), key=_text)[first : first + ON_A_PAGE]


def listed(telling: Telling, node: NamedNode, listing: Listing) -> dict[str, Json]:
    """Return a page of what has a property, with the sources of each statement.

    Raises:
        NotFound: if the property has no values here, or the page none.

    """
    reader, prop = telling.reader, NamedNode(listing.property)
    count = counted(reader, node, listing.direction).get(prop, 0)
    pages = -(-count // ON_A_PAGE)
    if not 1 <= listing.page <= pages:
        raise _no_page(telling, listing, pages)
    return {
        **telling.named(node),
        **named(telling, prop),
        "direction": listing.direction,
        "count": count,
        "page": listing.page,
        "pages": pages,
        "on_a_page": ON_A_PAGE,
        "sorted": count <= SORTED,
        "values": [
            {
                "value": telling.term(value),
                "sources": telling.sources(_graphs(reader, node, listing, value)),
            }
            for value in values(reader, node, listing, count)
        ],
    }


def named(telling: Telling, prop: NamedNode) -> dict[str, Json]:
    """Return what names a property: as a term, in words, and as addresses and queries spell it."""
    return {
        "property": telling.term(prop),
        "property_label": property_words(prop),
        "property_name": telling.shown.short(prop),
    }


def _graphs(reader: Reader, node: NamedNode, listing: Listing, value: Term) -> set[NamedNode]:
    subject, said = (node, value) if listing.direction == OUT else (value, node)
    found = reader.quads(subject, NamedNode(listing.property), said)  # type: ignore[arg-type] # a subject it is
    return {quad.graph_name for quad in found}  # type: ignore[misc] # named graphs only


def _no_page(telling: Telling, listing: Listing, pages: int) -> NotFound:
    name = telling.shown.short(NamedNode(listing.property))
    if not pages:
        way = "refers to it by" if listing.direction == IN else "is said of it by"
        return NotFound(f"Nothing {way} the property {name}.")
    return NotFound(
        f"There is no page {listing.page} of {name}.", hint=f"There are pages 1 to {pages}."
    )


def _column(reader: Reader, query: str) -> list[Term]:
    return [row["x"] for row in reader.query(query)]  # type: ignore[union-attr] # a SELECT


def _place(predicate: NamedNode) -> tuple[int, str]:
    place = _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)
    return place, predicate.value


def _text(term: Term) -> tuple[str, str]:
    return (term.value if isinstance(term, Literal | NamedNode) else str(term)), str(term)
