"""The store: what a program opens, asks, changes and looks back on."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from .engines.base import CommitInfo
from .lexer import guard
from .names import Names
from .transaction import Check, Transaction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from .change import Change
    from .engines.base import Commit, Engine, Reader
    from .terms import NamedNode


class Store(AbstractContextManager["Store"]):
    """Versions of a graph behind one gate.

    Args:
        engine: keeps the versions.
        check: decides whether a change may be kept.

    """

    def __init__(self, engine: Engine, check: Check) -> None:
        self.engine, self._check = engine, check
        self.names = Names(engine.base)

    @property
    def version(self) -> int:
        """The number of the newest version; 0 is the empty store."""
        return self.engine.newest()

    def read(self, at: int | None = None) -> Reader:
        """Open a version, the newest by default, or raise NotFound."""
        return self.engine.read(at)

    def rows(self, text: str, *, at: int | None = None) -> list[dict[str, object]]:
        """Return every solution of a SELECT query, unbound variables left out.

        Raises:
            BadSyntax: with line and column.
            Forbidden: if the query would call another service.

        """
        guard(text, source="the query")
        with self.read(at) as state:
            found = state.query(text)
            names = [variable.value for variable in found.variables]  # type: ignore[union-attr] # SELECT
            return [
                {name: row[name] for name in names if row[name] is not None}
                for row in found  # type: ignore[union-attr] # SELECT
            ]

    def transaction(
        self,
        *,
        source: NamedNode | None = None,
        author: str = "",
        message: str = "",
        kind: str = "update",
        expected: int | None = None,
    ) -> Transaction:
        """Return a change to be made inside a ``with`` block; see Transaction."""
        return Transaction(
            self.engine,
            self._check,
            info=CommitInfo(author=author, message=message, source=source, kind=kind),
            target=source or self.names.local,
            expected=expected,
        )

    def history(self) -> Iterator[Commit]:
        """Yield what is known of each commit, the newest first."""
        return self.engine.commits()

    def change(self, number: int) -> Change:
        """Return the exact change of one commit, or raise NotFound."""
        return self.engine.change(number)

    def close(self) -> None:
        """Release files and locks."""
        self.engine.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
        self.close()
