"""Tables as files: CSV for spreadsheets and Parquet for data frames, written row by row."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, cast

import pyarrow as pa
import pyarrow.parquet as pq

from graph.spreadsheet import write_csv, write_safe_csv

from .columns import Type
from .ordering import Counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import IO

    from graph.rdf import Writable

BATCH_ROWS = 20_000
"""How many rows a group of a Parquet file has; so many are in memory at once."""
_LARGEST = 1 << 63
_ARROW = {Type.TEXT: pa.string(), Type.INTEGER: pa.int64(), Type.NUMBER: pa.float64()}


def write_table_csv(
    header: Sequence[str], rows: Iterable[Sequence[str]], out: Writable, *, safe: bool
) -> int:
    """Write a table as CSV (RFC 4180, UTF-8) and return how many rows it has.

    Args:
        header: the names of the columns.
        rows: the cells as texts.
        out: where it goes.
        safe: whether cells are guarded that a spreadsheet would run.

    """
    counted = Counted(rows)
    (write_safe_csv if safe else write_csv)(header, counted, out)
    return counted.number


def write_parquet(
    header: Sequence[tuple[str, Type]], rows: Iterable[Sequence[str]], out: Writable
) -> int:
    """Write a table as Parquet and return how many rows it has; an empty cell is null.

    A text that should be a number and is none is null as well.
    """
    schema = pa.schema([(name, _ARROW[kind]) for name, kind in header])
    counted = Counted(rows)
    todo = iter(counted)
    file = pa.PythonFile(cast("IO[bytes]", _Told(out)), mode="w")
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while batch := list(islice(todo, BATCH_ROWS)):
            columns = [
                pa.array([_value(row[place], kind) for row in batch], _ARROW[kind])
                for place, (_, kind) in enumerate(header)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
    return counted.number


def _value(cell: str, kind: Type) -> str | int | float | None:
    if kind is Type.TEXT:
        return cell or None
    try:
        number = int(cell) if kind is Type.INTEGER else float(cell)
    except ValueError:
        return None
    return number if abs(number) < _LARGEST else None


class _Told:
    """A file that knows where it is, as pyarrow asks of one; nothing is read from it."""

    closed = False

    def __init__(self, out: Writable) -> None:
        self._out, self._at = out, 0

    def write(self, content: bytes, /) -> int:
        self._out.write(bytes(content))
        self._at += len(content)
        return len(content)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        """Do nothing: nothing is held back here."""

    def close(self) -> None:
        self.closed = True
