"""A change to the store as data: what is added, what is removed, and nothing that cancels out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .terms import NamedNode, Quad, Subject


@dataclass(frozen=True, slots=True)
class Change:
    """Quads added and quads removed; no quad is in both.

    A change is *exact* for a state of the store when every removed quad is in that
    state and no added quad is. Engines apply exact changes only; ``updates`` and
    ``transaction`` see to it that theirs are.

    Example:
        >>> Change().is_empty
        True

    """

    added: frozenset[Quad] = field(default=frozenset())
    removed: frozenset[Quad] = field(default=frozenset())

    @classmethod
    def of(cls, added: Iterable[Quad] = (), removed: Iterable[Quad] = ()) -> Change:
        """Return the change that removes first and adds second: a quad in both is only added."""
        added = frozenset(added)
        return cls(added, frozenset(removed) - added)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is added and nothing removed."""
        return not self.added and not self.removed

    @property
    def size(self) -> int:
        """How many quads are added or removed."""
        return len(self.added) + len(self.removed)

    def then(self, later: Change) -> Change:
        """Return this exact change followed by ``later``, exact for the state after this one."""
        return Change(
            (self.added - later.removed) | (later.added - self.removed),
            (self.removed - later.added) | (later.removed - self.added),
        )

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.removed, self.added)

    def quads(self) -> Iterator[Quad]:
        """Yield each quad that is added or removed, in no particular order."""
        yield from self.added
        yield from self.removed

    def subjects(self) -> set[Subject]:
        """Return each node that gains or loses a statement of its own."""
        return {quad.subject for quad in self.quads()}  # type: ignore[misc]

    def graphs(self) -> set[NamedNode]:
        """Return each named graph that gains or loses a statement."""
        return {quad.graph_name for quad in self.quads()}  # type: ignore[misc]
