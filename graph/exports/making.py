"""One export: so much of a state, in this form, to a file or to whoever waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import QueryBoolean, QuerySolutions

from graph.errors import UnknownFormat
from graph.formats import CSV, PARQUET, RdfFormat
from graph.lexer import guard
from graph.progress import unwatched
from graph.terms import DEFAULT_GRAPH, NamedNode, Quad

from .answer_rows import cell, write_answer_parquet
from .scopes import everything, of_answer, of_games, of_source, public
from .statements import write_statements
from .table_files import write_table_csv

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import QueryTriples

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.progress import Step
    from graph.rdf import Writable

    from .products import Product
    from .scopes import Scope, Selection


def export(  # noqa: PLR0913 - what is exported, as what, from where to where
    product: Product,
    scope: Scope,
    reader: Reader,
    names: Names,
    out: Writable,
    *,
    step: Step = unwatched,
) -> int:
    """Write an export and return how many statements, rows, or nodes and edges it has.

    Raises:
        NotFound: if there is no such source or Games.
        BadSyntax: if the query cannot be read.
        UnknownFormat: if the form cannot hold this; a part may have been written then.

    """
    if not scope.query:
        return product.write(_selected(scope, reader, names), out, step=step)
    guard(scope.query, source="the query")
    seen = reader if scope.restricted else public(reader, names)
    found = seen.query(scope.query)
    if isinstance(found, QuerySolutions):
        return _rows(product, found, out)
    if isinstance(found, QueryBoolean):
        raise UnknownFormat("ASK has no answer that fills a file.", hint="Use SELECT or CONSTRUCT.")
    if isinstance(product.form, RdfFormat) and product.profile is None:
        prefixes = names.prefixes()
        return write_statements(_quads(found), out, product.form, prefixes=prefixes, step=step)
    return product.write(of_answer(found, reader, names), out, step=step)


def _selected(scope: Scope, reader: Reader, names: Names) -> Selection:
    if scope.source:
        return of_source(reader, names, NamedNode(scope.source))
    if scope.games:
        return of_games(reader, names, scope.games)
    return everything(reader, names, restricted=scope.restricted)


def _quads(found: QueryTriples) -> Iterator[Quad]:
    for said in found:
        yield Quad(said.subject, said.predicate, said.object, DEFAULT_GRAPH)


def _rows(product: Product, found: QuerySolutions, out: Writable) -> int:
    names = [variable.value for variable in found.variables]
    if product.form is CSV:
        rows = ([cell(row[name]) for name in names] for row in found)
        return write_table_csv(names, rows, out, safe=product.safe)
    if product.form is PARQUET:
        return write_answer_parquet(found, out)
    raise UnknownFormat(
        f"The answer to SELECT is a table, which {product.form.name} cannot hold.",
        hint="Use csv or parquet, or ask with CONSTRUCT.",
    )
