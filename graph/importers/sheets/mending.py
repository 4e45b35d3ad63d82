"""A sheet as text that is mended cell by cell: what is left keeps the lines that it had."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.importers.broken import broken
from graph.importers.encodings import opened_text
from graph.importers.separators import reader_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from graph.importers.encodings import Writing

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Mends:
    """What a person changed in a sheet.

    Attributes:
        cells: what stands in a cell now, by its line and its place in the row, from 0.
        rows: what stands in a line now, as a row of CSV.
        dropped: the lines that are left out.

    """

    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)
    rows: Mapping[int, str] = field(default_factory=dict)
    dropped: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as it was handed in.

    Attributes:
        header: what its columns are called.
        rows: the cells of each row, by the line in which it begins.
        delimiter: what stands between the cells.
        writing: how it is written.
        first: the line of the header; 2 where a line before it says what stands between cells.

    """

    header: tuple[str, ...]
    rows: Mapping[int, tuple[str, ...]]
    delimiter: str
    writing: Writing
    first: int = 1

    @classmethod
    def read(cls, path: Path, encoding: str = "") -> Table:
        """Read a sheet.

        Raises:
            BadTable: if it is no text, or no table.

        """
        with opened_text(path, encoding) as (text, writing):
            reader = reader_of(text)
            start = first = reader.line_num + 1
            rows = {}
            try:
                for cells in reader:
                    rows[start] = tuple(cells)
                    start = reader.line_num + 1
            except csv.Error as error:
                raise broken(path, error, line=start) from error
        header = tuple(cell.strip() for cell in rows.pop(first, ()))
        return cls(header, rows, reader.dialect.delimiter, writing, first)

    def mended(self, mends: Mends) -> dict[int, tuple[str, ...]]:
        """Return the rows that are left, by line, as they are now."""
        return {
            line: self._mended(line, cells, mends)
            for line, cells in self.rows.items()
            if line not in mends.dropped
        }

    def text(self, mends: Mends, *, keeps_lines: bool) -> str:
        """Return the sheet as it is now.

        Args:
            mends: what was changed.
            keeps_lines: whether each row begins in the line in which it was, for the sake of
                what is said of lines; blank lines stand for what was dropped.

        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n", delimiter=self.delimiter)
        if self.first > 1:
            out.write(f"sep={self.delimiter}\n")
        writer.writerow(self.header)
        at = self.first + 1
        for line, cells in self.mended(mends).items():
            if keeps_lines and at < line:
                out.write("\n" * (line - at))
                at = line
            writer.writerow(cells)
            at += 1 + sum(len(_LINE_END.findall(cell)) for cell in cells)
        return out.getvalue()

    def row_text(self, cells: tuple[str, ...]) -> str:
        """Return a row as one writes it, in one line."""
        out = io.StringIO()
        flat = (_LINE_END.sub(" ", cell) for cell in cells)
        csv.writer(out, lineterminator="", delimiter=self.delimiter).writerow(flat)
        return out.getvalue()

    def _mended(self, line: int, cells: tuple[str, ...], mends: Mends) -> tuple[str, ...]:
        if line in mends.rows:
            cells = next(self._parsed(mends.rows[line]), ())
        return tuple(mends.cells.get((line, place), cell) for place, cell in enumerate(cells))

    def _parsed(self, text: str) -> Iterator[tuple[str, ...]]:
        flat = _LINE_END.sub(" ", text)
        yield from map(tuple, csv.reader([flat], delimiter=self.delimiter))
