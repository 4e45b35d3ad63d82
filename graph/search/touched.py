"""Which things a change touches: those named in it, and those whose filters it alters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names import RDF_TYPE, is_restricted, mg
from graph.sources import PRIORITY

from .entities import EVENT, GAMES, LINKS, NAMING, NATION, SPORT, WIDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.change import Change
    from graph.engines.base import Reader
    from graph.terms import Quad, Term

    from .entities import Entities

_OWN = frozenset((*NAMING, RDF_TYPE, NATION, GAMES, SPORT, WIDER, EVENT, mg("born")))
_FILTERS = frozenset((NATION, EVENT, GAMES, SPORT))
_DEPTH = 5


def touched(change: Change, entities: Entities) -> Iterator[Term]:
    """Yield each node whose entry in the index may be another after a change, maybe repeatedly.

    Args:
        change: any part of what changed.
        entities: the state after all that changed. Links that were removed are in the change
            itself, so that the people on both sides of a change are found.

    """
    for quad in change.quads():
        yield from _touched(quad, entities)


def hides(change: Change, state: Reader) -> bool:
    """Tell whether a change hides a name: it is restricted now, or is no more said openly.

    Args:
        change: any part of what changed.
        state: the state after all that changed.

    """
    if any(is_restricted(quad.graph_name) and quad.predicate in NAMING for quad in change.added):
        return True
    gone = (quad for quad in change.removed if quad.predicate in NAMING)
    return any(
        is_restricted(other.graph_name)
        for quad in gone
        for other in state.quads(quad.subject, quad.predicate, quad.object)  # type: ignore[arg-type] # no quoted triples
    )


def _touched(quad: Quad, entities: Entities) -> Iterator[Term]:
    subject: Term = quad.subject  # type: ignore[assignment] # no quoted triples
    if quad.predicate in LINKS:
        yield quad.object  # type: ignore[misc] # the same
    if quad.predicate in _OWN:
        yield subject
    if quad.predicate in _FILTERS:
        yield from entities.people_of(quad.subject)  # type: ignore[arg-type] # the same
    if quad.predicate in (GAMES, SPORT):
        yield from entities.people_in(subject)
    if quad.predicate == WIDER:
        yield from _of_sport(subject, entities, depth=0)
    if quad.predicate == PRIORITY:
        # Whom a source is trusted before decides which of several names is shown.
        yield from entities.named_in(subject)


def _of_sport(sport: Term, entities: Entities, *, depth: int) -> Iterator[Term]:
    """Yield what is in a sport or in a part of it, for its wider sports have changed."""
    yield sport
    for node in entities.about_sport(sport):
        yield node
        yield from entities.people_of(node)
        yield from entities.people_in(node)
    if depth < _DEPTH:
        for part in entities.narrower(sport):
            yield from _of_sport(part, entities, depth=depth + 1)
