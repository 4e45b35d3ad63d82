"""Bulk loading of a stream of quads: one thread makes the statements, the other stores them.

pyoxigraph bulk loads text without holding Python's lock, so that the text is read from a
pipe while the statements behind it are still being made. Each statement goes to its own
graph and, unless the graph is restricted, to the record: the text is TriG, which names a
subject once, and a graph once a batch. (N-Quads would not do: where there are four cores,
pyoxigraph divides a file of them by its size, and of a pipe it would read nothing.)
"""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from contextlib import AbstractContextManager, suppress
from itertools import islice, starmap
from typing import TYPE_CHECKING, NamedTuple, Self

import pyoxigraph

from graph.lexical import LIMIT_CHARACTERS, digest, refuse_long, spelled
from graph.names import is_restricted
from graph.terms import BlankNode, NamedNode

from . import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from pyoxigraph import Store

    from graph.terms import Quad

    from .base import Watch
    from .spool import Spool

BATCH_QUADS = 4_096
"""How many quads are written to the pipe and to the spool at once."""


class Pipe(AbstractContextManager["Pipe"]):
    """TriG on its way into a store; leaving the ``with`` block waits until all are in.

    An error of the loader is raised where the text is written, or on leaving.

    Args:
        store: takes the quads; blank nodes get other labels, so there may be none.

    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._error: Exception | None = None
        self._source, target = os.pipe()
        self._target = os.fdopen(target, "wb")
        self._thread = threading.Thread(target=self._load, name="bulk load")

    def write(self, text: bytes) -> None:
        """Hand over text, and wait while the loader is behind."""
        try:
            self._target.write(text)
            self._target.flush()
        except BrokenPipeError:
            self._thread.join()
            raise self._error or OSError("The bulk load ended early.") from None

    def __enter__(self) -> Self:
        """Begin to load."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the text, and wait for the loader."""
        with suppress(BrokenPipeError):
            self._target.close()
        self._thread.join()
        if kind is None and self._error is not None:
            raise self._error

    def _load(self) -> None:
        try:
            self._store.bulk_load(path=f"/dev/fd/{self._source}", format=pyoxigraph.RdfFormat.TRIG)
        except Exception as error:  # noqa: BLE001 - it is raised again by whoever writes
            self._error = error
        finally:
            os.close(self._source)


class Merge:
    """Merges the files of a store, which is read and written meanwhile.

    Args:
        store: what was bulk loaded.

    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="merge files")
        self._thread.start()

    def wait(self) -> None:
        """Return once the files are merged, and raise what went wrong."""
        self._thread.join()
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            self._store.optimize()
        except Exception as error:  # noqa: BLE001 - it is raised again by whoever waits
            self._error = error


def load(
    store: Store,
    quads: Iterable[Quad],
    *,
    spool: Spool,
    removed: frozenset[Quad],
    watch: Watch | None = None,
) -> tuple[int, set[Quad]]:
    """Add quads of named graphs, each once, and leave out those that are there already.

    Args:
        store: the private head of a draft; a load that fails leaves a part of the quads in it.
        quads: what to add.
        spool: takes each quad that is new to the version that the draft began with.
        removed: what the draft has taken from that version, and what is therefore not new.
        watch: see ``Draft.bulk_add``.

    Returns:
        How many were not there, and those of ``removed`` among them.

    Raises:
        ValueError: if a quad names no graph by an IRI.
        BadTerm: for a term that is too long to be read again from a file.

    """
    new, left = _New(store, removed, watch), iter(quads)
    with Pipe(store) as pipe:
        while batch := list(islice(left, BATCH_QUADS)):
            pipe.write(new.text(batch).encode())
            spool.write("".join(new.rows).encode(), len(new.rows))
            new.rows.clear()
    record.add(store, new.blank)
    return new.count, new.again


class _New:
    """Tells what is new of a stream of quads.

    Attributes:
        count: how many were.
        rows: those that the commit record has to name, as rows of a patch.
        again: those that the draft had removed before.
        blank: those with a blank node, whose label a loader would change.

    """

    def __init__(self, store: Store, removed: frozenset[Quad], watch: Watch | None) -> None:
        self._store, self._removed, self._watch = store, removed, watch
        self._seen: set[bytes] = set()
        self._graphs: dict[object, _Graph] = {}
        self.count = 0
        self.rows: list[str] = []
        self.again: set[Quad] = set()
        self.blank: list[Quad] = []

    def text(self, quads: Iterable[Quad]) -> str:
        """Return the new ones of some quads as TriG, for their graphs and for the record."""
        lines: defaultdict[_Graph, list[str]] = defaultdict(list)
        shown: defaultdict[_Graph, list[Quad]] = defaultdict(list)
        for quad, line, graph in self._new(quads):
            self._note(quad, line)
            if graph.is_open and self._watch:
                shown[graph].append(quad)
            if "_:" in line and _has_blank(quad):
                self.blank.append(quad)
            else:
                lines[graph].append(line)
        if self._watch:
            for found in shown.values():
                self._watch(found)
        return "".join(starmap(_trig, lines.items()))

    def _new(self, quads: Iterable[Quad]) -> Iterator[tuple[Quad, str, _Graph]]:
        """Yield each quad that is new, as the store spells it, with its line and its graph."""
        seen, graphs, store = self._seen, self._graphs, self._store
        for given in quads:
            quad, line = given, str(given)
            if '"^^<' in line:
                quad = spelled(given)
                line = str(quad)
            if len(line) > LIMIT_CHARACTERS:
                refuse_long(quad)
            name = quad.graph_name
            graph = graphs.get(name) or graphs.setdefault(name, _Graph.of(name, store))
            mark = digest(line)
            if mark not in seen and not (graph.is_filled and quad in store):
                seen.add(mark)
                yield quad, line, graph

    def _note(self, quad: Quad, line: str) -> None:
        self.count += 1
        if self._removed and quad in self._removed:
            self.again.add(quad)
        else:
            self.rows.append(f"A {line} .\n")


class _Graph(NamedTuple):
    """What is to be known of a graph before quads are added to it.

    Attributes:
        name: its name as text.
        is_filled: whether it held anything before the load.
        is_open: whether the record has what it states.

    """

    name: str
    is_filled: bool
    is_open: bool

    @classmethod
    def of(cls, name: object, store: Store) -> _Graph:
        """Look at a graph.

        Raises:
            ValueError: if it has no IRI.

        """
        if not isinstance(name, NamedNode):
            raise ValueError("A bulk load names the graph of each statement.")  # noqa: TRY004 - a value of the quad
        is_filled = next(store.quads_for_pattern(None, None, None, name), None) is not None
        return cls(str(name), is_filled, not is_restricted(name))


def _trig(graph: _Graph, lines: Iterable[str]) -> str:
    """Return statements of a graph, each given as N-Quads, as TriG for it and for the record."""
    said: list[str] = []
    subject, end = ".", -len(graph.name)
    for line in lines:
        if line.startswith(subject):
            said += ";\n", line[len(subject) : end]
        else:
            subject = line[: line.index(" ") + 1]
            said += ".\n", line[:end]
    # Each begins with the end of the one before it, so the first is left out.
    text = "".join((*said[1:], ".\n"))
    return f"{text if graph.is_open else ''}{graph.name} {{\n{text}}}\n"


def _has_blank(quad: Quad) -> bool:
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)
