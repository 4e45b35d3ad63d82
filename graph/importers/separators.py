"""What stands between the cells of a table, as its first line tells."""

from __future__ import annotations

import csv
import re
from itertools import chain
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from _csv import Reader

CALLED = {",": "comma", ";": "semicolon", "\t": "tab"}
_DECLARED = re.compile(r'"?sep=([,;\t])"?\s*', re.IGNORECASE)


def reader_of(text: IO[str]) -> Reader:
    """Return the reader of a table, before its header.

    A first line such as ``sep=;`` tells Excel what stands between the cells, and is read as that.
    """
    first = text.readline()
    declared = _DECLARED.fullmatch(first)
    delimiter = declared[1] if declared else _delimiter_of(first)
    reader = csv.reader(chain([first], text), strict=True, delimiter=delimiter)
    if declared:
        next(reader)
    return reader


def _delimiter_of(header: str) -> str:
    """Return what stands between the cells of a table, as its header shows it."""
    if "," in header:
        return ","
    return ";" if ";" in header else "\t" if "\t" in header else ","
