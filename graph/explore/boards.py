"""Lays out a board: which things are on it, and every link between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from .games import Belonging
from .groups import ON_A_PAGE, Grouping
from .links import classes_of, links_among

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.terms import NamedNode

    from .asked import Board, Opened
    from .groups import Page
    from .links import Link
    from .spoken import Spoken

MOST_THINGS = 2_000
"""So many things are on one board; more can neither be drawn nor read."""
_MOST_PAGES = MOST_THINGS // ON_A_PAGE


@dataclass(frozen=True, slots=True)
class Laid:
    """A board as it lies there.

    Attributes:
        things: everything on it, what was put there first.
        links: all between two of them.
        pages: of each opened group its members, on all the pages that are opened.
        left_out: how many things had no place any more.

    """

    things: tuple[NamedNode, ...]
    links: tuple[Link, ...]
    pages: tuple[Page, ...]
    left_out: int = 0


def laid(reader: Reader, board: Board, *, spoken: Spoken) -> Laid:
    """Return what lies on a board.

    Args:
        reader: the state.
        board: what was put and opened there.
        spoken: names things, by which members of groups are sorted.

    """
    grouping = Grouping(reader, spoken, board.games)
    pages = tuple(
        grouping.page(thing, way, pages=min(pages, _MOST_PAGES))
        for thing, way, pages in board.opened
    )
    # Whose links are opened is on the board, even if nobody put it there.
    asked = dict.fromkeys((*board.things, *(opened.thing for opened in board.opened)))
    fits = _Fitting(reader, board)
    members = (one for page in pages for one in page.members if one not in asked and fits(one))
    whole = tuple(dict.fromkeys(one for one in chain(asked, members) if one not in board.without))
    things = whole[:MOST_THINGS]
    links = tuple(links_among(reader, things))
    unread = sum(_unread(opened, page) for opened, page in zip(board.opened, pages, strict=True))
    return Laid(things, links, pages, len(whole) - len(things) + unread)


def _unread(opened: Opened, page: Page) -> int:
    """Return how many things of a group are asked for beyond those that a board can hold."""
    asked = min(opened.pages * ON_A_PAGE, page.size)
    return max(asked - _MOST_PAGES * ON_A_PAGE, 0)


class _Fitting:
    """Tells whether the filters of a board let a thing on it."""

    def __init__(self, reader: Reader, board: Board) -> None:
        self._reader, self._kinds = reader, board.kinds
        self._belongs = Belonging(reader, board.games) if board.games else None

    def __call__(self, node: NamedNode) -> bool:
        if self._kinds and self._kinds.isdisjoint(classes_of(self._reader, node)):
            return False
        return self._belongs is None or self._belongs(node)
