"""Answers in pages, from engines that leave out what is beyond a number of rows.

Virtuoso's ``ResultSetMaxRows`` is 10,000 as shipped. It says so of a SELECT and keeps
silent of a CONSTRUCT, so triples are read as rows. No order is certain between two
requests; what the pages hold is therefore counted, and compared with what the engine counts.
"""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

from graph.errors import AnswerCut
from graph.lexer import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.terms import NamedNode

    from .client import Body
    from .session import Session


class Question:
    """A SELECT whose answer may have more rows than the engine gives at once.

    Args:
        session: asks the engine.
        text: the query without its declarations.
        declarations: what stands before it.
        default: the graphs of which the default graph is made.
        named: the graphs that GRAPH sees.

    """

    def __init__(
        self,
        session: Session,
        text: str,
        *,
        declarations: str = "",
        default: Sequence[NamedNode] = (),
        named: Sequence[NamedNode] = (),
    ) -> None:
        self._session, self._text, self._declarations = session, text, declarations
        self._default, self._named = default, named

    @property
    def text(self) -> str:
        """The whole query."""
        return f"{self._declarations} {self._text}"

    @property
    def form(self) -> str:
        """SELECT, ASK, CONSTRUCT or DESCRIBE."""
        return next(tokens(self._text)).word

    def body(self, accept: str) -> Body:
        """Ask the whole query, and return the answer as it comes."""
        return self._session.client.query(
            self.text, accept=accept, default=self._default, named=self._named
        )

    def solutions(self) -> Question:
        """Return the question for the solutions that a CONSTRUCT makes its triples of."""
        depth, start = 0, 0
        for token in tokens(self._text):
            if token.word == "CONSTRUCT":
                start = token.end
            elif depth == 0 and not token.is_mark("{"):
                break
            depth += token.is_mark("{") - token.is_mark("}")
            if depth == 0 and token.is_mark("}"):
                start = token.end
                break
        return Question(
            self._session,
            f"SELECT * {self._text[start:]}",
            declarations=self._declarations,
            default=self._default,
            named=self._named,
        )

    def count(self, *, distinct: bool = False) -> int:
        """Return how many rows the engine counts."""
        word = "DISTINCT " if distinct else ""
        inner = f"SELECT {word}* WHERE {{ {{ {self._text} }} }}"
        text = f"{self._declarations} SELECT (COUNT(*) AS ?n) WHERE {{ {{ {inner} }} }}"
        return int(next(iter(self._page(text)["results"]["bindings"]))["n"]["value"])

    def answer(self) -> bytes:
        """Return all rows in the order of the query, as SPARQL 1.1 Query Results JSON.

        Raises:
            AnswerCut: if they are not those that the engine counts.

        """
        first: dict[str, Any] = {}
        rows: list[dict[str, Any]] = []
        for page in self._pages():
            first = first or page
            rows += page["results"]["bindings"]
        told = {json.dumps(row, sort_keys=True) for row in rows}
        if (len(rows), len(told)) != (self.count(), self.count(distinct=True)):
            raise AnswerCut(
                f"The remote store at {self._session.client.address.text} gives no more than"
                f" {self._session.can.row_limit:,} rows at once, and other rows each time.",
                address=self._session.client.address.text,
                hint="Ask for fewer rows, or let the engine give longer answers"
                " (ResultSetMaxRows in Virtuoso's settings).",
            )
        return json.dumps({"head": first["head"], "results": {"bindings": rows}}).encode()

    def _pages(self) -> Iterator[dict[str, Any]]:
        limit = self._session.can.row_limit
        assert limit is not None  # noqa: S101 - only such engines are asked in pages
        size = limit - 1  # Virtuoso takes an answer of just as many rows for a cut one
        for number in count():
            part = f"LIMIT {size} OFFSET {number * size}"
            page = self._page(
                f"{self._declarations} SELECT * WHERE {{ {{ {self._text} }} }} {part}"
            )
            yield page
            if len(page["results"]["bindings"]) < size:
                return

    def _page(self, text: str) -> dict[str, Any]:
        asked = self._session.client.query(text, default=self._default, named=self._named)
        with asked as body:
            page: dict[str, Any] = json.loads(body.read())
        return page
