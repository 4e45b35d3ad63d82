"""Two descriptions that may be of one thing: points with their reasons, and when that is sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from graph.names import local_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.terms import NamedNode

SURE = 9.0
"""From so many points on two descriptions are taken to be of one thing."""
DOUBTFUL = 5.0
"""From so many points on a person should look."""
MARGIN = 2.0
"""By how much the best candidate has to lead the next one to be sure."""


class Described(Protocol):
    """What a source says of one thing, at the address that it has there."""

    node: NamedNode


D = TypeVar("D", bound=Described)


def shortest(names: Iterable[str], node: NamedNode) -> str:
    """Return the shortest of the names of a thing, or the end of its address."""
    return min(names, key=lambda name: (len(name), name), default=local_name(node))


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against."""

    text: str
    points: float


@dataclass(frozen=True, slots=True)
class Match(Generic[D]):
    """Two descriptions that may be of one thing, and why.

    Attributes:
        reasons: the names first, then the keys if there is something to say of them.
        is_backed: whether what nothing else can stand for speaks for it, such as a name or key.
        rival: points of the next best candidate for the same description; 0 for none.

    """

    one: D
    other: D
    reasons: tuple[Reason, ...]
    is_backed: bool = True
    rival: float = 0.0

    @property
    def points(self) -> float:
        """The sum of the reasons."""
        return sum(reason.points for reason in self.reasons)

    @property
    def is_sure(self) -> bool:
        """Whether it needs nobody to look: points, a lead, and what has to speak for it."""
        return self.is_backed and self.points >= SURE and self.points - self.rival >= MARGIN
