"""What is known of a sheet as a source: what a person says of it, and what was known before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.dates import not_in_calendar
from graph.errors import BadTerm
from graph.importers.putting import KIND
from graph.sources import TITLE, Source
from graph.sources import source as described
from graph.terms import Literal, Quad

from .cells import DATE

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import NamedNode

    from .columns import Sheet


def kind_of(sheet: Sheet) -> str:
    """Return in words of which kind a source is that was filled from a sheet."""
    return f"{sheet.name} sheet"


def kind_quad(sheet: Sheet, graph: NamedNode, names: Names) -> Quad:
    """Return the statement that a source was filled from a sheet of this kind."""
    return Quad(graph, KIND, Literal(kind_of(sheet)), names.meta_of(graph))


def sheet_source(  # noqa: PLR0913 - what is known of a source, each by name
    reader: Reader,
    names: Names,
    *,
    graph: NamedNode,
    sheet: Sheet,
    file: str,
    title: str | None = None,
    publisher: str | None = None,
    issued: str | None = None,
) -> Source:
    """Return what is known of a sheet: what is not given stays as the state knows it.

    Args:
        reader: the state.
        names: the names of the store.
        graph: the graph of the sheet.
        sheet: which one it is.
        file: the name of the file.
        title: None where a person gives none; the first time it is made of the file's name.
        publisher: None where a person gives none.
        issued: the day on which it was published, as EDTF; None where a person gives none.

    Raises:
        BadTerm: if that is no date.

    """
    if issued and not DATE.fullmatch(issued):
        raise BadTerm(
            f"{issued!r} is no date on which something was published.",
            value=issued,
            hint="Write it as 2024-09-17, 2024-09 or 2024.",
        )
    if issued and (wrong := not_in_calendar(issued)):
        raise BadTerm(
            f"{issued!r} is not in the calendar: {wrong}.", value=issued, hint="Correct the date."
        )
    known = described(reader, names, graph)
    if next(reader.quads(graph, TITLE, graph=names.meta_of(graph)), None) is None:
        known = replace(known, title=f"{sheet.name.capitalize()} sheet {file}")
    return replace(
        known,
        title=title or known.title,
        publisher=known.publisher if publisher is None else publisher,
        issued=known.issued if issued is None else issued,
        origin=known.origin if _is_address(known.origin) else file,
    )


def _is_address(origin: str) -> bool:
    """Whether an origin says more than the name of a file, so that somebody gave it."""
    return ":" in origin or "/" in origin
