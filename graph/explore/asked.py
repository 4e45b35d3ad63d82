"""What somebody explores, as data: the things on a board, what is opened, a path that is sought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from graph.terms import NamedNode

    from .groups import Way


@dataclass(frozen=True, slots=True)
class Sought:
    """A path that is looked for.

    Attributes:
        source: one end.
        target: the other.
        by: the properties of the links that a path may take; empty for any.
        past: the classes of things that it may not pass through.
        steps: how long it may be.

    """

    source: NamedNode
    target: NamedNode
    by: frozenset[NamedNode] = frozenset()
    past: frozenset[NamedNode] = frozenset()
    steps: int = 6


class Opened(NamedTuple):
    """A group of links that is opened on a board.

    Attributes:
        thing: whose links they are.
        way: which of them.
        pages: how many pages of them are opened.

    """

    thing: NamedNode
    way: Way
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Board:
    """A board: what was put there, and what is opened on it.

    Attributes:
        things: those that were put there one by one.
        opened: groups whose members are there too.
        without: things that were taken away, whatever opens them.
        kinds: if any, only what is of one of these classes is shown, beside ``things``.
        games: if given, what belongs to other Games is not shown, beside ``things``.

    """

    things: tuple[NamedNode, ...] = ()
    opened: tuple[Opened, ...] = ()
    without: frozenset[NamedNode] = frozenset()
    kinds: frozenset[NamedNode] = frozenset()
    games: NamedNode | None = None
