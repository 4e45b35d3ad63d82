"""The rows of a filled sheet, in the words of the sheet, and what is known beside them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from graph.errors import BadTable, BadTerm
from graph.importers.tables import BadCell, read_table
from graph.importers.taking import taken

from .cells import refuse_errors
from .headers import headers_of
from .lookup import Lookup
from .remarks import Remarks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graph.engines.base import Reader
    from graph.importers.tables import RejectFile, Row
    from graph.names import Names
    from graph.progress import Progress
    from graph.sources import Source
    from graph.terms import NamedNode, Quad

    from .columns import Sheet
    from .lines import Lines

SEPARATOR = ";"
"""What stands between several names in one cell."""

_PARTS = ("columns", "values", "defaults")


@dataclass(frozen=True, slots=True)
class Mapping:
    """How somebody else's table says what a sheet says.

    Attributes:
        columns: the header's name of a column, by the sheet's.
        values: by column, the sheet's word for each word of the table.
        defaults: by column, what holds where the table has no such column or an empty cell.

    """

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, sheet: Sheet) -> Mapping:
        """Read a mapping file (TOML 1.0) with the tables columns, values and defaults.

        Raises:
            BadTable: if it is no TOML, or speaks of a column that the sheet does not have.

        """
        try:
            said = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadTable(
                f"{path} is no mapping file: {error}.",
                hint='Write it as TOML: [columns], and below it lines such as games = "Edition".',
            ) from error
        strange = [part for part in said if part not in _PARTS]
        if strange:
            raise BadTable(
                f"{path} has a part {strange[0]} that a mapping does not have.",
                hint="The parts are [columns], [values.COLUMN] and [defaults].",
            )
        known = [column.name for column in sheet.columns]
        for part in _PARTS:
            for column, value in said.get(part, {}).items():
                if column not in known:
                    raise BadTable(
                        f"{path}, [{part}]: the sheet {sheet.name} has no column {column}.",
                        hint=f"Its columns are: {', '.join(known)}.",
                    )
                _check_kind(path, part, column, value)
        return cls(*(said.get(part, {}) for part in _PARTS))


def _check_kind(path: Path, part: str, column: str, value: object) -> None:
    words = value.values() if part == "values" and isinstance(value, dict) else [value]
    if not all(isinstance(word, str) for word in words) or (part == "values") != isinstance(
        value, dict
    ):
        form = f'[values.{column}], "1" = "Gold"' if part == "values" else f'{column} = "a text"'
        raise BadTable(
            f"{path}, [{part}]: what is given for {column} is not text.",
            hint=f"Write it in quotation marks: {form}.",
        )


@dataclass(slots=True)
class Work:
    """One run over a filled sheet.

    Attributes:
        graph: where what it says goes.
        known: what the state knows without this sheet.
        lines: which line said what.
        remarks: what a person should look at, though nothing is refused for it.

    """

    sheet: Sheet
    graph: NamedNode
    names: Names
    known: Lookup
    rejects: RejectFile
    rows: Iterator[Row]
    lines: Lines
    remarks: Remarks = field(default_factory=Remarks)

    def each(self, say: Callable[[Row], Iterator[Quad]]) -> Iterator[Quad]:
        """Yield what each row says; a row that cannot be used says nothing and is rejected."""
        for quads in taken(self.rows, lambda row: self._said(row, say), self.rejects):
            yield from quads
        self.rejects.notes += self.remarks.sentences()

    def note(self, text: str) -> None:
        """Note something about the row that is being read; forgotten if it is rejected."""
        self.remarks.add(text)

    def _said(self, row: Row, say: Callable[[Row], Iterator[Quad]]) -> list[Quad]:
        self.remarks.begin(row)
        refuse_errors(row)
        try:
            quads = list(say(row))
        except BadTerm as error:
            column = next((name for name, text in row.cells.items() if error.value in text), "")
            raise BadCell(str(error), column=column, value=error.value, hint=error.hint) from error
        self.remarks.keep()
        self.lines.add(row, quads)
        return quads


def rows_of(  # noqa: PLR0913, PLR0917 - handed on as they came
    sheet: Sheet,
    path: Path,
    mapping: Mapping,
    reader: Reader,
    source: Source,
    names: Names,
    rejects: RejectFile,
    progress: Progress,
    encoding: str,
    lines: Lines,
) -> Work:
    """Return the run over a sheet, its rows in the words of the sheet."""
    headers = headers_of(
        sheet,
        path,
        called=mapping.columns,
        defaults=mapping.defaults,
        rejects=rejects,
        encoding=encoding,
    )
    needed = [headers[name] for name in sheet.needed if name in headers]
    others = [header for header in headers.values() if header not in needed]

    def rows() -> Iterator[Row]:
        table = read_table(path, needed, optional=others, rejects=rejects, encoding=encoding)
        for done, row in enumerate(table, 1):
            progress(done, None)
            cells = {
                column.name: row.cells.get(headers.get(column.name, ""), "")
                for column in sheet.columns
            }
            yield replace(row, cells=_in_words(cells, mapping), headers=headers)

    known = Lookup(reader, names, source.graph)
    return Work(sheet, source.graph, names, known, rejects, rows(), lines)


def _in_words(cells: dict[str, str], mapping: Mapping) -> dict[str, str]:
    return {
        name: mapping.values.get(name, {}).get(text, text) or mapping.defaults.get(name, "")
        for name, text in cells.items()
    }


def several(text: str) -> list[str]:
    """Return the names in one cell.

    Example:
        >>> several("Mete Gazoz;  Yasemin Anagoz ;")
        ['Mete Gazoz', 'Yasemin Anagoz']

    """
    return [part.strip() for part in text.split(SEPARATOR) if part.strip()]
