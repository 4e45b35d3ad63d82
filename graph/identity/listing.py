"""Makes the list of matches of two sources, of whichever kind of things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import BadInput, NotFound
from graph.progress import unwatched

from .event_sources import matched_events
from .keeping import listed
from .sources import matched_sources

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.names import Names
    from graph.progress import Step
    from graph.terms import NamedNode

    from .keeping import KeptList

PERSON, EVENT = "person", "event"
KINDS = (PERSON, EVENT)
"""The kinds of things that are matched."""


def list_of(  # noqa: PLR0913 - what a list is of, each by name
    reader: Reader,
    names: Names,
    one: NamedNode,
    other: NamedNode,
    *,
    kind: str = PERSON,
    step: Step = unwatched,
) -> KeptList:
    """Return the list of who or what of one source may be whom or what of another.

    Args:
        reader: the state.
        names: the names of the store.
        one: the source whose things are looked for.
        other: the source in which.
        kind: one of ``KINDS``.
        step: told of each step of the work.

    Raises:
        BadInput: if things of this kind are not matched, or the sources are one.
        NotFound: if there is no such source.

    """
    if kind not in KINDS:
        raise BadInput(f"Things of the kind {kind!r} are not matched.", hint=f"Use {KINDS}.")
    if one == other:
        raise BadInput("A list of matches is of two sources.", hint="Choose another one.")
    for graph in (one, other):
        if next(reader.quads(graph=graph), None) is None:
            raise NotFound(
                f"There is no source {graph.value}.", hint="Choose one of those there are."
            )
    if kind == EVENT:
        events = matched_events(reader, names, one, other, step=step).found
        return listed(one, other, events, kind=kind, version=reader.version)
    found = matched_sources(reader, names, one, other, step=step)
    return listed(one, other, found, kind=kind, version=reader.version)
