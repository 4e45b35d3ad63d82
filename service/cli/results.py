"""Writes the answer to a query: a table for a person, or one of the formats for a program."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph.errors import UnknownFormat
from graph.formats import (
    JSON_LD,
    RDF_FORMATS,
    RDF_XML,
    RESULT_FORMATS,
    TURTLE,
    rdf_format,
    result_format,
)
from service.amounts import counted
from service.serialise import statements, table
from service.wire.faults import NotAcceptable

from .voice import answer, remark
from .wording import short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.engines.base import Answer
    from graph.formats import RdfFormat, ResultFormat

TABLE = "table"
FOLDED_ROWS = 1000
"""More rows are not folded: laying out takes a millisecond a row."""
FORMAT_NAMES = (TABLE, *(known.name for known in (*RESULT_FORMATS, *RDF_FORMATS)))
_GRAPH_TWINS = {TABLE: TURTLE, "json": JSON_LD, "xml": RDF_XML}
"""What stands for a result format when the answer is a graph."""


def write_answer(found: Answer, wanted: str, prefixes: Mapping[str, str]) -> None:
    """Write an answer to standard output in the format with the name ``wanted``.

    Raises:
        UnknownFormat: if an answer of this form, or with these values, cannot be written so.

    """
    if wanted == TABLE and not isinstance(found, QueryTriples):
        draw(found, prefixes)
        return
    try:
        content = _content(found, wanted, prefixes)
    except NotAcceptable as error:
        raise UnknownFormat(str(error), hint="Use another --format, such as json.") from error
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _content(found: Answer, wanted: str, prefixes: Mapping[str, str]) -> bytes:
    if isinstance(found, QueryTriples):
        return statements(found, _fit_graph(wanted), prefixes=prefixes)
    return table(found, _fit(found, wanted))


def draw(found: QuerySolutions | QueryBoolean, prefixes: Mapping[str, str]) -> None:
    """Draw rows as columns with the number of rows below, or yes or no."""
    if isinstance(found, QueryBoolean):
        answer("yes" if found else "no")
        return
    variables = list(found.variables)
    rows = [[short(row[variable], prefixes) for variable in variables] for row in found]
    draw_rows([variable.value for variable in variables], rows)
    remark(counted(len(rows), "row") + ".")


def draw_rows(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Draw rows under a header; nothing is cut: what is too wide for the terminal is folded."""
    widths = [max(map(cell_len, column)) for column in zip(header, *rows, strict=True)]
    screen = Console(highlight=False)
    needed = sum(widths) + 2 * (len(widths) - 1)
    if screen.is_terminal and needed > screen.width and len(rows) <= FOLDED_ROWS:
        screen.print(_folded(header, rows))
        return
    answer(_drawn(header, widths))
    answer("  ".join("-" * width for width in widths))
    for row in rows:
        answer(_drawn(row, widths))


def _folded(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _drawn(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True)
    )
    return "  ".join(padded).rstrip()


def _fit(found: QuerySolutions | QueryBoolean, wanted: str) -> ResultFormat:
    names = [known.name for known in RESULT_FORMATS]
    if wanted not in names:
        raise UnknownFormat(
            f"This query answers with rows, or yes or no, which {wanted} cannot hold.",
            hint=f"Use one of: {', '.join([TABLE, *names])}; or ask with CONSTRUCT or DESCRIBE.",
        )
    fit = result_format(wanted)
    if isinstance(found, QueryBoolean) and not fit.holds_boolean:
        raise UnknownFormat(
            f"This query answers yes or no, which {wanted} cannot hold.",
            hint=f"Use {TABLE}, json or xml.",
        )
    return fit


def _fit_graph(wanted: str) -> RdfFormat:
    names = [known.name for known in RDF_FORMATS]
    if wanted not in names and wanted not in _GRAPH_TWINS:
        raise UnknownFormat(
            f"This query answers with a graph, which {wanted} cannot hold.",
            hint=f"Use one of: {', '.join(names)}; or ask with SELECT.",
        )
    return _GRAPH_TWINS.get(wanted) or rdf_format(wanted)
