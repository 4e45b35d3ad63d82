"""Rows taken one by one: one that cannot be used is refused, the others go on, each is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from .tables import BadCell, read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from graph.progress import Progress

    from .tables import RejectFile, Row

_T = TypeVar("_T")


class Watched:
    """Reports each row of several tables as part of one work.

    Args:
        progress: called once a row, after it was used.
        expected: how many rows there should be, or None where that is not known. Once there
            were more, as many are expected as there were.

    Example:
        >>> watched = Watched(lambda done, expected: print(done, expected), 2)
        >>> [*watched("ab"), *watched("c")]
        1 2
        2 2
        3 3
        ['a', 'b', 'c']

    """

    def __init__(self, progress: Progress, expected: int | None) -> None:
        self._progress, self._expected, self._done = progress, expected, 0

    def __call__(self, rows: Iterable[_T]) -> Iterator[_T]:
        """Yield the rows of one table, and report each that is done."""
        for row in rows:
            yield row
            self._done += 1
            expected = None if self._expected is None else max(self._done, self._expected)
            self._progress(self._done, expected)


def taken(rows: Iterable[Row], read: Callable[[Row], _T], rejects: RejectFile) -> Iterator[_T]:
    """Yield what each row is read as; a row for which BadCell is raised goes to ``rejects``."""
    for row in rows:
        try:
            found = read(row)
        except BadCell as problem:
            rejects.add(row, problem)
        else:
            yield found


def take(rows: Iterable[Row], keep: Callable[[Row], None], rejects: RejectFile) -> None:
    """Hand each row to ``keep``; a row for which it raises BadCell goes to ``rejects``."""
    for _ in taken(rows, keep, rejects):
        pass


def read_rows(
    path: Path, columns: Sequence[str], read: Callable[[Row], _T], rejects: RejectFile
) -> Iterator[_T]:
    """Yield what each row of a table is read as; those that cannot be used are refused.

    Raises:
        BadTable: if the table is missing, cut off, not in UTF-8, or lacks a column.

    """
    return taken(read_table(path, columns, rejects=rejects), read, rejects)
