"""Making what a person decided on a page, unless it was overtaken or is made already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph import history
from graph.conflicts import (
    Wanted,
    decide,
    decided_by,
    differ,
    key,
    list_mark,
    listed,
    mark,
    sayings,
    settle_by_priority,
)
from graph.errors import BadInput, NotFound, Overtaken
from graph.identity import deciding as identity
from graph.identity.deciding import Standing
from graph.identity.event_sources import with_medals
from graph.identity.redirects import merge
from graph.identity.same_entries import with_entries
from graph.names import RDF_TYPE, mg
from graph.terms import Literal, NamedNode
from service.watching import keeps_older

from .decisions import Deed
from .edits import Act, Done

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.change import Change
    from graph.conflicts import Conflict, Saying
    from graph.engines.base import Commit, Reader
    from graph.store import Store
    from graph.terms import Object
    from graph.transaction import Transaction

    from .decisions import Decision

IMPORT = Act.IMPORT.value
DECISIONS = frozenset((Act.IDENTITY.value, Act.DECIDE.value, Act.SETTLE.value))
"""The kinds of commits that pages of the review show and take back."""
UNDOABLE = DECISIONS | {IMPORT}
"""Those that are taken back from a page."""

_LOOKED_AT = 1_000
"""In so many newer commits it is looked for whether the same was decided already."""
_CHANGED = "What the sources say of it has changed since you opened the page."
_LATE = {
    Standing.SAME: "Somebody has said meanwhile that these two are one.",
    Standing.APART: "Somebody has said meanwhile that these two are not the same.",
    Standing.GONE: "One of these two was merged with a third, or is no longer in the store.",
    Standing.WAITING: "What the sources say of these two has changed since you opened the page.",
}
_LOOK = "Nothing was changed. Look at it again as it is now, and decide then."


def apply(decision: Decision, author: str, change: Transaction, store: Store) -> None:
    """Make the change that a decision comes to.

    Raises:
        Overtaken: if what it was made upon has changed since.
        NotFound: if it is about nothing in the store.
        BadInput: if it cannot be decided at all.

    """
    made = _WAYS[decision.deed].make(decision, author, change.draft, store)
    change.remove(*made.removed)
    change.add(*made.added)


def made_before(decision: Decision, store: Store) -> Done | None:
    """Return what became of the same decision if it was made already and still stands."""
    newest, way = store.version, _WAYS[decision.deed]
    last = max(decision.seen, newest - _LOOKED_AT, decision.number)
    if last >= newest:
        return None
    with store.read() as state:
        if not way.stands(decision, state, store):
            return None
    for number in range(newest, last, -1):
        commit = store.commit(number)
        if commit.info.kind == way.act and way.fits(decision, commit, store):
            done = Done.kept(commit, store.change(number))
            return replace(done, version=store.version, again=True)
    return None


def undoes_import_of(decision: Decision, graph: NamedNode, store: Store) -> bool:
    """Tell whether a decision takes back an import that changed one source only.

    What is known of the source itself goes with it, though it lies in a graph of all sources.
    """
    if decision.deed != Deed.UNDO:
        return False
    info, meta = store.commit(decision.number).info, store.names.meta_of(graph)
    return (info.kind, info.source) == (IMPORT, graph) and all(
        quad.graph_name == graph or (quad.graph_name == meta and quad.subject == graph)
        for quad in store.change(decision.number).quads()
    )


def _undoing(store: Store, number: int) -> history.Undo:
    """Return what taking back a decision or an import comes to.

    Raises:
        NotFound: if there is no such commit, or it is neither.
        Overtaken: if later commits have changed a part of it.
        Refused: if nothing of it is left.

    """
    if store.commit(number).info.kind not in UNDOABLE:
        raise NotFound(
            f"Commit {number} is no decision and no import.",
            hint=f"'medalgraph undo {number}' takes it back.",
        )
    found = history.undo(store.engine, number)
    if found.overtaken:
        raise Overtaken(
            f"Commit {number} cannot be taken back by itself: {found.sentence()}",
            hint="Nothing was changed. Take back those later commits first.",
        )
    return found


def _identity(decision: Decision, author: str, state: Reader, store: Store) -> Change:  # noqa: ARG001 - as all
    one, other = (NamedNode(thing) for thing in decision.things)
    kinds = [{quad.object for quad in state.quads(node, RDF_TYPE)} for node in (one, other)]
    stands = identity.Decided(state, store.names).standing(one, other)
    if stands != Standing.WAITING or identity.mark(state, (one, other)) != decision.mark:
        raise Overtaken(_LATE[stands], hint=_LOOK)
    if not kinds[0] & kinds[1]:
        raise BadInput(f"{one.value} and {other.value} are of different kinds.")
    if decision.deed == Deed.APART:
        return identity.separate(state, store.names, one, other)
    mine, theirs = (NamedNode(graph) for graph in decision.graphs)
    pair = identity.staying(state, store.names, (one, other), graphs=(mine, theirs))
    is_event = mg("Event") in kinds[0] & kinds[1]
    pairs = with_medals(state, store.names, *pair) if is_event else with_entries(state, [pair])
    return merge(state, store.names, pairs)


def _keep(decision: Decision, author: str, state: Reader, store: Store) -> Change:
    if decision.property not in {one.predicate.value for one in store.gate.single_valued()}:
        raise BadInput(f"<{decision.property}> can have several values, so none has to go.")
    said = _said(decision, state)
    if mark(said) != decision.mark:
        raise Overtaken(_CHANGED, hint=_LOOK)
    kept = _chosen(decision, said)
    if kept is None:
        raise NotFound("No source gives this value.", hint="Choose one of those on the page.")
    reason = decided_by(author, kept, decision.reason)
    return decide(state, store.names, said, kept, reason=reason)


def _settle(decision: Decision, author: str, state: Reader, store: Store) -> Change:  # noqa: ARG001 - as all
    found = _listed(decision, state, store)
    if list_mark(found) != decision.mark:
        raise Overtaken("The list has changed since you opened the page.", hint=_LOOK)
    return settle_by_priority(state, store.names, found)


def _undo(decision: Decision, author: str, state: Reader, store: Store) -> Change:  # noqa: ARG001 - as all
    return _undoing(store, decision.number).change


def _identity_stands(decision: Decision, state: Reader, store: Store) -> bool:
    one, other = (NamedNode(thing) for thing in decision.things)
    wanted = Standing.SAME if decision.deed == Deed.SAME else Standing.APART
    return identity.Decided(state, store.names).standing(one, other) == wanted


def _keep_stands(decision: Decision, state: Reader, store: Store) -> bool:  # noqa: ARG001 - as all
    said = _said(decision, state)
    kept = _chosen(decision, said)
    standing = [each.value for each in said if each.claim is None]
    return kept in standing and not any(
        differ(NamedNode(decision.property), kept, value) for value in standing
    )


def _settle_stands(decision: Decision, state: Reader, store: Store) -> bool:
    return list_mark(_listed(decision, state, store)) != decision.mark


def _undo_stands(decision: Decision, state: Reader, store: Store) -> bool:
    inverse = store.change(decision.number).inverse()
    return not any(state.contains(quad) for quad in inverse.removed) and all(
        state.contains(quad) for quad in inverse.added
    )


def _identity_fits(decision: Decision, commit: Commit, store: Store) -> bool:
    one, other = (NamedNode(thing) for thing in decision.things)
    wanted = Standing.SAME if decision.deed == Deed.SAME else Standing.APART
    return identity.says(store.change(commit.number), store.names, one, other) == wanted


def _keep_fits(decision: Decision, commit: Commit, store: Store) -> bool:
    thing, prop = NamedNode(decision.things[0]), NamedNode(decision.property)
    quads = store.change(commit.number).quads()
    return any((quad.subject, quad.predicate) == (thing, prop) for quad in quads)


def _settle_fits(decision: Decision, commit: Commit, store: Store) -> bool:
    if not keeps_older(store):
        return False  # then it is made again, and told to be overtaken
    with store.read(commit.parent) as before:
        return list_mark(_listed(decision, before, store)) == decision.mark


def _undo_fits(decision: Decision, commit: Commit, store: Store) -> bool:
    return store.change(commit.number) == store.change(decision.number).inverse()


def _said(decision: Decision, state: Reader) -> list[Saying]:
    every = sayings(state, NamedNode(decision.things[0]), NamedNode(decision.property))
    return [each for each in every if _language(each.value) == decision.language]


def _language(value: Object) -> str:
    return (value.language or "") if isinstance(value, Literal) else ""


def _chosen(decision: Decision, said: list[Saying]) -> Object | None:
    return next((each.value for each in said if key(each.value) == decision.value), None)


def _listed(decision: Decision, state: Reader, store: Store) -> list[Conflict]:
    wanted = Wanted(
        NamedNode(decision.property) if decision.property else None,
        decision.language,
        tuple(map(NamedNode, decision.graphs)),
    )
    return listed(state, store.names, store.gate.single_valued(), wanted)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a deed is done.

    Attributes:
        act: the kind of its commit.
        make: returns the change that a decision comes to.
        stands: tells whether what was decided is so in a state.
        fits: tells whether a commit decided the same.

    """

    act: Act
    make: Callable[[Decision, str, Reader, Store], Change]
    stands: Callable[[Decision, Reader, Store], bool]
    fits: Callable[[Decision, Commit, Store], bool]


_OF_MATCHES = _Way(Act.IDENTITY, _identity, _identity_stands, _identity_fits)
_WAYS = {
    Deed.SAME: _OF_MATCHES,
    Deed.APART: _OF_MATCHES,
    Deed.KEEP: _Way(Act.DECIDE, _keep, _keep_stands, _keep_fits),
    Deed.SETTLE: _Way(Act.SETTLE, _settle, _settle_stands, _settle_fits),
    Deed.UNDO: _Way(Act.UNDO, _undo, _undo_stands, _undo_fits),
}
ACTS = {deed: way.act for deed, way in _WAYS.items()}
"""The kind of the commit of each deed."""
