"""Files that are handed in for a CSV and are something else: told by how they begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import BadTable

if TYPE_CHECKING:
    from pathlib import Path

_WORKBOOK = "In the program that made it choose 'Save as' and 'CSV UTF-8', and hand that file in."
_PACKED = "Take the table out of it, save it as CSV in UTF-8, and hand that file in."
_PAGE = "Open it in a spreadsheet program, save it as CSV in UTF-8, and hand that file in."

_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a workbook of a spreadsheet program (such as .xlsx or .ods)", _WORKBOOK),
    (b"\xd0\xcf\x11\xe0", "a workbook of an older spreadsheet program (.xls)", _WORKBOOK),
    (b"%PDF", "a PDF", _PACKED),
    (b"\x1f\x8b", "compressed", "Give it a name that ends in .gz, or unpack it."),
    (b"<!doctype html", "a page of the web", _PAGE),
    (b"<html", "a page of the web", _PAGE),
    (b"<?xml", "XML", _PAGE),
    (b"{\\rtf", "a document of a text program", _PACKED),
)
_HEAD = 1_024


def refuse_other_file(path: Path, beginning: bytes) -> None:
    """Raise BadTable where a file begins as no CSV does, with what it is and what to do.

    Example:
        >>> from pathlib import Path
        >>> refuse_other_file(Path("people.csv"), b"name,born")

    """
    small = beginning[:64].lstrip().lower()
    for mark, kind, hint in _BEGINNINGS:
        if beginning.startswith(mark) or small.startswith(mark):
            raise BadTable(f"{path.name} is no CSV file: it is {kind}.", hint=hint)


def refuse_no_text(path: Path, beginning: bytes) -> None:
    """Raise BadTable where a file begins as no text does whose letters take one byte or more.

    Example:
        >>> from pathlib import Path
        >>> refuse_no_text(Path("people.csv"), b"name,born")

    """
    if b"\0" in beginning[:_HEAD]:
        raise BadTable(
            f"{path.name} is no CSV file: it holds bytes that no text has, as pictures do.",
            hint="Choose the table, saved as CSV in UTF-8.",
        )
