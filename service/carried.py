"""A sheet between the steps of an import: its own form carries it, and the service keeps nothing.

So it is nobody's but the browser's, it goes with the page, and a session that ends in between
loses nothing. What a browser sends back is read as mistrustfully as the first time.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from graph.errors import BadTable
from graph.importers.reject_list import Reject, RejectList
from graph.importers.sheets import SHEETS
from graph.importers.sheets.mending import Mends, Table

from .limits import MIB
from .wire.encoding import GZIP, unpacked
from .wire.encoding import packed as gzipped
from .wire.faults import BadRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.wire.problem import Json

MOST_BYTES = 8 * MIB
"""So large a sheet has some 80,000 rows; larger ones are for the command line."""
LONGEST_CELL = 10_000
LONGEST_NAME = 300
"""So long may be what a person says of a source."""
_NO_FILE = re.compile(r"[^\w .()-]+|^\.+")
_NOT_WHOLE = (
    *(binascii.Error, zlib.error, ValueError, OverflowError, RecursionError),
    *(KeyError, TypeError, AttributeError),
)
_BROKEN = "What the form brings of the sheet is not whole."


@dataclass(frozen=True, slots=True)
class About:
    """What a person says of a sheet.

    Attributes:
        kind: of which kind it is.
        source: the name of its source; empty for that of its kind and file.
        encoding: what it is in; empty to find it out.
        replace: whether it may take the place of a source of another kind.

    """

    kind: str = ""
    source: str = ""
    title: str = ""
    publisher: str = ""
    issued: str = ""
    encoding: str = ""
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """A sheet as it was handed in, and what was changed of it since.

    Attributes:
        file: what the file is called.
        content: its bytes.
        rejects: the rows that could not be used when it was last tried.
        dropped: those that a person left out, by line, with what was wrong with them.

    """

    about: About
    file: str
    content: bytes
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: dict[int, str] = field(default_factory=dict)
    rejects: tuple[Reject, ...] = ()
    dropped: dict[int, tuple[Reject, ...]] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """What the file is called, without its ending."""
        return Path(self.file).stem

    @property
    def mends(self) -> Mends:
        """What was changed."""
        return Mends(self.cells, self.rows, frozenset(self.dropped))

    def table(self) -> Table:
        """Return the sheet as it was handed in.

        Raises:
            BadTable: if it is none.

        """
        if self.file.lower().endswith(".gz"):
            raise BadTable(f"{self.file} is packed.", hint="Unpack it, and choose the CSV file.")
        with TemporaryDirectory() as place:
            path = Path(place) / self.file
            path.write_bytes(self.content)
            return Table.read(path, self.about.encoding)

    def notes(self, table: Table) -> list[str]:
        """Return how the file is written, where a person should look at it."""
        noted = RejectList(limit=0)
        noted.note(self.file, table.writing)
        return [note.partition(" If names look wrong")[0] for note in noted.notes]

    def packed(self) -> str:
        """Return all of it as a field of a form."""
        told = {
            "about": asdict(self.about),
            "file": self.file,
            "cells": [[*place, text] for place, text in self.cells.items()],
            "rows": list(self.rows.items()),
            "rejects": _told(self.rejects),
            "dropped": [[line, _told(wrong)] for line, wrong in self.dropped.items()],
        }
        head = json.dumps(told, ensure_ascii=False).encode()
        return base64.b64encode(b"".join(gzipped([head, b"\n", self.content]))).decode()

    @classmethod
    def unpacked(cls, text: str) -> Carried:
        """Return what ``packed`` told.

        Raises:
            BadRequest: if it is not that.
            BodyTooLarge: if it is larger than a sheet may be.

        """
        try:
            raw = base64.b64decode(text, validate=True)
            head, _, content = unpacked(raw, GZIP, limit_bytes=3 * MOST_BYTES).partition(b"\n")
            told = json.loads(head)
            found = cls(
                about_of(told["about"]),
                file_named(str(told["file"])),
                content,
                {(int(line), int(place)): _cell(said) for line, place, said in told["cells"]},
                {int(line): _cell(said) for line, said in told["rows"]},
                _rejects(told["rejects"]),
                {int(line): _rejects(wrong) for line, wrong in told["dropped"]},
            )
        except _NOT_WHOLE as error:
            raise BadRequest(_BROKEN, hint="Choose the file again.") from error
        if len(content) > MOST_BYTES:
            raise BadRequest(_BROKEN, hint="Choose the file again.")
        return found

    def mended(self, form: dict[str, list[str]], table: Table) -> Carried:
        """Return the sheet with what a form says of its cells and rows.

        Args:
            form: ``cell-LINE-PLACE``, ``row-LINE``, and ``drop`` and ``keep`` with lines.
            table: the sheet as it was handed in.

        """
        cells, rows = dict(self.cells), dict(self.rows)
        now = table.mended(self.mends)
        for name, (text, *_) in form.items():
            kind, *numbers = name.split("-")
            if not numbers or not all(map(_is_number, numbers)):
                continue
            line, *rest = map(int, numbers)
            if kind == "row" and not rest and line in now:
                if text != table.row_text(now[line]):
                    rows[line] = _cell(text)
                    cells = {at: said for at, said in cells.items() if at[0] != line}
            elif kind == "cell" and len(rest) == 1:
                [place] = rest
                if place < len(now.get(line, ())) and text != now[line][place]:
                    cells[line, place] = _cell(text)
        return replace(self, cells=cells, rows=rows, dropped=self._dropped(form, table))

    def _dropped(self, form: dict[str, list[str]], table: Table) -> dict[int, tuple[Reject, ...]]:
        back = set(_lines(form.get("keep", ())))
        kept = {line: wrong for line, wrong in self.dropped.items() if line not in back}
        known: dict[int, list[Reject]] = {}
        for reject in self.rejects:
            known.setdefault(reject.line, []).append(reject)
        for line in _lines(form.get("drop", ())):
            if line in table.rows:
                kept[line] = tuple(known.get(line, ()))
        return kept


def about_of(told: dict[str, Any]) -> About:
    """Return what a form or a page says of a sheet.

    Raises:
        BadRequest: if it names no kind of sheet, or says something very long.

    """
    said = {each.name: told.get(each.name, "") for each in fields(About)}
    texts = {name: str(text).strip() for name, text in said.items() if name != "replace"}
    if texts["kind"] not in SHEETS:
        raise BadRequest("The form does not say which kind of sheet it is.")
    if any(len(text) > LONGEST_NAME for text in texts.values()):
        raise BadRequest(f"What is said of the source is longer than {LONGEST_NAME} characters.")
    return About(**texts, replace=said["replace"] in (True, "true"))


def file_named(name: str) -> str:
    r"""Return the name of a file as it can stand in a folder and in a sentence.

    Example:
        >>> file_named("C:\\me\\results 2024.csv"), file_named("..")
        ('results 2024.csv', 'sheet.csv')

    """
    last = re.split(r"[\\/]", name)[-1]
    found = _NO_FILE.sub("", last).strip()[-100:]
    return found if Path(found).stem.strip(". ") else "sheet.csv"


def _cell(text: object) -> str:
    if not isinstance(text, str):
        raise TypeError
    if len(text) > LONGEST_CELL:
        raise BadRequest(f"A cell is longer than {LONGEST_CELL:,} characters.")
    return text


def _told(rejects: Iterable[Reject]) -> list[dict[str, Json]]:
    return [asdict(reject) for reject in rejects]


def _rejects(told: Iterable[dict[str, Any]]) -> tuple[Reject, ...]:
    return tuple(Reject(int(one["line"]), *(str(one[name]) for name in _SAID)) for one in told)


_SAID = tuple(each.name for each in fields(Reject))[1:]


def _lines(texts: Iterable[str]) -> list[int]:
    return [int(text) for text in texts if _is_number(text)]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9  # noqa: PLR2004 - no sheet is so long
