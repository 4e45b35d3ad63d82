"""The sheet of results: ranks and marks in events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.importers.marks import decimal
from graph.importers.statements import describe
from graph.importers.tables import BadCell
from graph.names import mg, slug

from .believing import check_day, remark_rank
from .cells import date, mark, rank, word
from .entries import entry_of, guides_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.importers.statements import Facts
    from graph.importers.tables import Row
    from graph.terms import Quad

    from .entries import Meant
    from .rows import Work

UNITS = {unit: unit for unit in ("", "Metre", "Second", "Kilogram", "Point")}
_MEANINGS = {"DNS": "did not start", "DNF": "did not finish", "DSQ": "disqualified"}
STATUSES = {status: status for status in ("", *_MEANINGS)}


def convert_results(work: Work) -> Iterator[Quad]:
    """Yield what competitors reached."""
    yield from work.each(lambda row: _row(work, row))


def _row(work: Work, row: Row) -> Iterator[Quad]:
    row.needed("nation")
    place, status = rank(row), word(row, "status", STATUSES)
    _check_status(row, status)
    meant = entry_of(work, row)
    guides = guides_of(work, row, meant)
    if meant.entry is None:
        return
    result = list(_result(work, row, meant, status))
    yield from meant.said
    if place is not None:
        remark_rank(work, meant, place, row["athletes"] or row["nation"])
    if place is not None or guides:
        about: Facts = {"guide": guides, "rank": place}
        yield from describe(meant.entry, "Entry", work.graph, about)
    yield from result


def _check_status(row: Row, status: str) -> None:
    """Raise BadCell where a status stands beside what it rules out."""
    beside = "rank" if status and row["rank"] else "mark" if status == "DNS" and row["mark"] else ""
    if beside:
        raise BadCell(
            f"{status} ({_MEANINGS[status]}) and the {beside} {row[beside]} exclude each other",
            column="status",
            value=row["status"],
            hint=f"Delete the status, or the {beside}.",
        )


def _result(work: Work, row: Row, meant: Meant, status: str) -> Iterator[Quad]:
    unit, day = word(row, "unit", UNITS), date(row, "date")
    check_day(work, meant.games, day, may_be_later=False)
    text, value = mark(row, has_unit=bool(unit))
    said: Facts = {
        "entry": meant.entry,
        "mark": text,
        "markValue": None if value is None else decimal(value),
        "unit": mg(unit) if unit else None,
        "phase": row["phase"],
        "status": mg(status) if status else None,
        "date": day,
    }
    if meant.entry is not None and (text or status):
        ends = meant.entry.value.rpartition("/")[2], slug(row["phase"] or "final")
        yield from describe(work.names.of("result", *ends), "Result", work.graph, said)
