"""Where in a source something is read: at which Games, for which nation, with which person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import mg
from graph.terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.terms import Subject

    from .stated import Stated

GAMES, NATION, PERSON = mg("games"), mg("nation"), mg("person")
EVENT, ENTRY, AWARD = mg("event"), mg("entry"), mg("award")
OCCASION, ATHLETE, GUIDE = mg("occasion"), mg("athlete"), mg("guide")
BODY = mg("organization")
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
    """The places of what one source says."""

    def __init__(self, stated: Stated) -> None:
        self._stated = stated
        self._known: dict[Subject, Place] = {}

    def of(self, subject: Subject) -> Place:
        """Return where what is said of a thing is read."""
        if subject not in self._known:
            self._known[subject] = Place()  # So that a circle ends.
            self._known[subject] = self._found(subject)
        return self._known[subject]

    def _found(self, subject: Subject) -> Place:
        kinds, one = self._stated.kinds(subject), self._stated.one
        itself = subject if isinstance(subject, NamedNode) else None
        if _OF_GAMES in kinds:
            return Place(games=itself)
        if _OF_NATION in kinds:
            return Place(nation=itself)
        if _OF_PERSON in kinds:
            return self._of_person(itself)
        games, nation = one(subject, GAMES), self._nation(subject)
        person = one(subject, PERSON) or one(subject, ATHLETE)
        for way in _WAYS:
            if games and (nation or way in (EVENT, OCCASION)):
                continue
            if through := one(subject, way):
                there = self.of(through)
                games, person = games or there.games, person or there.person
                nation = nation or (there.nation if way in (ENTRY, AWARD) else None)
        if person and not nation:
            nation = self.of(person).nation
        return Place(games, nation, person)

    def _nation(self, subject: Subject) -> NamedNode | None:
        """Return the nation of something, or that of the body that it has to do with."""
        one = self._stated.one
        nation, body = one(subject, NATION), one(subject, BODY)
        return nation or (one(body, NATION) if body else None)

    def _of_person(self, person: NamedNode | None) -> Place:
        if person is None:
            return Place()
        one = self._stated.one
        editions: Counter[NamedNode] = Counter()
        nations: Counter[NamedNode] = Counter()
        for link in self.links(person):
            games, nation = one(link, GAMES), self._nation(link)
            if not games and (event := one(link, EVENT) or one(link, OCCASION)):
                games = one(event, GAMES)
            editions.update([games] if games else [])
            nations.update([nation] if nation else [])
        return Place(_most(editions), _most(nations), person)

    def links(self, person: NamedNode) -> Iterator[Subject]:
        """Yield what in the source names a person, a bounded number of things."""
        for predicate in BY_PERSON:
            quads = self._stated.reader.quads(None, predicate, person, self._stated.graph)
            for _, quad in zip(range(_MOST_LINKS), quads, strict=False):
                yield quad.subject  # type: ignore[misc] # no quoted triples


def _most(counted: Counter[NamedNode]) -> NamedNode | None:
    """Return what was counted most often, of several the last by its name."""
    return max(counted, key=lambda node: (counted[node], node.value), default=None)
