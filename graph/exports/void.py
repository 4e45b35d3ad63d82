"""The description of a state for programs: VoID, DCAT, and who said how much.

VoID (https://www.w3.org/TR/void/) counts; DCAT (https://www.w3.org/TR/vocab-dcat-3/) says where
it can be had. Partitions of a class link to the classes and datatypes of the values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph.names import OUTSIDE_PREFIXES, RDF_TYPE, RDFS_LABEL, XSD
from graph.terms import Literal, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.names import Names
    from graph.terms import Object, Subject

    from .counting import ClassCount, Counts, PropertyCount, SourceCount

VOID = "http://rdfs.org/ns/void#"
VOID_EXT = "http://ldf.fi/void-ext#"
DCAT = "http://www.w3.org/ns/dcat#"
SD = "http://www.w3.org/ns/sparql-service-description#"
FOAF = "http://xmlns.com/foaf/0.1/"
_DCTERMS, _PROV = OUTSIDE_PREFIXES["dcterms"], OUTSIDE_PREFIXES["prov"]
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
PREFIXES = {"void": VOID, "void-ext": VOID_EXT, "dcat": DCAT, "sd": SD, "foaf": FOAF}


class Download(NamedTuple):
    """A file of the state: where it can be had, what it is, and its media type."""

    address: str
    title: str
    media_type: str
    is_packed: bool


class Addresses(NamedTuple):
    """Where the service that describes itself can be reached, with its files."""

    endpoint: str
    page: str
    downloads: Sequence[Download]


def describe(counts: Counts, names: Names, addresses: Addresses) -> Iterator[Triple]:
    """Yield the description of a state."""
    document, dataset = names.about("void"), _part(names, "dataset")
    yield Triple(document, RDF_TYPE, _void("DatasetDescription"))
    yield Triple(document, NamedNode(FOAF + "primaryTopic"), dataset)
    yield from _said(dataset, _about(counts, names, addresses))
    yield from _said(dataset, _sizes(counts.triples, counts.subjects, counts.objects))
    yield from _partitions(dataset, counts, names)
    for number, download in enumerate(addresses.downloads):
        yield from _distribution(dataset, _part(names, f"download-{number}"), download)
    for source in counts.sources:
        yield from _source(dataset, source, names)


def _about(
    counts: Counts, names: Names, addresses: Addresses
) -> Iterator[tuple[NamedNode, Object]]:
    yield RDF_TYPE, _void("Dataset")
    yield RDF_TYPE, NamedNode(DCAT + "Dataset")
    yield _dcterms("title"), Literal("medalgraph", language="en")
    yield _dcterms("identifier"), Literal(f"snapshot {counts.version}")
    if counts.created:
        yield _dcterms("modified"), Literal(counts.created, datatype=NamedNode(XSD + "dateTime"))
    yield _void("sparqlEndpoint"), NamedNode(addresses.endpoint)
    yield NamedNode(DCAT + "landingPage"), NamedNode(addresses.page)
    yield _void("uriSpace"), Literal(f"{names.base}/id/")
    yield _void("entities"), Literal(counts.entities)
    yield _void("classes"), Literal(len(counts.classes))
    yield _void("properties"), Literal(len(counts.properties))
    for space in sorted({_space(each.property) for each in counts.properties}):
        yield _void("vocabulary"), NamedNode(space)
    for example in counts.examples:
        yield _void("exampleResource"), NamedNode(example)


def _partitions(dataset: Subject, counts: Counts, names: Names) -> Iterator[Triple]:
    for number, each in enumerate(counts.properties):
        part = _part(names, f"property-{number}")
        yield Triple(dataset, _void("propertyPartition"), part)
        yield from _property(part, each)
    for number, kind in enumerate(counts.classes):
        part = _part(names, f"class-{number}")
        yield Triple(dataset, _void("classPartition"), part)
        yield from _class(part, kind, shape_of(names, kind.kind))


def _class(part: NamedNode, kind: ClassCount, shape: NamedNode) -> Iterator[Triple]:
    triples = sum(each.triples for each in kind.properties)
    yield Triple(part, _void("class"), NamedNode(kind.kind))
    yield Triple(part, _void("entities"), Literal(kind.entities))
    yield Triple(part, _void("triples"), Literal(triples))
    # Sparnatural reads here how many things a shape of its configuration has.
    yield Triple(part, _dcterms("conformsTo"), shape)
    for number, each in enumerate(kind.properties):
        inner = NamedNode(f"{part.value}-{number}")
        yield Triple(part, _void("propertyPartition"), inner)
        yield from _property(inner, each)


def _property(part: NamedNode, each: PropertyCount) -> Iterator[Triple]:
    yield Triple(part, _void("property"), NamedNode(each.property))
    yield from _said(part, _sizes(each.triples, each.subjects, each.objects))
    ends = (
        ("class", _void("classPartition"), _void("class"), each.classes),
        ("datatype", _ext("datatypePartition"), _ext("datatype"), each.datatypes),
    )
    for word, leads, names_it, found in ends:
        for number, (iri, triples) in enumerate(found):
            end = NamedNode(f"{part.value}-{word}-{number}")
            yield Triple(part, leads, end)
            yield Triple(end, names_it, NamedNode(iri))
            yield Triple(end, _void("triples"), Literal(triples))


def _distribution(dataset: Subject, node: NamedNode, download: Download) -> Iterator[Triple]:
    address = NamedNode(download.address)
    yield Triple(dataset, NamedNode(DCAT + "distribution"), node)
    yield Triple(dataset, _void("dataDump"), address)
    yield Triple(node, RDF_TYPE, NamedNode(DCAT + "Distribution"))
    yield Triple(node, _dcterms("title"), Literal(download.title, language="en"))
    yield Triple(node, NamedNode(DCAT + "downloadURL"), address)
    media_type = NamedNode(_MEDIA_TYPES + download.media_type)
    yield Triple(node, NamedNode(DCAT + "mediaType"), media_type)
    if download.is_packed:
        packed = NamedNode(_MEDIA_TYPES + "application/gzip")
        yield Triple(node, NamedNode(DCAT + "compressFormat"), packed)


def _source(dataset: Subject, source: SourceCount, names: Names) -> Iterator[Triple]:
    graph = NamedNode(source.graph)
    part = _part(names, f"source-{source.graph.rpartition('/')[2]}")
    yield Triple(dataset, _void("subset"), part)
    yield Triple(graph, NamedNode(SD + "graph"), part)
    yield Triple(part, RDF_TYPE, _void("Dataset"))
    yield Triple(part, RDF_TYPE, NamedNode(SD + "Graph"))
    yield Triple(part, NamedNode(_PROV + "wasDerivedFrom"), graph)
    texts = {"title": source.title, "publisher": source.publisher, "issued": source.issued}
    for term, text in (texts | {"source": source.origin}).items():
        if text:
            yield Triple(part, _dcterms(term), Literal(text))
    statement = NamedNode(f"{part.value}-provenance")
    yield Triple(part, _dcterms("provenance"), statement)
    yield Triple(statement, RDF_TYPE, _dcterms("ProvenanceStatement"))
    yield Triple(statement, RDFS_LABEL, Literal(_provenance(source), language="en"))
    yield Triple(part, _void("entities"), Literal(source.entities))
    yield from _said(part, _sizes(source.triples, source.subjects, source.objects))


def _provenance(source: SourceCount) -> str:
    parts = (source.title, source.publisher, source.issued, source.origin)
    return "What this source says: " + ", ".join(part for part in parts if part)


def _sizes(triples: int, subjects: int, objects: int) -> Iterator[tuple[NamedNode, Object]]:
    yield _void("triples"), Literal(triples)
    yield _void("distinctSubjects"), Literal(subjects)
    yield _void("distinctObjects"), Literal(objects)


def shape_of(names: Names, kind: str) -> NamedNode:
    """Return the shape that describes the things of a class."""
    return NamedNode(f"{names.about('schema').value}#{kind.rpartition('/')[2].replace('#', '-')}")


def _said(node: Subject, facts: Iterable[tuple[NamedNode, Object]]) -> Iterator[Triple]:
    for predicate, value in facts:
        yield Triple(node, predicate, value)


def _part(names: Names, name: str) -> NamedNode:
    return NamedNode(f"{names.about('void').value}#{name}")


def _space(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def _void(term: str) -> NamedNode:
    return NamedNode(VOID + term)


def _ext(term: str) -> NamedNode:
    return NamedNode(VOID_EXT + term)


def _dcterms(term: str) -> NamedNode:
    return NamedNode(_DCTERMS + term)
