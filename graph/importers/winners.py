"""Who won a medal of an event, for sources that tell no more than that: an entry and its award."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names import mg

from .statements import describe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.names import Names
    from graph.terms import NamedNode, Quad

    from .statements import Facts

RANKS = {"Gold": 1, "Silver": 2}
"""The rank that equal winners of a medal share; two bronzes may be a rule of the sport."""


def describe_winner(  # noqa: PLR0913 - what is known of a winner, each by name
    names: Names,
    graph: NamedNode,
    *,
    event: str,
    key: str,
    medal: str,
    is_shared: bool,
    entry: Facts,
) -> Iterator[Quad]:
    """Yield the entry that won a medal, and its award, which stands.

    Args:
        names: mints the IRIs.
        graph: the source that says so.
        event: the end of the event's IRI.
        key: how IRIs call the entry within the event.
        medal: ``Gold``, ``Silver`` or ``Bronze``.
        is_shared: whether others won the same medal of the event.
        entry: what there is to say of the entry besides: nations, athletes and the like.

    """
    node, where = names.of("entry", event, key), names.of("event", event)
    rank = RANKS.get(medal) if is_shared else None
    about: Facts = {"event": where, **entry, "rank": rank, "won": mg(medal)}
    yield from describe(node, "Entry", graph, about)
    award: Facts = {"event": where, "entry": node, "medal": mg(medal), "status": mg("Standing")}
    yield from describe(names.of("award", event, key), "Award", graph, award)
