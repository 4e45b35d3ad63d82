"""A person's decision: one value of a thing is kept, whatever was set aside before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.change import Change
from graph.sources import SET_ASIDE, SUBJECT, VERDICT, claimed, restore, set_aside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import NamedNode, Object, Quad, Subject


@dataclass(frozen=True, slots=True)
class Saying:
    """What one source says of a property of a thing.

    Attributes:
        quad: the statement, in the graph of the source.
        claim: the claim that it became when it was set aside; None where it stands.

    """

    quad: Quad
    claim: Subject | None = None

    @property
    def value(self) -> Object:
        """The value that the source gives."""
        return self.quad.object  # type: ignore[return-value] # no quoted triples

    @property
    def graph(self) -> NamedNode:
        """The source."""
        return self.quad.graph_name  # type: ignore[return-value] # sources are named graphs


def sayings(reader: Reader, subject: Subject, predicate: NamedNode) -> list[Saying]:
    """Return what each source says of a property of a thing, what was set aside with it."""
    found = [Saying(quad) for quad in reader.quads(subject, predicate)]
    for quad in reader.quads(None, SUBJECT, subject):
        claim = list(reader.quads(quad.subject, graph=quad.graph_name))  # type: ignore[arg-type] # no quoted triples
        stated = claimed(claim)
        is_aside = any((one.predicate, one.object) == (VERDICT, SET_ASIDE) for one in claim)
        if is_aside and stated is not None and stated.predicate == predicate:
            found.append(Saying(stated, quad.subject))  # type: ignore[arg-type] # the same
    return sorted(found, key=lambda each: (str(each.quad), str(each.claim)))


def decided_by(author: str, kept: Object, reason: str) -> str:
    """Return the reason that stands with what a person set aside."""
    return f"{author or 'Somebody'} decided for {kept.value}: {reason}"


def mark(said: Iterable[Saying]) -> str:
    """Return a mark of what sources say; it changes with whatever changes there."""
    lines = sorted(f"{each.quad} {each.claim}" for each in said)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def key(value: Object) -> str:
    """Return what chooses a value where its text would not tell its type and language."""
    return hashlib.sha256(str(value).encode()).hexdigest()[:16]


def decide(
    reader: Reader, names: Names, said: Iterable[Saying], kept: Object, *, reason: str
) -> Change:
    """Return the change after which a plain query sees one value of several.

    Args:
        reader: the state.
        names: the names of the store.
        said: what the sources say.
        kept: the value that stays, or comes back if it was set aside.
        reason: why, for those who say something else.

    """
    change = Change()
    for each in said:
        if each.value == kept and each.claim is not None:
            change = change.then(restore(reader, each.claim))
        elif each.value != kept and each.claim is None:
            change = change.then(set_aside(each.quad, names, reason=reason))
    return change
