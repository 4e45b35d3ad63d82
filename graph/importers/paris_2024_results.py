"""What the tables of Paris 2024 say, Olympic and Paralympic alike, in the order of telling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .paris_2024_medals import (
    Winners,
    describe_events,
    describe_medal,
    describe_sports,
    describe_total,
)
from .paris_2024_nations import describe_nations
from .paris_2024_people import describe_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.terms import Quad

    from .paris_2024_nodes import Nodes
    from .paris_2024_people import Person
    from .paris_2024_tables import Tables
    from .taking import Watched


def describe_results(
    tables: Tables, people: list[Person], nodes: Nodes, watched: Watched
) -> Iterator[Quad]:
    """Yield nations, sports, events, people, medals and the medal table.

    Args:
        tables: the rows.
        people: those who are in them.
        nodes: mints the IRIs.
        watched: reports each person, medal and total that is told.

    """
    winners = Winners(tables, nodes)
    yield from describe_nations(tables, nodes)
    yield from describe_sports(tables, nodes)
    yield from describe_events(tables, nodes)
    for person in watched(people):
        yield from describe_person(person, nodes)
    for medal in watched(tables.medals):
        yield from describe_medal(medal, winners, nodes)
    for total in watched(tables.totals):
        yield from describe_total(total, nodes)
