"""Answers of the store as bytes of a format, or an error that says why not; never a part of one."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pyoxigraph import QueryBoolean, QuerySolutions

from graph.errors import UnknownFormat
from graph.formats import CSV, RDF_FORMATS, RESULT_FORMATS, XML
from graph.rdf import write_quads
from graph.terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode, Quad

from .wire.faults import NotAcceptable
from .wire.spreadsheet import safe_csv
from .wire.xml_text import carried

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.formats import RdfFormat, ResultFormat
    from graph.terms import Term, Triple

EXCEL = "excel"


def table(found: QuerySolutions | QueryBoolean, form: ResultFormat, *, safe: str = "") -> bytes:
    """Return the answer to SELECT or ASK in a result format.

    Args:
        found: the answer; a table is read to its end.
        form: how to write it.
        safe: "excel" guards the cells of CSV that a spreadsheet would run.

    Raises:
        NotAcceptable: if the format is XML and a value has a character that it cannot carry.

    """
    if form is CSV and safe == EXCEL and isinstance(found, QuerySolutions):
        names = [variable.value for variable in found.variables]
        return safe_csv(names, ([_plain(row[name]) for name in names] for row in found))
    written = found.serialize(format=form.engine) or b""
    if form is XML:
        return carried(written, others=_others(RESULT_FORMATS, XML))
    return written


def statements(
    found: Iterable[Triple] | Iterable[Quad], form: RdfFormat, *, prefixes: Mapping[str, str]
) -> bytes:
    """Return statements in an RDF format, each once, with the house prefixes that they need.

    Raises:
        NotAcceptable: if the format is RDF/XML and it cannot carry a value or property.

    """
    out = BytesIO()
    try:
        write_quads((_quad(said) for said in found), out, format=form, prefixes=prefixes)
    except UnknownFormat as error:
        raise NotAcceptable(str(error), offers=_others(RDF_FORMATS, form)) from error
    return out.getvalue()


def _quad(said: Triple | Quad) -> Quad:
    if isinstance(said, Quad):
        return said
    return Quad(said.subject, said.predicate, said.object, DEFAULT_GRAPH)


def _plain(term: Term | object | None) -> str:
    if isinstance(term, BlankNode):
        return str(term)
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _others(forms: Iterable[RdfFormat | ResultFormat], cannot: object) -> list[str]:
    return [form.media_type for form in forms if form is not cannot]
