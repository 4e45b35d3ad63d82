"""The IRIs that the results of the Paris 2024 Paralympic Games are told with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.names import slug

from .events import event_slug

if TYPE_CHECKING:
    from graph.names import Names
    from graph.terms import NamedNode

    from .events import SportClass

SOURCE = "paris2024-paralympics"
GAMES = "2024-summer-para"


@dataclass(frozen=True, slots=True)
class Nodes:
    """Mints the IRIs of these Games under the base of one store.

    Args:
        names: the names of the store.
        people: the end of each person's IRI, by the code that the results give them.

    """

    names: Names
    people: dict[str, str] = field(default_factory=dict)

    @property
    def graph(self) -> NamedNode:
        """The graph of this source."""
        return self.names.graph(SOURCE)

    @property
    def games(self) -> NamedNode:
        """The Games themselves."""
        return self.names.of("games", GAMES)

    def nation(self, code: str) -> NamedNode:
        """Return a nation by its code."""
        return self.names.of("nation", code)

    def delegation(self, code: str) -> NamedNode:
        """Return a nation's team at these Games."""
        return self.names.of("delegation", GAMES, code)

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
        return self.names.of("part", GAMES, slug(discipline), self.people[code])

    def in_event(self, code: str, discipline: str, text: str) -> NamedNode:
        """Return a person's part in one event."""
        return self.names.of("part", *self._event(discipline, text), self.people[code])

    def medal(self, kind: str, discipline: str, text: str, winner: str, *more: str) -> NamedNode:
        """Return the entry, award or decision (``kind``) of a winner in an event."""
        return self.names.of(kind, *self._event(discipline, text), winner, *more)

    def tally(self, code: str) -> NamedNode:
        """Return the published count of a nation's medals."""
        return self.names.of("tally", SOURCE, GAMES, code)

    def _event(self, discipline: str, text: str) -> tuple[str, str, str]:
        return GAMES, slug(discipline), event_slug(text)
