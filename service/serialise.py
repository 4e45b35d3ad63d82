"""Answers of the store as bytes of a format, or an error that says why not; never a part of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import QueryBoolean, QuerySolutions, serialize

from graph.formats import CSV, JSON_LD, N_TRIPLES, RDF_FORMATS, RDF_XML, RESULT_FORMATS, XML
from graph.terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode, Quad

from .wire.spreadsheet import safe_csv
from .wire.xml_text import carried

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
    """Return statements in an RDF format, each once, those of one subject together.

    Raises:
        NotAcceptable: if the format is RDF/XML and it cannot carry a value or property.

    """
    once = list(dict.fromkeys(found))
    if form is not N_TRIPLES:
        once.sort(key=_place)
    written = serialize(once, format=form.engine, prefixes=_used(prefixes, once)) or b""
    if form is RDF_XML:
        return carried(written, others=_others(RDF_FORMATS, RDF_XML))
    if form is JSON_LD and not once:
        return b"[]"
    return written


def placed(found: Iterable[Quad], *, keep_graph: bool) -> Iterable[Quad]:
    """Return quads as statements of one graph, which keeps its name or loses it."""
    if keep_graph:
        return found
    return (Quad(said.subject, said.predicate, said.object, DEFAULT_GRAPH) for said in found)


def _used(prefixes: Mapping[str, str], said: Iterable[Triple | Quad]) -> dict[str, str]:
    """Return the prefixes that the statements have a use for."""
    spaces = {_space(iri) for statement in said for iri in _iris(statement)}
    return {name: space for name, space in prefixes.items() if space in spaces}


def _iris(said: Triple | Quad) -> Iterator[str]:
    graph = said.graph_name if isinstance(said, Quad) else None
    for term in (said.subject, said.predicate, said.object, graph):
        if isinstance(term, NamedNode):
            yield term.value
        elif isinstance(term, Literal):
            yield term.datatype.value


def _space(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def _place(said: Triple | Quad) -> tuple[str, ...]:
    graph = str(said.graph_name) if isinstance(said, Quad) else ""
    return (graph, str(said.subject), str(said.predicate), str(said.object))


def _plain(term: Term | object | None) -> str:
    if isinstance(term, BlankNode):
        return str(term)
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _others(forms: Iterable[RdfFormat | ResultFormat], cannot: object) -> list[str]:
    return [form.media_type for form in forms if form is not cannot]
