"""The draft of the next version: written on a private head, published as a whole or not at all."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Protocol, Self

from graph import patch
from graph.change import Change
from graph.errors import StoreProblem
from graph.terms import NamedNode

from . import record
from .base import Commit, CommitInfo, Draft
from .disk import disk_problems
from .loading import Merge, load
from .spool import Spool
from .view import StoreView

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from pyoxigraph import Store

    from graph.prologue import Prologue
    from graph.terms import Quad

    from .base import Watch
    from .records import Body
    from .workspace import Workspace

SMALL_CHANGE = 10_000
"""Up to this many quads, a change is taken back quad by quad; above, the head is rebuilt."""


class Publisher(Protocol):
    """What a draft asks of its engine; both calls end the draft."""

    def keep(self, draft: SnapshotDraft, info: CommitInfo) -> Commit:
        """Publish the draft."""

    def drop(self, *, head_is_clean: bool) -> None:
        """Forget the draft; the head is clean when it is in the state of the newest version."""


class SnapshotDraft(StoreView, Draft):
    """A private, writable view of the newest version on the engine's head.

    A disk that fails, or a file that cannot be read, ends the draft: nothing of it is kept.

    Args:
        engine: who publishes it.
        head: the private copy, in the state of ``version``.
        version: the version that it began as.
        quads: how many quads named graphs hold in that version.
        prologue: what holds for queries before they declare anything.

    """

    def __init__(
        self,
        engine: Publisher,
        head: Workspace,
        *,
        version: int,
        quads: int,
        prologue: Prologue,
    ) -> None:
        super().__init__(prologue)
        self._engine: Publisher | None = engine
        self._head, self._version, self._quads = head, version, quads
        self._change = Change()
        self._spool: Spool | None = None
        self._merge: Merge | None = None

    @property
    def _store(self) -> Store:
        self._publisher()
        return self._head.store

    @property
    def version(self) -> int:
        """The number of the commit that the draft began with."""
        return self._version

    def apply(self, change: Change) -> None:
        """Apply a change that is exact for the state of this draft; see ``Draft.apply``."""
        if any(not isinstance(quad.graph_name, NamedNode) for quad in change.quads()):
            raise ValueError("A change names the graph of each statement.")
        try:
            with disk_problems(self._head.root):
                record.apply(self._store, change)
        except StoreProblem:
            self._end(head_is_clean=False)
            raise
        self._change = self._change.then(change)
        self._quads += len(change.added) - len(change.removed)

    def bulk_add(self, quads: Iterable[Quad], *, watch: Watch | None = None) -> int:
        """Add a stream of quads without holding it in memory; see ``Draft.bulk_add``.

        Any error ends the draft, for it holds a part of the quads.
        """
        self._publisher()
        if self._spool is None:
            self._spool = Spool(self._head.path / "loaded")
        try:
            with disk_problems(self._head.root):
                count, again = load(
                    self._head.store,
                    quads,
                    spool=self._spool,
                    removed=self._change.removed,
                    watch=watch,
                )
                self._wait()
                # Readers take half as long where the files are merged.
                self._merge = Merge(self._head.store)
        except BaseException:
            self._end(head_is_clean=False)
            raise
        self._change = self._change.then(Change(added=frozenset(again)))
        self._quads += count
        return count

    def publish(self, info: CommitInfo) -> Commit:
        """Make everything applied visible as the next version; see ``Draft.publish``."""
        publisher, self._engine = self._publisher(), None
        self._end_merge()
        try:
            return publisher.keep(self, info)
        finally:
            self._forget_spool()

    def discard(self) -> None:
        """Forget everything that was applied; a draft that has ended is left alone."""
        if self._engine is None:
            return
        clean = self._spool is None and self._change.size <= SMALL_CHANGE
        if clean:
            try:
                with disk_problems(self._head.root):
                    record.apply(self._head.store, self._change.inverse())
            except StoreProblem:
                clean = False
        self._end(head_is_clean=clean)

    def write(self, body: Body) -> None:
        """Write all that was applied as rows of a patch, what cancels out left out.

        The state is as it is published from then on: the files of a load are merged.
        """
        self._wait()
        change, loaded = self._change, self._spool
        if loaded is None:
            body.write(patch.rows(change))
            return
        unwanted = {patch.row(patch.ADD, quad): quad for quad in change.removed}
        cancelled = {row for row in loaded.rows() if row in unwanted} if unwanted else set()
        gone = change.removed - {unwanted[row] for row in cancelled}
        body.write(patch.rows(Change(change.added, gone)))
        if cancelled:
            body.write(row for row in loaded.rows() if row not in cancelled)
        else:
            body.copy(loaded.blocks(), added=loaded.count)

    def __len__(self) -> int:
        """Return the number of quads in named graphs."""
        return self._quads

    def __enter__(self) -> Self:
        """Return the draft, which is open already."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Discard what was not published."""
        self.discard()

    def _publisher(self) -> Publisher:
        if self._engine is None:
            raise ValueError("This draft was published or discarded before.")
        return self._engine

    def _wait(self) -> None:
        if self._merge is not None:
            self._merge.wait()

    def _end_merge(self) -> None:
        """Wait until the head is left alone, however the merge ends; ``write`` says how."""
        with contextlib.suppress(OSError, RuntimeError):
            self._wait()

    def _forget_spool(self) -> None:
        if self._spool is not None:
            self._spool.close()

    def _end(self, *, head_is_clean: bool) -> None:
        engine, self._engine = self._engine, None
        self._end_merge()
        self._forget_spool()
        if engine is not None:
            engine.drop(head_is_clean=head_is_clean)
