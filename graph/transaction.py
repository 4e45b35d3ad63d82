"""One change from its first statement to its commit: gathered, checked by the gate, then published.

Leaving the ``with`` block cleanly checks and commits; leaving it by an error, or a
refusal by the gate, leaves the store as it was.
"""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Self

from .change import Change
from .derived import derive
from .errors import OutsideGraph
from .gate import Report
from .lexical import as_stored, digest
from .names import Names
from .progress import Progress, silent
from .prologue import house_prologue
from .rdf import read_quads
from .rehearsed import Loaded
from .terms import DEFAULT_GRAPH, NamedNode, Quad, Triple
from .updates import apply_update

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import BinaryIO

    from .engines.base import Commit, CommitInfo, Draft, Engine
    from .formats import RdfFormat
    from .gate import Census, Gate
    from .operations import Using
    from .rehearsed import Rehearsed

BATCH_QUADS = 100_000
"""A file of more quads than this is bulk loaded instead of gathered in memory."""
REPORTED_QUADS = 1_000
"""How often progress is reported."""
WHOLE_QUADS = 2_000
"""A change of more quads than this is checked as a whole graph, which is then faster."""
COPIED_FOR_EACH = 20
"""How many statements may be copied from far away for each that changes, to check the whole."""


class Transaction(AbstractContextManager["Transaction"]):
    """A change in the making, private until it is committed.

    Args:
        engine: where the change will be published.
        gate: asked before anything is published.
        info: what is written down about the change.
        target: the graph for statements that name none.
        expected: the version that the caller has seen, or None for whatever is newest.
        only: the one graph that may be written to, or None for all. What the store
            computes itself is free of this.
        rehearsed: what the gate said of the last rehearsal of this store, for a change that is
            rehearsed before it is made; None for one that is not.

    Attributes:
        change: what was gathered so far, exact for the version that it began with.
            Quads that were bulk loaded are not in it.
        report: what the gate found; empty until it was asked.
        commit: the published commit; None before, and when nothing changed.
        bulk_quads: how many quads were bulk loaded.
        gate_s: how many seconds the gate took.
        on_check: told how far the gate is, where it checks the whole.
        about: the one source that the change is about: warnings of others, which a check of the
            whole finds too, are not kept with it.

    Raises:
        StoreLocked: on entering, when somebody else is writing.
        WriteConflict: on entering, when ``expected`` is not the newest version.

    """

    def __init__(  # noqa: PLR0913 - what a change is about, each by name
        self,
        engine: Engine,
        gate: Gate,
        *,
        info: CommitInfo,
        target: NamedNode,
        expected: int | None = None,
        only: NamedNode | None = None,
        rehearsed: Rehearsed | None = None,
    ) -> None:
        self._engine, self._gate, self._info = engine, gate, info
        self._rehearsed, self._loaded = rehearsed, Loaded()
        self._target, self._expected, self._only = target, expected, only
        self._draft: Draft | None = None
        self.bulk_quads = 0
        self.gate_s = 0.0
        self.on_check: Progress = silent
        self.about: NamedNode | None = None
        self._is_rehearsal = False
        self._census: Census | None = None
        self.change = Change()
        self.report = Report((), 0)
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
        self._apply(Change.of(self._stated(wanted, there=False)))

    def remove(self, *statements: Quad | Triple) -> None:
        """Remove statements; those that are not there are passed over."""
        unwanted = {self._placed(statement) for statement in statements}
        self._apply(Change.of(removed=self._stated(unwanted, there=True)))

    def replace_graph(self, graph: NamedNode, statements: Iterable[Quad | Triple]) -> None:
        """Make a named graph hold these statements and no others.

        What is there already is not written again. Only what differs is held in memory, or,
        of a graph that holds nothing yet, not even that.
        """
        self._replace(graph, (_in_graph(said, graph) for said in statements))

    def load(
        self,
        source: Path | BinaryIO,
        *,
        format: RdfFormat | None = None,  # noqa: A002 - what callers and the command line call it
        graph: NamedNode | None = None,
        replace: bool = False,
        progress: Progress = silent,
    ) -> None:
        """Add the statements of a file or stream, plain or gzip.

        Args:
            source: a file, or a stream of bytes that is left open.
            format: None to tell it from the name of the file.
            graph: where statements go that name no graph; None is the transaction's own.
            replace: whether that graph loses what the file does not say. If it holds
                anything, the whole file is held in memory.
            progress: told how many statements were read.

        Raises:
            BadSyntax: with the file's name, line and column; the transaction is of no use then.

        """
        into = graph or self._target
        base = f"{self._engine.base}/"
        quads = _counted(read_quads(source, format=format, base_iri=base, graph=into), progress)
        if replace and into in self.draft.graphs():
            wanted = set(map(as_stored, quads))
            self._replace(into, (quad for quad in wanted if quad.graph_name == into))
            self.add(*(quad for quad in wanted if quad.graph_name != into))
            return
        self._gather(quads)

    def update(self, text: str, *, using: Using | None = None) -> Change:
        """Run a SPARQL 1.1 Update request and return what it changed.

        Templates without GRAPH write to the transaction's own graph; WHERE without
        GRAPH reads the record, or what ``using`` names.

        Raises:
            BadSyntax: with line and column; nothing of the request was applied.
            Forbidden: if the request would call outside (LOAD, SERVICE).

        """
        made = self._apply_update(text, using)
        self._confine(made.quads())
        self._note(made)
        return made

    def _apply_update(self, text: str, using: Using | None) -> Change:
        return apply_update(
            text,
            self.draft,
            target=self._target,
            using=using,
            prologue=house_prologue(Names(self._engine.base)),
        )

    def rehearse(self) -> Report:
        """Return what the gate says of everything gathered, and keep nothing of it."""
        self._is_rehearsal = True
        self._settle(self.draft)
        self.draft.confirm()
        return self.report

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
            if kind is None and not self._is_rehearsal and self.has_changed:
                self._commit(draft)
        finally:
            self._draft = None
            if self.commit is None:
                draft.discard()

    def _commit(self, draft: Draft) -> None:
        self._settle(draft)
        if not self.report.conforms:
            draft.confirm()
            raise self.report.refusal()
        kept = self.report if self.about is None else self.report.of_source(self.about, draft)
        info = replace(self._info, notes=self._info.notes + kept.notes())
        self.commit = draft.publish(info)

    def _settle(self, draft: Draft) -> None:
        """Add what follows from the change, and ask the gate."""
        self._take(draft.gathered(lambda: derive(draft, self.change)))
        begun = time.monotonic()
        if self.bulk_quads or self._is_large(draft):
            self.report = self._known(draft) or self._whole(draft)
        else:
            self.report = self._gate.check(draft, self.change)
        self.gate_s += time.monotonic() - begun

    def _known(self, draft: Draft) -> Report | None:
        """Return what the gate said when this very change was rehearsed."""
        if self._rehearsed is None:
            return None
        return self._rehearsed.report_of(draft.version, self.change, self._loaded)

    def _whole(self, draft: Draft) -> Report:
        census, self._census = self._census, None
        report = self._gate.check_all(draft, census=census, progress=self.on_check)
        if self._rehearsed is not None and self._is_rehearsal:
            self._rehearsed.keep(draft.version, self.change, self._loaded, report)
        return report

    def _is_large(self, draft: Draft) -> bool:
        """Tell whether to check the whole graph, which may have to be copied here first."""
        size = self.change.size
        return size > WHOLE_QUADS and (not draft.is_far or len(draft) <= size * COPIED_FOR_EACH)

    def _stated(self, quads: set[Quad], *, there: bool) -> list[Quad]:
        """Return those of some quads that are stated by now, or those that are not."""
        draft = self.draft
        return draft.gathered(lambda: [q for q in quads if draft.contains(q) is there])

    @property
    def has_changed(self) -> bool:
        """Whether anything was gathered that is not there already."""
        return bool(self.bulk_quads) or not self.change.is_empty

    def _gather(self, quads: Iterable[Quad]) -> None:
        """Add quads that name their graph, a few in memory, many by a bulk load."""
        waiting = iter(quads)
        first = list(islice(waiting, BATCH_QUADS))
        if len(first) < BATCH_QUADS:
            self.add(*first)
        else:
            if self._census is None:
                self._census = self._gate.census(self.draft)
            quads = self._confined(chain(first, waiting))
            if self._rehearsed is not None:
                quads = self._loaded.watched(quads)
            self.bulk_quads += self.draft.bulk_add(quads, watch=self._census.watch)

    def _replace(self, graph: NamedNode, wanted: Iterable[Quad]) -> None:
        if graph not in self.draft.graphs():
            self._gather(wanted)
            return
        kept: set[bytes] = set()
        added = []
        for quad in map(as_stored, wanted):
            kept.add(digest(str(quad)))
            if not self.draft.contains(quad):
                added.append(quad)
        present = self.draft.quads(graph=graph)
        self._apply(Change.of(added, (quad for quad in present if digest(str(quad)) not in kept)))

    def _apply(self, change: Change) -> None:
        self._confine(change.quads())
        self._take(change)

    def _take(self, change: Change) -> None:
        if not change.is_empty:
            self.draft.apply(change)
            self._note(change)

    def _note(self, change: Change) -> None:
        self.change = self.change.then(change)
        if self._census is not None:
            self._census.touch(quad.subject for quad in change.quads())  # type: ignore[misc] # no quoted triples

    def _confine(self, quads: Iterable[Quad]) -> None:
        """Raise OutsideGraph if a quad is of a graph that may not be written to."""
        for _ in self._confined(quads):
            pass

    def _confined(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        if self._only is None:
            yield from quads
            return
        for quad in quads:
            if quad.graph_name != self._only:
                raise OutsideGraph(graph=quad.graph_name.value, only=self._only.value)  # type: ignore[union-attr] # changes name named graphs only
            yield quad

    def _placed(self, statement: Quad | Triple) -> Quad:
        if isinstance(statement, Quad) and statement.graph_name != DEFAULT_GRAPH:
            return as_stored(statement)
        return as_stored(
            Quad(statement.subject, statement.predicate, statement.object, self._target)
        )


def _in_graph(said: Quad | Triple, graph: NamedNode) -> Quad:
    """Return a statement as one of this graph."""
    if isinstance(said, Quad) and said.graph_name == graph:
        return said
    return Quad(said.subject, said.predicate, said.object, graph)


def _counted(quads: Iterable[Quad], progress: Progress) -> Iterator[Quad]:
    done = 0
    for done, quad in enumerate(quads, start=1):
        if done % REPORTED_QUADS == 0:
            progress(done, None)
        yield quad
    progress(done, done)
