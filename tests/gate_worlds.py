"""Random small Games on which parts of the gate are held against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names import RDF_TYPE, mg
from graph.terms import DEFAULT_GRAPH, Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from graph.terms import Object


def world(random: Random) -> Iterator[Quad]:
    """Yield a few Games in which much may be wrong."""

    def node(kind: str, last: int) -> NamedNode:
        return NamedNode(f"http://ex/{kind}{random.randrange(last)}")

    def say(kind: str, count: int, facts: dict[str, list[Object]]) -> Iterator[Quad]:
        for n in range(count):
            subject = NamedNode(f"http://ex/{kind}{n}")
            yield Quad(subject, RDF_TYPE, mg(kind), DEFAULT_GRAPH)
            for word, values in facts.items():
                for _ in range(random.choice((0, 1, 1, 1, 1, 2))):
                    yield Quad(subject, mg(word), random.choice(values), DEFAULT_GRAPH)

    def nodes(kind: str, last: int) -> list[Object]:
        return [node(kind, last) for _ in range(last)]

    def words(*names: str) -> list[Object]:
        return list(map(mg, names))

    def texts(*values: str | int) -> list[Object]:
        return [Literal(value) for value in values]

    medals, standing = words("Gold", "Silver", "Bronze"), words("Standing", "Withdrawn", "Vacant")
    born, days = texts("1990", "1999~", "2018", "18XX", "2011-04-05"), texts("2020-01-02", "2021")
    year = texts(2020, 2024, 1896)
    yield from say("Person", 6, {"born": born, "died": days, "sex": words("M", "F")})
    yield from say("Games", 2, {"year": year, "from": days, "until": days})
    yield from say(
        "Event",
        4,
        {"games": nodes("Games", 2), "rule": words("OneBronze", "TwoBronzes"), "date": days},
    )
    yield from say(
        "Participation",
        8,
        {"person": nodes("Person", 6), "event": nodes("Event", 4), "games": nodes("Games", 2)},
    )
    yield from say(
        "Entry",
        8,
        {
            "athlete": nodes("Person", 6),
            "guide": nodes("Person", 6),
            "event": nodes("Event", 4),
            "rank": texts(1, 2),
            "won": medals,
        },
    )
    yield from say(
        "Award",
        8,
        {
            "entry": nodes("Entry", 8),
            "event": nodes("Event", 4),
            "medal": medals,
            "status": standing,
            "date": days,
        },
    )
    yield from say(
        "Decision", 3, {"award": nodes("Award", 8), "date": days, "action": words("Awarded")}
    )
