"""To which Games a thing of the graph belongs, so that a board can be of some Games only."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from graph.names import RDF_TYPE, mg
from graph.terms import DEFAULT_GRAPH, NamedNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.engines.base import Reader

_GAMES, _KIND = mg("games"), mg("Games")
_ON_THE_WAY = tuple(map(mg, ("event", "entry", "award", "occasion")))
_TAKING_PART = (mg("athlete"), mg("guide"), mg("person"))
_LONGEST = 3


class Belonging:
    """Tells of things whether they belong to one of the Games, each looked up once.

    Args:
        reader: the state.
        games: the Games.

    """

    def __init__(self, reader: Reader, games: NamedNode) -> None:
        self._reader, self._games = reader, games
        self._of: Callable[[NamedNode], frozenset[NamedNode]] = cache(self._games_of)

    def __call__(self, node: NamedNode) -> bool:
        """Tell whether a thing belongs to these Games, or to none in particular, as a sport."""
        found = self._of(node)
        return not found or self._games in found

    def _games_of(self, node: NamedNode) -> frozenset[NamedNode]:
        if self._reader_has(node):
            return frozenset({node})
        own = frozenset(self._named_by(node, _LONGEST))
        return own or frozenset(self._of_person(node))

    def _reader_has(self, node: NamedNode) -> bool:
        found = self._reader.quads(node, RDF_TYPE, _KIND, DEFAULT_GRAPH)
        return next(found, None) is not None

    def _named_by(self, node: NamedNode, steps: int) -> Iterator[NamedNode]:
        """Yield the Games that a record names, itself or by what it is about."""
        yield from self._values(node, _GAMES)
        if steps:
            for predicate in _ON_THE_WAY:
                for other in self._values(node, predicate):
                    yield from self._named_by(other, steps - 1)

    def _of_person(self, node: NamedNode) -> Iterator[NamedNode]:
        """Yield the Games in which somebody took part."""
        for predicate in _TAKING_PART:
            for quad in self._reader.quads(None, predicate, node, DEFAULT_GRAPH):
                if isinstance(quad.subject, NamedNode):
                    yield from self._named_by(quad.subject, _LONGEST)

    def _values(self, node: NamedNode, predicate: NamedNode) -> Iterator[NamedNode]:
        for quad in self._reader.quads(node, predicate, graph=DEFAULT_GRAPH):
            if isinstance(quad.object, NamedNode):
                yield quad.object
