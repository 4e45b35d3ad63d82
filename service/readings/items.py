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
    from graph.engines.base import Reader
    from graph.terms import NamedNode, Quad, Subject, Term

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


def items_of(reader: Reader, graph: NamedNode, subject: Subject) -> list[Item]:
    """Return what a source says of a thing, or in a claim."""
    stated = list(reader.quads(subject, graph=graph))
    kinds = kinds_in(reader, stated, subject)
    if CLAIM in kinds:
        return _claim(reader, stated)
    plain = [quad for quad in stated if quad.predicate != RDF_TYPE]
    counts = [quad for quad in plain if _is_count(quad, kinds)]
    found = [Item(subject, kinds, (quad,), quad.predicate) for quad in counts]
    if TALLY in kinds:
        return found
    rest = tuple(quad for quad in plain if quad not in counts)
    if not kinds.isdisjoint(WHOLE):
        return [Item(subject, kinds, rest), *found] if rest else found
    return [*(Item(subject, kinds, (quad,)) for quad in rest), *found]


def kinds_in(reader: Reader, stated: list[Quad], subject: Subject) -> frozenset[Term]:
    """Return the classes of a thing, as the source says or else anybody."""
    own = {quad.object for quad in stated if quad.predicate == RDF_TYPE}
    every = own or {quad.object for quad in reader.quads(subject, RDF_TYPE)}
    return frozenset(every)  # type: ignore[arg-type] # no quoted triples


def _is_count(quad: Quad, kinds: frozenset[Term]) -> bool:
    is_measure = quad.predicate in MEASURES and isinstance(quad.object, Literal)
    return is_measure and (quad.predicate != RANK or TALLY in kinds)


def _claim(reader: Reader, stated: list[Quad]) -> list[Item]:
    quad = claimed(stated)
    if quad is None:
        return []
    reasons = [each.object.value for each in stated if each.predicate == mg("reason")]  # type: ignore[union-attr] # a text
    kinds = kinds_in(reader, list(reader.quads(quad.subject, RDF_TYPE)), quad.subject)  # type: ignore[arg-type] # no triples
    measure = quad.predicate if _is_count(quad, kinds) else None
    reason = " ".join(reasons)
    return [Item(quad.subject, kinds, (quad,), measure, is_claim=True, reason=reason)]  # type: ignore[arg-type] # the same
