"""The bundled sources as one state in memory, for tests that only read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from graph.engines.memory import MemoryDraft
from graph.importers.bundled import bundled_sources
from graph.names import Names
from graph.rdf import read_quads

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
