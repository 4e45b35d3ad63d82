"""One change from its first statement to its commit: gathered, checked by the gate, then published.

Leaving the ``with`` block cleanly checks and commits; leaving it by an error, or a
refusal by the gate, leaves the store as it was.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, Self

from .change import Change
from .derived import derive
from .names import Names
from .terms import DEFAULT_GRAPH, NamedNode, Quad, Triple
from .updates import apply_update

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from .engines.base import Commit, CommitInfo, Draft, Engine, Reader


class Verdict(Protocol):
    """What a check found out about a change."""

    @property
    def conforms(self) -> bool:
        """Whether no violation was found."""

    def notes(self) -> tuple[str, ...]:
        """Return each warning as a sentence."""

    def refusal(self) -> Exception:
        """Return the error that says why the change is refused."""


class Check(Protocol):
    """Decides whether a change may be kept."""

    def __call__(self, state: Reader, change: Change) -> Verdict:
        """Check the state after ``change`` where the change can have affected it."""


class Transaction(AbstractContextManager["Transaction"]):
    """A change in the making, private until it is committed.

    Args:
        engine: where the change will be published.
        check: asked before anything is published.
        info: what is written down about the change.
        target: the graph for statements that name none.
        expected: the version that the caller has seen, or None for whatever is newest.

    Attributes:
        change: what was gathered so far, exact for the version that it began with.
        commit: the published commit; None before, and when nothing changed.

    Raises:
        StoreLocked: on entering, when somebody else is writing.
        WriteConflict: on entering, when ``expected`` is not the newest version.

    """

    def __init__(
        self,
        engine: Engine,
        check: Check,
        *,
        info: CommitInfo,
        target: NamedNode,
        expected: int | None = None,
    ) -> None:
        self._engine, self._check, self._info = engine, check, info
        self._target, self._expected = target, expected
        self._draft: Draft | None = None
        self.change = Change()
        self.commit: Commit | None = None

    @property
    def draft(self) -> Draft:
        """The private state, with everything gathered so far."""
        if self._draft is None:
            raise RuntimeError("A transaction is used inside its with block only.")
        return self._draft

    def add(self, *statements: Quad | Triple) -> None:
        """Add statements; those that name no graph go to the transaction's own."""
        wanted = {self._placed(statement) for statement in statements}
        self._apply(Change.of(quad for quad in wanted if not self.draft.contains(quad)))

    def remove(self, *statements: Quad | Triple) -> None:
        """Remove statements; those that are not there are passed over."""
        unwanted = {self._placed(statement) for statement in statements}
        self._apply(Change.of(removed=(q for q in unwanted if self.draft.contains(q))))

    def replace_graph(self, graph: NamedNode, statements: Iterable[Quad | Triple]) -> None:
        """Make a named graph hold these statements and no others."""
        wanted = {Quad(said.subject, said.predicate, said.object, graph) for said in statements}
        present = set(self.draft.quads(graph=graph))
        self._apply(Change(frozenset(wanted - present), frozenset(present - wanted)))

    def update(self, text: str) -> Change:
        """Run a SPARQL 1.1 Update request and return what it changed.

        Templates without GRAPH write to the transaction's own graph; WHERE without
        GRAPH reads the record.

        Raises:
            BadSyntax: with line and column; nothing of the request was applied.
            Forbidden: if the request would call outside (LOAD, SERVICE).

        """
        made = apply_update(
            text, self.draft, target=self._target, prefixes=Names(self._engine.base).prefixes()
        )
        self.change = self.change.then(made)
        return made

    def __enter__(self) -> Self:
        """Begin: from here on nobody else can write."""
        self._draft = self._engine.draft(expected=self._expected)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Commit on a clean exit; otherwise forget everything."""
        draft = self.draft
        try:
            if kind is None and not self.change.is_empty:
                self._commit(draft)
        finally:
            if self.commit is None:
                draft.discard()
            self._draft = None

    def _commit(self, draft: Draft) -> None:
        self._apply(derive(draft, self.change))
        verdict = self._check(draft, self.change)
        if not verdict.conforms:
            raise verdict.refusal()
        info = replace(self._info, notes=self._info.notes + verdict.notes())
        self.commit = draft.publish(info)

    def _apply(self, change: Change) -> None:
        if not change.is_empty:
            self.draft.apply(change)
            self.change = self.change.then(change)

    def _placed(self, statement: Quad | Triple) -> Quad:
        if isinstance(statement, Quad) and statement.graph_name != DEFAULT_GRAPH:
            return statement
        return Quad(statement.subject, statement.predicate, statement.object, self._target)
