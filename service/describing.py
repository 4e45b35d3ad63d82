"""The store described for programs, in step with its newest snapshot: counts, schema, examples.

Three graphs that nobody wrote: ``{base}/about/void``, ``/about/schema`` and ``/about/examples``.
They are no sources, and plain queries see nothing of them. A query sees them, and nothing else, if
it names one of them, or a word of the vocabularies in which only they are written.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from flask import request, url_for

from graph.exports.counting import Counts
from graph.exports.schema import PREFIXES as SCHEMA_PREFIXES
from graph.exports.schema import labels_of, prefixes, shapes, vocabulary
from graph.exports.void import DCAT, SD, VOID, VOID_EXT, Addresses, Download, describe
from graph.exports.void import PREFIXES as VOID_PREFIXES
from graph.names import OUTSIDE_PREFIXES, RDF_TYPE, RDFS, SH
from graph.terminals import Kind
from graph.terms import DEFAULT_GRAPH, Literal, NamedNode, Triple

from .examples import EXAMPLES, KEYWORDS, offered
from .faults import WorkFault
from .processes.answering import Asker
from .processes.exporting import Kept
from .processes.orders import COUNTS, Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.lexer import Token

    from .context import Service
    from .wire.sparql import Dataset

SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
PREFIXES = VOID_PREFIXES | SCHEMA_PREFIXES | {"spex": SPEX}
DESCRIPTIONS = ("void", "schema", "examples")
_TELLING = (SH, VOID, VOID_EXT, SD, DCAT, SPEX)
"""Vocabularies of the descriptions; a source that uses one itself keeps its queries."""
_SCHEMA = OUTSIDE_PREFIXES["schema"]
_COMMENT = NamedNode(RDFS + "comment")


def counts(service: Service) -> Counts:
    """Return what the newest snapshot holds, counted once by a process that may be killed.

    Raises:
        WorkFault: if the counting was turned away, stopped or lost, or takes longer than a query.

    """
    version = service.store.version

    def read() -> Counts:
        patient = Asker(seconds=service.settings.limits.query_s)
        found = service.exporter.get(Order(COUNTS), version, patient)
        content = found.path.read_bytes() if isinstance(found, Kept) else b"".join(found)
        told: dict[str, Any] = json.loads(content)
        return Counts.from_json(told)

    return service.once("counts", version, read)


def description(service: Service, name: str) -> list[Triple]:
    """Return one of the descriptions; see ``DESCRIPTIONS``."""
    names = service.store.names
    if name == "examples":
        return list(_examples(service))
    counted = counts(service)
    if name == "void":
        return list(describe(counted, names, _addresses()))
    known = list(vocabulary())
    return [*known, *prefixes(names), *shapes(counted, names, labels_of(known))]


def described_briefly(service: Service) -> tuple[list[Triple], bool]:
    """Return what the description of the endpoint says of its data: counts, prefixes, examples.

    Where the counting was stopped by a limit it does without the counts, and tells so.
    """
    said = [*prefixes(service.store.names), *description(service, "examples")]
    try:
        return [*said, *description(service, "void")], True
    except WorkFault:
        return said, False


def described_for(read: Sequence[Token], dataset: Dataset, version: int, service: Service) -> str:
    """Return the descriptions as N-Quads if a query is about them, else an empty text.

    Only the newest snapshot is described. Who asks for prefixes and examples only is not kept
    waiting while the snapshot is counted.

    Args:
        read: the tokens of the query.
        dataset: the graphs that the request names.
        version: the state that the query is of.
        service: whose store it is.

    """
    if version != service.store.version:
        return ""
    spaces = _asked(read, dataset, service)
    if not spaces:
        return ""
    order = Order(COUNTS)
    if spaces <= {SH, SPEX} and service.exporter.kept(order, version) is None:
        service.exporter.prepare(order, version)
        return _written(service, uncounted(service))
    return service.once(
        f"described {request.url_root}",
        version,
        lambda: _written(service, {name: description(service, name) for name in DESCRIPTIONS}),
    )


def uncounted(service: Service) -> dict[str, list[Triple]]:
    """Return what can be said of a store before it is counted."""
    schema = [*vocabulary(), *prefixes(service.store.names)]
    return {"schema": schema, "examples": description(service, "examples")}


def _written(service: Service, told: dict[str, list[Triple]]) -> str:
    names = service.store.names
    return "".join(
        f"{said.subject} {said.predicate} {said.object} {names.about(name)} .\n"
        for name, found in told.items()
        for said in found
    )


def _asked(read: Sequence[Token], dataset: Dataset, service: Service) -> set[str]:
    """Return the vocabularies and descriptions that a query about the store names; else none."""
    own = {service.store.names.about(name).value for name in DESCRIPTIONS}
    named = {graph.value for graphs in (dataset.default, dataset.named) for graph in graphs or ()}
    if named:
        return named & own
    if by_name := own & {token.text[1:-1] for token in read if token.kind is Kind.IRI}:
        return by_name
    words = _told(read)
    return set() if _is_used(words, service) else set(words.values())


def _told(read: Sequence[Token]) -> dict[str, str]:
    """Return the words of the descriptions that a query names, each with its vocabulary."""
    declared, iris = {"sh": SH}, []
    for place, token in enumerate(read):
        before = read[place - 1].word if place else ""
        if before == "PREFIX" and place + 1 < len(read):
            declared[token.text[:-1]] = read[place + 1].text[1:-1]
        elif token.kind is Kind.NAME:
            prefix, _, local = token.text.partition(":")
            iris.append(declared.get(prefix, "") + local)
        elif token.kind is Kind.IRI and not (place > 1 and read[place - 2].word == "PREFIX"):
            iris.append(token.text[1:-1])
    return {iri: space for iri in iris for space in _TELLING if iri.startswith(space)}


def _is_used(words: Iterable[str], service: Service) -> bool:
    """Tell whether a source states anything with one of the words."""
    with service.store.read() as reader:
        for word in map(NamedNode, words):
            found = chain(
                reader.quads(None, word, graph=DEFAULT_GRAPH),
                reader.quads(None, RDF_TYPE, word, graph=DEFAULT_GRAPH),
            )
            if next(found, None) is not None:
                return True
    return False


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


def _examples(service: Service) -> Iterator[Triple]:
    """Yield the examples in the form of the SIB SPARQL examples (SHACL-SPARQL executables)."""
    names, told = service.store.names, offered(service)
    document, endpoint = names.about("examples"), NamedNode(url_for("query.sparql", _external=True))
    for number, example in enumerate(EXAMPLES, start=1):
        if example not in told:
            continue
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
