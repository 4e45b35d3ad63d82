"""The sheet of officials: who took part in Games in which role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.importers.statements import describe
from graph.names import mg

from .believing import check_ages
from .cells import date, word
from .people import SEXES, named_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.importers.statements import Facts
    from graph.importers.tables import Row
    from graph.terms import Quad

    from .rows import Work

ROLES = {
    role: role
    for role in ("Coach", "Official", "Guide", "FlagBearer", "Speaker", "Attendee", "Supporter")
}


def convert_officials(work: Work) -> Iterator[Quad]:
    """Yield who took part in Games in which role."""
    yield from work.each(lambda row: _row(work, row))


def _row(work: Work, row: Row) -> Iterator[Quad]:
    role, games = word(row, "role", ROLES), work.known.games(row.needed("games"))
    nation = work.known.nation(row["nation"]) if row["nation"] else None
    sport = work.known.sport(row["sport"]) if row["sport"] else None
    sex = word(row, "sex", SEXES)
    born = date(row, "born")
    about: Facts = {"sex": mg(sex) if sex else None, "born": born}
    name = row.needed("name")
    person, said = named_person(work, name, column="name", nation=nation, facts=about)
    column = "born" if born else "name"
    check_ages(work.known, person, [games], born=born, cell=(column, row[column]))
    yield from said
    ends = [node.value.rpartition("/")[2] for node in (games, person, sport) if node is not None]
    part: Facts = {
        "person": person,
        "role": mg(role),
        "games": games,
        "nation": nation,
        "sport": sport,
    }
    where = work.names.of("part", *ends, role.lower())
    yield from describe(where, "Participation", work.graph, part)
