"""The bundled sources as one record that a test can ask."""

from __future__ import annotations

from functools import cache

import pyoxigraph

from graph.importers.bundled import bundled_sources
from graph.names import Names
from graph.terms import Literal, NamedNode

NAMES = Names()


@cache
def bundle() -> pyoxigraph.Store:
    """Return all bundled sources, each in its graph."""
    store = pyoxigraph.Store()
    for source in bundled_sources():
        store.bulk_load(source.open(), format=source.format.engine)
    return store


def ask(text: str) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT over the record: each IRI as its end, each literal as its text.

    The record is a set: what two sources say alike is one row.
    """
    solutions = bundle().query(text, prefixes=NAMES.prefixes(), use_default_graph_as_union=True)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return sorted({tuple(_short(value) for value in solution) for solution in solutions})


def _short(value: object) -> str:
    if isinstance(value, NamedNode):
        return value.value.partition("/id/")[2] or value.value.rpartition("#")[2]
    return value.value if isinstance(value, Literal) else ""
