"""The results of single rounds of the Paris 2024 Olympic Games, as typed rows.

Each sport has a table, and each row of it is one competitor in one contest of an event: a
heat, a bout, a race, or the sum of several. How a row is read:

- a phase is the contest in words, as the two columns that name it say together. Where they
  only repeat the event it is *Final*, and where several contests of an event are called alike
  (the matches of a pool, the bouts of a round) they are numbered in the order of their codes;
- a mark is the text of ``result``; behind it, or in its place, stands what ``result_IRM``
  remarks (``20 DNF``, ``NM``). The remarks that say why there is no mark are its status;
- a mark is a number where the type of the result has a unit. Points, sets, strokes and scores
  are points; per cent, faults and ranks have no unit, and wrestling does not name its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.errors import BadTable
from graph.names import slug

from .marks import mark_value
from .paris_2024_tables import country, day, named
from .tables import BadCell, read_table
from .taking import taken

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal
    from pathlib import Path

    from .nations import Country
    from .paris_2024_teams import Team
    from .tables import RejectFile, Row

FOLDER = "results"
COLUMNS = (
    *("date", "stage_code", "event_name", "event_stage", "stage", "discipline_name"),
    *("participant_code", "participant_name", "participant_type"),
    *("participant_country_code", "participant_country", "result"),
)
OPTIONAL = ("rank", "result_type", "result_IRM")
"""Columns that the table of a sport lacks if nobody in it has one."""

UNITS = {
    "": "",
    "DISTANCE": "Metre",
    "FAULT": "",
    "IRM": "",
    "IRM_POINTS": "Point",
    "IRM_RANK": "",
    "IRM_TIME": "Second",
    "NO_SCORE": "",
    "PERCENT": "",
    "POINTS": "Point",
    "RANK": "",
    "RM": "",
    "SCORE": "Point",
    "SETS": "Point",
    "STROKES": "Point",
    "TIME": "Second",
    "WEIGHT": "Kilogram",
}
"""The unit of each type of result; an empty text where the vocabulary has none."""

STATUSES = {"DNF": "DNF", "DNS": "DNS", "DSQ": "DSQ", "DQ": "DSQ", "DQB": "DSQ"}
"""Remarks that are a status; athletics writes DQ, and DQB is for unsporting behaviour."""

_TYPES = {"Person": "person", "Team": "team"}
_COUNTRY = ("participant_country_code", "participant_country", "participant_country")
_DAY = len("2024-07-26")
_FINAL = "FNL-"
_UNIT_PLACE = 22
"""Where in the code of a contest the phase begins; the event is before it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a competitor reached.

    Attributes:
        text: as published, with the remark on it, or an empty string.
        value: as a number, where it is one and has a unit.
        unit: the unit of the number, as a term of the vocabulary, or an empty string.
        status: why there is no mark, as a term of the vocabulary, or an empty string.

    """

    text: str
    value: Decimal | None
    unit: str
    status: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of results.

    Attributes:
        unit: the code of the contest.
        words: the contest in words; others of the event may be called alike.
        day: when the result was given or last changed.
        competitor: the code of the person or team.
        rank: the place in the contest; None where none is published.

    """

    row: Row
    discipline: str
    event: str
    unit: str
    words: str
    day: str
    competitor: str
    is_team: bool
    nation: Country
    rank: int | None
    mark: Mark

    @property
    def session(self) -> str:
        """What the schedule calls the contest: the code without the event."""
        return self.unit[_UNIT_PLACE:].lower()


@dataclass(frozen=True, slots=True)
class Known:
    """What the other tables say of those who may have results.

    Attributes:
        events: discipline and text of each event.
        nations: the code of each nation.
        teams: each team by its code.

    """

    events: Collection[tuple[str, str]]
    nations: Collection[str]
    teams: Mapping[str, Team]


def tables_in(folder: Path) -> list[Path]:
    """Return the table of each sport, sorted by name.

    Raises:
        BadTable: if there is none.

    """
    found = sorted((folder / FOLDER).glob("*.csv")) + sorted((folder / FOLDER).glob("*.csv.gz"))
    if found:
        return found
    raise BadTable(
        f"{folder / FOLDER} has no tables of results.",
        hint="Put the table of each sport there, such as results/Archery.csv.",
    )


def read_lines(tables: Iterable[Path], known: Known, rejects: RejectFile) -> Iterator[Line]:
    """Yield the results of all sports; rows that cannot be used go to the reject file.

    Among them are results in an event without medals, of a team or nation that no other
    table has, and a second result of a competitor in one contest.

    Raises:
        BadTable: if a table is cut off, not in UTF-8, or lacks a column.

    """
    seen: set[tuple[str, str]] = set()

    def read(row: Row) -> Line:
        line = _line(row, known)
        if (line.unit, line.competitor) in seen:
            raise BadCell(
                "the competitor has a result in this contest in a row before",
                column="participant_code",
                value=line.competitor,
                hint="Remove one of the two rows, or correct the code.",
            )
        seen.add((line.unit, line.competitor))
        return line

    for table in tables:
        rows = read_table(table, COLUMNS, optional=OPTIONAL, rejects=rejects)
        yield from taken(rows, read, rejects)


def phases_of(lines: Sequence[Line]) -> dict[str, str]:
    """Return the phase that each contest is, by its code; within an event no two are alike."""
    alike: defaultdict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for line in lines:
        alike[line.discipline, line.event, slug(line.words)][line.unit] = line.words
    return {
        unit: f"{found[unit]}, no. {number}" if len(found) > 1 else found[unit]
        for found in alike.values()
        for number, unit in enumerate(sorted(found), 1)
    }


def phase_words(event: str, event_stage: str, stage: str, *, is_final: bool) -> str:
    """Return a contest in words, as the two columns that name it say together.

    Example:
        >>> phase_words("Men", "Men's Pool Round", "Pool Round", is_final=False)
        'Pool Round'
        >>> keirin = "Men's Keirin, First Round - Heat 4"
        >>> phase_words("Men's Keirin", keirin, "Heat 4", is_final=False)
        'First Round - Heat 4'
        >>> phase_words("Men's Road Race", "Men's Road Race", "Men's Road Race", is_final=True)
        'Final'

    """
    said = event_stage.removeprefix(event).removeprefix("'s").strip(" -,")
    if said and said.lower() not in stage.lower():
        return said
    return "Final" if is_final and event.endswith(stage) else stage


def mark_of(row: Row) -> Mark:
    """Return the mark of a row, or raise BadCell where it should be a number and is none."""
    kind = row.cells.get("result_type", "")
    unit = row.choice("result_type", UNITS) if kind else ""
    result, remark = row["result"], row.cells.get("result_IRM", "")
    # Of the type IRM the remark itself is the result, whatever number stands beside it.
    if remark in STATUSES and (not result or kind == "IRM"):
        return Mark("", None, "", STATUSES[remark])
    value = mark_value(result) if unit and result else None
    if unit and result and value is None:
        raise BadCell(
            f"the result is no number, though its type is {kind}",
            column="result",
            value=result,
            hint="Write it as 686, 9.79, 2:03.40 or 1:43:33, or correct result_type.",
        )
    return Mark(f"{result} {remark}".strip(), value, unit if value is not None else "", "")


def _line(row: Row, known: Known) -> Line:
    discipline, event, unit = named(row, "discipline_name"), named(row, "event_name"), _unit(row)
    if (discipline, event) not in known.events:
        raise BadCell(
            f"medals.csv has no event of this name in {discipline}",
            column="event_name",
            value=event,
            hint="Write it as medals.csv does, or add the medals of the event.",
        )
    is_final = unit[_UNIT_PLACE:].startswith(_FINAL)
    words = phase_words(event, row["event_stage"], named(row, "stage"), is_final=is_final)
    return Line(
        row=row,
        discipline=discipline,
        event=event,
        unit=unit,
        words=words,
        day=_day(row),
        competitor=_competitor(row, known),
        is_team=row["participant_type"] == "Team",
        nation=_nation(row, known),
        rank=_rank(row),
        mark=mark_of(row),
    )


def _unit(row: Row) -> str:
    code = row.needed("stage_code")
    if len(code) > _UNIT_PLACE:
        return code
    raise BadCell(
        "the code of the contest is cut off",
        column="stage_code",
        value=code,
        hint="Write it like ATHM100M--------------FNL-000100--.",
    )


def _day(row: Row) -> str:
    """Return the day of a time such as 2024-07-30T18:59:05+02:00."""
    try:
        return day(replace(row, cells={"date": row["date"][:_DAY]}), "date")
    except BadCell as problem:
        problem.value = row["date"]
        raise


def _competitor(row: Row, known: Known) -> str:
    kind, code = row.choice("participant_type", _TYPES), row.needed("participant_code")
    if kind == "team" and code not in known.teams:
        raise BadCell(
            "teams.csv has no team of this code",
            column="participant_code",
            value=code,
            hint="Add the team to teams.csv, or correct the code.",
        )
    named(row, "participant_name")
    return code


def _nation(row: Row, known: Known) -> Country:
    nation = country(row, _COUNTRY)
    if nation.code in known.nations:
        return nation
    raise BadCell(
        "no athlete and no medal is of this nation",
        column="participant_country_code",
        value=nation.code,
        hint="Correct the code, or add the athletes of the nation to athletes.csv.",
    )


def _rank(row: Row) -> int | None:
    """Return a rank, which is written as 1 or as 1.0."""
    text = row.cells.get("rank", "")
    if not text:
        return None
    digits = text.removesuffix(".0")
    if digits.isdecimal() and int(digits) >= 1:
        return int(digits)
    raise BadCell(
        "the rank is no whole number of 1 or more",
        column="rank",
        value=text,
        hint="Write it in digits only, such as 12, or leave it empty.",
    )
