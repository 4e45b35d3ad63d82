"""Makes a source say what an importer yields, at the addresses that people have today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.identity.redirects import Redirector, redirects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.names import Names
    from graph.terms import NamedNode, Quad
    from graph.transaction import Transaction


def put(tx: Transaction, quads: Iterable[Quad], *, graph: NamedNode, names: Names) -> None:
    """Make a source say these quads and no others, its description among them.

    Args:
        tx: the change in the making.
        quads: what the source says, and in the graph of sources what it is.
        graph: the graph of the source.
        names: the names of the store.

    """
    described: list[Quad] = []

    def said() -> Iterator[Quad]:
        for quad in quads:
            if quad.graph_name == names.meta:
                described.append(quad)
            else:
                yield quad

    mover = Redirector(tx.draft, names, redirects(tx.draft, names))
    tx.replace_graph(graph, mover.all(said()))
    before = set(tx.draft.quads(graph, graph=names.meta))
    tx.remove(*before.difference(described))
    tx.add(*described)
