"""What is said of a thing as a table for spreadsheets: a row for each statement of a source."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from graph.names import property_words
from graph.sources import source
from graph.spreadsheet import write_csv, write_safe_csv
from graph.terms import BlankNode, Literal, NamedNode

from .serialise import EXCEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Quad, Term

    from .pages import Shown

COLUMNS = (
    "thing",
    "property",
    "property label",
    "value",
    "value label",
    "language",
    "datatype",
    "source",
    "source label",
)


def as_csv(
    quads: Iterable[Quad], reader: Reader, names: Names, *, shown: Shown, safe: str = ""
) -> str:
    """Return statements as CSV in the order of their properties.

    A node without a name has no row of its own: what is said of it stands under the thing that
    leads to it, with the properties on the way joined by `` / ``.

    Args:
        quads: the statements, those of nodes without names included.
        reader: the state, for the titles of sources.
        names: the names of the store.
        shown: names terms.
        safe: "excel" guards the cells that a spreadsheet would run.

    """
    table = _Table(list(quads), reader, names, shown)
    out = BytesIO()
    (write_safe_csv if safe == EXCEL else write_csv)(COLUMNS, table.rows(), out)
    return out.getvalue().decode()


class _Table:
    def __init__(self, quads: list[Quad], reader: Reader, names: Names, shown: Shown) -> None:
        self._quads, self._reader, self._names = quads, reader, names
        self._shown = shown
        self._titles: dict[object, str] = {}
        self._ways = _ways(quads)

    def rows(self) -> list[tuple[str, ...]]:
        told = {quad.subject for quad in self._quads}
        return sorted(
            self._row(quad)
            for quad in self._quads
            if not (isinstance(quad.object, BlankNode) and quad.object in told)
        )

    def _row(self, quad: Quad) -> tuple[str, ...]:
        thing, way = self._ways.get(quad.subject, _Way(quad.subject))
        steps = (*way, quad.predicate)
        return (
            _plain(thing),
            " / ".join(self._shown.short(step) for step in steps),
            " / ".join(property_words(step) for step in steps),
            *self._value(quad.object),  # type: ignore[arg-type] # no triples
            _plain(quad.graph_name),
            self._title(quad.graph_name),
        )

    def _value(self, value: Term) -> tuple[str, str, str, str]:
        if isinstance(value, Literal):
            language = value.language or ""
            datatype = "" if language else self._shown.short(value.datatype)
            return value.value, "", language, datatype
        cell = self._shown.cell(value)
        # A cell with a name of its own has the prefixed name beside it.
        return _plain(value), cell.text if cell.short else "", "", ""

    def _title(self, graph: object) -> str:
        if graph not in self._titles:
            about = source(self._reader, self._names, graph)  # type: ignore[arg-type] # an IRI
            self._titles[graph] = about.title
        return self._titles[graph]


class _Way(NamedTuple):
    """The thing and the properties that lead to a node without a name."""

    thing: object
    steps: tuple[NamedNode, ...] = ()


def _ways(quads: Iterable[Quad]) -> Mapping[object, _Way]:
    ways: dict[object, _Way] = {}
    for quad in quads:
        if isinstance(quad.object, BlankNode) and quad.object not in ways:
            thing, steps = ways.get(quad.subject, _Way(quad.subject))
            ways[quad.object] = _Way(thing, (*steps, quad.predicate))
    return ways


def _plain(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
