"""Where in a source something is read: at which Games, for which nation, with which person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import RDF_TYPE, mg
from graph.terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Reader
    from graph.terms import Subject

GAMES, NATION, PERSON = mg("games"), mg("nation"), mg("person")
EVENT, ENTRY, AWARD = mg("event"), mg("entry"), mg("award")
OCCASION, ATHLETE, GUIDE = mg("occasion"), mg("athlete"), mg("guide")
BY_PERSON = (PERSON, ATHLETE, GUIDE)
_OF_GAMES, _OF_NATION, _OF_PERSON = mg("Games"), mg("Nation"), mg("Person")
_WAYS = (EVENT, OCCASION, ENTRY, AWARD)
_MOST_LINKS = 50
"""So many statements about a person are looked at for Games and nation."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is read; None for nowhere in particular."""

    games: NamedNode | None = None
    nation: NamedNode | None = None
    person: NamedNode | None = None


class Places:
    """The places of what one source says.

    Args:
        reader: the state.
        graph: the source.

    """

    def __init__(self, reader: Reader, graph: NamedNode) -> None:
        self._reader, self._graph = reader, graph
        self._known: dict[Subject, Place] = {}

    def of(self, subject: Subject) -> Place:
        """Return where what is said of a thing is read."""
        if subject not in self._known:
            self._known[subject] = Place()  # So that a circle ends.
            self._known[subject] = self._found(subject)
        return self._known[subject]

    def _found(self, subject: Subject) -> Place:
        kinds = {quad.object for quad in self._reader.quads(subject, RDF_TYPE)}
        itself = subject if isinstance(subject, NamedNode) else None
        if _OF_GAMES in kinds:
            return Place(games=itself)
        if _OF_NATION in kinds:
            return Place(nation=itself)
        if _OF_PERSON in kinds:
            return self._of_person(itself)
        games, nation = self.one(subject, GAMES), self.one(subject, NATION)
        person = self.one(subject, PERSON) or self.one(subject, ATHLETE)
        for way in _WAYS:
            if games and (nation or way in (EVENT, OCCASION)):
                continue
            if through := self.one(subject, way):
                there = self.of(through)
                games, person = games or there.games, person or there.person
                nation = nation or (there.nation if way in (ENTRY, AWARD) else None)
        if person and not nation:
            nation = self.of(person).nation
        return Place(games, nation, person)

    def _of_person(self, person: NamedNode | None) -> Place:
        if person is None:
            return Place()
        editions: Counter[NamedNode] = Counter()
        nations: Counter[NamedNode] = Counter()
        for link in self.links(person):
            games, nation = self.one(link, GAMES), self.one(link, NATION)
            if not games and (event := self.one(link, EVENT) or self.one(link, OCCASION)):
                games = self.one(event, GAMES)
            editions.update([games] if games else [])
            nations.update([nation] if nation else [])
        return Place(_most(editions), _most(nations), person)

    def links(self, person: NamedNode) -> Iterator[Subject]:
        """Yield what in the source names a person, a bounded number of things."""
        for predicate in BY_PERSON:
            quads = self._reader.quads(None, predicate, person, self._graph)
            for _, quad in zip(range(_MOST_LINKS), quads, strict=False):
                yield quad.subject  # type: ignore[misc] # no quoted triples

    def one(self, subject: Subject, predicate: NamedNode) -> NamedNode | None:
        """Return the one node that the source, or else anybody, says for a property."""
        quads = list(self._reader.quads(subject, predicate))
        own = [quad.object for quad in quads if quad.graph_name == self._graph]
        nodes = [n for n in own or [q.object for q in quads] if isinstance(n, NamedNode)]
        return min(nodes, key=str) if nodes else None


def _most(counted: Counter[NamedNode]) -> NamedNode | None:
    """Return what was counted most often, of several the last by its name."""
    return max(counted, key=lambda node: (counted[node], node.value), default=None)
