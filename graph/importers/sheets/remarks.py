"""What a person should look at in a sheet though nothing is refused for it, row by row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.names import local_name

if TYPE_CHECKING:
    from graph.importers.tables import Row
    from graph.terms import NamedNode

LISTED = 50
"""How many remarks on rows are listed; it is said how many more there are."""
_REPEATED = 6


@dataclass(frozen=True, slots=True)
class _New:
    """A person whom the sheet describes first, with the line and the date of birth."""

    key: str
    line: int
    born: str


@dataclass(slots=True)
class Remarks:
    """The remarks on the rows of one sheet.

    A remark on a row counts once the row was taken.

    Example:
        >>> Remarks().sentences()
        []

    """

    _kept: list[str] = field(default_factory=list)
    _waiting: list[str] = field(default_factory=list)
    _row: Row | None = None
    _first: dict[tuple[str, ...], int] = field(default_factory=dict)
    _again: list[tuple[int, int]] = field(default_factory=list)
    _people: dict[str, dict[str, _New]] = field(default_factory=dict)
    _newcomers: list[tuple[str, _New]] = field(default_factory=list)

    def begin(self, row: Row) -> None:
        """Turn to a row."""
        self._row = row
        self._waiting.clear()
        self._newcomers.clear()

    def add(self, text: str) -> None:
        """Remark something about the row."""
        if self._row is not None:
            self._waiting.append(f"{self._row.file}, line {self._row.line:,}: {text}")

    def newcomer(self, node: NamedNode, name: str, born: str) -> None:
        """Say that the row describes somebody whom nobody described before."""
        if self._row is not None:
            key = local_name(node)
            self._newcomers.append((name, _New(key, self._row.line, born)))

    def keep(self) -> None:
        """Keep what was remarked on the row, which was taken."""
        if self._row is None:
            return
        for name, new in self._newcomers:
            self._compare(name, new)
        self._kept += self._waiting
        cells = tuple(self._row.cells.values())
        line = self._first.setdefault(cells, self._row.line)
        if line != self._row.line:
            self._again.append((self._row.line, line))

    def sentences(self) -> list[str]:
        """Return the remarks, at most 50, then how many more there are."""
        kept = self._kept[:LISTED]
        if len(self._kept) > LISTED:
            kept.append(f"... and {len(self._kept) - LISTED:,} more such remarks on rows.")
        if self._again and self._row is not None:
            pairs = [f"line {line:,} as line {first:,}" for line, first in self._again[:_REPEATED]]
            more = len(self._again) - len(pairs)
            listed = ", ".join([*pairs, *([f"and {more:,} more"] if more else [])])
            kept.append(f"{self._row.file} says the same more than once: {listed}.")
        return kept

    def _compare(self, name: str, new: _New) -> None:
        """Remark where the name stands for two people, and not both have a date of birth."""
        known = self._people.setdefault(name, {})
        for other in known.values():
            if new.key not in known and not (new.born and other.born):
                self.add(
                    f"{new.key} has the name of {other.key} (line {other.line:,}) and is described "
                    "as somebody else. If they are one, write the same nation and date of birth "
                    "in both rows, or import a sheet of people first and write the key."
                )
        known.setdefault(new.key, new)
