"""What a source says as items, each of which is read as one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.medals.cells import MEASURES, RANK
from graph.names import RDF_TYPE, mg
from graph.sources import CLAIM, claimed
from graph.terms import Literal
from service.spoken import DECISION, DELEGATION, PARTICIPATION, RESULT, TALLY, TENURE

if TYPE_CHECKING:
    from graph.terms import NamedNode, Quad, Subject, Term

    from .stated import Stated

WHOLE = (
    *(DELEGATION, PARTICIPATION, mg("Entry"), RESULT, mg("Award"), DECISION, TENURE),
    mg("Classification"),
)
"""The classes of things of which nobody speaks but all that is said of one is one statement."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a source says.

    Attributes:
        subject: what it is about.
        kinds: its classes.
        quads: the statements that it is made of.
        measure: of a count, what is counted.
        is_claim: whether it was set aside and stands as a claim of its source.
        reason: why it was.

    """

    subject: Subject
    kinds: frozenset[Term]
    quads: tuple[Quad, ...]
    measure: NamedNode | None = None
    is_claim: bool = False
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is all that is said of a thing."""
        return self.measure is None and not self.is_claim and not self.kinds.isdisjoint(WHOLE)


def items_of(stated: Stated, subject: Subject) -> list[Item]:
    """Return what a source says of a thing, or in a claim."""
    kinds = stated.kinds(subject)
    if CLAIM in kinds:
        return _claim(stated, subject)
    plain = [quad for quad in stated.own(subject) if quad.predicate != RDF_TYPE]
    counts = [quad for quad in plain if _is_count(quad, kinds)]
    found = [Item(subject, kinds, (quad,), quad.predicate) for quad in counts]
    if TALLY in kinds:
        return found
    rest = tuple(quad for quad in plain if quad not in counts)
    if not kinds.isdisjoint(WHOLE):
        return [Item(subject, kinds, rest), *found] if rest else found
    return [*(Item(subject, kinds, (quad,)) for quad in rest), *found]


def _is_count(quad: Quad, kinds: frozenset[Term]) -> bool:
    is_measure = quad.predicate in MEASURES and isinstance(quad.object, Literal)
    return is_measure and (quad.predicate != RANK or TALLY in kinds)


def _claim(stated: Stated, claim: Subject) -> list[Item]:
    said = stated.own(claim)
    quad = claimed(said)
    if quad is None:
        return []
    reasons = [each.object.value for each in said if each.predicate == mg("reason")]  # type: ignore[union-attr] # a text
    subject: Subject = quad.subject  # type: ignore[assignment] # no quoted triples
    kinds = stated.kinds(subject)
    measure = quad.predicate if _is_count(quad, kinds) else None
    return [Item(subject, kinds, (quad,), measure, is_claim=True, reason=" ".join(reasons))]
