"""The counts that a source publishes for Games of which the graph has no results, or not all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.selecting import rows
from graph.sources import source

from .table import MEDALS

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import NamedNode, Term

_NARROWER = ("sport", "person", "place", "until")
"""What makes a tally one of less than a nation's medals at the Games."""


@dataclass(frozen=True, slots=True)
class Published:
    """The table of some Games as one source publishes it.

    Attributes:
        title: the source.
        medals: how many medals of each colour each nation has, of those it counts.

    """

    title: str
    medals: dict[Term, dict[Term, int]]

    @property
    def total(self) -> int:
        """All medals of all nations."""
        return sum(sum(medals.values()) for medals in self.medals.values())


def published_table(reader: Reader, names: Names, games: NamedNode) -> Published | None:
    """Return what the source with most tallies of nations says, the more trusted of two."""
    without = " ".join(f"FILTER NOT EXISTS {{ ?tally mg:{part} ?{part} }}" for part in _NARROWER)
    found: dict[Term, dict[Term, dict[Term, int]]] = {}
    text = f"""SELECT ?by ?nation ?gold ?silver ?bronze WHERE {{ GRAPH ?by {{
        ?tally a mg:Tally ; mg:games {games} ; mg:nation ?nation ;
            mg:gold ?gold ; mg:silver ?silver ; mg:bronze ?bronze . {without} }} }}"""
    for row in rows(reader, text):
        counts = [int(row[colour].value) for colour in ("gold", "silver", "bronze")]
        found.setdefault(row["by"], {})[row["nation"]] = dict(zip(MEDALS, counts, strict=True))
    if not found:
        return None
    said = {graph: source(reader, names, graph) for graph in found}  # type: ignore[arg-type]
    best = min(found, key=lambda graph: (-len(found[graph]), said[graph].trust, str(graph)))
    return Published(said[best].title, found[best])
