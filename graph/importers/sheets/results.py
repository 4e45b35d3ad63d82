"""The sheet of results: ranks and marks in events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.importers.marks import decimal, mark_value
from graph.importers.statements import describe
from graph.importers.tables import BadCell
from graph.names import mg, slug

from .entries import entry_of, guides_of
from .people import date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.importers.statements import Facts
    from graph.importers.tables import Row
    from graph.terms import NamedNode, Quad

    from .rows import Work

UNITS = {unit: unit for unit in ("", "Metre", "Second", "Kilogram", "Point")}
STATUSES = {status: status for status in ("", "DNS", "DNF", "DSQ")}


def convert_results(work: Work) -> Iterator[Quad]:
    """Yield what competitors reached."""
    yield from work.each(lambda row: _row(work, row))


def _row(work: Work, row: Row) -> Iterator[Quad]:
    row.needed("nation")
    rank = row.integer("rank") if row["rank"] else None
    if rank is not None and rank < 1:
        raise BadCell(
            "a rank below 1 is none", column="rank", value=row["rank"], hint="Ranks begin at 1."
        )
    meant = entry_of(work, row)
    entry, guides = meant.entry, guides_of(work, row, meant)
    yield from meant.said
    if entry is None:
        return
    about: Facts = {"guide": guides, "rank": rank}
    if rank is not None or guides:
        yield from describe(entry, "Entry", work.graph, about)
    yield from _result(work, row, entry)


def _result(work: Work, row: Row, entry: NamedNode) -> Iterator[Quad]:
    unit, status = row.choice("unit", UNITS), row.choice("status", STATUSES)
    value = mark_value(row["mark"]) if unit else None
    if unit and value is None:
        raise BadCell(
            "the mark is no number, so it has no unit",
            column="mark",
            value=row["mark"],
            hint="Write it as 11.76 or 2:03.40, or leave the unit empty.",
        )
    said: Facts = {
        "entry": entry,
        "mark": row["mark"],
        "markValue": None if value is None else decimal(value),
        "unit": mg(unit) if unit else None,
        "phase": row["phase"],
        "status": mg(status) if status else None,
        "date": date(row, "date"),
    }
    if row["mark"] or status:
        ends = entry.value.rpartition("/")[2], slug(row["phase"] or "final")
        yield from describe(work.names.of("result", *ends), "Result", work.graph, said)
