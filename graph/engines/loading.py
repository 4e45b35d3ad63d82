"""Bulk loading of a stream of quads: one thread makes the statements, the other stores them.

pyoxigraph bulk loads text without holding Python's lock, so that the text is read from a
pipe while the statements behind it are still being made. Each statement goes to its own
graph and, unless the graph is restricted, to the record.
"""

from __future__ import annotations

import os
import threading
from contextlib import AbstractContextManager, suppress
from itertools import islice
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

    from .spool import Spool

BATCH_QUADS = 4_096
"""How many quads are written to the pipe and to the spool at once."""


class Pipe(AbstractContextManager["Pipe"]):
    """N-Quads on their way into a store; leaving the ``with`` block waits until all are in.

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
        """Hand over whole lines, and wait while the loader is behind."""
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
            self._store.bulk_load(
                path=f"/dev/fd/{self._source}", format=pyoxigraph.RdfFormat.N_QUADS
            )
        except Exception as error:  # noqa: BLE001 - it is raised again by whoever writes
            self._error = error
        finally:
            os.close(self._source)


def load(
    store: Store, quads: Iterable[Quad], *, spool: Spool, removed: frozenset[Quad]
) -> tuple[int, set[Quad]]:
    """Add quads of named graphs, each once, and leave out those that are there already.

    Args:
        store: the private head of a draft; a load that fails leaves a part of the quads in it.
        quads: what to add.
        spool: takes each quad that is new to the version that the draft began with.
        removed: what the draft has taken from that version, and what is therefore not new.

    Returns:
        How many were not there, and those of ``removed`` among them.

    Raises:
        ValueError: if a quad names no graph by an IRI.
        BadTerm: for a term that is too long to be read again from a file.

    """
    new = _New(store, removed)
    with Pipe(store) as pipe:
        lines = new.of(quads)
        while batch := list(islice(lines, BATCH_QUADS)):
            pipe.write("".join(batch).encode())
            spool.write("".join(new.rows).encode())
            new.rows.clear()
    record.add(store, new.blank)
    spool.write("".join(new.rows).encode())
    return new.count, new.again


class _New:
    """Tells what is new of a stream of quads.

    Attributes:
        count: how many were.
        rows: those that the commit record has to name, as rows of a patch.
        again: those that the draft had removed before.
        blank: those with a blank node, whose label a loader would change.

    """

    def __init__(self, store: Store, removed: frozenset[Quad]) -> None:
        self._store, self._removed = store, removed
        self.count = 0
        self.rows: list[str] = []
        self.again: set[Quad] = set()
        self.blank: list[Quad] = []

    def of(self, quads: Iterable[Quad]) -> Iterator[str]:
        """Yield each new quad as N-Quads, for its graph and for the record."""
        seen: set[bytes] = set()
        graphs: dict[object, _Graph] = {}
        for quad in map(spelled, quads):
            line = str(quad)
            if len(line) > LIMIT_CHARACTERS:
                refuse_long(quad)
            name = quad.graph_name
            graph = graphs.get(name) or graphs.setdefault(name, _Graph.of(name, self._store))
            mark = digest(line)
            if mark in seen or (graph.is_filled and quad in self._store):
                continue
            seen.add(mark)
            self._note(quad, line)
            if "_:" in line and _has_blank(quad):
                self.blank.append(quad)
            elif graph.is_open:
                yield f"{line} .\n{line[: graph.end]}.\n"
            else:
                yield f"{line} .\n"

    def _note(self, quad: Quad, line: str) -> None:
        self.count += 1
        if self._removed and quad in self._removed:
            self.again.add(quad)
        else:
            self.rows.append(f"A {line} .\n")


class _Graph(NamedTuple):
    """What is to be known of a graph before quads are added to it.

    Attributes:
        is_filled: whether it held anything before the load.
        is_open: whether the record has what it states.
        end: where a statement ends in a line that names the graph, counted from the end.

    """

    is_filled: bool
    is_open: bool
    end: int

    @classmethod
    def of(cls, name: object, store: Store) -> _Graph:
        """Look at a graph.

        Raises:
            ValueError: if it has no IRI.

        """
        if not isinstance(name, NamedNode):
            raise ValueError("A bulk load names the graph of each statement.")  # noqa: TRY004 - a value of the quad
        is_filled = next(store.quads_for_pattern(None, None, None, name), None) is not None
        return cls(is_filled, not is_restricted(name), -len(str(name)))


def _has_blank(quad: Quad) -> bool:
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)
