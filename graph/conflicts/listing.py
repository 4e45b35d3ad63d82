"""Lists of conflicts: which are asked for, between which sources, and the mark of a list."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from .finding import differ, several

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.engines.base import Reader
    from graph.gate.shapes import Single
    from graph.names import Names
    from graph.terms import NamedNode

    from .finding import Conflict


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which conflicts are asked for.

    Attributes:
        predicate: of one property only; None for all.
        language: of names, in one language only; empty for all.
        graphs: in which each of these sources states a value that another one contradicts.

    """

    predicate: NamedNode | None = None
    language: str = ""
    graphs: tuple[NamedNode, ...] = ()


def listed(
    reader: Reader, names: Names, single: Iterable[Single], wanted: Wanted
) -> list[Conflict]:
    """Return the conflicts that are asked for, in the order of every list of them."""
    first = wanted.graphs[0] if wanted.graphs else None
    found = several(reader, names, single, predicate=wanted.predicate, source=first)
    return [
        each
        for each in found
        if each.is_open
        and wanted.language in ("", each.language)
        and (not wanted.graphs[1:] or frozenset(wanted.graphs) in pairs_of(each))
    ]


def pairs_of(conflict: Conflict) -> set[frozenset[NamedNode]]:
    """Return the pairs of sources that contradict each other in a conflict."""
    return {
        frozenset(pair)
        for (one, ones), (other, others) in combinations(conflict.values, 2)
        if differ(conflict.predicate, one, other)
        for pair in product(ones, others)
        if pair[0] != pair[1]
    }


def counted_by_pair(found: Iterable[Conflict]) -> dict[frozenset[NamedNode], int]:
    """Return in how many conflicts each two sources contradict each other, the most first."""
    return dict(Counter(pair for each in found for pair in pairs_of(each)).most_common())


def list_mark(found: Sequence[Conflict]) -> str:
    """Return a mark of a list of conflicts; it changes with whatever changes there."""
    total = hashlib.sha256()
    for each in found:
        values = [(str(value), [graph.value for graph in graphs]) for value, graphs in each.values]
        total.update(f"{each.subject} {each.predicate} {each.language} {values}\n".encode())
    return total.hexdigest()[:32]
