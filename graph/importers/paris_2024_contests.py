"""The contests of the Paris 2024 Olympic Games: results, entries behind them, where and when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import mg, slug

from .marks import decimal
from .paris_2024_medals import Winners
from .paris_2024_rounds import Known, phases_of, read_lines, tables_in
from .paris_2024_teams import (
    COLUMNS,
    Entries,
    competitors_in,
    events_of,
    team_of,
    with_competitors,
)
from .paris_2024_venues import Days, describe_ceremonies, describe_venues, read_programme
from .statements import describe
from .tables import find_table
from .taking import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from graph.terms import NamedNode, Quad

    from .paris_2024_nodes import Nodes
    from .paris_2024_rounds import Line
    from .paris_2024_tables import Tables
    from .paris_2024_teams import Competitor, Team
    from .paris_2024_venues import Programme
    from .statements import Facts
    from .tables import RejectFile
    from .taking import Watched


@dataclass(frozen=True, slots=True)
class Contests:
    """What the tables say of the contests.

    Attributes:
        lines: each row of results.
        competitors: each competitor of each event that has results.
        teams: each team by its code.
        programme: the venues and the sessions.

    """

    lines: Sequence[Line]
    competitors: Sequence[Competitor]
    teams: Mapping[str, Team]
    programme: Programme

    @property
    def events(self) -> Mapping[str, set[tuple[str, str]]]:
        """The events in which each person has results, by their code."""
        return events_of(self.competitors)

    def with_people(self, tables: Tables) -> Tables:
        """Return the tables with the people whom only the results or the teams name."""
        return with_competitors(tables, self.competitors, self.teams)


def read_contests(folder: Path, tables: Tables, rejects: RejectFile) -> Contests:
    """Return what the results, ``teams.csv``, ``venues.csv`` and ``schedules.csv`` say.

    Args:
        folder: holds the three tables, and the folder of results.
        tables: what was read before.
        rejects: takes the rows that cannot be used.

    Raises:
        BadTable: if a table is missing, cut off, not in UTF-8, or lacks a column.

    """
    events = {(medal.discipline, medal.event) for medal in tables.medals}
    found = read_rows(find_table(folder, "teams.csv"), COLUMNS, team_of, rejects)
    teams = {team.code: team for team in found}
    nations = {athlete.nation.code for athlete in tables.athletes}
    known = Known(events, nations | {medal.nation.code for medal in tables.medals}, teams)
    lines = list(read_lines(tables_in(folder), known, rejects))
    return Contests(
        lines=lines,
        competitors=competitors_in(lines, teams, tables),
        teams=teams,
        programme=read_programme(folder, events, rejects),
    )


def describe_contests(
    contests: Contests, tables: Tables, nodes: Nodes, watched: Watched
) -> Iterator[Quad]:
    """Yield venues, ceremonies, where and when events were, their other entries and all results.

    Args:
        contests: what is told.
        tables: the athletes and the medals, told before.
        nodes: mints the IRIs.
        watched: reports each result that is told.

    """
    kinds = {(medal.discipline, medal.event): medal.competitor for medal in tables.medals}
    entries = Entries(contests.competitors, kinds, Winners(tables, nodes), nodes)
    days = Days(contests.programme)
    yield from describe_venues(contests.programme, nodes)
    yield from describe_ceremonies(contests.programme, nodes)
    yield from _events(contests, kinds, days, nodes)
    keys: dict[tuple[str, str, str], str] = {}
    for found in contests.competitors:
        keys[*found.event, found.code] = entries.key(found)
        yield from entries.describe(found)
    phases = phases_of(contests.lines)
    for line in watched(contests.lines):
        key = keys[line.discipline, line.event, line.competitor]
        yield from _result(line, key, phases[line.unit], days.of_contest(line), nodes)


def _events(
    contests: Contests, kinds: Mapping[tuple[str, str], str], days: Days, nodes: Nodes
) -> Iterator[Quad]:
    places: defaultdict[tuple[str, str], dict[str, NamedNode]] = defaultdict(dict)
    for session in contests.programme.sessions:
        if session.place:
            node = nodes.place(session.place)
            places[session.discipline, session.event][session.place] = node
    results: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for line in contests.lines:
        results[line.discipline, line.event].add(days.of_contest(line))
    for event in sorted(kinds):
        about: Facts = {
            "date": days.of_event(*event, results[event]),
            "place": [node for _, node in sorted(places[event].items())],
        }
        yield from describe(nodes.event(*event), "Event", nodes.graph, about)


def _result(line: Line, key: str, phase: str, day: str, nodes: Nodes) -> Iterator[Quad]:
    event, mark = (line.discipline, line.event), line.mark
    about: Facts = {
        "entry": nodes.medal("entry", *event, key),
        "phase": phase,
        "date": day,
        "rank": line.rank,
        "mark": mark.text,
        "markValue": None if mark.value is None else decimal(mark.value),
        "unit": mg(mark.unit) if mark.unit else None,
        "status": mg(mark.status) if mark.status else None,
    }
    yield from describe(
        nodes.medal("result", *event, key, slug(phase)), "Result", nodes.graph, about
    )
