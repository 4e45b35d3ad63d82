"""Which classes are subclasses of which, as far as a graph says so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from graph.terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.terms import Quad, Term

_KNOWN = 4_096
"""For so many classes, of all hierarchies together, it is remembered what is below them."""


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The statements of a graph that one class is a subclass of another.

    Attributes:
        pairs: the narrower and the broader class of each.

    Example:
        >>> Hierarchy().below(NamedNode("urn:a"))
        frozenset({<NamedNode value=urn:a>})

    """

    pairs: frozenset[tuple[Term, Term]] = frozenset()

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> Hierarchy:
        """Return the hierarchy that these statements make."""
        return cls(frozenset((quad.subject, quad.object) for quad in quads))  # type: ignore[misc] # no quoted triples

    def below(self, iri: NamedNode) -> frozenset[NamedNode]:
        """Return a class with all its subclasses (SHACL section 1.1, SHACL instance)."""
        return _below(self.pairs, iri)


@lru_cache(maxsize=_KNOWN)
def _below(pairs: frozenset[tuple[Term, Term]], iri: NamedNode) -> frozenset[NamedNode]:
    narrower: defaultdict[Term, set[Term]] = defaultdict(set)
    for below, above in pairs:
        narrower[above].add(below)
    found: set[Term] = set()
    todo: list[Term] = [iri]
    while todo:
        now = todo.pop()
        if now not in found:
            found.add(now)
            todo += narrower[now]
    return frozenset(one for one in found if isinstance(one, NamedNode))
