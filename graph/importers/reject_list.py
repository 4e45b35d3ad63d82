"""The rows that an import could not use, held for an answer instead of written to a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .tables import RejectFile

if TYPE_CHECKING:
    from .tables import BadCell


@dataclass(frozen=True, slots=True)
class Reject:
    """One row that could not be used.

    Attributes:
        line: the line in which it begins, counted from 1.
        column: as the table calls it; empty where it is the whole row.
        value: the cell as it was read.
        reason: what is wrong.
        how_to_fix: how to mend it.

    """

    line: int
    column: str
    value: str
    reason: str
    how_to_fix: str


class RejectList(RejectFile):
    """Counts the rows that are refused and keeps the first of them; no file is made.

    Args:
        limit: how many are kept.

    Attributes:
        kept: these, in the order of the table.

    Example:
        >>> from graph.importers.tables import BadCell
        >>> rejects = RejectList(limit=1)
        >>> for line in (2, 3):
        ...     rejects.write("sheet.csv", line, BadCell("born is no date", column="born"))
        >>> rejects.count, [row.line for row in rejects.kept]
        (2, [2])

    """

    def __init__(self, *, limit: int) -> None:
        super().__init__(None)
        self._limit = limit
        self.kept: list[Reject] = []

    def write(self, file: str, line: int, problem: BadCell) -> None:
        """Count one row, and keep it if there is room."""
        super().write(file, line, problem)
        if len(self.kept) < self._limit:
            found = Reject(line, problem.column, problem.value, str(problem), problem.hint)
            self.kept.append(found)
