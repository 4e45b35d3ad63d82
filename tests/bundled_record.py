"""The bundled sources as one state in memory, for tests that only read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions

from graph.engines.memory import MemoryDraft
from graph.importers.bundled import bundled_sources
from graph.names import Names
from graph.rdf import read_quads
from graph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from graph.terms import Quad


@cache
def bundled_record() -> MemoryDraft:
    """Return all bundled sources, read once for all tests."""
    base = f"{Names().base}/"
    quads: list[Quad] = []
    for source in bundled_sources():
        with source.open() as stream:
            quads += read_quads(stream, format=source.format, base_iri=base)
    return MemoryDraft(quads)


def ask(text: str) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT: each IRI as its end, each literal as its text, sorted."""
    rows = bundled_record().query(text)
    assert isinstance(rows, QuerySolutions)
    return sorted(tuple(_short(value) for value in row) for row in rows)


def _short(value: object) -> str:
    if isinstance(value, NamedNode):
        return value.value.partition("/id/")[2] or value.value.rpartition("#")[2]
    return value.value if isinstance(value, Literal) else ""
