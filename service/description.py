"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.formats import RDF_FORMATS, RESULT_FORMATS
from graph.lexer import LIMIT_DEPTH
from graph.names import RDF_TYPE, RDFS, RDFS_LABEL
from graph.search import SEARCH
from graph.terms import BlankNode, Literal, NamedNode, Triple

from .limits import MIB

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.terms import Object, Subject

    from .config import Settings

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_COMMENT = NamedNode(RDFS + "comment")
PREFIXES = {"sd": _SD, "formats": _FORMATS}
_FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
    "trig": "TriG",
    "nquads": "N-Quads",
}
"""The end of the IRI by which https://www.w3.org/ns/formats/ names each format."""


_SEARCHING = (
    'Finds things by name in any script and spelling: ?thing mg:search "name", or'
    ' (?thing ?score ?name ?reasons) mg:search ("name" 10 mg:Person nation:AZE), where the number'
    " is how many at most, and a class, a nation, Games and a sport restrict what is found. The"
    " name is written in the query. The newest state is searched; restricted claims never are."
)


def describe_service(
    endpoint: str, graphs: Sequence[NamedNode], *, settings: Settings
) -> Iterator[Triple]:
    """Yield the description of the endpoint at an address, with the graphs it holds.

    Args:
        endpoint: the address that queries are sent to.
        graphs: the named graphs of the newest state.
        settings: the limits, and whether changes are taken from those who may make them.

    """
    service, dataset, default = BlankNode("service"), BlankNode("dataset"), BlankNode("record")
    yield Triple(service, RDF_TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(endpoint))
    for sentence in limits(settings):
        yield Triple(service, _COMMENT, Literal(sentence, language="en"))
    for predicate, value in _abilities(updates=not settings.read_only):
        yield Triple(service, _sd(predicate), value)
    yield Triple(service, _sd("propertyFeature"), SEARCH)
    yield Triple(SEARCH, RDF_TYPE, _sd("Feature"))
    yield Triple(SEARCH, RDFS_LABEL, Literal("search by name", language="en"))
    yield Triple(SEARCH, _COMMENT, Literal(_SEARCHING, language="en"))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, RDF_TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, RDF_TYPE, _sd("Graph"))
    for number, graph in enumerate(graphs):
        yield from _named_graph(dataset, BlankNode(f"graph{number}"), graph)


def limits(settings: Settings) -> Iterator[str]:
    """Yield a sentence for each limit that a client can meet; SPARQL has no terms for them."""
    most = settings.limits
    yield f"An answer may take {most.query_s:g} seconds, waiting included."
    yield f"A query may take {_mebibytes(most.query_memory_bytes)} of memory."
    yield f"An answer may be {_mebibytes(most.answer_bytes)} long; there is no limit on rows."
    yield (
        f"A query may be {settings.request_limit_bytes:,} bytes long,"
        f" and {settings.address_limit_bytes:,} of them in an address."
    )
    yield f"Brackets may be nested {LIMIT_DEPTH} deep."
    yield (
        f"A client may have {most.readers_of_client} queries running"
        f" and {most.waiting_of_client} waiting."
    )
    yield "SERVICE and LOAD are refused, and no graph is ever fetched."


def _mebibytes(size: int) -> str:
    return f"{size // MIB:,} MiB"


def _abilities(*, updates: bool) -> Iterator[tuple[str, Object]]:
    yield "supportedLanguage", _sd("SPARQL11Query")
    if updates:
        yield "supportedLanguage", _sd("SPARQL11Update")
    yield "feature", _sd("UnionDefaultGraph")
    for form in (*RESULT_FORMATS, *RDF_FORMATS):
        yield "resultFormat", NamedNode(_FORMATS + _FORMAT_NAMES[form.name])
    for form in RDF_FORMATS:
        yield "inputFormat", NamedNode(_FORMATS + _FORMAT_NAMES[form.name])


def _named_graph(dataset: Subject, node: Subject, graph: NamedNode) -> Iterator[Triple]:
    yield Triple(dataset, _sd("namedGraph"), node)
    yield Triple(node, RDF_TYPE, _sd("NamedGraph"))
    yield Triple(node, _sd("name"), graph)


def _sd(term: str) -> NamedNode:
    return NamedNode(_SD + term)
