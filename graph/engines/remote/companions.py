"""Which nodes came together, so that what is asked of one is fetched for those that may follow.

Whoever lists nodes mostly asks the same of one after another. A journey for each would take
the time; one for many of them takes little longer than for one.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from graph.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.terms import Quad, Term

MOST = 300
"""For how many nodes something is fetched when one is asked about."""
_MOST_KNOWN = 500_000
"""How many nodes are remembered with their company; beyond, all is forgotten."""


class Companions:
    """Remembers in which lists nodes came, in their order."""

    def __init__(self) -> None:
        self._places: dict[Term, tuple[list[Term], int]] = {}

    def meet(self, nodes: Iterable[object]) -> None:
        """Note nodes that came as one list; a literal is no node."""
        found: list[Term] = list(dict.fromkeys(nodes))  # type: ignore[arg-type] # terms
        if len(self._places) > _MOST_KNOWN:
            self._places.clear()
        for place, node in enumerate(found):
            if not isinstance(node, Literal):
                self._places[node] = found, place

    def meet_quads(self, quads: Iterable[Quad]) -> None:
        """Note the subjects, and the values of each property, as lists."""
        columns: dict[object, list[object]] = {}
        for quad in quads:
            columns.setdefault(None, []).append(quad.subject)
            columns.setdefault(quad.predicate, []).append(quad.object)
        for column in columns.values():
            self.meet(column)

    def of(self, node: Term) -> Iterator[Term]:
        """Yield those that came with a node: those after it first."""
        if node in self._places:
            found, place = self._places[node]
            both = (found[place + 1 : place + 1 + MOST], found[max(0, place - MOST) : place])
            yield from islice((one for some in both for one in some), MOST)
