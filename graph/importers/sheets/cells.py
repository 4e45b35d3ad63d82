"""What a cell of a sheet says: a word, a date, a rank or a mark, or why it says none."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from graph.dates import not_in_calendar
from graph.importers.marks import mark_value
from graph.importers.tables import BadCell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from graph.importers.tables import Row

LAST_RANK = 9_999
"""No event has more competitors than this."""

DATE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?[~?%]?", re.ASCII
)
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
_DECIMAL_COMMA = re.compile(r"-?(\d+:){0,2}\d+,\d+", re.ASCII)
_ERROR = re.compile(r"#[^\s#]{1,16}[!?]|#\w/\w|#NV|#{3,}|Err:\d{3}", re.IGNORECASE)
"""What spreadsheets write, in any language, where a formula fails or a cell is too narrow."""
_DIGITS = 15
_THOUSAND = 3


def refuse_errors(row: Row) -> None:
    """Raise BadCell where a cell holds what a spreadsheet writes in place of a value.

    Example:
        >>> from graph.importers.tables import Row
        >>> refuse_errors(Row("o.csv", 2, {"name": "#1 Fan", "sex": ""}))

    """
    for column, text in row.cells.items():
        if _ERROR.fullmatch(text):
            raise BadCell(
                f"{column} holds an error of the spreadsheet",
                column=column,
                value=text,
                hint="Write what should stand there, or mend the formula and save the sheet anew.",
            )


def word(row: Row, column: str, choices: Mapping[str, str]) -> str:
    """Return what ``choices`` says for a cell, without regard to capitals, spaces and hyphens.

    Raises:
        BadCell: if it is none of them, with the one that is most alike, or all.

    Example:
        >>> from graph.importers.tables import Row
        >>> word(Row("o.csv", 2, {"role": "flag bearer"}), "role", {"FlagBearer": "FlagBearer"})
        'FlagBearer'

    """
    text, known = row[column], {_letters(choice): choice for choice in choices}
    found = known.get(_letters(text)) if _letters(text) or not text else None
    if found is not None:
        return choices[found]
    try:
        return row.choice(column, choices)
    except BadCell as problem:
        near = difflib.get_close_matches(_letters(text), [key for key in known if key], n=1)
        if near:
            problem.hint = f"Did you mean {known[near[0]]}? {problem.hint}"
        raise


def date(row: Row, column: str) -> str:
    """Return a cell as a date in EDTF; an empty cell stays one.

    Raises:
        BadCell: if it is no date, or the calendar does not have it.

    """
    text = row[column]
    if text and not _is_spelled_as_date(text):
        raise BadCell(f"{column} is no date", column=column, value=text, hint=_date_hint(text))
    if wrong := not_in_calendar(text):
        raise BadCell(
            f"{column} is not in the calendar: {wrong}",
            column=column,
            value=text,
            hint="Correct the date; the year alone, or year and month, will do.",
        )
    return text


def rank(row: Row) -> int | None:
    """Return the rank, or None where the cell is empty.

    Raises:
        BadCell: if it is no whole number, or no event can have it.

    """
    text = row["rank"]
    if not text:
        return None
    if len(text) > len(str(LAST_RANK)) and text.isdigit():
        raise _bad_rank(text, f"no event has a rank above {LAST_RANK:,}", "Correct the rank.")
    found = row.integer("rank")
    if found < 1:
        raise _bad_rank(text, "a rank below 1 is none", "Ranks begin at 1.")
    return found


def mark(row: Row, *, has_unit: bool) -> tuple[str, Decimal | None]:
    """Return the mark with a decimal point, and as a number where it has a unit.

    A comma is the sign of decimals where semicolons or tabs stand between the cells. In
    quotation marks among commas it is too, unless three digits behind it could be thousands.

    Raises:
        BadCell: if it has a unit and is no number, or could be two.

    """
    text = row["mark"]
    if _DECIMAL_COMMA.fullmatch(text):
        point, whole = text.replace(",", "."), text.replace(",", "")
        could_be_thousands = (
            row.delimiter == "," and ":" not in text and len(text.split(",")[1]) == _THOUSAND
        )
        if could_be_thousands and has_unit:
            raise BadCell(
                f"the mark may be {point} or {whole}",
                column="mark",
                value=text,
                hint=f"Write {point} or {whole}, whichever it is.",
            )
        text = text if could_be_thousands else point
    if not has_unit:
        return text, None
    value = mark_value(text) if sum(map(str.isdigit, text)) <= _DIGITS else None
    if value is None:
        raise BadCell(
            f"the mark is {'no number' if text else 'empty'}, so it has no unit",
            column="mark",
            value=row["mark"],
            hint="Write it as 11.76 or 2:03.40, without the unit, or leave the unit empty.",
        )
    return text, value


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def _is_spelled_as_date(text: str) -> bool:
    return bool(DATE.fullmatch(text)) and not ("X" in text and "-" in text)


def _date_hint(text: str) -> str:
    day_first = _DAY_FIRST.fullmatch(text)
    if day_first:
        day, month, year = day_first.groups()
        written = f"{year}-{month:0>2}-{day:0>2}"
        if wrong := not_in_calendar(written):
            return f"It is not in the calendar: {wrong}. Correct it, and write it as 1989-10-25."
        return f"Write it as {written}; where the program changes dates, format the column as text."
    return (
        "Write year, month and day as 1989-10-25; the year alone will do. Where the program "
        "changes dates, format the column as text."
    )


def _bad_rank(text: str, reason: str, hint: str) -> BadCell:
    return BadCell(reason, column="rank", value=text, hint=hint)
