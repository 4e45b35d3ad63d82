"""Decides between candidates: the best match of each person or event, and its strongest rival."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.terms import NamedNode

    from .match import D, Match

HOPELESS = 5.0
"""By more points than this somebody else fits a candidate so much better that it is none."""


def settled(candidates: Iterable[list[Match[D]]]) -> list[Match[D]]:
    """Return the best match of each, with the points of its strongest rival, surest first.

    A rival is the next best candidate, or another description whose best candidate is
    the same one. What something else fits far better is no candidate.

    Args:
        candidates: all matches of one description, for each that has any.

    """
    everyone = [sorted(found, key=_surest) for found in candidates]
    claims = _claims(found[0] for found in everyone)
    hopeful = [
        [match for match in found if claims[match.other.node] - match.points <= HOPELESS]
        for found in everyone
    ]
    best = [
        replace(found[0], rival=found[1].points if len(found) > 1 else 0.0)
        for found in hopeful
        if found
    ]
    return sorted(_each_against_others(best), key=_surest)


def _claims(best: Iterable[Match[D]]) -> defaultdict[NamedNode, float]:
    """Return the most points with which somebody's best candidate is a person."""
    claims: defaultdict[NamedNode, float] = defaultdict(float)
    for match in best:
        claims[match.other.node] = max(claims[match.other.node], match.points)
    return claims


def _each_against_others(best: list[Match[D]]) -> Iterator[Match[D]]:
    """Yield matches with the strongest claim of somebody else on the same person."""
    same: defaultdict[NamedNode, list[float]] = defaultdict(list)
    for match in best:
        same[match.other.node].append(match.points)
    for match in best:
        others = sorted(same[match.other.node])
        others.remove(match.points)
        yield replace(match, rival=max([match.rival, *others[-1:]]))


def _surest(match: Match[D]) -> tuple[float, str, str]:
    return -match.points, match.one.node.value, match.other.node.value
