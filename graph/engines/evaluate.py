"""One SPARQL query on one pyoxigraph store, with the dataset that the specification asks for.

pyoxigraph gives several FROM graphs as a bag, where a triple of two graphs is two
rows. SPARQL 1.1 (section 13.2) wants their RDF merge, in which it is one; so a query
over several graphs is asked of a copy in which they are merged.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    parse_query_results,
)

from graph.complaint import unreadable
from graph.lexer import as_parsed
from graph.prologue import dataset_of
from graph.terms import DEFAULT_GRAPH, NamedNode, Quad

from .following import following

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graph.prologue import Prologue
    from graph.terms import GraphName, Term, Variable

    from .base import Answer


def evaluate(  # noqa: PLR0913 - what Reader.query takes, and the store
    store: Store,
    text: str,
    *,
    prologue: Prologue,
    substitutions: Mapping[Variable, Term] | None = None,
    default_graph: Iterable[GraphName] | None = None,
    named_graphs: Iterable[NamedNode] | None = None,
) -> Answer:
    """Return the answer of ``store`` to a query, as ``Reader.query`` promises it.

    Graphs given here take the place of the query's own FROM and FROM NAMED.

    Raises:
        BadSyntax: with line and column.

    """
    default, named = dataset(text, prologue, default_graph, named_graphs)
    if default is not None and len(default) > 1:
        store, default = _merged(store, default, named), [DEFAULT_GRAPH]
    options: dict[str, Any] = {
        "base_iri": prologue.base,
        "prefixes": dict(prologue.prefixes),
        "substitutions": dict(substitutions) if substitutions else None,
        "default_graph": default,
        "named_graphs": named,
    }
    parsed = as_parsed(text)
    if (ordered := following(parsed)) != parsed:
        with suppress(SyntaxError):  # told below, with the places of the text as it was given
            return store.query(ordered, **options)
    try:
        return store.query(parsed, **options)
    except SyntaxError as error:
        raise unreadable(error, text, source="the query", prologue=prologue) from error


def kept_answer(answer: Answer) -> Callable[[], Answer]:
    """Return what gives an answer as often as it is wanted; pyoxigraph's are read once."""
    if isinstance(answer, QueryBoolean):
        return lambda: answer
    if isinstance(answer, QuerySolutions):
        told = answer.serialize(format=QueryResultsFormat.JSON)
        return lambda: parse_query_results(told, format=QueryResultsFormat.JSON)
    triples = Store()
    triples.extend(Quad(*triple) for triple in answer)
    return lambda: triples.query("CONSTRUCT WHERE { ?s ?p ?o }")


def dataset(
    text: str,
    prologue: Prologue,
    default_graph: Iterable[GraphName] | None,
    named_graphs: Iterable[NamedNode] | None,
) -> tuple[list[GraphName] | None, list[NamedNode] | None]:
    """Return the graphs that a query merges and those that it names; None stands for all.

    Graphs given here take the place of the query's own FROM and FROM NAMED.
    """
    if default_graph is None and named_graphs is None:
        stated = dataset_of(text, prologue)
        if stated is not None:
            default_graph, named_graphs = stated
    default = None if default_graph is None else list(dict.fromkeys(default_graph))
    return default, None if named_graphs is None else list(dict.fromkeys(named_graphs))


def _merged(store: Store, default: list[GraphName], named: list[NamedNode] | None) -> Store:
    merged = Store()
    for name in default:
        merged.extend(
            Quad(quad.subject, quad.predicate, quad.object, DEFAULT_GRAPH)
            for quad in store.quads_for_pattern(None, None, None, name)
        )
    for graph in store.named_graphs() if named is None else named:
        merged.extend(store.quads_for_pattern(None, None, None, graph))
    return merged
