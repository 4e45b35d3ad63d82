"""The shortest paths between two things, over links of the kinds that the reader allows.

Both ends are searched from, a whole level at a time from the end whose level is smaller, so
that the first meeting tells every shortest path (bidirectional breadth-first search).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from graph.errors import BadInput

from .links import Link, classes_of, is_word, links_from, links_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Reader
    from graph.terms import NamedNode

    from .asked import Sought

MOST_STEPS = 8
MOST_PATHS = 20
"""So many of the paths of one length are shown; all of them are counted."""
MOST_READ = 200_000
"""So many statements are read in search of a path: half a second's work."""


class Path(NamedTuple):
    """One path.

    Attributes:
        nodes: from one end to the other.
        links: between each two of them, every link of a kind that is allowed.

    """

    nodes: tuple[NamedNode, ...]
    links: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True)
class Paths:
    """What became of the search.

    Attributes:
        shown: paths of the shortest length, by the addresses on them; at most ``MOST_PATHS``.
        count: how many of that length there are.
        steps: the length of these; without a path, how far was looked for certain.
        read: how many statements were read.
        is_whole: whether everything that was asked for was looked at.
        is_at_end: whether nothing more can be reached from one of the ends, however far.

    """

    shown: tuple[Path, ...]
    count: int
    steps: int
    read: int
    is_whole: bool = True
    is_at_end: bool = False


class _TooMuch(Exception):
    """The search has read as much as it may."""


@dataclass(slots=True)
class _Side:
    """What is known from one end: how far each thing is, and from where it is reached."""

    start: NamedNode
    depth: int = 0
    before: dict[NamedNode, set[NamedNode]] = field(default_factory=dict)
    level: set[NamedNode] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.before[self.start] = set()
        self.level.add(self.start)


class _Search:
    def __init__(self, reader: Reader, sought: Sought, most_read: int) -> None:
        self._reader, self._sought, self._left = reader, sought, most_read
        self._passable: dict[NamedNode, bool] = {}
        self.sides = _Side(sought.source), _Side(sought.target)

    def meeting(self) -> set[NamedNode]:
        """Return where the shortest paths meet, after the fewest levels that reach there."""
        near, far = self.sides
        while near.level and far.level and near.depth + far.depth < self._sought.steps:
            side, other = (near, far) if len(near.level) <= len(far.level) else (far, near)
            self._grow(side, other.start)
            if met := side.level & other.level:
                return met
        return set()

    @property
    def depth(self) -> int:
        """How long paths are that would have been found."""
        return sum(side.depth for side in self.sides)

    @property
    def left(self) -> int:
        """How many statements may still be read."""
        return self._left

    def _grow(self, side: _Side, goal: NamedNode) -> None:
        """Take one step more from a side; only a whole step counts."""
        reached: dict[NamedNode, set[NamedNode]] = {}
        for node in side.level:
            for other in self._beside(node):
                if other not in side.before and (other == goal or self._may_pass(other)):
                    reached.setdefault(other, set()).add(node)
        side.before |= reached
        side.level = set(reached)
        side.depth += 1

    def _beside(self, node: NamedNode) -> Iterator[NamedNode]:
        by = self._sought.by
        for links in (links_from(self._reader, node), links_to(self._reader, node)):
            for link in links:
                self._left -= 1
                if self._left < 0:
                    raise _TooMuch
                if not by or link.property in by:
                    yield link.target if link.source == node else link.source

    def _may_pass(self, node: NamedNode) -> bool:
        if node not in self._passable:
            self._passable[node] = not is_word(node) and self._sought.past.isdisjoint(
                classes_of(self._reader, node)
            )
        return self._passable[node]


def paths(reader: Reader, sought: Sought, *, most_read: int = MOST_READ) -> Paths:
    """Return the shortest paths between two things.

    Links are followed in both directions. A path passes through no term of the vocabulary,
    since two medals of gold are not linked by gold, and through nothing of the classes that
    are to be kept out; either end may be one of these.

    Args:
        reader: the state.
        sought: between what, over which links, and how far.
        most_read: how many statements may be read.

    Raises:
        BadInput: if both ends are the same.

    """
    if sought.source == sought.target:
        raise BadInput(
            "A path leads from one thing to another, and both ends are the same.",
            hint="Choose another thing for one end.",
        )
    search = _Search(reader, sought, most_read)
    try:
        met = search.meeting()
    except _TooMuch:
        return Paths((), 0, search.depth, most_read, is_whole=False)
    read = most_read - search.left
    if not met:
        is_at_end = not all(side.level for side in search.sides)
        return Paths((), 0, search.depth, read, is_at_end=is_at_end)
    near, far = search.sides
    counts = [_ways(side, met) for side in (near, far)]
    count = sum(counts[0][node] * counts[1][node] for node in met)
    shown = tuple(_Shown(reader, sought, near, far).paths(met))
    return Paths(shown, count, search.depth, read)


def _ways(side: _Side, met: set[NamedNode]) -> dict[NamedNode, int]:
    """Return in how many ways each meeting place, and what is before it, is reached."""
    known = {side.start: 1}

    def ways(node: NamedNode) -> int:
        if node not in known:
            known[node] = sum(map(ways, side.before[node]))
        return known[node]

    for node in met:
        ways(node)
    return known


class _Shown:
    """Walks the paths that a search found, in the order of addresses from the first end."""

    def __init__(self, reader: Reader, sought: Sought, near: _Side, far: _Side) -> None:
        self._reader, self._sought = reader, sought
        self._near, self._far = near, far

    def paths(self, met: set[NamedNode]) -> Iterator[Path]:
        """Yield the first paths."""
        after = self._after(met)
        found: deque[tuple[NamedNode, ...]] = deque([(self._near.start,)])
        shown = 0
        while found and shown < MOST_PATHS:
            nodes = found.pop()
            if nodes[-1] == self._sought.target:
                shown += 1
                yield Path(nodes, tuple(self._links(*pair) for pair in pairwise(nodes)))
            else:
                ends = sorted(after[nodes[-1]], key=str, reverse=True)
                found.extend((*nodes, end) for end in ends)

    def _after(self, met: set[NamedNode]) -> dict[NamedNode, set[NamedNode]]:
        """Return what comes next on a shortest path, after each thing on one."""
        after: dict[NamedNode, set[NamedNode]] = {}
        level = set(met)
        while level:
            reached: set[NamedNode] = set()
            for node in level:
                for before in self._near.before[node]:
                    after.setdefault(before, set()).add(node)
                    reached.add(before)
            level = reached
        level = set(met)
        while level:
            level = set().union(*(self._beyond(node, after) for node in level))
        return after

    def _beyond(self, node: NamedNode, after: dict[NamedNode, set[NamedNode]]) -> set[NamedNode]:
        ends = self._far.before[node]
        if ends:
            after.setdefault(node, set()).update(ends)
        return ends

    def _links(self, one: NamedNode, other: NamedNode) -> tuple[Link, ...]:
        found = {link for link in links_from(self._reader, one) if link.target == other}
        found |= {link for link in links_from(self._reader, other) if link.target == one}
        by = self._sought.by
        return tuple(sorted((one for one in found if not by or one.property in by), key=str))
