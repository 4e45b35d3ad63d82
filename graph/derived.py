"""What the store computes itself: the status of an award, and the medal that an entry holds.

A decision is a dated act on an award; the last one says whether the award stands.
An entry ``mg:won`` a medal while an award of that medal stands. Both are plain
statements so that a plain query finds them, and both are kept up here whenever a
change touches an award or a decision. What the same change states by hand is left
alone: the shapes compare it, and refuse it where it is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .change import Change
from .names import RDF_TYPE, mg
from .terms import BlankNode, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .engines.base import Reader
    from .terms import Subject

STATUS, WON, ENTRY, MEDAL = mg("status"), mg("won"), mg("entry"), mg("medal")
AWARD, AWARD_OF, DATE, ACTION = mg("Award"), mg("award"), mg("date"), mg("action")
STANDING = mg("Standing")

STATUS_AFTER = {
    mg("Awarded"): STANDING,
    mg("Reallocated"): STANDING,
    mg("Withdrawn"): mg("Withdrawn"),
    mg("LeftVacant"): mg("Vacant"),
    mg("Reinstated"): STANDING,
}
"""The status that each action leaves; of two acts on one day, the later in this order is last."""


def derive(state: Reader, change: Change) -> Change:
    """Return what has to follow ``change`` so that statuses and medals held are right again.

    Args:
        state: the state after the change.
        change: the change whose awards and decisions are looked at, and no others.

    """
    statuses = _statuses(state, change)
    awards = _touched_awards(state, change) | statuses.keys()
    follow = Change()
    for award, status in statuses.items():
        follow = follow.then(_set_status(state, award, status, stated=change))
    after = _Overlay(state, follow)
    for entry in _entries(after, change, awards):
        follow = follow.then(_set_won(after, entry, stated=change))
    return follow


class _Overlay:
    """The few look-ups needed here, on a state with a small change on top."""

    def __init__(self, state: Reader, change: Change) -> None:
        self._state, self._change = state, change

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        value: Subject | None = None,
    ) -> list[Quad]:
        """Return the quads of named graphs that match, as they will be after the change."""
        found = [
            quad
            for quad in self._state.quads(subject, predicate, value)
            if quad not in self._change.removed
        ]
        return found + [
            quad
            for quad in self._change.added
            if subject in (None, quad.subject)
            and predicate in (None, quad.predicate)
            and value in (None, quad.object)
        ]

    def objects(self, subject: Subject, predicate: NamedNode) -> set[Subject]:
        """Return the nodes that the subject points to."""
        return _nodes(quad.object for quad in self.quads(subject, predicate))


def _nodes(terms: Iterable[object]) -> set[Subject]:
    return {term for term in terms if isinstance(term, NamedNode | BlankNode)}


def _touched_awards(state: Reader, change: Change) -> set[Subject]:
    touched = {
        quad.subject
        for quad in change.quads()
        if quad.predicate in (STATUS, ENTRY, MEDAL)
        or (quad.predicate == RDF_TYPE and quad.object == AWARD)
    }
    return {node for node in _nodes(touched) if any(state.quads(node, MEDAL))}


def _statuses(state: Reader, change: Change) -> dict[Subject, NamedNode]:
    """Return the status that each award with a touched decision has by its last decision."""
    acts = {quad.subject for quad in change.quads() if quad.predicate in (ACTION, DATE, AWARD_OF)}
    awards = _nodes(q.object for q in change.quads() if q.predicate == AWARD_OF)
    for decision in _nodes(acts):
        awards |= _nodes(quad.object for quad in state.quads(decision, AWARD_OF))
    by_hand = {quad.subject for quad in change.added if quad.predicate == STATUS}
    found = {award: _last_status(state, award) for award in awards - by_hand}
    return {award: status for award, status in found.items() if status is not None}


def _last_status(state: Reader, award: Subject) -> NamedNode | None:
    acts = []
    for decision in _nodes(quad.subject for quad in state.quads(None, AWARD_OF, award)):
        date = max((str(quad.object) for quad in state.quads(decision, DATE)), default="")
        acts += [
            (date, place)
            for place, action in enumerate(STATUS_AFTER)
            if any(state.quads(decision, ACTION, action))
        ]
    return list(STATUS_AFTER.values())[max(acts)[1]] if acts else None


def _set_status(state: Reader, award: Subject, status: NamedNode, *, stated: Change) -> Change:
    homes = sorted({q.graph_name for q in state.quads(award, MEDAL)}, key=str)
    now = list(state.quads(award, STATUS))
    wrong = [quad for quad in now if quad.object != status and quad not in stated.added]
    if len(wrong) < len(now) or not homes:
        return Change.of(removed=wrong)
    return Change.of([Quad(award, STATUS, status, homes[0])], wrong)


def _entries(after: _Overlay, change: Change, awards: Iterable[Subject]) -> set[Subject]:
    entries = _nodes(quad.object for quad in change.removed if quad.predicate == ENTRY)
    for award in awards:
        entries |= after.objects(award, ENTRY)
    return entries


def _set_won(after: _Overlay, entry: Subject, *, stated: Change) -> Change:
    """Return what makes the medals that an entry holds those of its standing awards.

    A medal that is missing is stated by the source that names the receiver: others may name
    another one.
    """
    homes: dict[object, list[object]] = {}
    for received in after.quads(None, ENTRY, entry):
        [award] = _nodes([received.subject])
        if after.quads(award, STATUS, STANDING):
            for medal in after.objects(award, MEDAL):
                homes.setdefault(medal, []).append(received.graph_name)
    now = after.quads(entry, WON)
    wrong = [q for q in now if q.object not in homes and q not in stated.added]
    held = {quad.object for quad in now}
    missing = [
        Quad(entry, WON, medal, min(graphs, key=str))  # type: ignore[arg-type]
        for medal, graphs in homes.items()
        if medal not in held
    ]
    return Change.of(missing, wrong)
