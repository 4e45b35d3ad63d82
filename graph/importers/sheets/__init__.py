"""Spreadsheets that a steward fills in: people, officials, results and medals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .columns import MEDALS, OFFICIALS, PEOPLE, RESULTS, Sheet
from .lines import Lines
from .medals import convert_medals
from .officials import convert_officials
from .people import convert_people
from .results import convert_results
from .rows import Mapping, rows_of
from .sources import kind_of, kind_quad, sheet_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.engines.base import Reader
    from graph.importers.tables import RejectFile
    from graph.names import Names
    from graph.progress import Progress
    from graph.sources import Source
    from graph.terms import Quad

    from .rows import Work

__all__ = ["SHEETS", "Lines", "Mapping", "Sheet", "convert_sheet", "kind_of", "sheet_source"]

SHEETS: dict[str, Sheet] = {sheet.name: sheet for sheet in (PEOPLE, OFFICIALS, RESULTS, MEDALS)}
"""Each sheet by its name."""


class _Convert(Protocol):
    def __call__(self, work: Work) -> Iterator[Quad]: ...


_CONVERTERS: dict[str, _Convert] = {
    PEOPLE.name: convert_people,
    OFFICIALS.name: convert_officials,
    RESULTS.name: convert_results,
    MEDALS.name: convert_medals,
}


def convert_sheet(  # noqa: PLR0913 - what a sheet needs, each by name
    sheet: Sheet,
    path: Path,
    *,
    reader: Reader,
    source: Source,
    mapping: Mapping,
    names: Names,
    rejects: RejectFile,
    progress: Progress,
    encoding: str = "",
    lines: Lines | None = None,
) -> Iterator[Quad]:
    """Yield what a filled sheet says, in the graph of its source, and what the source is.

    Names of Games, nations, sports, events and people are looked up in the state; those
    of people and events that it does not know are described.

    Args:
        sheet: which one it is.
        path: the CSV file.
        reader: the state in which names are looked up.
        source: what the sheet is, for the graph of sources.
        mapping: what its columns and words are called.
        names: mints the IRIs.
        rejects: takes the rows that cannot be used.
        progress: called once a row.
        encoding: what a person says that the file is in; empty to find it out.
        lines: takes which line said what.

    Raises:
        BadTable: if the file is no table or lacks a column that the sheet needs.

    """
    yield from source.quads(names)
    yield kind_quad(sheet, source.graph, names)
    work = rows_of(
        sheet, path, mapping, reader, source, names, rejects, progress, encoding, lines or Lines()
    )
    yield from _CONVERTERS[sheet.name](work)
