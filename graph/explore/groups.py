"""What a thing is linked to, counted by property and class, and given page by page.

A nation is linked to thousands of things, so it is counted before anything of it is shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from typing import Literal as OneOf

from graph.terms import DEFAULT_GRAPH, NamedNode

from .games import Belonging
from .links import NO_LINKS, classes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Reader

    from .spoken import Spoken

Direction = OneOf["in", "out"]
IN: Direction = "in"
OUT: Direction = "out"
BOTH: tuple[Direction, Direction] = (OUT, IN)
ON_A_PAGE = 50
SORTED = 3_000
"""Of more things than these a page has those that the store gives: to name all takes seconds."""
COUNTED_BY_CLASS = 200_000
"""Of more links than these by one property, classes are not told apart."""
LOOKED_THROUGH = 10_000
"""So many links are read for those of one of the Games; see ``Page.is_whole``. Of more of them by
one property neither classes nor Games are told apart."""
_LINKED = {
    OUT: "{node} {property} ?x FILTER(isIRI(?x))",
    IN: "?x {property} {node} FILTER(isIRI(?x))",
}
_BY_PROPERTY = "SELECT ?p (COUNT(DISTINCT ?x) AS ?n) {{ {linked} }} GROUP BY ?p"
_BY_CLASS = "SELECT ?c (COUNT(DISTINCT ?x) AS ?n) {{ {linked} OPTIONAL {{ ?x a ?c }} }} GROUP BY ?c"


class Way(NamedTuple):
    """Which of its links somebody follows from a thing.

    Attributes:
        direction: whether the thing is the subject ("out") or the value ("in").
        property: of the links.
        kind: the class of what is at their other ends; None for whatever it is.

    """

    direction: Direction
    property: NamedNode
    kind: NamedNode | None = None


class Group(NamedTuple):
    """Links of a thing that go the same way, and how many things are at their ends."""

    way: Way
    size: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the things to which a way leads.

    Attributes:
        members: in the order of their names, if they are ``sorted``.
        size: how many there are on all pages; of those looked at, if not ``is_whole``.
        number: of the page, from 1.
        is_sorted: whether the pages follow the names; else the order is the store's.
        is_whole: whether every link was looked at.

    """

    members: tuple[NamedNode, ...]
    size: int
    number: int
    is_sorted: bool = True
    is_whole: bool = True

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.size // ON_A_PAGE)


class Grouping:
    """Groups what things are linked to.

    Args:
        reader: the state.
        spoken: names things, by which they are sorted.
        games: if given, what belongs to other Games is left out.

    """

    def __init__(self, reader: Reader, spoken: Spoken, games: NamedNode | None = None) -> None:
        self._reader, self._spoken = reader, spoken
        self._belongs = Belonging(reader, games) if games else None

    def groups(self, node: NamedNode) -> list[Group]:
        """Return the groups of links of a thing, what is said of it first, the largest last.

        A thing of two classes counts in both groups.
        """
        found = [
            group
            for direction in BOTH
            for way, size in _sizes(self._reader, node, direction)
            for group in self._by_class(node, way, size)
        ]
        return sorted(found, key=_order)

    def first(self, node: NamedNode, way: Way) -> NamedNode | None:
        """Return one of the things to which a way leads; None if there is none."""
        ends = _ends(self._reader, node, way)
        return next((end for end in ends if self._fits(end, way.kind)), None)

    def page(self, node: NamedNode, way: Way, *, number: int = 1, pages: int = 1) -> Page:
        """Return one page of the things to which a way leads, or several pages as one.

        Args:
            node: the thing.
            way: from it.
            number: of the first page, from 1; of a page that there is not, no members are given.
            pages: how many.

        """
        first, last = (number - 1) * ON_A_PAGE, (number + pages - 1) * ON_A_PAGE
        if self._belongs is None and (size := self._size(node, way)) > SORTED:
            those = (end for end in _ends(self._reader, node, way) if self._fits(end, way.kind))
            return Page(tuple(islice(those, first, last)), size, number, is_sorted=False)
        ends = tuple(islice(_ends(self._reader, node, way), LOOKED_THROUGH + 1))
        is_whole = len(ends) <= LOOKED_THROUGH
        kept = [end for end in ends[:LOOKED_THROUGH] if self._fits(end, way.kind)]
        is_sorted = len(kept) <= SORTED
        if is_sorted:
            kept.sort(key=self._spoken.order)
        members = tuple(kept[first:last])
        return Page(members, len(kept), number, is_sorted=is_sorted, is_whole=is_whole)

    def _size(self, node: NamedNode, way: Way) -> int:
        """Return how many things a way leads to."""
        sizes = dict(_sizes(self._reader, node, way.direction))
        size = sizes.get(way._replace(kind=None), 0)
        if way.kind is None or size <= SORTED:
            return size
        return dict(_classes(self._reader, node, way)).get(way.kind, 0)

    def _by_class(self, node: NamedNode, way: Way, size: int) -> Iterator[Group]:
        if size > (COUNTED_BY_CLASS if self._belongs is None else LOOKED_THROUGH):
            yield Group(way, size)
            return
        if self._belongs is None:
            found = Counter(dict(_classes(self._reader, node, way)))
        else:
            found = Counter()
            for end in filter(self._belongs, _ends(self._reader, node, way)):
                found.update(classes_of(self._reader, end) or [None])  # type: ignore[list-item] # of no class
        for kind, number in found.items():
            yield Group(way._replace(kind=kind), number)

    def _fits(self, node: NamedNode, kind: NamedNode | None) -> bool:
        if kind is not None and kind not in classes_of(self._reader, node):
            return False
        return self._belongs is None or self._belongs(node)


def _sizes(reader: Reader, node: NamedNode, direction: Direction) -> Iterator[tuple[Way, int]]:
    linked = _LINKED[direction].format(node=node, property="?p")
    for row in reader.query(_BY_PROPERTY.format(linked=linked)):  # type: ignore[union-attr] # a SELECT
        if row["p"] not in NO_LINKS:
            yield Way(direction, row["p"]), int(row["n"].value)


def _classes(reader: Reader, node: NamedNode, way: Way) -> Iterator[tuple[NamedNode | None, int]]:
    """Yield how many things of each class a way leads to, of none as well."""
    linked = _LINKED[way.direction].format(node=node, property=way.property)
    for row in reader.query(_BY_CLASS.format(linked=linked)):  # type: ignore[union-attr] # a SELECT
        yield row["c"], int(row["n"].value)


def _ends(reader: Reader, node: NamedNode, way: Way) -> Iterator[NamedNode]:
    """Yield what is at the other ends of links; the record has each statement once."""
    if way.direction == OUT:
        for quad in reader.quads(node, way.property, graph=DEFAULT_GRAPH):
            if isinstance(quad.object, NamedNode):
                yield quad.object
        return
    for quad in reader.quads(None, way.property, node, DEFAULT_GRAPH):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject


def _order(group: Group) -> tuple[bool, int, str, str]:
    way, size = group
    return way.direction == IN, size, way.property.value, str(way.kind)
