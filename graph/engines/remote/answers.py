"""Answers of a remote engine as terms, read as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import QuerySolutions, RdfFormat

from graph.errors import AnswerCut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.terms import Quad, Term

    from .client import Body


def solutions(body: Body) -> Iterator[tuple[Term | None, ...]]:
    """Yield the rows of an answer as they come."""
    try:
        found = pyoxigraph.parse_query_results(body, format=pyoxigraph.QueryResultsFormat.JSON)  # type: ignore[arg-type] # it reads as a file does
        assert isinstance(found, QuerySolutions)  # noqa: S101 - SELECT was asked
        yield from map(tuple, found)
    except (SyntaxError, OSError) as error:
        raise body.fault or _unreadable(body, error) from error


def triples(body: Body) -> Iterator[Quad]:
    """Yield the statements of an answer as they come."""
    try:
        yield from pyoxigraph.parse(body, format=RdfFormat.N_TRIPLES)  # type: ignore[arg-type] # it reads as a file does
    except (SyntaxError, OSError) as error:
        raise body.fault or _unreadable(body, error) from error


def _unreadable(body: Body, error: Exception) -> AnswerCut:
    return AnswerCut(
        f"The answer of the remote store at {body.address} cannot be read: {error}",
        address=body.address,
        hint="Check that the address is that of a SPARQL engine.",
    )
