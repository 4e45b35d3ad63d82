"""A board as a network for other programs, written from what a reader told.

Readers are forked, so they may not load what starts threads, as the writers of tables do that
stand beside those of networks.
"""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from graph.exports.graphml import write_graphml
from graph.exports.network import Edge, Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def as_graphml(told: Mapping[str, Any]) -> bytes:
    """Return a board as GraphML, each link with the titles of its sources as its detail.

    Args:
        told: the board, as ``board_told`` tells it.

    Raises:
        UnknownFormat: if a name has a character that XML cannot carry.

    """
    out = BytesIO()
    write_graphml(_Drawn(told), out)
    return out.getvalue()


class _Drawn:
    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told
        self._iris = {thing["name"]: thing["iri"] for thing in told["things"]}

    @contextmanager
    def nodes(self) -> Iterator[Iterator[Node]]:
        """Give each thing, in the order of the board."""
        yield (
            Node(thing["iri"], thing["kind"], thing["label"], "", "")
            for thing in self._told["things"]
        )

    @contextmanager
    def edges(self) -> Iterator[Iterator[Edge]]:
        """Give each link once."""
        yield (
            Edge(
                self._iris[link["source"]],
                self._iris[link["target"]],
                link["property_label"],
                "; ".join(self._told["sources"][number]["title"] for number in link["sources"]),
                1,
            )
            for link in self._told["links"]
        )
