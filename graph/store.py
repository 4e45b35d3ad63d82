"""The store: what a program opens, asks, changes and looks back on."""

from __future__ import annotations

import random
import time
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from . import history
from .engines.base import CommitInfo, Result
from .engines.opening import create_engine, open_engine
from .engines.snapshots import SnapshotEngine
from .errors import WriteConflict
from .gate import Gate, load_shapes
from .lexer import guard
from .names import DEFAULT_BASE, Names
from .progress import Progress, silent
from .rehearsed import Rehearsed
from .transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType
    from typing import BinaryIO, Self

    from .change import Change
    from .engines.base import Answer, Commit, Engine, Reader
    from .engines.opening import Place
    from .formats import RdfFormat
    from .gate import Report
    from .terms import NamedNode

ATTEMPTS = 12
"""How often a change is made anew where the engine lets several programs write at once."""
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.05, 2.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change.

    Attributes:
        commit: None when nothing changed.
        report: what the gate found; it has warnings at most.
        change: what was kept, without quads that were bulk loaded.

    """

    commit: Commit | None
    report: Report
    change: Change


class Store(AbstractContextManager["Store"]):
    """Versions of a graph behind one gate.

    Args:
        engine: keeps the versions.
        gate: decides whether a change may be kept; None is the gate of the shipped shapes.
        rehearsed: what the gate said of the last rehearsal, to share it; None is nothing yet.

    """

    def __init__(
        self, engine: Engine, gate: Gate | None = None, *, rehearsed: Rehearsed | None = None
    ) -> None:
        self.engine = engine
        self.names = Names(engine.base)
        self._own_gate = gate
        self.rehearsed = rehearsed or Rehearsed()

    @classmethod
    def create(cls, place: Place, *, base: str = DEFAULT_BASE) -> Self:
        """Make an empty store in a folder that is empty or does not exist, and open it.

        Args:
            place: the folder; or the address of an engine, in which no store is yet.
            base: the base IRI of the store, fixed when it is made.

        Raises:
            StoreExists: if something is there already.

        """
        return cls(create_engine(place, base=base))

    @classmethod
    def open(cls, place: Place) -> Self:
        """Open a store that exists, in a folder or in an engine at an address.

        Raises:
            StoreMissing: if there is none.
            StoreTooNew: if a newer medalgraph wrote it.
            EngineUnreachable: if nobody answers at the address.

        """
        return cls(open_engine(place))

    @cached_property
    def gate(self) -> Gate:
        """What decides whether a change may be kept; made when first needed."""
        return self._own_gate or Gate(load_shapes())

    @property
    def version(self) -> int:
        """The number of the newest version; 0 is the empty store."""
        return self.engine.newest()

    def read(self, at: int | str | None = None) -> Reader:
        """Open a version: by number, by time (see ``at``), or the newest.

        Raises:
            NotFound: if there is no such commit.
            BadTerm: if ``at`` is neither a number nor a time.

        """
        return self.engine.read(self.at(at) if isinstance(at, str) else at)

    @contextmanager
    def query(self, text: str, *, at: int | str | None = None) -> Iterator[Answer]:
        """Answer a SPARQL 1.1 query; the answer is readable inside the ``with`` block.

        Raises:
            BadSyntax: with line and column.
            Forbidden: if the query would call another service.

        """
        guard(text, source="the query")
        with self.read(at) as state:
            yield state.query(text)

    def transaction(
        self,
        *,
        source: NamedNode | None = None,
        author: str = "",
        message: str = "",
        kind: str = "update",
        expected: int | None = None,
    ) -> Transaction:
        """Return a change to be made inside a ``with`` block; see Transaction."""
        info = CommitInfo(author=author, message=message, source=source, kind=kind)
        return self.transaction_of(info, expected=expected)

    def transaction_of(
        self,
        info: CommitInfo,
        *,
        expected: int | None = None,
        only: NamedNode | None = None,
        is_rehearsed: bool = False,
    ) -> Transaction:
        """Return a change of which more is to be written down; see Transaction.

        Args:
            info: what is written down.
            expected: the version that the caller has seen, or None for whatever is newest.
            only: the one graph that may be written to, or None for all.
            is_rehearsed: whether the change is rehearsed before it is made: of a large one the
                gate is then asked once.

        """
        return Transaction(
            self.engine,
            self.gate,
            info=info,
            target=info.source or self.names.local,
            expected=expected,
            only=only,
            rehearsed=self.rehearsed if is_rehearsed else None,
        )

    def group(self) -> Group:
        """Return this store for changes that are published together; see Group."""
        return Group(self)

    def update(
        self,
        text: str,
        *,
        source: NamedNode | None = None,
        author: str = "",
        message: str = "",
        expected: int | None = None,
    ) -> Outcome:
        """Make a SPARQL 1.1 Update request one commit; see Transaction.update."""

        def attempt() -> Transaction:
            with self.transaction(
                source=source, author=author, message=message, expected=expected
            ) as tx:
                tx.update(text)
            return tx

        return _outcome(attempt() if expected is not None else again(attempt))

    def load(  # noqa: PLR0913 - what a load is about, each by name
        self,
        content: Path | BinaryIO,
        *,
        graph: NamedNode | None = None,
        format: RdfFormat | None = None,  # noqa: A002 - what callers and the command line call it
        replace: bool = False,
        author: str = "",
        message: str = "",
        progress: Progress = silent,
    ) -> Outcome:
        """Make the statements of a file or stream one commit; see Transaction.load."""

        def attempt() -> Transaction:
            with self.transaction(source=graph, author=author, message=message, kind="load") as tx:
                tx.load(content, format=format, replace=replace, progress=progress)
            return tx

        # A stream can be read once.
        return _outcome(again(attempt) if isinstance(content, Path) else attempt())

    def undo(self, number: int, *, author: str = "", message: str = "") -> Outcome:
        """Take back what a commit did and no later commit has changed, as a new commit.

        Raises:
            NotFound: if there is no such commit.
            Refused: if nothing of the commit is left to take back.
            ShapeViolation: if the graph without it would break a shape.

        """

        def attempt() -> Transaction:
            seen = self.version
            found = history.undo(self.engine, number)
            why = message or f"Undo commit {number}"
            text = " ".join(part for part in (why, found.sentence()) if part)
            with self.transaction(author=author, message=text, kind="undo", expected=seen) as tx:
                tx.remove(*found.change.removed)
                tx.add(*found.change.added)
            return tx

        return _outcome(again(attempt))

    def check(self, *, progress: Progress | None = None) -> Report:
        """Check the newest version as a whole."""
        with self.read() as state:
            return self.gate.check_all(state, progress=progress)

    def history(self, limit: int | None = None) -> Iterator[Commit]:
        """Yield what is known of each commit, the newest first."""
        return history.commits(self.engine, limit)

    def commit(self, number: int) -> Commit:
        """Return what is known of one commit, or raise NotFound."""
        return self.engine.commit(number)

    def change(self, number: int) -> Change:
        """Return the exact change of one commit, or raise NotFound."""
        return self.engine.change(number)

    def at(self, moment: str) -> int:
        """Return the version that was newest at an ISO 8601 date or time; see history.at."""
        return history.at(self.engine, moment)

    def close(self) -> None:
        """Release files and locks."""
        self.engine.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
        self.close()


class Group(Store):
    """Changes that are published together, each with a commit of its own.

    Each change is made on what those before it left, is checked by itself, and is refused by
    itself. None is seen by others, or is there after a crash, before ``publish``, by which all
    are. Nobody else can write until the group is closed. An engine that cannot do that
    publishes each change when it is made.

    Leaving the ``with`` block cleanly publishes; leaving it by an error forgets what was not
    published. One thread at a time uses a group.

    Args:
        store: where the changes are made.

    Raises:
        StoreLocked: if somebody else is writing.

    """

    def __init__(self, store: Store) -> None:
        engine = store.engine
        self._staged = engine.group() if isinstance(engine, SnapshotEngine) else None
        super().__init__(self._staged or engine, store.gate, rehearsed=store.rehearsed)

    def publish(self) -> None:
        """Make all changes so far visible, durably and at once.

        Raises:
            DiskProblem: and then nothing of them is visible, and all are forgotten.

        """
        if self._staged is not None:
            try:
                self._staged.publish()
            except BaseException:
                self.rehearsed.forget()
                raise

    def __enter__(self) -> Self:
        """Return the group, which holds the lock already."""
        return self

    def close(self) -> None:
        """Forget what was not published, and let others write; the store stays open."""
        if self._staged is not None:
            if self._staged.has_staged:
                self.rehearsed.forget()
            self._staged.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Publish on a clean exit, and close."""
        try:
            if kind is None:
                self.publish()
        finally:
            self.close()


def again(attempt: Callable[[], Result]) -> Result:
    """Return what an attempt at a change gives, made anew where somebody else was faster.

    Args:
        attempt: opens a transaction, gathers the change from the newest version, commits.

    Raises:
        WriteConflict: if others were faster every time.

    """
    for number in range(ATTEMPTS - 1):
        with suppress(WriteConflict):
            return attempt()
        # Two that wait equally long would be in each other's way again.
        longest = min(_FIRST_PAUSE_S * 2**number, _LONGEST_PAUSE_S)
        time.sleep(random.uniform(0, longest))  # noqa: S311 - no secret
    return attempt()


def _outcome(done: Transaction) -> Outcome:
    return Outcome(done.commit, done.report, done.change)
