"""The statements that conditions can reach from focus nodes: enough to check just those."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .focus import reads
from .reads import THIS, Hop, flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.terms import Quad, Term

    from .constraints import Constraint
    from .reads import Position, Read
    from .views import View


def neighbourhood(
    view: View, pairs: Iterable[tuple[Constraint, Term]], *, limit: int
) -> set[Quad] | None:
    """Return the statements that decide what the constraints say of their focus nodes.

    A constraint has the same verdict on a focus node here as in the whole graph.

    Returns:
        The statements, or None if there are more than ``limit``.

    """
    found = set(view.hierarchy())
    for constraint, focus in pairs:
        found |= set(_around(view, constraint, focus))
        if len(found) > limit:
            return None
    return found


def _around(view: View, constraint: Constraint, focus: Term) -> Iterator[Quad]:
    known: dict[Position, set[Term]] = {THIS: {focus}}
    left = list(flat(reads(constraint)))
    walked: list[tuple[Read, Position]] = []
    while left:
        read = next((one for one in left if _near(one, known) is not None), None)
        if read is None:
            known |= _fixed(left)
            read = left[0]
        left.remove(read)
        near = _near(read, known)
        if near is None:
            yield from _everywhere(view, read, known)
        else:
            walked.append((read, near))
            yield from _fetched(view, read, near, known)
    # The alternatives of a path share their ends, so an end may have grown since it was left.
    size = 0
    while size < _size(known):
        size = _size(known)
        for read, near in walked:
            yield from _fetched(view, read, near, known)


def _size(known: dict[Position, set[Term]]) -> int:
    return sum(len(terms) for terms in known.values())


def _near(read: Read, known: dict[Position, set[Term]]) -> Position | None:
    """Return the end of the pattern whose nodes are known, the subject first."""
    return next((end for end in (read.subject, read.object) if end in known), None)


def _fixed(left: Iterable[Read]) -> dict[Position, set[Term]]:
    """Return the fixed terms of patterns that no walk from the focus node reaches."""
    ends = {end for read in left for end in (read.subject, read.object)}
    return {end: {end} for end in ends if not isinstance(end, str)}


def _everywhere(view: View, read: Read, known: dict[Position, set[Term]]) -> Iterator[Quad]:
    """Yield what matches a pattern that nothing leads to, and note the nodes at both ends."""
    for predicate in read.predicates or (None,):
        for quad in view.reader.quads(None, predicate, None, view.graph):
            known.setdefault(read.subject, set()).add(quad.subject)  # type: ignore[arg-type] # no quoted triples
            known.setdefault(read.object, set()).add(quad.object)  # type: ignore[arg-type] # the same
            yield quad


def _fetched(
    view: View, read: Read, near: Position, known: dict[Position, set[Term]]
) -> Iterator[Quad]:
    """Yield what matches the pattern, and note the nodes at its other end."""
    inverse = near == read.object and near != read.subject
    hop = Hop(read.predicates, inverse=inverse, closure=read.closure)
    far = read.subject if inverse else read.object
    reached: set[Term] = set()
    for quad in _along(view, known[near], hop):
        end: Term = quad.subject if inverse else quad.object  # type: ignore[assignment] # the same
        if isinstance(far, str) or read.closure or end == far:
            reached.add(end)
        # Also one that leads elsewhere: a node of a subclass names the subclass as its type.
        yield quad
    known.setdefault(far, set()).update(reached, known[near] if read.closure else ())


def _along(view: View, start: set[Term], hop: Hop) -> Iterator[Quad]:
    seen, new = set(start), set(start)
    while new:
        quads = [quad for node in new for quad in view.touching(node, hop)]
        yield from quads
        ends: set[Term] = {q.subject if hop.inverse else q.object for q in quads}  # type: ignore[misc] # the same
        new = ends - seen if hop.closure else set()
        seen |= new
