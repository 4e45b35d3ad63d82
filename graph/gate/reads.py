"""Which statements a condition looks at, and how each leads back to the focus node.

A condition is a function of the triples that match its patterns. When a triple that
matches one of them comes or goes, the nodes whose verdict may differ are found by
walking from that triple, along the other patterns that must match with it, to the
focus node.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from graph.terms import NamedNode, Term

if TYPE_CHECKING:
    from collections.abc import Iterable

THIS = "this"

End: TypeAlias = Literal["subject", "object"]

Position: TypeAlias = str | Term
"""A variable's name, or a fixed term."""


@dataclass(frozen=True, slots=True)
class Read:
    """One pattern of triples.

    Attributes:
        predicates: any of these; None for any predicate at all.
        closure: whether any number of triples in a row, none included, match.

    """

    subject: Position
    predicates: frozenset[NamedNode] | None
    object: Position
    closure: bool = False


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a walk over statements.

    Attributes:
        inverse: from object to subject.
        keep: the only node to arrive at, or None.

    """

    predicates: frozenset[NamedNode] | None
    inverse: bool
    closure: bool = False
    keep: Term | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """From a statement that matches ``read`` to the focus nodes that it matters to.

    Attributes:
        start: the end of the statement where the walk begins.
        hops: the walk; None if nothing leads to the focus node, so that all are concerned.
        beside: what has to be said besides of the nodes at the ends of the statement, for no
            pattern matches alone: for each such pattern the end and its properties.

    """

    read: Read
    start: End = "subject"
    hops: tuple[Hop, ...] | None = None
    beside: tuple[tuple[End, frozenset[NamedNode]], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Patterns that must all match together, and blocks that belong to them.

    Attributes:
        reads: the patterns of this block.
        inner: what may match beside them: an OPTIONAL, or the group of an EXISTS.
        choices: of each of these, one block at least matches with them: the branches of
            a UNION; a single block is a group in braces.

    """

    reads: tuple[Read, ...]
    inner: tuple[Block, ...] = ()
    choices: tuple[tuple[Block, ...], ...] = ()


def flat(block: Block) -> list[Read]:
    """Return the patterns of the block and of the blocks in it."""
    within = [*block.inner, *(one for branches in block.choices for one in branches)]
    return [*block.reads, *(read for one in within for read in flat(one))]


@dataclass(frozen=True, slots=True)
class _Around:
    """What must match together with a block."""

    reads: tuple[Read, ...] = ()
    choices: tuple[tuple[Block, ...], ...] = ()


def routes(block: Block) -> list[Route]:
    """Return the routes from each pattern in the block, and in the blocks in it."""
    return _routes(block, _Around())


def _routes(block: Block, around: _Around) -> list[Route]:
    here = _with(around, block)
    found = [
        replace(route, beside=_beside(read, here.reads))
        for read in block.reads
        for route in _from(read, here)
    ]
    for one in (*block.inner, *(one for branches in block.choices for one in branches)):
        found += _routes(one, here)
    return found


def _beside(read: Read, patterns: Iterable[Read]) -> tuple[tuple[End, frozenset[NamedNode]], ...]:
    """Return which properties the ends of a statement need where all these patterns match."""
    ends: tuple[tuple[End, Position], ...] = (("subject", read.subject), ("object", read.object))
    wanted = (
        (end, other.predicates)
        for other in patterns
        for end, place in ends
        if other != read and other.subject == place and other.predicates and not other.closure
    )
    return tuple(dict.fromkeys(wanted)) if not read.closure else ()


def _with(around: _Around, block: Block) -> _Around:
    return _Around((*around.reads, *block.reads), (*around.choices, *block.choices))


def _from(read: Read, around: _Around) -> list[Route]:
    """Return a walk to the focus node, or one through each branch of a choice.

    Where the patterns that always match lead nowhere, a choice may: a solution goes
    through one of its branches, so that there has to be a way through each.
    """
    direct = _route(read, around.reads)
    if direct.hops is not None:
        return [direct]
    for place, branches in enumerate(around.choices):
        others = (*around.choices[:place], *around.choices[place + 1 :])
        ways = [_from(read, _with(_Around(around.reads, others), one)) for one in branches]
        if all(route.hops is not None for way in ways for route in way):
            return [route for way in ways for route in way]
    return [direct]


def _route(read: Read, patterns: Iterable[Read]) -> Route:
    """Return the shortest walk from the pattern to the focus node (breadth first)."""
    first: tuple[End, ...] = ("subject", "object")
    queue: deque[tuple[Position, End, tuple[Hop, ...]]] = deque()
    for end in first:
        start = read.subject if end == "subject" else read.object
        inverse = end == "subject"
        spread = (Hop(read.predicates, inverse=inverse, closure=True),) if read.closure else ()
        queue.append((start, end, spread))
    edges = list(patterns)
    seen: set[Position] = set()
    while queue:
        place, end, hops = queue.popleft()
        if place == THIS:
            return Route(read, end, hops)
        if place in seen:
            continue
        seen.add(place)
        for edge in edges:
            for source, goal, inverse in (
                (edge.subject, edge.object, False),
                (edge.object, edge.subject, True),
            ):
                if source == place:
                    keep = None if isinstance(goal, str) else goal
                    hop = Hop(edge.predicates, inverse=inverse, closure=edge.closure, keep=keep)
                    queue.append((goal, end, (*hops, hop)))
    return Route(read)
