"""Finds, for each person of one source, who in another source is the same."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from .blocking import Blocks
from .match import DOUBTFUL
from .scoring import compare
from .settling import settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.progress import Progress
    from graph.terms import NamedNode, Term

    from .match import Match
    from .profiles import Profile

_REPORTED = 500
"""How often progress is reported."""


def matches(
    ones: Iterable[Profile],
    others: Iterable[Profile],
    later: Mapping[Term, Term],
    *,
    apart: frozenset[frozenset[NamedNode]] = frozenset(),
    progress: Progress,
) -> list[Match[Profile]]:
    """Return the best match of each person that has one, the surest first.

    Nobody is matched twice: of two who fit one person, the one with more points does.

    Args:
        ones: the people of one source, whose match is looked for.
        others: the people of another source.
        later: the nation that a nation's committee is today.
        apart: pairs that somebody said are two people.
        progress: told how many people of the larger source are done.

    """
    candidates: defaultdict[NamedNode, list[Match[Profile]]] = defaultdict(list)
    for one, other in _pairs(list(ones), list(others), later, progress=progress):
        if one.node == other.node or (apart and frozenset({one.node, other.node}) in apart):
            continue
        match = compare(one, other, later, least=DOUBTFUL)
        if match is not None and match.points >= DOUBTFUL:
            candidates[one.node].append(match)
    return settled(candidates.values())


def _pairs(
    ones: list[Profile], others: list[Profile], later: Mapping[Term, Term], *, progress: Progress
) -> Iterator[tuple[Profile, Profile]]:
    """Yield who is worth comparing; only the smaller source is held in blocks."""
    turned = len(ones) > len(others)
    few, many = (others, ones) if turned else (ones, others)
    blocks = Blocks(few, later)
    for done, profile in enumerate(many, 1):
        for near in blocks.near(profile):
            yield (profile, near) if turned else (near, profile)
        if done % _REPORTED == 0 or done == len(many):
            progress(done, len(many))
