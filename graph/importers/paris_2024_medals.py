"""Events, medals and the medal table of Paris 2024, Olympic and Paralympic."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from graph.names import mg, slug

from .events import PARENTS, read_event
from .paris_2024_tables import RANKS
from .statements import RDFS_LABEL, describe, english

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.terms import Quad

    from .events import SportClass
    from .paris_2024_nodes import Nodes
    from .paris_2024_tables import Medal, Tables, Total
    from .statements import Facts

RULE = "official-at-closing"


def describe_sports(tables: Tables, nodes: Nodes) -> Iterator[Quad]:
    """Yield each sport and discipline, and each sport class that an event names."""
    found = {medal.discipline for medal in tables.medals}
    found.update(name for athlete in tables.athletes for name in athlete.disciplines)
    for label in sorted(found | {PARENTS[name] for name in found & PARENTS.keys()}):
        parent = nodes.sport(PARENTS[label]) if label in PARENTS else None
        facts: Facts = {RDFS_LABEL: english(label), "partOf": parent}
        yield from describe(nodes.sport(label), "Sport", nodes.graph, facts)
    for found_class in sorted(_classes(tables), key=lambda found: found.key):
        facts = {RDFS_LABEL: english(found_class.label), "sport": nodes.sport(found_class.sport)}
        yield from describe(nodes.sport_class(found_class), "SportClass", nodes.graph, facts)


def _classes(tables: Tables) -> set[SportClass]:
    return {
        found
        for medal in tables.medals
        for found in read_event(medal.event, medal.discipline).classes
    }


def describe_events(tables: Tables, nodes: Nodes) -> Iterator[Quad]:
    """Yield each event, in the order of discipline and text."""
    events = {(medal.discipline, medal.event): medal for medal in reversed(tables.medals)}
    for (discipline, text), medal in sorted(events.items(), key=lambda item: item[0]):
        two = discipline in nodes.edition.two_bronzes
        read = read_event(text, discipline)
        yield from describe(
            nodes.event(discipline, text),
            "Event",
            nodes.graph,
            {
                RDFS_LABEL: english(text),
                "games": nodes.games,
                "sport": nodes.sport(discipline),
                "sex": mg(medal.sex),
                "sportClass": [nodes.sport_class(found) for found in read.classes],
                "distance": read.distance,
                "weightClass": read.weight_class,
                "rule": mg("TwoBronzes" if two else "OneBronze"),
            },
        )


class Winners:
    """Who is behind each medal, how an entry is called, and which medals are shared."""

    def __init__(self, tables: Tables, nodes: Nodes) -> None:
        self._nodes = nodes
        self._members: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
        for found in tables.medallists:
            self._members[found.discipline, found.event, found.entry].append(found.athlete)
        self._won = Counter((m.discipline, m.event, m.medal) for m in tables.medals)

    def athletes(self, medal: Medal) -> list[str]:
        """Return the codes of the athletes of an entry, in the order of their IRIs."""
        members = self._members[medal.discipline, medal.event, medal.entry]
        return sorted(set(members), key=self._nodes.people.__getitem__)

    def key(self, medal: Medal) -> str:
        """Return how an IRI calls an entry: a team by its nation, others by their athletes.

        Two pairs of one nation may win medals in one event; no two teams do.
        """
        if medal.competitor == "team":
            return medal.nation.code
        return "-and-".join(self._nodes.people[code] for code in self.athletes(medal))

    def shared_rank(self, medal: Medal) -> int | None:
        """Return the rank of an entry that shares a medal which the rule gives once."""
        two = medal.discipline in self._nodes.edition.two_bronzes
        given = 2 if medal.medal == "Bronze" and two else 1
        won = self._won[medal.discipline, medal.event, medal.medal]
        return RANKS[medal.medal] if won > given else None


def describe_medal(medal: Medal, winners: Winners, nodes: Nodes) -> Iterator[Quad]:
    """Yield the entry that won a medal, its award, and the decision that made it."""
    key = winners.key(medal)
    entry, award = (
        nodes.medal(kind, medal.discipline, medal.event, key) for kind in ("entry", "award")
    )
    event, colour = nodes.event(medal.discipline, medal.event), mg(medal.medal)
    yield from describe(
        entry,
        "Entry",
        nodes.graph,
        {
            "event": event,
            "athlete": [nodes.person(code) for code in winners.athletes(medal)],
            "nation": nodes.nation(medal.nation.code),
            "rank": winners.shared_rank(medal),
            "won": colour,
        },
    )
    yield from describe(
        award,
        "Award",
        nodes.graph,
        {
            "event": event,
            "entry": entry,
            "medal": colour,
            "status": mg("Standing"),
            "date": medal.date,
        },
    )
    yield from describe(
        nodes.medal("decision", medal.discipline, medal.event, key, "1"),
        "Decision",
        nodes.graph,
        {"award": award, "action": mg("Awarded"), "date": medal.date},
    )


def describe_total(total: Total, nodes: Nodes) -> Iterator[Quad]:
    """Yield one row of the published medal table."""
    yield from describe(
        nodes.tally(total.nation.code),
        "Tally",
        nodes.graph,
        {
            "games": nodes.games,
            "nation": nodes.nation(total.nation.code),
            "rule": nodes.names.of("rule", slug(RULE)),
            "gold": total.gold,
            "silver": total.silver,
            "bronze": total.bronze,
            "total": total.total,
        },
    )
