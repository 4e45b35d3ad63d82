"""What else is known of whom somebody looks for, held against what is known of a hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names import local_name
from graph.terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .entities import Entity
    from .question import Evidence

_YEAR = 4
_FOR_BIRTH, _FOR_YEAR, _FOR_FILTER, _FOR_KIND = 0.6, 0.4, 0.3, 0.1
_AGAINST_BIRTH, _AGAINST_FILTER, _AGAINST_KIND = 0.4, 0.15, 0.3
"""A fact that fits takes away so much of what is missing; one that does not, so much of all."""


def weighed(score: float, entity: Entity, evidence: Evidence) -> tuple[float, tuple[str, ...]]:
    """Return a score with what speaks for and against a hit, and the reasons.

    What nobody knows of the hit speaks for nothing. A name that fits fully cannot fit more,
    so that evidence only parts namesakes by what speaks against them.
    """
    reasons = []
    for value, reason in _facts(entity, evidence):
        score += (1 - score) * value if value > 0 else score * value
        reasons.append(reason)
    return round(score, 4), tuple(reasons)


def _facts(entity: Entity, evidence: Evidence) -> Iterator[tuple[float, str]]:
    if evidence.born and entity.born:
        yield _birth(evidence.born, entity.born)
    told = (
        ("nation", evidence.nations, entity.nations),
        ("Games", evidence.games, entity.games),
        ("sport", evidence.sports, entity.sports),
    )
    for what, wanted, known in told:
        if wanted and known:
            yield _shared(what, wanted, known)
    if evidence.kinds and entity.kinds:
        kinds = {kind.lower() for kind in entity.kinds}
        if any(kind.lower() in kinds for kind in evidence.kinds):
            yield _FOR_KIND, "It is of the class asked for."
        else:
            yield -_AGAINST_KIND, f"It is of another class: {', '.join(entity.kinds)}."


def _birth(wanted: str, known: str) -> tuple[float, str]:
    if known.startswith(wanted) or wanted.startswith(known):
        is_day = min(len(wanted), len(known)) > _YEAR
        return (_FOR_BIRTH if is_day else _FOR_YEAR), f"The birth fits: {known}."
    if wanted[:_YEAR] == known[:_YEAR]:
        return -_AGAINST_BIRTH / 2, f"Born in the same year, but on another day: {known}."
    return -_AGAINST_BIRTH, f"Born at another time: {known}."


def _shared(what: str, wanted: tuple[str, ...], known: tuple[str, ...]) -> tuple[float, str]:
    both = [local_name(NamedNode(iri)) for iri in wanted if iri in known]
    if both:
        return _FOR_FILTER, f"The {what} fits: {', '.join(both)}."
    others = ", ".join(local_name(NamedNode(iri)) for iri in known[:3])
    return -_AGAINST_FILTER, f"Another {what}: {others}."
