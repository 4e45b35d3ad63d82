"""A person's decision on a match: whether two addresses are of one thing, or of two."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING

from graph.change import Change
from graph.names import SAME_AS
from graph.sources import source
from graph.terms import Quad

from .redirects import (
    DIFFERENT_FROM,
    identity_graph,
    identity_source,
    redirects,
    said_apart,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import NamedNode

    from .redirects import Addresses


class Standing(StrEnum):
    """What is decided of a match by now."""

    WAITING = "waiting"
    SAME = "same"
    APART = "apart"
    GONE = "gone"
    """One of the two was merged with a third, or is no longer in the store."""


class Decided:
    """What is decided of matches in one state.

    Args:
        reader: the state.
        names: the names of the store.

    """

    def __init__(self, reader: Reader, names: Names) -> None:
        self._reader = reader
        self._leads, self._apart = redirects(reader, names), said_apart(reader, names)

    def standing(self, one: NamedNode, other: NamedNode) -> Standing:
        """Return what is decided of two addresses."""
        ends = [self._leads.get(node, node) for node in (one, other)]
        if ends[0] == ends[1]:
            return Standing.SAME
        if frozenset(ends) in self._apart:
            return Standing.APART
        is_known = all(next(self._reader.quads(node), None) is not None for node in (one, other))
        return Standing.WAITING if is_known and ends == [one, other] else Standing.GONE


def separate(reader: Reader, names: Names, one: NamedNode, other: NamedNode) -> Change:
    """Return the change that says that two addresses are of two things."""
    graph = identity_graph(names)
    said = [Quad(one, DIFFERENT_FROM, other, graph), *identity_source(names).quads(names)]
    return Change.of(quad for quad in said if not reader.contains(quad))


def staying(
    reader: Reader,
    names: Names,
    pair: tuple[NamedNode, NamedNode],
    *,
    graphs: tuple[NamedNode, NamedNode],
) -> Addresses:
    """Return the old and the staying address of two: the one of the more trusted source stays.

    Args:
        reader: the state.
        names: the names of the store.
        pair: the two addresses.
        graphs: the source of each, in the same order.

    """
    return addresses_of(*pair, keeps_one=keeps_first(reader, names, *graphs))


def keeps_first(reader: Reader, names: Names, one: NamedNode, other: NamedNode) -> bool:
    """Tell whether of two sources the first is trusted more, so that its addresses stay."""
    return source(reader, names, one).trust < source(reader, names, other).trust


def addresses_of(one: NamedNode, other: NamedNode, *, keeps_one: bool) -> Addresses:
    """Return the old and the staying address of two."""
    return (other, one) if keeps_one else (one, other)


def says(change: Change, names: Names, one: NamedNode, other: NamedNode) -> Standing | None:
    """Return what a change decided of two addresses; None if it decided nothing of them."""
    graph = identity_graph(names)
    for predicate, said in ((SAME_AS, Standing.SAME), (DIFFERENT_FROM, Standing.APART)):
        links = (Quad(*pair, graph) for pair in ((one, predicate, other), (other, predicate, one)))
        if any(link in change.added for link in links):
            return said
    return None


def mark(reader: Reader, nodes: Iterable[NamedNode]) -> str:
    """Return a mark of all that is said of some things; it changes with whatever changes there."""
    total = hashlib.sha256()
    for node in nodes:
        quads = {*reader.quads(node), *reader.quads(None, None, node)}
        for line in sorted(map(str, quads)):
            total.update(f"{line}\n".encode())
    return total.hexdigest()[:32]
