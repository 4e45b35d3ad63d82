"""What explanations of any Games need besides awards, read once: names, kin, vacant medals."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from graph.naming import ENGLISH, Naming
from graph.selecting import rows
from graph.sources import source
from graph.succession import later_codes

from .rules import rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Term


@dataclass
class Background:
    """Facts of the whole graph, each read when it is first needed and then kept.

    Attributes:
        reader: the state.
        names: the names of the store.
        languages: those in which things are named, the best first.

    """

    reader: Reader
    names: Names
    languages: Sequence[str] = (ENGLISH,)
    _labels: dict[Term, str] = field(default_factory=dict)
    _titles: dict[Term, str] = field(default_factory=dict)

    def label(self, node: Term) -> str:
        """Return what a node is called, else the end of its IRI."""
        if node not in self._labels:
            self._labels[node] = self._naming.label(node)
        return self._labels[node]

    def title(self, graph: Term) -> str:
        """Return the title of a source."""
        if graph not in self._titles:
            self._titles[graph] = source(self.reader, self.names, graph).title  # type: ignore[arg-type]
        return self._titles[graph]

    @cached_property
    def _naming(self) -> Naming:
        return Naming(self.reader, self.languages)

    @cached_property
    def left_out(self) -> frozenset[Term]:
        """The sports and Games that some rule of the graph does not count."""
        return frozenset().union(*(rule.left_out for rule in rules(self.reader)))

    @cached_property
    def kin(self) -> dict[Term, tuple[Term, ...]]:
        """The other nations that each came after, or that came after it, in order."""
        groups: dict[Term, list[Term]] = {}
        for nation, group in sorted(later_codes(self.reader, self.names).items(), key=str):
            groups.setdefault(group, []).append(nation)
        return {
            nation: tuple(other for other in members if other != nation)
            for members in groups.values()
            for nation in members
        }

    @cached_property
    def vacant(self) -> frozenset[tuple[Term, Term]]:
        """Each event with the colour of a medal that was left vacant there."""
        left = "?award mg:status mg:Vacant ; mg:event ?event ; mg:medal ?medal"
        found = rows(self.reader, f"SELECT ?event ?medal WHERE {{ {left} }}")
        return frozenset((row["event"], row["medal"]) for row in found)
