"""From a query without solutions to the smallest part of it that has none, and what would."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import QueryBoolean

from graph.lexer import as_parsed, guard

from .blaming import Blame, blame
from .cutting import cut
from .datasets import unseen_graphs
from .endings import ending
from .probing import Probe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.engines.base import Answer, Reader
    from graph.terms import NamedNode

    from .hints import Hint
    from .parts import Part

NOT_EMPTY = "The query has solutions."


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a query has no solutions.

    Attributes:
        empty: whether it has none.
        sentence: the reason in words.
        part: the smallest part of the pattern without a match, a line each.
        line: where that part begins in the query, from 1; None if it is not one place.
        column: the same, from 1.
        hints: what to try.

    """

    empty: bool
    sentence: str
    part: tuple[str, ...] = ()
    line: int | None = None
    column: int | None = None
    hints: tuple[Hint, ...] = ()


def explain(
    reader: Reader,
    text: str,
    *,
    prefixes: Mapping[str, str],
    default_graph: Sequence[NamedNode] | None = None,
    named_graphs: Sequence[NamedNode] | None = None,
) -> Explanation:
    """Return why a query has no solutions, rows or statements.

    It asks the state many small questions, so it takes longer than the query.

    Args:
        reader: the state.
        text: the query.
        prefixes: those that need no declaration, to write hints with.
        default_graph: graphs that take the place of the query's own; see ``Reader.query``.
        named_graphs: the same for GRAPH.

    Raises:
        BadSyntax: if the query cannot be read, with line and column.

    """
    guard(text, source="the query")
    found = reader.query(text, default_graph=default_graph, named_graphs=named_graphs)
    if _has_any(found):
        return Explanation(empty=False, sentence=NOT_EMPTY)
    query = cut(text)
    probe = Probe(reader, query, default_graph, named_graphs)
    blamed = unseen_graphs(probe, prefixes) or blame(probe, query.pattern, prefixes)
    blamed = blamed or Blame(ending(query))
    parts = blamed.parts

    def tried(hint: Hint) -> Hint:
        changed = _changed(as_parsed(text), hint, parts)
        if not changed:
            return hint
        found = reader.query(changed, default_graph=default_graph, named_graphs=named_graphs)
        return replace(hint, query=changed) if _has_any(found) else hint

    return Explanation(
        empty=True,
        sentence=blamed.sentence,
        part=tuple(part.text for part in parts),
        line=parts[0].line if parts else None,
        column=parts[0].column if parts else None,
        hints=tuple(map(tried, blamed.hints)),
    )


def _has_any(found: Answer) -> bool:
    return bool(found) if isinstance(found, QueryBoolean) else next(found, None) is not None


def _changed(text: str, hint: Hint, parts: Sequence[Part]) -> str:
    """Return the query with what a hint replaces replaced; empty if that is not to be found."""
    if not hint.old or hint.old not in text:
        return ""
    lines = text.splitlines(keepends=True)
    first = parts[0] if parts else None
    start = sum(map(len, lines[: first.line - 1])) + first.column - 1 if first else 0
    place = text.find(hint.old, start)
    place = text.find(hint.old) if place < 0 else place
    return text[:place] + hint.new + text[place + len(hint.old) :]
