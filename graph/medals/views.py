"""An award as one of its sources has it, where events of several sources were merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names import mg

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.engines.base import Reader
    from graph.terms import Term


class View:
    """What some sources say, of what others say differently.

    Args:
        reader: the state.
        graphs: the sources; what they say nothing of is taken from all.

    """

    def __init__(self, reader: Reader, graphs: Collection[Term]) -> None:
        self._reader, self._graphs = reader, graphs

    def one(self, node: Term, prop: str, said: Collection[Term]) -> Term:
        """Return the one value of a property, of those that all sources say."""
        return min(self.several(node, prop, said), key=str)

    def several(self, node: Term, prop: str, said: Collection[Term]) -> Collection[Term]:
        """Return the values of a property, of those that all sources say."""
        return (self.stated(node, prop) or said) if len(said) > 1 else said

    def stated(self, node: Term, prop: str) -> set[Term]:
        """Return the values that these sources state."""
        quads = self._reader.quads(node, mg(prop))  # type: ignore[arg-type] # a node
        return {quad.object for quad in quads if quad.graph_name in self._graphs}  # type: ignore[misc] # no quoted triples
