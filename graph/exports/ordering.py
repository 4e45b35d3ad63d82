"""Puts any number of statements, rows or other lines in order with a bounded memory."""

from __future__ import annotations

import heapq
import tempfile
from contextlib import ExitStack, contextmanager
from itertools import groupby, islice
from typing import IO, TYPE_CHECKING, Generic, TypeVar, cast

from pyoxigraph import RdfFormat, parse

from graph.names import RDF_TYPE
from graph.progress import silent
from graph.terms import DEFAULT_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.progress import Progress
    from graph.terms import Quad, Triple

Item = TypeVar("Item")
RUN_ROWS = 250_000
"""How many lines are sorted in memory at once."""
_TYPE = str(RDF_TYPE)


@contextmanager
def sorted_lines(
    lines: Iterable[bytes], *, run_rows: int = RUN_ROWS, progress: Progress = silent
) -> Iterator[Iterator[bytes]]:
    """Give lines in the order of their bytes.

    Runs of ``run_rows`` lines are sorted in memory, kept in files without a name, and merged.

    Args:
        lines: each ends in a line feed and has no other.
        run_rows: how many are in memory at once.
        progress: told how many were read.

    """
    todo = iter(lines)
    done = 0
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = []
        while run := sorted(islice(todo, run_rows)):
            done += len(run)
            progress(done, None)
            if len(run) < run_rows:
                runs.append(run)
                break
            file = stack.enter_context(tempfile.TemporaryFile())
            file.writelines(run)
            file.seek(0)
            runs.append(file)
        yield heapq.merge(*runs)


class Counted(Generic[Item]):
    """Counts what passes."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items, self.number = items, 0

    def __iter__(self) -> Iterator[Item]:
        """Yield the items as they come."""
        for item in self._items:
            self.number += 1
            yield item


@contextmanager
def in_order(
    statements: Iterable[Quad | Triple], *, run_rows: int = RUN_ROWS, progress: Progress = silent
) -> Iterator[Iterator[bytes]]:
    """Give statements as lines of N-Quads or N-Triples, in the order of their bytes."""
    lines = (f"{said} .\n".encode() for said in statements)
    with sorted_lines(lines, run_rows=run_rows, progress=progress) as ordered:
        yield ordered


@contextmanager
def by_subject(
    quads: Iterable[Quad], *, run_rows: int = RUN_ROWS, progress: Progress = silent
) -> Iterator[Iterator[Quad]]:
    """Give quads, each once, by graph, subject, property (the type first) and value.

    That is the order of ``graph.rdf``. They are sorted as lines in which tabs stand between the
    terms; no term has one.
    """
    lines = (_line(quad) for quad in quads)
    with sorted_lines(lines, run_rows=run_rows, progress=progress) as ordered:
        file = cast("IO[bytes]", _Lines(map(_statement, unique(ordered))))
        yield parse(file, format=RdfFormat.N_QUADS)


def unique(ordered: Iterable[bytes]) -> Iterator[bytes]:
    """Yield each of some ordered lines once."""
    before = b""
    for line in ordered:
        if line != before:
            yield line
        before = line


def distinct(ordered: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Yield each of some ordered lines once, with how often it comes."""
    for line, same in groupby(ordered):
        yield line, sum(1 for _ in same)


def _line(quad: Quad) -> bytes:
    # The default graph is written as nothing, and so comes first.
    predicate = str(quad.predicate)
    graph = "" if quad.graph_name == DEFAULT_GRAPH else str(quad.graph_name)
    later = "" if predicate == _TYPE else "1"
    return f"{graph}\t{quad.subject}\t{later}\t{predicate}\t{quad.object}\n".encode()


def _statement(line: bytes) -> bytes:
    graph, subject, _, predicate, value = line[:-1].split(b"\t")
    return b"%s %s %s %s .\n" % (subject, predicate, value, graph)


class _Lines:
    """A file to read whose content is made line by line."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines, self._kept = lines, b""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most so many bytes; none at the end."""
        parts, have = [self._kept], len(self._kept)
        while (size < 0 or have < size) and (line := next(self._lines, b"")):
            parts.append(line)
            have += len(line)
        found = b"".join(parts)
        end = have if size < 0 else size
        self._kept = found[end:]
        return found[:end]
