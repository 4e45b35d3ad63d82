"""Puts published counts on the lines of a rule: what the rule joins is one count, the sum."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .cells import MEDALS_OF, NATION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.terms import NamedNode, Term

    from .cells import Cell, Scope
    from .lines import Lines


@dataclass(frozen=True, slots=True)
class LineCell:
    """One published count as a rule reads it: a cell, or the sum of several that it joins.

    Attributes:
        cell: the count, or that of the line's own nation among several.
        scope: what it is about, with the line in the place of the nation.
        value: the count, or the sum.
        published: what the source counts for each nation of the line.

    """

    cell: Cell
    scope: Scope
    value: int
    published: dict[Term, int] = field(default_factory=dict)

    @property
    def line(self) -> Term | None:
        """The line of the table, None for a count that is not about a nation."""
        return next((node for part, node in self.scope if part == NATION), None)


def on_lines(cells: Iterable[Cell], lines: Lines) -> list[LineCell]:
    """Return published counts by the lines of a rule.

    Medals of nations that the rule joins are added up. A count that stands in the source as
    a claim is one of its own, with what the source states of the line's other nations.
    """
    found: list[LineCell] = []
    groups: defaultdict[tuple[Scope, NamedNode], list[Cell]] = defaultdict(list)
    for cell in cells:
        scope = _on_line(cell.scope, lines)
        if cell.measure in MEDALS_OF and cell.part(NATION) is not None:
            groups[scope, cell.measure].append(cell)
        else:
            found.append(LineCell(cell, scope, cell.value))
    for (scope, _), group in groups.items():
        found += _joined(scope, group)
    return found


def _on_line(scope: Scope, lines: Lines) -> Scope:
    return tuple((part, lines.line(node) if part == NATION else node) for part, node in scope)


def _joined(scope: Scope, group: list[Cell]) -> list[LineCell]:
    stated: dict[Term, int] = {}
    alone: list[Cell] = []
    first: Cell | None = None
    for cell in sorted(group, key=lambda cell: (cell.scope != scope, str(cell.subject))):
        nation = cell.part(NATION)
        if cell.is_claim or nation is None or nation in stated:
            alone.append(cell)
        else:
            stated[nation] = cell.value
            first = first or cell
    found = [LineCell(first, scope, sum(stated.values()), stated)] if first else []
    for cell in alone:
        said = stated | {nation: cell.value for part, nation in cell.scope if part == NATION}
        found.append(LineCell(cell, scope, sum(said.values()), said))
    return found
