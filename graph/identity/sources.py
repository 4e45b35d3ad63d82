"""Matches the people of two sources of a store, and says whose address stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names import local_name
from graph.progress import unwatched
from graph.succession import later_codes

from .deciding import addresses_of, keeps_first
from .matching import matches
from .profiles import profiles_of
from .redirects import said_apart

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.names import Names
    from graph.progress import Step
    from graph.terms import NamedNode

    from .match import D, Match
    from .profiles import Profile
    from .redirects import Addresses


def matched_sources(
    reader: Reader, names: Names, one: NamedNode, other: NamedNode, *, step: Step = unwatched
) -> list[Match[Profile]]:
    """Return who in one source is whom in another, the surest first.

    People whom both sources describe under one address are one already and not listed.

    Args:
        reader: the state.
        names: the names of the store.
        one: the source whose people are looked for.
        other: the source in which.
        step: told of each step of the work.

    """
    mine = profiles_of(reader, one, progress=step(f"Reading {local_name(one)}"))
    theirs = profiles_of(reader, other, progress=step(f"Reading {local_name(other)}"))
    for node in mine.keys() & theirs.keys():
        del mine[node], theirs[node]
    return matches(
        mine.values(),
        theirs.values(),
        later_codes(reader, names),
        apart=said_apart(reader, names),  # type: ignore[arg-type] # people are nodes
        progress=step("Matching people"),
    )


def addresses(
    reader: Reader, names: Names, found: list[Match[D]], *, one: NamedNode, other: NamedNode
) -> list[Addresses]:
    """Return the old and the staying address of each match: the more trusted source's stays."""
    keeps_one = keeps_first(reader, names, one, other)
    return [addresses_of(each.one.node, each.other.node, keeps_one=keeps_one) for each in found]
