"""Puts any number of statements in order with a bounded memory."""

from __future__ import annotations

import heapq
import tempfile
from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from graph.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.progress import Progress
    from graph.terms import Quad, Triple

RUN_ROWS = 250_000
"""How many statements are sorted in memory at once."""


@contextmanager
def in_order(
    statements: Iterable[Quad | Triple], *, run_rows: int = RUN_ROWS, progress: Progress = silent
) -> Iterator[Iterator[bytes]]:
    """Give statements as lines of N-Quads or N-Triples, in the order of their bytes.

    Runs of ``run_rows`` lines are sorted in memory, kept in files without a name, and merged.
    """
    todo = iter(statements)
    done = 0
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = []
        while run := sorted(f"{said} .\n".encode() for said in islice(todo, run_rows)):
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
