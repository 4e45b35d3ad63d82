"""The store described for programs, in step with its newest snapshot: counts, schema, examples.

Three graphs that nobody wrote: ``{base}/about/void``, ``/about/schema`` and ``/about/examples``.
They are no sources, and plain queries see nothing of them. A query sees them, and nothing else, if
it names one of them, or a word of the vocabularies in which only they are written.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from flask import request, url_for

from graph.exports.counting import Counts
from graph.exports.schema import PREFIXES as SCHEMA_PREFIXES
from graph.exports.schema import labels_of, prefixes, shapes, vocabulary
from graph.exports.void import DCAT, SD, VOID, VOID_EXT, Addresses, Download, describe
from graph.exports.void import PREFIXES as VOID_PREFIXES
from graph.names import OUTSIDE_PREFIXES, RDF_TYPE, RDFS, SH
from graph.terminals import Kind
from graph.terms import Literal, NamedNode, Quad, Triple

from .examples import EXAMPLES, KEYWORDS
from .faults import WorkFault
from .processes.answering import ANYBODY
from .processes.exporting import Kept
from .processes.orders import COUNTS, Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.lexer import Token
    from graph.names import Names

    from .context import Service
    from .wire.sparql import Dataset

SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
PREFIXES = VOID_PREFIXES | SCHEMA_PREFIXES | {"spex": SPEX}
DESCRIPTIONS = ("void", "schema", "examples")
_TELLING = {
    "sh": SH,
    "void": VOID,
    "void-ext": VOID_EXT,
    "sd": SD,
    "dcat": DCAT,
    "spex": SPEX,
}
"""Vocabularies of the descriptions; a source that uses one itself keeps its queries."""
_SCHEMA = OUTSIDE_PREFIXES["schema"]
_COMMENT = NamedNode(RDFS + "comment")


def counts(service: Service) -> Counts:
    """Return what the newest snapshot holds, counted once by a process that may be killed.

    Raises:
        WorkFault: if the counting was turned away, stopped or lost.

    """
    version = service.store.version

    def read() -> Counts:
        found = service.exporter.get(Order(COUNTS), version, ANYBODY)
        content = found.path.read_bytes() if isinstance(found, Kept) else b"".join(found)
        told: dict[str, Any] = json.loads(content)
        return Counts.from_json(told)

    return service.once("counts", version, read)


def description(service: Service, name: str) -> list[Triple]:
    """Return one of the descriptions; see ``DESCRIPTIONS``."""
    names = service.store.names
    if name == "examples":
        return list(_examples(names))
    counted = counts(service)
    if name == "void":
        return list(describe(counted, names, _addresses()))
    known = list(vocabulary())
    return [*known, *prefixes(names), *shapes(counted, names, labels_of(known))]


def descriptions(service: Service) -> list[Quad]:
    """Return all the descriptions, each in its graph."""
    names = service.store.names
    return [
        Quad(said.subject, said.predicate, said.object, names.about(name))
        for name in DESCRIPTIONS
        for said in description(service, name)
    ]


def described_briefly(service: Service) -> Iterator[Triple]:
    """Yield what the description of the endpoint says of its data: counts, prefixes, examples.

    Where the counting was stopped by a limit it does without the counts.
    """
    yield from prefixes(service.store.names)
    yield from description(service, "examples")
    with contextlib.suppress(WorkFault):
        yield from description(service, "void")


def described_for(read: Sequence[Token], dataset: Dataset, version: int, service: Service) -> str:
    """Return the descriptions as N-Quads if a query is about them, else an empty text.

    Only the newest snapshot is described.
    """
    if version != service.store.version or not asks_descriptions(read, dataset, service):
        return ""

    def written() -> str:
        return "".join(f"{quad} .\n" for quad in descriptions(service))

    return service.once(f"described {request.url_root}", version, written)


def asks_descriptions(read: Iterable[Token], dataset: Dataset, service: Service) -> bool:
    """Tell whether a query is one about the store, and not one of its data.

    Args:
        read: the tokens of the query.
        dataset: the graphs that the request names.
        service: whose store it is.

    """
    names = service.store.names
    own = {names.about(name).value for name in DESCRIPTIONS}
    named = {graph.value for graphs in (dataset.default, dataset.named) for graph in graphs or ()}
    if named:
        return bool(named & own)
    words = list(read)
    iris = {token.text[1:-1] for token in words if token.kind is Kind.IRI}
    if iris & own:
        return True
    telling = _told(words)
    return bool(telling) and not any(
        each.property.startswith(space) for each in counts(service).properties for space in telling
    )


def _told(words: Sequence[Token]) -> set[str]:
    """Return the vocabularies of the descriptions of which a query names a word."""
    declared = {"sh": SH}
    found: set[str] = set()
    for place, token in enumerate(words):
        is_declared = place > 0 and words[place - 1].word == "PREFIX"
        if is_declared and place + 1 < len(words):
            declared[token.text[:-1]] = words[place + 1].text[1:-1]
        elif token.kind is Kind.NAME:
            found.add(declared.get(token.text.partition(":")[0], ""))
        elif token.kind is Kind.IRI and not (place > 1 and words[place - 2].word == "PREFIX"):
            found |= {space for space in _TELLING.values() if token.text[1:].startswith(space)}
    return found & set(_TELLING.values())


def _addresses() -> Addresses:
    files = Order("").files()
    return Addresses(
        endpoint=url_for("query.sparql", _external=True),
        page=url_for("downloads.downloads", _external=True),
        downloads=[
            Download(
                url_for("downloads.download", file=name, _external=True),
                name,
                product.media_type,
                name.endswith(".gz"),
            )
            for name, product in files.items()
        ],
    )


def _examples(names: Names) -> Iterator[Triple]:
    """Yield the examples in the form of the SIB SPARQL examples (SHACL-SPARQL executables)."""
    document, endpoint = names.about("examples"), NamedNode(url_for("query.sparql", _external=True))
    for number, example in enumerate(EXAMPLES, start=1):
        node = NamedNode(f"{document.value}#{number}")
        form = example.query.split(maxsplit=1)[0].lower()
        yield Triple(node, RDF_TYPE, _sh("SPARQLExecutable"))
        yield Triple(node, _COMMENT, Literal(example.title, language="en"))
        yield Triple(node, _sh("prefixes"), names.about("schema"))
        yield Triple(node, NamedNode(_SCHEMA + "target"), endpoint)
        for word in KEYWORDS:
            yield Triple(node, NamedNode(_SCHEMA + "keywords"), Literal(word))
        if form == "describe":
            yield Triple(node, RDF_TYPE, NamedNode(SPEX + "SPARQLDescribeExecutable"))
            yield Triple(node, NamedNode(SPEX + form), Literal(example.query))
        else:
            yield Triple(node, RDF_TYPE, _sh(f"SPARQL{form.capitalize()}Executable"))
            yield Triple(node, _sh(form), Literal(example.query))


def _sh(term: str) -> NamedNode:
    return NamedNode(SH + term)
