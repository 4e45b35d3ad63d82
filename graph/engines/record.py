"""The record: the default graph of a store, kept equal to the merge of its named graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.terms import DEFAULT_GRAPH, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Collection

    from pyoxigraph import Store

    from graph.change import Change

MANY = 20_000
"""From this many on, adding through files of their own is faster than through the log."""


def apply(store: Store, change: Change) -> None:
    """Make an exact change of named graphs, and what follows from it for the record."""
    for quad in change.removed:
        store.remove(quad)
    add(store, change.added)
    for quad in change.removed:
        if not stated(store, quad):
            store.remove(in_record(quad))
    for graph in {quad.graph_name for quad in change.removed}:
        _forget_if_empty(store, graph)  # type: ignore[arg-type] # changes name named graphs only


def add(store: Store, quads: Collection[Quad]) -> None:
    """Add quads of named graphs, and to the record what they state."""
    both = (*quads, *(in_record(quad) for quad in quads))
    if len(both) < MANY:
        store.extend(both)
    else:
        store.bulk_extend(both)


def in_record(quad: Quad) -> Quad:
    """Return the statement of a quad as the record states it."""
    return Quad(quad.subject, quad.predicate, quad.object, DEFAULT_GRAPH)


def stated(store: Store, quad: Quad) -> bool:
    """Tell whether any named graph states the triple of a quad."""
    found = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(isinstance(other.graph_name, NamedNode) for other in found)


def _forget_if_empty(store: Store, graph: NamedNode) -> None:
    """Drop the name of a graph that holds nothing; pyoxigraph would keep it and show it."""
    if next(store.quads_for_pattern(None, None, None, graph), None) is None:
        store.remove_graph(graph)
