"""Tables as people hand them in: rows with their line numbers, and a file for those refused."""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO, TYPE_CHECKING, TextIO

from graph.errors import BadTable, ShapeViolation

from .broken import broken, cut_off
from .encodings import opened_text
from .separators import CALLED, reader_of

if TYPE_CHECKING:
    from _csv import Reader as _Reader
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from .encodings import Writing

_REJECT_HEADER = ("file", "line", "column", "value", "reason", "how to fix")
_INTEGER = re.compile(r"-?[0-9]+")


class BadCell(BadTable):
    """A row that cannot be used, for the reason that one of its cells gives.

    Attributes:
        column: the column's name, or an empty string where it is the whole row.
        value: the cell as published.

    """

    def __init__(self, reason: str, *, column: str = "", value: str = "", hint: str = "") -> None:
        super().__init__(reason, hint=hint)
        self.column, self.value = column, value


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        file: the name of the file.
        line: the line in which the row begins, counted from 1; the header is line 1.
        cells: the text of each column; any run of white space in it is one space, and
            there is none around it.
        headers: what the file calls a column, where that is not its name.
        delimiter: what stands between the cells.

    """

    file: str
    line: int
    cells: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)
    delimiter: str = ","

    def __getitem__(self, column: str) -> str:
        """Return the text of a column; an empty string where the cell is empty."""
        return self.cells[column]

    def needed(self, column: str) -> str:
        """Return the text of a column, or raise BadCell where the cell is empty."""
        if self.cells[column]:
            return self.cells[column]
        raise BadCell(f"{column} is empty", column=column, hint=f"Fill in {column}.")

    def integer(self, column: str) -> int:
        """Return a column as a whole number, or raise BadCell."""
        text = self.cells[column]
        if _INTEGER.fullmatch(text):
            return int(text)
        raise BadCell(
            f"{column} is not a whole number",
            column=column,
            value=text,
            hint="Write it in digits only, such as 12.",
        )

    def choice(self, column: str, choices: Mapping[str, str]) -> str:
        """Return what ``choices`` says for the text of a column, or raise BadCell."""
        text = self.cells[column]
        if text in choices:
            return choices[text]
        raise BadCell(
            f"{column} is none of the words known for it",
            column=column,
            value=text,
            hint=_one_of(choices),
        )


def _one_of(choices: Iterable[str]) -> str:
    words = [word for word in choices if word]
    or_none = ", or leave it empty" if "" in choices else ""
    return f"Use one of: {', '.join(words)}{or_none}."


class RejectFile(AbstractContextManager["RejectFile"]):
    """The rows that an import could not use, as a CSV file that a person mends and hands in again.

    The file is made when the first row is refused, and one of an earlier run is removed when
    none was, so that none means none. Its columns are file, line, column, value, reason and
    how to fix. Cells are written as they were read.

    Args:
        path: where to write; None only counts.

    Attributes:
        count: how many rows were refused.
        rows: how many rows were read, those among them.
        notes: what a person should know of the tables themselves, a sentence each.

    Example:
        >>> with RejectFile(None) as rejects:
        ...     rejects.count
        0

    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.count = self.rows = 0
        self.notes: list[str] = []
        self._file: TextIO | None = None

    def add(self, row: Row, problem: BadCell) -> None:
        """Refuse a row for what is wrong with it."""
        problem.column = row.headers.get(problem.column, problem.column)
        self.write(row.file, row.line, problem)

    def note(self, file: str, writing: Writing) -> None:
        """Note how a table is written, where that is not as most are."""
        if writing.remark:
            check = (
                " If names look wrong, save it as CSV in UTF-8; of a sheet, --encoding says what "
                "it is in, such as --encoding windows-1252 or --encoding mac-roman."
            )
            said = f"{file} {writing.remark}; it was read as that."
            self.notes.append(said + check * writing.is_guess)

    def write(self, file: str, line: int, problem: BadCell) -> None:
        """Write one line of the reject file.

        Raises:
            BadTable: if the reject file cannot be written, or something else is there.

        """
        self.count += 1
        if self.path is None:
            return
        try:
            cells = [file, line, problem.column, problem.value, str(problem), problem.hint]
            csv.writer(self._file or self._begin(self.path)).writerow(cells)
        except OSError as error:
            raise BadTable(
                f"The reject file {self.path} cannot be written: {error.strerror}.",
                hint="Name another place for it.",
            ) from error

    def _begin(self, path: Path) -> TextIO:
        if path.is_file() and path.stat().st_size and not _is_reject_file(path):
            raise BadTable(
                f"The rows that cannot be used would be written over {path}, which is no reject "
                "file of an earlier run.",
                hint="Name another place for them.",
            )
        self._file = path.open("w", encoding="utf-8", newline="")
        csv.writer(self._file).writerow(_REJECT_HEADER)
        return self._file

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file; if all rows were read and none was refused, remove an earlier one."""
        if self._file is not None:
            self._file.close()
            self._file = None
        elif self.path is not None and (kind is None or issubclass(kind, ShapeViolation)):
            _remove_earlier(self.path)


def _is_reject_file(path: Path) -> bool:
    header = ",".join(_REJECT_HEADER).encode()
    with path.open("rb") as file:
        return file.read(len(header)) == header


def _remove_earlier(path: Path) -> None:
    try:
        if path.is_file() and _is_reject_file(path):
            path.unlink()
    except OSError as error:
        raise BadTable(
            f"No row was refused, but the reject file {path} of an earlier run cannot be removed: "
            f"{error.strerror}.",
            hint="Remove it yourself, or name another place.",
        ) from error


def find_table(folder: Path, name: str) -> Path:
    """Return the file called ``name`` in a folder, plain or with ``.gz`` at the end.

    Raises:
        BadTable: naming what the folder holds instead.

    """
    for candidate in (folder / name, folder / f"{name}.gz"):
        if candidate.is_file():
            return candidate
    if not folder.is_dir():
        raise BadTable(f"There is no folder {folder}.", hint="Name the folder with the tables.")
    found = ", ".join(sorted(path.name for path in folder.iterdir())[:20]) or "nothing"
    raise BadTable(
        f"{folder} has no table {name} or {name}.gz; it holds {found}.",
        hint="Check the name of the folder, or put the table there.",
    )


def read_table(
    path: Path,
    columns: Sequence[str],
    *,
    optional: Sequence[str] = (),
    rejects: RejectFile,
    encoding: str = "",
) -> Iterator[Row]:
    """Yield the rows of a CSV file (RFC 4180), plain or gzip, in UTF-8 or an older encoding.

    A row with too few or too many cells goes to the reject file, and the others go on; empty
    cells at its end do not count. Blank lines, lines of empty cells and columns that nobody
    named are passed over. Where the header has no comma, semicolons or tabs stand between
    the cells, as some spreadsheets save them.

    Args:
        path: the file.
        columns: those that it must have.
        optional: those that it may have; one that it does not have is not in the rows.
        rejects: takes the rows that cannot be used.
        encoding: what a person says that it is in; empty to find it out.

    Raises:
        BadTable: if the file is not there, is cut off, is in another encoding, or lacks a column.

    """
    with _faults_named(path), opened_text(path, encoding) as (text, writing):
        rejects.note(path.name, writing)
        names = columns, optional
        yield from _rows(path, text, names, rejects, ends_whole=writing.ends_whole)


def read_header(path: Path, encoding: str = "") -> list[str]:
    """Return the names of the columns of a CSV file; none if it is empty.

    Args:
        path: the file.
        encoding: what a person says that it is in; empty to find it out.

    Raises:
        BadTable: if the file is not there, is cut off, or is in another encoding.

    """
    with _faults_named(path), opened_text(path, encoding) as (text, _):
        return _begun(text)[1]


@contextmanager
def _faults_named(path: Path) -> Iterator[None]:
    """Raise what a file is at fault for as BadTable."""
    try:
        yield
    except csv.Error as error:
        raise broken(path, error) from error
    except OSError as error:
        if isinstance(error, gzip.BadGzipFile):
            raise cut_off(path, "it is not a whole gzip file") from error
        raise BadTable(f"{path.name} cannot be read: {error.strerror}.", hint="") from error
    except (EOFError, zlib.error) as error:
        raise cut_off(path, "its compressed content ends early") from error


def _begun(text: IO[str]) -> tuple[_Reader, list[str]]:
    """Return the reader of a table, and its header, which is read already.

    Columns without a name at its end are no columns; what stands below them is too much.
    """
    reader = reader_of(text)
    header = [cell.strip() for cell in next(reader, [])]
    while header and not header[-1]:
        header.pop()
    return reader, header


def _rows(
    path: Path,
    text: IO[str],
    names: tuple[Sequence[str], Sequence[str]],
    rejects: RejectFile,
    *,
    ends_whole: bool,
) -> Iterator[Row]:
    columns, optional = names
    reader, header = _begun(text)
    _check_header(path, header, columns)
    wanted = [column for column in (*columns, *optional) if column in header]
    places = [header.index(column) for column in wanted]
    file, delimiter = path.name, reader.dialect.delimiter
    start, refused = reader.line_num + 1, None
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(map(str.strip, cells)):
                continue
            rejects.rows += 1
            if refused is not None:
                rejects.write(file, *refused)
                refused = None
            if len(cells) > len(header) and not any(map(str.strip, cells[len(header) :])):
                del cells[len(header) :]
            if len(cells) == len(header):
                found = dict(zip(wanted, map(_tidy, map(cells.__getitem__, places)), strict=True))
                yield Row(file, line, found, delimiter=delimiter)
            else:
                refused = line, _wrong_width(cells, len(header), delimiter)
    except csv.Error as error:
        raise broken(path, error, line=start) from error
    if refused is not None:
        line, problem = refused
        rejects.write(file, line, problem if ends_whole else _in_cut_file(problem))


@lru_cache(maxsize=1 << 12)
def _tidy(cell: str) -> str:
    return " ".join(cell.split())


def _check_header(path: Path, header: list[str], columns: Sequence[str]) -> None:
    if not any(header):
        raise BadTable(
            f"{path.name} is empty: its first line should name the columns.",
            hint=f"The columns needed are: {', '.join(columns)}.",
        )
    missing = [column for column in columns if column not in header]
    if missing:
        raise BadTable(
            f"{path.name} has no column {', '.join(missing)}; its columns are {', '.join(header)}.",
            hint="Name the columns in the first line, separated by commas.",
        )
    twice = sorted({column for column in header if column and header.count(column) > 1})
    if twice:
        raise BadTable(
            f"{path.name} has more than one column {', '.join(twice)}.",
            hint="Give each column a name of its own.",
        )


def _wrong_width(cells: list[str], width: int, delimiter: str) -> BadCell:
    few = len(cells) < width
    return BadCell(
        f"the row has {len(cells)} cells, {'too few' if few else 'too many'}: "
        f"the header has {width}",
        value=delimiter.join(cells),
        hint="Give the row a cell for each column"
        if few
        else f"Put a cell that holds a {CALLED[delimiter]} in double quotes",
    )


def _in_cut_file(problem: BadCell) -> BadCell:
    return BadCell(
        f"{problem}; the file ends within this row, so it may be cut off",
        value=problem.value,
        hint=problem.hint,
    )
