"""The medals behind the rows of the 120-years table, which has a row for each winner.

The members of a team, crew or pair share one medal. Their rows agree in event, colour and
team, but so do those of two athletes of one nation who tie (50 m freestyle 2000) or who
both win bronze (boxing). An event is one of teams if in most of its Games more than one
row of a team won gold; every sailing event is one of crews, and every work of art that
several won together is one work.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .tables import Row

TOGETHER = frozenset({"Art Competitions", "Sailing"})
"""Sports in which winners of one team and colour always won together."""
_TWO_FIRST = 2
"""How many golds a tie for the first place is told from."""


@dataclass(frozen=True, slots=True)
class Medal:
    """One medal and those who share it.

    Attributes:
        row: the first of the rows that speak of it.
        people: the end of each winner's IRI, in the order of the table.
        nations: the code of each nation that has a winner in it, in order.
        key: how an IRI calls the entry: a team by its name, others by the person.
        is_shared: whether others won the same medal of the event.

    """

    row: Row
    people: tuple[str, ...]
    nations: tuple[str, ...]
    key: str
    is_shared: bool


def medals_in(won: Sequence[tuple[Row, str]]) -> list[Medal]:
    """Return each medal once, in the order of the table.

    Args:
        won: each row that has a medal, with the end of the winner's IRI.

    """
    teams = team_events(row for row, _ in won)
    groups: defaultdict[tuple[str, ...], list[tuple[Row, str]]] = defaultdict(list)
    for row, person in won:
        is_team = row["event"] in teams or row["sport"] in TOGETHER
        groups[*_event(row), row["medal"], row["nation"], "" if is_team else person].append(
            (row, person)
        )
    given = Counter(key[:4] for key in groups)
    taken: Counter[tuple[str, ...]] = Counter()
    medals = []
    for key, members in groups.items():
        row, people = members[0][0], tuple(dict.fromkeys(person for _, person in members))
        stem = slug(row["nation"]) if len(people) > 1 else people[0]
        taken[*key[:3], stem] += 1
        times = taken[*key[:3], stem]
        medals.append(
            Medal(
                row=row,
                people=people,
                nations=tuple(sorted({row["noc"] for row, _ in members})),
                key=stem if times == 1 else f"{stem}-{times}",
                is_shared=given[key[:4]] > 1,
            )
        )
    return medals


def team_events(won: Iterable[Row]) -> frozenset[str]:
    """Return the events whose gold medals mostly went to several people of one team.

    Two golds of one team, a bronze and no silver say nothing: they are those of two of one
    nation who shared the first place (the pursuit of 2002).
    """
    winners: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    colours: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in won:
        colours[_event(row)].add(row["medal"])
        if row["medal"] == "Gold":
            winners[_event(row)][row["nation"]] += 1
    balance: Counter[str] = Counter()
    for where, teams in winners.items():
        is_tie = colours[where] == {"Gold", "Bronze"} and list(teams.values()) == [_TWO_FIRST]
        if not is_tie:
            balance[where[-1]] += sum(1 if count > 1 else -1 for count in teams.values())
    return frozenset(event for event, votes in balance.items() if votes > 0)


def _event(row: Row) -> tuple[str, str, str]:
    return row["games"], row["city"], row["event"]
