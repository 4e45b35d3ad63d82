"""Who competed at the Paris 2024 Olympic Games without a medal, alone, in a pair or in a team.

The entry of a medal is described with the medal. The others are those who have a result:

- a pair is called by its members and a team by its nation, as among the medals. Where a
  nation has several teams in one event (beach volleyball, mixed teams of shooters, walkers in
  the relay), those without a medal are numbered in the order of their codes: ``USA-1``;
- a team has all members that ``teams.csv`` lists, for it does not say who was a reserve;
- those who are in no table of athletes are people by their name and nation, and no more.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .paris_2024_tables import Athlete, texts
from .people import Published
from .statements import describe
from .tables import BadCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.terms import Quad

    from .nations import Country
    from .paris_2024_medals import Winners
    from .paris_2024_nodes import Nodes
    from .paris_2024_rounds import Line
    from .paris_2024_tables import Medal, Tables
    from .tables import Row

COLUMNS = ("code", "athletes", "athletes_codes")


@dataclass(frozen=True, slots=True)
class Team:
    """One row of teams.

    Attributes:
        members: the name of each member by their code.

    """

    row: Row
    code: str
    members: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Competitor:
    """Somebody who has results in an event.

    Attributes:
        code: of the person or team.
        line: the first of the results.
        athletes: the codes of the people.
        medal: what they won, if they did.

    """

    code: str
    line: Line
    athletes: tuple[str, ...]
    medal: Medal | None

    @property
    def event(self) -> tuple[str, str]:
        """The discipline and the text of the event."""
        return self.line.discipline, self.line.event


def team_of(row: Row) -> Team:
    """Return the team of a row, or raise BadCell where its members have no names."""
    codes, names = texts(row, "athletes_codes"), texts(row, "athletes")
    if len(codes) != len(names):
        raise BadCell(
            f"there are {len(codes)} codes of athletes and {len(names)} names",
            column="athletes_codes",
            value=row["athletes_codes"],
            hint="Give each athlete a code and a name, in the same order.",
        )
    return Team(row, row.needed("code"), dict(zip(codes, names, strict=True)))


def competitors_in(
    lines: Sequence[Line], teams: Mapping[str, Team], tables: Tables
) -> list[Competitor]:
    """Return each competitor of each event once, in the order of their first result."""
    won = {(medal.discipline, medal.event, medal.entry): medal for medal in tables.medals}
    winners: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for found in tables.medallists:
        winners[found.discipline, found.event, found.entry].append(found.athlete)
    competitors: dict[tuple[str, str, str], Competitor] = {}
    for line in lines:
        key = line.discipline, line.event, line.competitor
        members = tuple(teams[line.competitor].members) if line.is_team else (line.competitor,)
        athletes = tuple(winners[key]) if key in won else members
        competitors.setdefault(key, Competitor(line.competitor, line, athletes, won.get(key)))
    return list(competitors.values())


def with_competitors(
    tables: Tables, competitors: Sequence[Competitor], teams: Mapping[str, Team]
) -> Tables:
    """Return the tables with the people whom only the results or the teams name."""
    listed = {athlete.code for athlete in tables.athletes}
    added: dict[str, Athlete] = {}
    for found in competitors:
        line = found.line
        names = teams[found.code].members if line.is_team else {}
        for code in found.athletes:
            if code not in listed:
                name = names.get(code) or line.row["participant_name"]
                added.setdefault(code, _athlete(code, name, line))
    return replace(tables, athletes=[*tables.athletes, *added.values()])


def events_of(competitors: Sequence[Competitor]) -> Mapping[str, set[tuple[str, str]]]:
    """Return the events in which each person has results, by their code."""
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for competitor in competitors:
        for code in competitor.athletes:
            found[code].add(competitor.event)
    return found


def _athlete(code: str, name: str, line: Line) -> Athlete:
    return Athlete(
        row=line.row,
        code=code,
        name=Published(name, ""),
        sex="",
        born="",
        nation=line.nation,
        nationality=None,
        disciplines=(line.discipline,),
        events=(line.event,),
    )


class Entries:
    """How the entry of each competitor is called, those with a medal as the medals call them.

    Args:
        competitors: all that have results.
        kinds: who competes in an event (person, pair or team), by discipline and text.
        winners: how the medals call an entry.
        nodes: mints the IRIs.

    """

    def __init__(
        self,
        competitors: Sequence[Competitor],
        kinds: Mapping[tuple[str, str], str],
        winners: Winners,
        nodes: Nodes,
    ) -> None:
        self._kinds, self._winners, self._nodes = kinds, winners, nodes
        self._teams: defaultdict[tuple[tuple[str, str], str], list[str]] = defaultdict(list)
        for found in competitors:
            self._teams[found.event, found.line.nation.code].append(found.code)

    def key(self, found: Competitor) -> str:
        """Return how IRIs call the entry of a competitor within the event."""
        if found.medal is not None:
            return self._winners.key(found.medal)
        if self._kinds[found.event] != "team" and found.athletes:
            return "-and-".join(self._nodes.people[code] for code in self._sorted(found))
        return self._of_nation(found, found.line.nation)

    def _of_nation(self, found: Competitor, nation: Country) -> str:
        teams = sorted(self._teams[found.event, nation.code])
        return nation.code if len(teams) == 1 else f"{nation.code}-{teams.index(found.code) + 1}"

    def _sorted(self, found: Competitor) -> list[str]:
        return sorted(set(found.athletes), key=self._nodes.people.__getitem__)

    def describe(self, found: Competitor) -> Iterator[Quad]:
        """Yield the entry of a competitor; nothing where a medal describes it."""
        if found.medal is None:
            nodes = self._nodes
            yield from describe(
                nodes.medal("entry", *found.event, self.key(found)),
                "Entry",
                nodes.graph,
                {
                    "event": nodes.event(*found.event),
                    "athlete": [nodes.person(code) for code in self._sorted(found)],
                    "nation": nodes.nation(found.line.nation.code),
                },
            )
