"""CSV for programs that guess: a spreadsheet runs cells, and readers pass over blank lines."""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.rdf import Writable


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


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]], out: Writable) -> None:
    """Write a table as CSV (RFC 4180) in which a row of one empty cell is not a blank line."""
    writer = csv.writer(_Encoded(out), lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)


def write_safe_csv(header: Sequence[str], rows: Iterable[Sequence[str]], out: Writable) -> None:
    """Write a table as CSV in which no cell is run, beginning with the mark of UTF-8.

    Without the mark Excel takes the bytes for another encoding and shows Azərbaycan garbled.
    """
    out.write(BOM_UTF8)
    safe_rows = ([safe_cell(text) for text in row] for row in rows)
    write_csv([safe_cell(name) for name in header], safe_rows, out)


class _Encoded:
    """Takes text and passes it on in UTF-8."""

    def __init__(self, out: Writable) -> None:
        self._out = out

    def write(self, text: str, /) -> int:
        return self._out.write(text.encode())
