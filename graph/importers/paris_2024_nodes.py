"""The IRIs that the results of Paris 2024, Olympic and Paralympic, are told with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.names import slug

from .events import TABLE_TENNIS, event_slug

if TYPE_CHECKING:
    from graph.names import Names
    from graph.terms import NamedNode

    from .events import SportClass


@dataclass(frozen=True, slots=True)
class Edition:
    """What differs between the two Games in how their results are told.

    Attributes:
        source: the end of the IRI of the graph that they fill.
        key: the end of the IRI of the Games.
        two_bronzes: sports in which both losers of the last round before the final win
            bronze.

    """

    source: str
    key: str
    two_bronzes: frozenset[str]


PARALYMPIC = Edition(
    source="paris2024-paralympics",
    key="2024-summer-para",
    two_bronzes=frozenset({"Para Judo", "Para Taekwondo", TABLE_TENNIS}),
)
OLYMPIC = Edition(
    source="paris2024-olympics",
    key="2024-summer",
    two_bronzes=frozenset({"Boxing", "Judo", "Taekwondo", "Wrestling"}),
)


@dataclass(frozen=True, slots=True)
class Nodes:
    """Mints the IRIs of these Games under the base of one store.

    Args:
        names: the names of the store.
        edition: which of the two Games it is.
        people: the end of each person's IRI, by the code that the results give them.

    """

    names: Names
    edition: Edition
    people: dict[str, str] = field(default_factory=dict)

    @property
    def graph(self) -> NamedNode:
        """The graph of this source."""
        return self.names.graph(self.edition.source)

    @property
    def games(self) -> NamedNode:
        """The Games themselves."""
        return self.names.of("games", self.edition.key)

    def nation(self, code: str) -> NamedNode:
        """Return a nation by its code."""
        return self.names.of("nation", code)

    def delegation(self, code: str) -> NamedNode:
        """Return a nation's team at these Games."""
        return self.names.of("delegation", self.edition.key, code)

    def sport(self, label: str) -> NamedNode:
        """Return a sport or discipline by its name."""
        return self.names.of("sport", slug(label))

    def sport_class(self, found: SportClass) -> NamedNode:
        """Return a sport class."""
        return self.names.of("class", found.key)

    def event(self, discipline: str, text: str) -> NamedNode:
        """Return an event by its discipline and its text."""
        return self.names.of("event", *self._event(discipline, text))

    def person(self, code: str) -> NamedNode:
        """Return a person by the code that the results give them."""
        return self.names.of("person", self.people[code])

    def in_sport(self, code: str, discipline: str) -> NamedNode:
        """Return a person's part in these Games in one discipline."""
        return self.names.of("part", self.edition.key, slug(discipline), self.people[code])

    def in_event(self, code: str, discipline: str, text: str) -> NamedNode:
        """Return a person's part in one event."""
        return self.names.of("part", *self._event(discipline, text), self.people[code])

    def medal(self, kind: str, discipline: str, text: str, winner: str, *more: str) -> NamedNode:
        """Return the entry, award, decision or result (``kind``) of a competitor in an event."""
        return self.names.of(kind, *self._event(discipline, text), winner, *more)

    def place(self, end: str) -> NamedNode:
        """Return a venue or city by the end of its IRI."""
        return self.names.of("place", end)

    def occasion(self, label: str) -> NamedNode:
        """Return a ceremony of these Games by its name."""
        return self.names.of("occasion", self.edition.key, slug(label))

    def tally(self, code: str) -> NamedNode:
        """Return the published count of a nation's medals."""
        return self.names.of("tally", self.edition.source, self.edition.key, code)

    def _event(self, discipline: str, text: str) -> tuple[str, str, str]:
        return self.edition.key, slug(discipline), event_slug(text)
