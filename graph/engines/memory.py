"""An engine without a disk: the small, exact model that tests and short-lived graphs run on."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from graph import patch
from graph.change import Change
from graph.errors import MedalgraphError, NotFound, StoreLocked, WriteConflict
from graph.lexical import as_stored
from graph.names import DEFAULT_BASE, Names, is_restricted
from graph.prologue import house_prologue
from graph.terms import DEFAULT_GRAPH, NamedNode, Quad

from .base import Answer, Commit, CommitInfo, Draft, Engine, Reader, Watch
from .evaluate import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType

    from graph.prologue import Prologue
    from graph.terms import GraphName, Object, Subject, Term, Variable

PLACE = Path("(memory)")
"""What errors about this engine name as its place."""


class MemoryReader(Reader):
    """A state held in memory.

    Args:
        store: the quads; its default graph is the record, or an ordinary graph if plain.
        version: the number of the commit whose state this is.
        plain: whether the default graph is a graph of its own that changes may name.
        prologue: what holds for queries before they declare anything; None is the usual.

    """

    def __init__(
        self,
        store: Store | None = None,
        *,
        version: int = 0,
        plain: bool = False,
        prologue: Prologue | None = None,
    ) -> None:
        self._store = Store() if store is None else store
        self._version, self._plain = version, plain
        self._prologue = prologue or house_prologue(Names())

    @property
    def version(self) -> int:
        """The number of the commit whose state this is."""
        return self._version

    def contains(self, quad: Quad) -> bool:
        """Tell whether the quad is stated."""
        return quad in self._store

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,  # noqa: A002 - the RDF name of the position
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; ``graph=None`` is any named graph, or any if plain."""
        for quad in self._store.quads_for_pattern(subject, predicate, object, graph):
            if graph is not None or self._counts(quad):
                yield quad

    def graphs(self) -> Iterator[NamedNode]:
        """Yield the name of each named graph that holds at least one quad."""
        # Listed first: to change the store while it lists its graphs would wait forever.
        for name in list(self._store.named_graphs()):
            if isinstance(name, NamedNode):
                yield name

    def query(
        self,
        text: str,
        *,
        substitutions: Mapping[Variable, Term] | None = None,
        default_graph: Iterable[GraphName] | None = None,
        named_graphs: Iterable[NamedNode] | None = None,
    ) -> Answer:
        """Evaluate a SPARQL 1.1 query; see ``Reader.query``."""
        return evaluate(
            self._store,
            text,
            prologue=self._prologue,
            substitutions=substitutions,
            default_graph=default_graph,
            named_graphs=named_graphs,
        )

    def __len__(self) -> int:
        """Return the number of quads in named graphs, or of all quads if plain."""
        return sum(1 for quad in self._store if self._counts(quad))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing has to be released."""

    def _counts(self, quad: Quad) -> bool:
        return self._plain or quad.graph_name != DEFAULT_GRAPH


class MemoryDraft(MemoryReader, Draft):
    """A private, writable state in memory.

    Without an engine it is a scratch graph that cannot be published.

    Args:
        quads: what it holds at first.
        engine: where ``publish`` puts the next version.

    Example:
        >>> MemoryDraft().version
        0

    """

    def __init__(
        self,
        quads: Iterable[Quad] = (),
        *,
        plain: bool = False,
        version: int = 0,
        prologue: Prologue | None = None,
        engine: MemoryEngine | None = None,
    ) -> None:
        super().__init__(plain=plain, version=version, prologue=prologue)
        self._engine, self._change = engine, Change()
        self._insert(quads)

    def apply(self, change: Change) -> None:
        """Apply a change that is exact for this state; see ``Draft.apply``."""
        for quad in change.removed:
            self._store.remove(quad)
        if not self._plain:
            for quad in change.removed:
                self._retract(quad)
        self._insert(change.added)
        self._drop_empty_graphs(change)
        self._change = self._change.then(change)

    def bulk_add(self, quads: Iterable[Quad], *, watch: Watch | None = None) -> int:
        """Add quads of named graphs and return how many are new; see ``Draft.bulk_add``."""
        wanted = set(map(as_stored, quads))
        new = Change.of(quad for quad in wanted if quad not in self._store)
        self.apply(new)
        if watch is not None:
            for graph in new.graphs():
                if not is_restricted(graph):
                    watch([quad for quad in new.added if quad.graph_name == graph])
        return len(new.added)

    def publish(self, info: CommitInfo) -> Commit:
        """Make everything applied the next version of the engine; the draft ends with it."""
        if self._engine is None:
            raise MedalgraphError(
                "This draft belongs to no engine, or was published or discarded before."
            )
        commit = self._engine.take(self, info)
        self.discard()
        return commit

    def taken(self) -> tuple[Change, Store]:
        """Return what was applied and the state it led to."""
        return self._change, self._store

    def discard(self) -> None:
        """Forget everything that was applied; the draft is of no use afterwards."""
        if self._engine is not None:
            self._engine.release()
        self._engine, self._store, self._change = None, Store(), Change()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Discard what was not published."""
        self.discard()

    def _insert(self, quads: Iterable[Quad]) -> None:
        quads = list(quads)
        self._store.extend(quads)
        if not self._plain:
            open_to_all = (quad for quad in quads if not is_restricted(quad.graph_name))
            self._store.extend(map(_in_record, open_to_all))

    def _drop_empty_graphs(self, change: Change) -> None:
        """Drop the names of graphs that hold nothing any more; GRAPH ?g {} would find them."""
        for graph in {quad.graph_name for quad in change.removed} - {DEFAULT_GRAPH}:
            if next(self._store.quads_for_pattern(None, None, None, graph), None) is None:
                self._store.remove_graph(graph)

    def _retract(self, quad: Quad) -> None:
        """Take a removed quad out of the record unless another graph states it."""
        found = self.quads(quad.subject, quad.predicate, quad.object)  # type: ignore[arg-type] # no quoted triples
        if all(is_restricted(other.graph_name) for other in found):
            self._store.remove(_in_record(quad))


class MemoryEngine(Engine):
    """A store of versions in memory: the same promises as on disk, but for durability.

    Args:
        base: the base IRI under which the store mints its own.
        plain: whether the default graph is an ordinary graph instead of the record.

    Example:
        >>> MemoryEngine().newest()
        0

    """

    def __init__(self, *, base: str = DEFAULT_BASE, plain: bool = False) -> None:
        self._base, self._plain = base, plain
        self._prologue = house_prologue(Names(base))
        self._stores = [Store()]
        self._commits: list[tuple[Commit, Change]] = []
        self._draft: MemoryDraft | None = None

    @property
    def base(self) -> str:
        """The base IRI under which the store mints its own."""
        return self._base

    def newest(self) -> int:
        """Return the number of the newest version."""
        return len(self._commits)

    def read(self, version: int | None = None) -> Reader:
        """Open a version, the newest by default."""
        number = self.newest() if version is None else version
        if not 0 <= number <= self.newest():
            raise NotFound(f"There is no commit {number}; the newest is {self.newest()}.")
        return MemoryReader(
            self._stores[number], version=number, plain=self._plain, prologue=self._prologue
        )

    def draft(self, *, expected: int | None = None) -> MemoryDraft:
        """Begin a change; at most one draft is open."""
        if self._draft is not None:
            raise StoreLocked(path=PLACE, pid=os.getpid(), command="this program")
        if expected is not None and expected != self.newest():
            raise WriteConflict(expected=expected, found=self.newest())
        self._draft = MemoryDraft(
            self._stores[-1],
            plain=self._plain,
            version=self.newest(),
            prologue=self._prologue,
            engine=self,
        )
        return self._draft

    def take(self, draft: MemoryDraft, info: CommitInfo) -> Commit:
        """Make the state of the open draft the next version."""
        change, store = draft.taken()
        commit = Commit(
            number=self.newest() + 1,
            parent=self.newest(),
            time=datetime.now(UTC).isoformat(timespec="microseconds"),
            info=info,
            added=len(change.added),
            removed=len(change.removed),
            checksum=hashlib.sha256(patch.write(change)).hexdigest(),
        )
        self._commits.append((commit, change))
        self._stores.append(store)
        return commit

    def release(self) -> None:
        """Let another draft be opened."""
        self._draft = None

    def commits(self, *, newest_first: bool = True) -> Iterator[Commit]:
        """Yield what is known of each commit."""
        ordered = reversed(self._commits) if newest_first else iter(self._commits)
        return (commit for commit, _ in ordered)

    def commit(self, number: int) -> Commit:
        """Return what is known of one commit, or raise NotFound."""
        return self._entry(number)[0]

    def change(self, number: int) -> Change:
        """Return the exact change of one commit, or raise NotFound."""
        return self._entry(number)[1]

    def rows(self, number: int) -> Iterator[bytes]:
        """Yield the rows of a commit; see ``Engine.rows``."""
        yield b"".join(patch.rows(self._entry(number)[1]))

    def close(self) -> None:
        """Forget the open draft; there is nothing else to release."""
        self._draft = None

    def _entry(self, number: int) -> tuple[Commit, Change]:
        if not 1 <= number <= self.newest():
            raise NotFound(f"There is no commit {number}; the newest is {self.newest()}.")
        return self._commits[number - 1]


def _in_record(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, DEFAULT_GRAPH)
