"""The record: the default graph of a store, kept equal to the merge of its named graphs.

Restricted graphs are no part of it: what they alone state, no plain query finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names import is_restricted
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
    open_to_all = (quad for quad in quads if not is_restricted(quad.graph_name))
    both = (*quads, *map(in_record, open_to_all))
    if len(both) < MANY:
        store.extend(both)
    else:
        store.bulk_extend(both)


def in_record(quad: Quad) -> Quad:
    """Return the statement of a quad as the record states it."""
    return Quad(quad.subject, quad.predicate, quad.object, DEFAULT_GRAPH)


def stated(store: Store, quad: Quad) -> bool:
    """Tell whether any named graph that is not restricted states the triple of a quad."""
    found = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    graphs = (other.graph_name for other in found)
    return any(isinstance(graph, NamedNode) and not is_restricted(graph) for graph in graphs)


def _forget_if_empty(store: Store, graph: NamedNode) -> None:
    """Drop the name of a graph that holds nothing; pyoxigraph would keep it and show it."""
    if next(store.quads_for_pattern(None, None, None, graph), None) is None:
        store.remove_graph(graph)
