"""The draft of the next version of a remote store: kept here until one request publishes it."""

from __future__ import annotations

import hashlib
from collections import Counter
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from graph import patch
from graph.change import Change
from graph.engines.base import Commit, Draft
from graph.engines.record import in_record
from graph.errors import EngineUnreachable, Refused, WriteConflict
from graph.names import is_restricted
from graph.terms import BlankNode, NamedNode

from .copying import LocalCopy
from .layout import COMMITS, RECORD, STATE, refuse_house
from .publishing import LEFT_S, Staging, fits, lines_of, publish, small_request, sweep
from .records import described
from .view import RemoteView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from types import TracebackType

    from graph.engines.base import Answer, CommitInfo, Reader, Watch
    from graph.prologue import Prologue
    from graph.terms import GraphName, Object, Quad, Subject, Term, Variable

    from .layout import State
    from .session import Session


class Owner(Protocol):
    """What a draft asks of its engine."""

    def release(self) -> None:
        """Let another draft be opened."""


class RemoteDraft(RemoteView, Draft):
    """The newest version with changes on top, which are nowhere else before ``publish``.

    Args:
        session: asks the engine.
        state: the state that it begins as.
        prologue: what holds for queries before they declare anything.
        engine: is told when the draft ends.

    """

    def __init__(
        self, session: Session, state: State, *, prologue: Prologue, engine: Owner
    ) -> None:
        super().__init__(session, state, prologue=prologue)
        self._engine: Owner | None = engine
        self._change = Change()
        self._copy: LocalCopy | None = None

    @property
    def is_far(self) -> bool:
        """Whether each question is a journey, so that few should be asked."""
        return self._copy is None

    @property
    def _pending(self) -> Change:
        return self._change

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,  # noqa: A002 - the RDF name of the position
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; see ``Reader.quads``."""
        self._owner()
        if self._copy is not None:
            return self._copy.draft.quads(subject, predicate, object, graph)
        return super().quads(subject, predicate, object, graph)

    def graphs(self) -> Iterator[NamedNode]:
        """Yield the name of each graph that holds at least one quad."""
        self._owner()
        return super().graphs() if self._copy is None else self._copy.draft.graphs()

    def query(
        self,
        text: str,
        *,
        substitutions: Mapping[Variable, Term] | None = None,
        default_graph: Iterable[GraphName] | None = None,
        named_graphs: Iterable[NamedNode] | None = None,
    ) -> Answer:
        """Evaluate a SPARQL 1.1 query; see ``Reader.query``."""
        self._owner()
        ask = super().query if self._copy is None else self._copy.draft.query
        return ask(
            text,
            substitutions=substitutions,
            default_graph=default_graph,
            named_graphs=named_graphs,
        )

    def apply(self, change: Change) -> None:
        """Apply a change that is exact for the state of this draft; see ``Draft.apply``."""
        self._owner()
        if any(not isinstance(quad.graph_name, NamedNode) for quad in change.quads()):
            raise ValueError("A change names the graph of each statement.")
        self._refuse(change.added)
        if self._copy is not None:
            self._copy.draft.apply(change)
            return
        self._change = self._change.then(change)
        self._fragment.apply(change)

    def bulk_add(self, quads: Iterable[Quad], *, watch: Watch | None = None) -> int:
        """Add a stream of quads without holding it in memory; see ``Draft.bulk_add``.

        The whole state is copied onto this machine's disk for it.
        """
        self._owner()
        try:
            return self._copied().draft.bulk_add(self._let_in(quads), watch=watch)
        except BaseException:
            self.discard()
            raise

    def publish(self, info: CommitInfo) -> Commit:
        """Make everything applied visible as the next version; see ``Draft.publish``.

        Raises:
            WriteConflict: if another change came first; nothing of this one is kept.

        """
        self._owner()
        try:
            return self._publish_copy(self._copy, info) if self._copy else self._publish(info)
        finally:
            self.discard()

    def discard(self) -> None:
        """Forget everything that was applied; a draft that has ended is left alone."""
        engine, self._engine = self._engine, None
        copy, self._copy = self._copy, None
        self._change = Change()
        if copy is not None:
            copy.close()
        if engine is not None:
            engine.release()

    def __len__(self) -> int:
        """Return the number of quads in named graphs."""
        self._owner()
        return super().__len__() if self._copy is None else len(self._copy.draft)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Discard what was not published."""
        self.discard()

    def _publish(self, info: CommitInfo) -> Commit:
        """Publish a change that is held in memory."""
        change = self._change
        unrecorded = self._unrecorded(change.removed)
        rows = [patch.BEGIN, *patch.rows(change), patch.COMMIT]
        commit = self._next(
            info,
            added=len(change.added),
            removed=len(change.removed),
            checksum=hashlib.sha256(b"".join(rows)).hexdigest(),
        )
        counts = _counts(change)
        after = self._state.after(counts, time=commit.time, blank=_has_blank(change.added))
        self._refuse_foreign(after)
        record = list(described(commit, rows, mark=after.mark, quads=after.total))
        before = self._state
        request = partial(
            small_request,
            self._session,
            before,
            after,
            change,
            unrecorded=unrecorded,
            record=record,
        )
        if fits(self._session, request(guard=before.guard), change.removed):
            publish(self._session, request, before=before, after=after)
        else:
            self._publish_staged([change], after, record, unrecorded)
        return commit

    def _publish_copy(self, copy: LocalCopy, info: CommitInfo) -> Commit:
        """Publish what the copy holds as its next commit."""
        made = copy.publish(info)
        commit = self._next(info, added=made.added, removed=made.removed, checksum=made.checksum)
        counts: Counter[NamedNode] = Counter()
        blank = False
        for part in copy.engine.changes(made.number, made.number):
            counts.update(_counts(part))
            blank = blank or _has_blank(part.added)
        after = self._state.after(counts, time=commit.time, blank=blank)
        self._refuse_foreign(after)
        rows = chain((patch.BEGIN,), copy.engine.rows(made.number), (patch.COMMIT,))
        record = described(commit, rows, mark=after.mark, quads=after.total)
        changes = copy.engine.changes(made.number, made.number)
        unrecorded: list[str] = []
        with copy.engine.read() as state:
            for part in copy.engine.changes(made.number, made.number):
                lost = (quad for quad in part.removed if not is_restricted(quad.graph_name))
                unrecorded += [
                    self._session.skolem.triple(quad)
                    for quad in lost
                    if not state.contains(in_record(quad))
                ]
        self._publish_staged(changes, after, record, unrecorded)
        return commit

    def _publish_staged(
        self,
        changes: Iterable[Change],
        after: State,
        record: Iterable[str],
        unrecorded: Iterable[str],
    ) -> None:
        """Put a change aside in parts, and publish it from there.

        Where nobody knows what became of it, the engine may be at it still: then what was put
        aside stays until it is swept, for without a part of it half a change would be made.
        """
        before, session = self._state, self._session
        sweep(session, older_s=LEFT_S)
        staging = Staging(session, after)
        try:
            for change in changes:
                for removed in (True, False):
                    for graph, triples in lines_of(session, change, removed=removed):
                        staging.add(graph, triples, removed=removed)
            staging.add(RECORD, unrecorded, removed=True)
            staging.add(COMMITS, record)
            staging.add(STATE, before.triples() - after.triples(), removed=True)
            staging.add(STATE, after.triples() - before.triples())
            publish(
                *(session, staging.request), before=before, after=after, seconds=staging.seconds
            )
        except EngineUnreachable as lost:
            if not lost.may_be_done:
                staging.drop()
            raise
        except BaseException:
            staging.drop()
            raise
        staging.drop()

    def _unrecorded(self, removed: Iterable[Quad]) -> list[str]:
        """Return the triples that no graph of the record states any more."""
        lost = [quad for quad in removed if not is_restricted(quad.graph_name)]
        gone = self.gathered(lambda: [q for q in lost if not self.contains(in_record(q))])
        return sorted({self._session.skolem.triple(quad) for quad in gone})

    def _next(self, info: CommitInfo, *, added: int, removed: int, checksum: str) -> Commit:
        return Commit(
            number=self._state.number + 1,
            parent=self._state.number,
            time=_time_after(self._state.time),
            info=info,
            added=added,
            removed=removed,
            checksum=checksum,
        )

    def _refuse_foreign(self, after: State) -> None:
        """Refuse to write to a graph with statements that no commit has put there."""
        taken = self._session.first_filled(
            graph for graph in after.quads if graph not in self._state.quads
        )
        if taken is not None:
            self.confirm()
            raise Refused(
                f"The graph {taken} at {self._session.client.address.text} holds statements that"
                " were put there by something else.",
                hint="Give your graph another name, or remove those statements there.",
            )

    def _refuse(self, quads: Iterable[Quad]) -> None:
        """Refuse what the house keeps for itself."""
        for _ in self._let_in(quads):
            pass

    def _let_in(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        seen: set[object] = set()
        for quad in quads:
            if quad.graph_name not in seen and isinstance(quad.graph_name, NamedNode):
                refuse_house([quad.graph_name])
                seen.add(quad.graph_name)
            self._session.skolem.refuse(quad)
            self._session.can.refuse_long(quad)
            yield quad

    def whole(self) -> AbstractContextManager[Reader]:
        """Copy the state onto this machine's disk, where this draft goes on with it."""
        self._copied()
        return nullcontext(self)

    def confirm(self) -> int:
        """Return the version that was read, if it is still the newest; see ``Draft.confirm``."""
        now = self._session.state()
        if now.mark != self._state.mark:
            raise WriteConflict(expected=self._state.number, found=now.number)
        return self._state.number

    def _verify(self) -> None:
        """Leave it to ``confirm`` and to the request that publishes."""

    def _copied(self) -> LocalCopy:
        if self._copy is None:
            self._copy = LocalCopy(self._session, self._state, self._change)
        return self._copy

    def _owner(self) -> Owner:
        if self._engine is None:
            raise ValueError("This draft was published or discarded before.")
        return self._engine


def _counts(change: Change) -> Counter[NamedNode]:
    """Return by how many statements each graph grows or shrinks."""
    counts: Counter[NamedNode] = Counter(quad.graph_name for quad in change.added)  # type: ignore[misc] # changes name named graphs only
    counts.subtract(quad.graph_name for quad in change.removed)  # type: ignore[misc] # the same
    return counts


def _has_blank(quads: Iterable[Quad]) -> bool:
    return any(isinstance(term, BlankNode) for q in quads for term in (q.subject, q.object))


def _time_after(before: str) -> str:
    """Return the time now, or just after the parent's where that clock was ahead."""
    now = datetime.now(UTC)
    if before:
        now = max(now, datetime.fromisoformat(before) + timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds")
