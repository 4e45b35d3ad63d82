"""Puts any number of statements in order with a bounded memory, and writes them in a format."""

from __future__ import annotations

import heapq
import io
import tempfile
from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph

from graph.formats import N_QUADS
from graph.progress import silent
from graph.terms import Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import BinaryIO

    from _typeshed import WriteableBuffer

    from graph.formats import RdfFormat
    from graph.progress import Progress
    from graph.terms import Quad

RUN_ROWS = 250_000
"""How many statements are sorted in memory at once."""


@contextmanager
def in_order(
    quads: Iterable[Quad], *, run_rows: int = RUN_ROWS, progress: Progress = silent
) -> Iterator[Iterator[bytes]]:
    """Give the statements as lines of N-Quads in the order of graph, subject, property, value.

    Runs of ``run_rows`` lines are sorted in memory, kept in files without a name, and merged.
    """
    rows = iter(quads)
    done = 0
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = []
        while run := sorted(map(_keyed, islice(rows, run_rows))):
            done += len(run)
            progress(done, None)
            if len(run) < run_rows:
                runs.append(run)
                break
            file = stack.enter_context(tempfile.TemporaryFile())
            file.writelines(run)
            file.seek(0)
            runs.append(file)
        yield (keyed.partition(b"\x00")[2] for keyed in heapq.merge(*runs))


def _keyed(quad: Quad) -> bytes:
    # N-Quads writes U+0000 and line breaks inside a value escaped, so both can separate.
    return str(quad.graph_name).encode() + b"\x00" + str(quad).encode() + b" .\n"


def write_sorted(
    lines: Iterator[bytes], stream: BinaryIO, fit: RdfFormat, *, prefixes: Mapping[str, str]
) -> int:
    """Write lines of N-Quads to a stream in a format, and return how many there were."""
    counter = _Counter(lines)
    if fit == N_QUADS:
        stream.writelines(counter)
        return counter.rows
    quads = pyoxigraph.parse(io.BufferedReader(_Lines(counter)), format=N_QUADS.engine)
    statements: Iterable[Quad] | Iterable[Triple] = (
        quads if fit.holds_graphs else (Triple(q.subject, q.predicate, q.object) for q in quads)
    )
    pyoxigraph.serialize(statements, stream, fit.engine, prefixes=dict(prefixes))
    return counter.rows


class _Counter:
    """Counts the lines that pass."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines, self.rows = lines, 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        line = next(self._lines)
        self.rows += 1
        return line


class _Lines(io.RawIOBase):
    """Lines of bytes as a stream that a parser can read from."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        super().__init__()
        self._lines, self._rest = lines, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer as far as the next line allows; 0 bytes are the end."""
        place = memoryview(buffer)
        line = self._rest or next(self._lines, b"")
        size = min(len(line), len(place))
        place[:size] = line[:size]
        self._rest = line[size:]
        return size
