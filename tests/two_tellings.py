"""Two sources that tell the events of one edition of the Games, each at addresses of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.engines.memory import MemoryDraft
from graph.identity.event_sources import matched_events
from graph.identity.redirects import merge
from graph.importers.statements import RDFS_LABEL, describe, english
from graph.importers.winners import describe_winner
from graph.lexical import as_stored
from graph.medals.counting import count_medals
from graph.medals.rules import rules
from graph.names import Names, local_name, mg
from graph.sources import Source

from .century import rules_and_nations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.identity.event_sources import MatchedEvents
    from graph.terms import NamedNode, Quad

NAMES = Names()
BOOK, WEB = NAMES.graph("book"), NAMES.graph("web")
GAMES = NAMES.of("games", "2012-summer")


@dataclass(frozen=True, slots=True)
class Telling:
    """What one source tells.

    Attributes:
        graph: the source.
        priority: how far it is trusted.

    """

    graph: NamedNode
    priority: int

    @property
    def mark(self) -> str:
        """What addresses of this source end in."""
        return local_name(self.graph)

    def known(self) -> Iterator[Quad]:
        """Yield the Games, and what the source is."""
        yield from Source(self.graph, f"The {self.mark}", priority=self.priority).quads(NAMES)
        facts = {
            RDFS_LABEL: english("2012 Summer Olympics"),
            "kind": mg("Olympic"),
            "season": mg("Summer"),
            "year": 2012,
        }
        yield from describe(GAMES, "Games", self.graph, facts)  # type: ignore[arg-type]

    def event(self, label: str, *won: str, sport: str = "swimming", sex: str = "F") -> list[Quad]:
        """Return an event with those who won: ``Gold AZE Leyla Ali``, a team with commas.

        Two of one colour share the rank.
        """
        end = self.end(label)
        facts = {
            RDFS_LABEL: english(label),
            "games": GAMES,
            "sport": NAMES.of("sport", sport),
            "sex": mg(sex) if sex else None,
        }
        found = list(describe(NAMES.of("event", end), "Event", self.graph, facts))  # type: ignore[arg-type]
        found += describe(
            NAMES.of("sport", sport), "Sport", self.graph, {RDFS_LABEL: english(sport)}
        )
        colours = [text.split()[0] for text in won]
        for text in won:
            medal, code, *names = text.split(maxsplit=2)
            people = [name.strip() for name in ",".join(names).split(",") if name]
            found += self._winner(end, medal, code, people, is_shared=colours.count(medal) > 1)
        return found

    def end(self, label: str) -> str:
        """Return the end of an event's address."""
        return f"2012--{label.lower().replace(' ', '-').replace('+', 'plus')}-{self.mark}"

    def entry(self, label: str, who: str) -> NamedNode:
        """Return the entry of somebody in an event; a team is called by its nation."""
        return NAMES.of("entry", self.end(label), who)

    def award(self, label: str, who: str) -> NamedNode:
        """Return the award of somebody in an event."""
        return NAMES.of("award", self.end(label), who)

    def person(self, name: str) -> NamedNode:
        """Return the address of a person here."""
        return NAMES.of("person", f"{name.lower().replace(' ', '-')}-{self.mark}")

    def _winner(
        self, end: str, medal: str, code: str, people: list[str], *, is_shared: bool
    ) -> Iterator[Quad]:
        for name in people:
            facts = {RDFS_LABEL: english(name), "born": "1990-01-01", "sex": mg("F")}
            yield from describe(self.person(name), "Person", self.graph, facts)  # type: ignore[arg-type]
        nation = NAMES.of("nation", code)
        facts = {RDFS_LABEL: english(code), "code": code, "kind": mg("Country")}
        yield from describe(nation, "Nation", self.graph, facts)  # type: ignore[arg-type]
        key = people[0].lower().replace(" ", "-") if len(people) == 1 else code
        yield from describe_winner(
            NAMES,
            self.graph,
            event=end,
            key=f"{key}--{medal}",
            medal=medal,
            is_shared=is_shared,
            entry={"athlete": [self.person(name) for name in people], "nation": nation},
        )


THE_BOOK, THE_WEB = Telling(BOOK, 1), Telling(WEB, 3)


def inserted(quads: Iterable[Quad]) -> str:
    """Return the update that says this."""
    said = (f"GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }}" for q in quads)
    return f"INSERT DATA {{ {' '.join(said)} }}"


def told(*quads: list[Quad]) -> MemoryDraft:
    """Return the state in which both sources say this, with the counting rules."""
    every = [*THE_BOOK.known(), *THE_WEB.known(), *rules_and_nations()]
    return MemoryDraft(map(as_stored, [*every, *(quad for some in quads for quad in some)]))


def matched(state: MemoryDraft) -> MatchedEvents:
    """Return which event of the web is which of the book."""
    return matched_events(state, NAMES, WEB, BOOK)


def merged(state: MemoryDraft) -> MemoryDraft:
    """Return the state once the sure ones were merged."""
    found = matched(state)
    sure = [match for match in found.found if match.is_sure]
    after = MemoryDraft(state.quads())
    after.apply(merge(state, NAMES, found.addresses(sure)))
    return after


def table(state: MemoryDraft, rule: str = "after-reallocations") -> dict[str, tuple[int, ...]]:
    """Return gold, silver and bronze by code."""
    [counting] = [each for each in rules(state) if each.key == rule]
    count = count_medals(state, NAMES, [GAMES], counting)
    colours = (mg("Gold"), mg("Silver"), mg("Bronze"))
    return {
        local_name(line): tuple(medals[colour] for colour in colours)
        for line, medals in count.medals.items()
    }
