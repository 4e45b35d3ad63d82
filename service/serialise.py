"""Answers of the store as bytes of a format, written as they come; an error says why not."""

from __future__ import annotations

from io import BytesIO
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import QueryBoolean, QuerySolutions, parse

from graph.errors import UnknownFormat
from graph.formats import CSV, JSON_LD, RDF_FORMATS, RESULT_FORMATS, TURTLE, XML
from graph.names import OUTSIDE_PREFIXES
from graph.rdf import write_quads
from graph.spreadsheet import write_csv, write_safe_csv
from graph.terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode, Quad

from .wire.faults import NotAcceptable
from .wire.xml_text import Carried

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.formats import RdfFormat, ResultFormat
    from graph.rdf import Writable
    from graph.terms import Term, Triple

EXCEL = "excel"


def write_table(
    found: QuerySolutions | QueryBoolean, out: Writable, form: ResultFormat, *, safe: str = ""
) -> None:
    """Write the answer to SELECT or ASK in a result format, row by row.

    Args:
        found: the answer; a table is read to its end.
        out: where it goes.
        form: how to write it.
        safe: "excel" guards the cells of CSV that a spreadsheet would run.

    Raises:
        NotAcceptable: if the format is XML and a value has a character that it cannot carry.

    """
    if form is CSV and isinstance(found, QuerySolutions) and (safe or len(found.variables) == 1):
        names = [variable.value for variable in found.variables]
        rows = ([_plain(row[name]) for name in names] for row in found)
        (write_safe_csv if safe == EXCEL else write_csv)(names, rows, out)
    elif form is XML:
        carried = Carried(out, others=_others(RESULT_FORMATS, XML))
        found.serialize(cast("IO[bytes]", carried), form.engine)
        carried.end()
    else:
        found.serialize(cast("IO[bytes]", out), form.engine)


def table(found: QuerySolutions | QueryBoolean, form: ResultFormat, *, safe: str = "") -> bytes:
    """Return the answer to SELECT or ASK in a result format; see ``write_table``."""
    out = BytesIO()
    write_table(found, out, form, safe=safe)
    return out.getvalue()


def write_statements(
    found: Iterable[Triple] | Iterable[Quad],
    out: Writable,
    form: RdfFormat,
    *,
    prefixes: Mapping[str, str],
) -> None:
    """Write statements in an RDF format, each once, with the house prefixes that they need.

    TriG and N-Quads tell the graph of each. JSON-LD could, but a program that asks for what is
    said of a thing reads one graph, and would find that one empty.

    Raises:
        NotAcceptable: if the format cannot carry a value or property.

    """
    holds_graphs = form.holds_graphs and form is not JSON_LD
    try:
        quads = (_quad(said, with_graph=holds_graphs) for said in found)
        write_quads(quads, out, format=form, prefixes=prefixes)
    except UnknownFormat as error:
        raise NotAcceptable(str(error), offers=_others(RDF_FORMATS, form)) from error


def statements(
    found: Iterable[Triple] | Iterable[Quad], form: RdfFormat, *, prefixes: Mapping[str, str]
) -> bytes:
    """Return statements in an RDF format; see ``write_statements``."""
    out = BytesIO()
    write_statements(found, out, form, prefixes=prefixes)
    return out.getvalue()


def converted(turtle: str, form: RdfFormat) -> bytes:
    """Return a Turtle document of our own in an RDF format; see ``write_statements``."""
    found = parse(turtle, format=TURTLE.engine)
    return statements(found, form, prefixes=OUTSIDE_PREFIXES)


def _quad(said: Triple | Quad, *, with_graph: bool) -> Quad:
    if with_graph and isinstance(said, Quad):
        return said
    return Quad(said.subject, said.predicate, said.object, DEFAULT_GRAPH)


def _plain(term: Term | object | None) -> str:
    if isinstance(term, BlankNode):
        return str(term)
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _others(forms: Iterable[RdfFormat | ResultFormat], cannot: object) -> list[str]:
    return [form.media_type for form in forms if form is not cannot]
