"""The tables of the Paris 2024 results, as typed rows; bad rows are refused."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from graph.errors import BadTerm
from graph.names import slug

from .nations import Country
from .people import Published
from .tables import BadCell, find_table
from .taking import read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .tables import RejectFile, Row

PERSON_SEX = {"Male": "M", "Female": "F"}
EVENT_SEX = {"M": "M", "W": "F", "X": "Mixed", "O": "Open"}
MEDALS = {"Gold Medal": "Gold", "Silver Medal": "Silver", "Bronze Medal": "Bronze"}
RANKS = {"Gold": 1, "Silver": 2, "Bronze": 3}
MEDAL_COLUMNS = ("Gold Medal", "Silver Medal", "Bronze Medal")
EVENT_TYPES = {
    "ATH": "person",
    "HATH": "person",
    "COUP": "pair",
    "HCOUP": "pair",
    "HTEAM": "team",
    "TEAM": "team",
}
"""Who competes in an event of each type; an H marks contests of two sides."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CODE = re.compile(r"[A-Z]{3}")
_T = TypeVar("_T")
_R = TypeVar("_R", "Athlete", "Medal", "Total")


@dataclass(frozen=True, slots=True)
class Athlete:
    """One row of athletes: a person, whom they compete for, and what they entered.

    Where it is not said, the sex is an empty text, and so is the day of birth.
    """

    row: Row
    code: str
    name: Published
    sex: str
    born: str
    nation: Country
    nationality: Country | None
    disciplines: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Medallist:
    """One row of medallists: a person, and what they won a medal in, alone or with others."""

    row: Row
    athlete: str
    entry: str
    discipline: str
    event: str


@dataclass(frozen=True, slots=True)
class Medal:
    """One row of medals: what one competitor, alone or a pair or team, won."""

    row: Row
    date: str
    medal: str
    name: str
    nation: Country
    sex: str
    discipline: str
    event: str
    competitor: str
    entry: str


@dataclass(frozen=True, slots=True)
class Total:
    """One row of medal totals, as published."""

    row: Row
    nation: Country
    gold: int
    silver: int
    bronze: int
    total: int


@dataclass(frozen=True, slots=True)
class Tables:
    """All four tables."""

    athletes: list[Athlete]
    medallists: list[Medallist]
    medals: list[Medal]
    totals: list[Total]


def read_tables(folder: Path, rejects: RejectFile) -> Tables:
    """Return the four tables; rows that cannot be used go to the reject file.

    Among them are an athlete who is listed before, a medallist who is not among the
    athletes, a medallist without a medal, and a medal without a medallist.

    Raises:
        BadTable: if a table is missing, cut off, not in UTF-8, or lacks a column.

    """

    def rows(name: str, convert: Callable[[Row], _T]) -> list[_T]:
        return list(read_rows(find_table(folder, name), COLUMNS[name], convert, rejects))

    tables = Tables(
        athletes=rows("athletes.csv", _athlete),
        medallists=rows("medallists.csv", medallist_of),
        medals=rows("medals.csv", medal_of),
        totals=rows("medals_total.csv", total_of),
    )
    return joined(tables, rejects)


def joined(tables: Tables, rejects: RejectFile) -> Tables:
    """Return the tables without the rows that repeat another or lack their counterpart."""
    won = {_entry(medal) for medal in tables.medals}
    athletes = list(_once(tables.athletes, lambda athlete: athlete.code, _LISTED_BEFORE, rejects))
    codes = {athlete.code for athlete in athletes}
    medallists = [
        found
        for found in tables.medallists
        if (found.athlete in codes or _refuse(found.row, _UNKNOWN_ATHLETE, rejects))
        and (_entry(found) in won or _refuse(found.row, _NO_MEDAL, rejects))
    ]
    entries = {_entry(found) for found in medallists}
    medals = [
        medal
        for medal in tables.medals
        if _entry(medal) in entries or _refuse(medal.row, _NO_MEDALLIST, rejects)
    ]
    return Tables(
        athletes=athletes,
        medallists=medallists,
        medals=list(_once(medals, _entry, _SECOND_MEDAL, rejects)),
        totals=list(_once(tables.totals, lambda total: total.nation.code, _COUNTED, rejects)),
    )


def _entry(row: Medal | Medallist) -> tuple[str, str, str]:
    return row.discipline, row.event, row.entry


def _once(
    rows: list[_R], key: Callable[[_R], object], why: tuple[str, str, str], rejects: RejectFile
) -> Iterator[_R]:
    """Yield each row whose key no row before it has; refuse the others."""
    seen = set()
    for row in rows:
        if key(row) not in seen or _refuse(row.row, why, rejects):
            seen.add(key(row))
            yield row


def _refuse(row: Row, why: tuple[str, str, str], rejects: RejectFile) -> bool:
    column, reason, hint = why
    rejects.add(row, BadCell(reason, column=column, value=row[column], hint=hint))
    return False


_UNKNOWN_ATHLETE = (
    "code_athlete",
    "no athlete has this code",
    "Add the athlete to athletes.csv, or correct the code.",
)
_NO_MEDAL = (
    "event",
    "medals.csv has no medal of this competitor in this event",
    "Add the medal to medals.csv, or correct the event or the code.",
)
_LISTED_BEFORE = ("code", "an athlete with this code is listed before", "Remove one of the two.")
_SECOND_MEDAL = (
    "code",
    "the same competitor has a medal in this event in a row before",
    "Remove one of the two rows.",
)
_COUNTED = ("country_code", "the nation has a row before", "Remove one of the two rows.")
_NO_MEDALLIST = (
    "code",
    "no medallist has this code in this event",
    "Add the medallists to medallists.csv, or correct the code.",
)


COUNTRY = ("country_code", "country", "country_long")
NATIONALITY = ("nationality_code", "nationality", "nationality_long")
COLUMNS = {
    "athletes.csv": (
        *("code", "name", "name_tv", "gender", "birth_date", "disciplines", "events"),
        *COUNTRY,
        *NATIONALITY,
    ),
    "medallists.csv": ("code_athlete", "code_team", "discipline", "event"),
    "medals.csv": (
        *("medal_type", "medal_date", "name", "gender", "discipline", "event"),
        *("event_type", "code"),
        *COUNTRY,
    ),
    "medals_total.csv": (*MEDAL_COLUMNS, "Total", *COUNTRY),
}
"""The columns that are read of each table; the others, biographies among them, are not."""


def _athlete(row: Row) -> Athlete:
    return Athlete(
        row=row,
        code=row.needed("code"),
        name=Published(named(row, "name"), row["name_tv"]),
        sex=row.choice("gender", PERSON_SEX),
        born=day(row, "birth_date") if row["birth_date"] else "",
        nation=country(row, COUNTRY),
        nationality=country(row, NATIONALITY) if row["nationality_code"] else None,
        disciplines=texts(row, "disciplines"),
        events=texts(row, "events"),
    )


def medallist_of(row: Row) -> Medallist:
    """Return the medallist of a row."""
    return Medallist(
        row=row,
        athlete=row.needed("code_athlete"),
        entry=row["code_team"] or row["code_athlete"],
        discipline=named(row, "discipline"),
        event=named(row, "event"),
    )


def medal_of(row: Row) -> Medal:
    """Return the medal of a row."""
    return Medal(
        row=row,
        date=day(row, "medal_date"),
        medal=row.choice("medal_type", MEDALS),
        name=row["name"],
        nation=country(row, COUNTRY),
        sex=row.choice("gender", EVENT_SEX),
        discipline=named(row, "discipline"),
        event=named(row, "event"),
        competitor=row.choice("event_type", EVENT_TYPES),
        entry=row.needed("code"),
    )


def total_of(row: Row) -> Total:
    """Return the published count of a row, or raise BadCell where it does not add up."""
    gold, silver, bronze = (row.integer(column) for column in MEDAL_COLUMNS)
    total = row.integer("Total")
    if gold + silver + bronze != total:
        raise BadCell(
            f"gold, silver and bronze make {gold + silver + bronze} and not {total}",
            column="Total",
            value=row["Total"],
            hint="Correct the count that is wrong.",
        )
    return Total(row, country(row, COUNTRY), gold, silver, bronze, total)


def country(row: Row, columns: tuple[str, str, str]) -> Country:
    """Return the nation that three columns name: its code, its short and its long name."""
    code, short, long = (row[column] for column in columns)
    if not _CODE.fullmatch(code):
        raise BadCell(
            "the code of a nation is three capitals",
            column=columns[0],
            value=code,
            hint="Write it like AZE.",
        )
    label = named(row, columns[1] if short else columns[2])
    return Country(code, short or label, long or label)


def day(row: Row, column: str) -> str:
    """Return a day of the calendar (ISO 8601), or raise BadCell."""
    text = row[column]
    if _is_day(text):
        return text
    raise BadCell(
        f"{column} is not a day", column=column, value=text, hint="Write it as 2024-09-03."
    )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return _DATE.fullmatch(text) is not None


def day_first(row: Row, column: str) -> str:
    """Return a day that is written as 17-11-1964 as ISO 8601 has it, or raise BadCell."""
    text = row[column]
    try:
        return datetime.strptime(text, "%d-%m-%Y").date().isoformat()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise BadCell(
            f"{column} is not a day", column=column, value=text, hint="Write it as 17-11-1964."
        ) from error


def named(row: Row, column: str) -> str:
    """Return a text that an address can be made from."""
    text = row.needed(column)
    try:
        slug(text)
    except BadTerm as error:
        raise BadCell(str(error), column=column, value=text, hint=error.hint) from error
    return text


def texts(row: Row, column: str) -> tuple[str, ...]:
    """Return a list that is written as Python writes it: ``['Para Judo', "Men's ..."]``."""
    try:
        found = ast.literal_eval(row[column]) if row[column] else []
    except (ValueError, SyntaxError) as error:
        raise _no_list(row, column) from error
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise _no_list(row, column)
    return tuple(found)


def _no_list(row: Row, column: str) -> BadCell:
    return BadCell(
        f"{column} is not a list of texts",
        column=column,
        value=row[column],
        hint="Write it as ['Para Judo', 'Para Swimming'].",
    )
