"""What the pages of an import show of a sheet: rows to mend, rows left out, and both as CSV."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask import render_template

from graph.importers.reject_list import Reject
from graph.importers.sheets import SHEETS
from graph.spreadsheet import write_safe_csv

from .answers import sent
from .context import current_service
from .sessions import IMPORTS
from .signing import Signed, signed
from .tokens import WrongToken
from .wire.accept import HTML

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response

    from graph.importers.sheets.mending import Table
    from service.wire.problem import Json

    from .carried import Carried

SHOWN = 50
"""So many rows that something is wrong with are on a page; the next come when these are settled."""
_WRONG = ("file", "line", "column", "value", "reason", "how to fix")


def to_mend(
    carried: Carried, table: Table, told: dict[str, Any]
) -> tuple[list[dict[str, Json]], bool]:
    """Return the rows that cannot be used or contradict each other, and whether there are more.

    Args:
        carried: the sheet.
        table: the same, read.
        told: what the rehearsal found.

    """
    wrong: dict[int, list[Reject]] = {}
    for reject in carried.rejects:
        wrong.setdefault(reject.line, []).append(reject)
    for problem in told["problems"]:
        for line in problem["lines"]:
            said = Reject(line, problem["column"], "", problem["text"], "")
            wrong.setdefault(line, []).append(said)
    rows = table.mended(carried.mends)
    lines = [line for line in sorted(wrong) if line in rows]
    shown = [_row(table, line, rows[line], wrong[line]) for line in lines[:SHOWN]]
    return shown, len(lines) > SHOWN


def left_by_hand(carried: Carried, table: Table) -> list[dict[str, Json]]:
    """Return the rows that a person left out."""
    return [
        {"line": line, "text": table.row_text(table.rows[line]), "reasons": [w.reason for w in why]}
        for line, why in sorted(carried.dropped.items())
        if line in table.rows
    ]


def left_out(carried: Carried, table: Table) -> bytes:
    """Return the rows that are not imported as CSV, each with what is wrong with it."""
    refused = [reject for why in carried.dropped.values() for reject in why]
    bare = [line for line, why in carried.dropped.items() if not why]
    refused += [Reject(line, "", "", "left out", "") for line in bare]
    rows = table.rows
    found = sorted([*refused, *carried.rejects], key=lambda reject: reject.line)
    out = BytesIO()
    cells = (
        [
            *(carried.file, str(one.line), one.column, one.value, one.reason, one.how_to_fix),
            *rows.get(one.line, ()),
        ]
        for one in found
    )
    write_safe_csv([*_WRONG, *table.header], cells, out)
    return out.getvalue()


def left_count(carried: Carried) -> int:
    """Return how many rows are not imported."""
    return len({reject.line for reject in carried.rejects} | set(carried.dropped))


def corrected(carried: Carried, table: Table) -> bytes:
    """Return the sheet as it is now, for a spreadsheet program or another import."""
    return table.text(carried.mends, keeps_lines=False).encode("utf-8-sig")


def kinds_like(table: Table) -> list[str]:
    """Return the kinds of sheet of which a table has every column that is needed."""
    header = {name.strip().casefold().replace(" ", "_") for name in table.header}
    return [sheet.name for sheet in SHEETS.values() if header.issuperset(sheet.needed)]


def _row(
    table: Table, line: int, cells: tuple[str, ...], wrong: Sequence[Reject]
) -> dict[str, Json]:
    columns = {one.column for one in wrong if one.column in table.header}
    is_whole = len(cells) != len(table.header)
    pairs = [] if is_whole else list(enumerate(zip(table.header, cells, strict=True)))
    return {
        "line": line,
        "wrong": [
            {
                "column": one.column,
                "value": one.value,
                "reason": one.reason,
                "hint": one.how_to_fix,
            }
            for one in wrong
        ],
        "cells": [
            {"place": place, "name": name, "value": value, "open": not columns or name in columns}
            for place, (name, value) in pairs
        ],
        "whole": table.row_text(cells) if is_whole else "",
        "is_whole": is_whole,
    }


def page(template_name: str, *, status: int = 200, **found: Any) -> Response:  # noqa: ANN401 - what templates show
    """Return a page of an import, which nobody keeps."""
    version, who = current_service().store.version, _who()
    text = render_template(template_name, who=who, version=version, place=IMPORTS, **found)
    response = sent(text, HTML.media_type, version=version)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _who() -> Signed:
    try:
        return signed()
    except WrongToken as error:
        return Signed(wrong=str(error))
