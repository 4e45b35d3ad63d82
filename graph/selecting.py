"""The rows of a SELECT query as mappings, for code that asks its own questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.engines.base import Answer, Reader
    from graph.terms import Term


def rows(reader: Reader, text: str) -> Iterator[Mapping[str, Term]]:
    """Yield each solution of a SELECT query by the names of its variables.

    Args:
        reader: the state.
        text: a SELECT query all of whose variables have a value in each solution.

    """
    yield from by_name(reader.query(text))


def by_name(solutions: Answer) -> Iterator[dict[str, Any]]:
    """Yield each solution of a SELECT query by the names of its variables, None for no value."""
    names = [variable.value for variable in solutions.variables]  # type: ignore[union-attr] # SELECT
    for solution in solutions:  # type: ignore[union-attr] # the same
        yield {name: solution[name] for name in names}


def values(variable: str, nodes: Iterable[Term]) -> str:
    """Return the part of a query that says which values a variable may have.

    Example:
        >>> from graph.terms import NamedNode
        >>> values("games", [NamedNode("urn:a"), NamedNode("urn:b")])
        'VALUES ?games { <urn:a> <urn:b> }'

    """
    return f"VALUES ?{variable} {{ {' '.join(map(str, nodes))} }}"
