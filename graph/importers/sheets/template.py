"""An empty spreadsheet as a steward fills it in."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .columns import Sheet

# A byte order mark is what makes spreadsheet programs read UTF-8 as such.
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def template(sheet: Sheet, *, with_example: bool = False) -> str:
    """Return the header of a sheet as CSV, with a row that shows how if that is wanted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in sheet.columns)
    if with_example:
        writer.writerow(column.example for column in sheet.columns)
    return _MARK + out.getvalue()
