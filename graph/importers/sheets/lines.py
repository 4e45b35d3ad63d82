"""Which lines of a sheet said what, so that whatever is wrong with it can be found there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.names import MG
from graph.terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.importers.tables import Row
    from graph.terms import Quad

_LISTED = 6
_NAMED_IN = ("name", "athletes", "nation")


class Lines:
    """What each line of one sheet said.

    Attributes:
        headers: what the file calls each column of the sheet.

    Example:
        >>> Lines().behind("https://example.org/a")
        []

    """

    def __init__(self) -> None:
        self.headers: Mapping[str, str] = {}
        self._file = ""
        self._said: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._named: defaultdict[str, dict[int, None]] = defaultdict(dict)
        self._rows: dict[str, Row] = {}

    def add(self, row: Row, quads: Iterable[Quad]) -> None:
        """Remember what a row said."""
        self._file, self.headers = row.file, row.headers
        for quad in quads:
            about = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
            self._said[about].append((quad.predicate.value, row.line))
            self._rows.setdefault(about, row)
            if isinstance(quad.object, NamedNode) and not quad.object.value.startswith(MG):
                self._named[quad.object.value][row.line] = None

    def behind(self, focus: str, path: str = "", value: str = "") -> list[int]:
        """Return the lines that said something of a node, the narrowest choice of them.

        Args:
            focus: the IRI of the node.
            path: the IRI of a property; where lines gave it, they are the ones.
            value: the IRI of a node that has to do with it.

        """
        gave = {line for prop, line in self._said.get(focus, ()) if prop == path}
        spoke = gave or {*self._of(focus), *self._of(value)}
        return sorted(spoke or self._named.get(focus, {}))

    def where(self, lines: list[int]) -> str:
        """Return lines as they stand in a sentence; an empty text for none.

        Example:
            >>> Lines().where([])
            ''

        """
        if not lines:
            return ""
        texts = [f"{line:,}" for line in lines[:_LISTED]]
        texts += [f"{len(lines) - _LISTED:,} more"] if len(lines) > _LISTED else []
        *first, last = texts
        listed = f"{', '.join(first)} and {last}" if first else last
        return f"{self._file}, line{'s' if first else ''} {listed}"

    def label(self, focus: str) -> str:
        """Return what a person who knows the sheet calls a node; an empty text if nothing."""
        row = self._rows.get(focus)
        if row is None:
            return ""
        who = next((row.cells[name] for name in _NAMED_IN if row.cells.get(name)), "")
        return ", ".join(part for part in (who, row.cells.get("event", "")) if part)

    def _of(self, node: str) -> Iterator[int]:
        yield from (line for _, line in self._said.get(node, ()))
        if "/id/entry/" in node or "/id/award/" in node:
            yield from self._named.get(node, ())
