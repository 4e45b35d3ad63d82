"""CSV for a spreadsheet program, which would run a cell that looks like a formula."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_RUN = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """Return text that a spreadsheet shows and does not run; numbers stay numbers.

    Example:
        >>> safe_cell("=1+1"), safe_cell("-2.5")
        ("'=1+1", '-2.5')

    """
    if text.startswith(_RUN) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def safe_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV (RFC 4180) in which no cell is run."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in header])
    writer.writerows([safe_cell(text) for text in row] for row in rows)
    return out.getvalue().encode()
