"""The schema of a state for query builders: the vocabulary, and shapes of what there is.

The shapes say which properties the things of a class have, and what the values are, as counted.
Sparnatural reads them as its configuration (its SHACL profile, https://docs.sparnatural.eu).
They describe, and check nothing: the shapes that check are others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from graph.names import OUTSIDE_PREFIXES, RDF, RDF_TYPE, RDFS_LABEL, SH, XSD, property_words
from graph.terms import BlankNode, Literal, NamedNode, Triple
from ontology import texts

from .void import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.names import Names
    from graph.terms import Object

    from .counting import Counts, PropertyCount

_DASH = "http://datashapes.org/dash#"
_OWL = OUTSIDE_PREFIXES["owl"]
PREFIXES = {"dash": _DASH}
_ANY_URI = NamedNode(XSD + "anyURI")


def vocabulary() -> Iterator[Triple]:
    """Yield the vocabulary of medalgraph."""
    for name, text in texts().items():
        for said in parse(text, format=RdfFormat.TURTLE):
            subject, value = (_apart(name, term) for term in (said.subject, said.object))
            yield Triple(subject, said.predicate, value)  # type: ignore[arg-type] # of the same kinds


def prefixes(names: Names) -> Iterator[Triple]:
    """Yield the prefixes that queries may use without declaring them."""
    document = names.about("schema")
    yield Triple(document, RDF_TYPE, NamedNode(_OWL + "Ontology"))
    yield Triple(document, RDFS_LABEL, Literal("The schema of this store", language="en"))
    for prefix, space in sorted(names.prefixes().items()):
        declared = NamedNode(f"{document.value}#prefix-{prefix}")
        yield Triple(document, _sh("declare"), declared)
        yield Triple(declared, _sh("prefix"), Literal(prefix))
        yield Triple(declared, _sh("namespace"), Literal(space, datatype=_ANY_URI))


def shapes(counts: Counts, names: Names, labels: Mapping[str, str]) -> Iterator[Triple]:
    """Yield a shape for each class that has things with properties.

    Args:
        counts: of the state.
        names: of the store.
        labels: what classes and properties are called, by IRI.

    """
    known = {kind.kind for kind in counts.classes}
    order = sorted(counts.classes, key=lambda kind: (-kind.entities, kind.kind))
    for place, kind in enumerate(order):
        shape = shape_of(names, kind.kind)
        yield Triple(shape, RDF_TYPE, _sh("NodeShape"))
        yield Triple(shape, _sh("targetClass"), NamedNode(kind.kind))
        yield Triple(shape, RDFS_LABEL, Literal(_label(kind.kind, labels), language="en"))
        yield Triple(shape, _sh("order"), Literal(place))
        for number, each in enumerate(kind.properties):
            if each.property == RDF_TYPE.value:
                continue
            part = NamedNode(f"{shape.value}-{number}")
            yield Triple(shape, _sh("property"), part)
            yield from _property(part, each, labels=labels, known=known)


def _property(
    part: NamedNode, each: PropertyCount, *, labels: Mapping[str, str], known: Iterable[str]
) -> Iterator[Triple]:
    yield Triple(part, _sh("path"), NamedNode(each.property))
    yield Triple(part, _sh("name"), Literal(_label(each.property, labels), language="en"))
    if each.property == RDFS_LABEL.value:
        yield Triple(part, NamedNode(_DASH + "propertyRole"), NamedNode(_DASH + "LabelRole"))
    ends: list[tuple[NamedNode, Object]] = [
        (_sh("class"), NamedNode(kind)) for kind, _ in each.classes if kind in known
    ]
    ends += [(_sh("datatype"), NamedNode(iri)) for iri, _ in each.datatypes]
    if not ends:
        yield Triple(part, _sh("nodeKind"), _sh("IRI"))
    elif len(ends) == 1:
        yield Triple(part, *ends[0])
    else:
        yield from _either(part, ends)


def _either(part: NamedNode, ends: list[tuple[NamedNode, Object]]) -> Iterator[Triple]:
    """Yield that one of several holds, as a list (sh:or)."""
    spot, leads = part, _sh("or")
    for number, end in enumerate(ends):
        cell, option = (NamedNode(f"{part.value}-{word}-{number}") for word in ("cell", "or"))
        yield Triple(spot, leads, cell)
        yield Triple(cell, NamedNode(RDF + "first"), option)
        yield Triple(option, *end)
        spot, leads = cell, NamedNode(RDF + "rest")
    yield Triple(spot, leads, NamedNode(RDF + "nil"))


def labels_of(triples: Iterable[Triple]) -> dict[str, str]:
    """Return the English labels that some statements give, by IRI."""
    return {
        said.subject.value: said.object.value
        for said in triples
        if said.predicate == RDFS_LABEL
        and isinstance(said.subject, NamedNode)
        and isinstance(said.object, Literal)
    }


def _label(iri: str, labels: Mapping[str, str]) -> str:
    return labels.get(iri) or property_words(NamedNode(iri))


def _apart(name: str, term: object) -> object:
    """Return a term as it is; a blank node under a label that no other file gives."""
    if not isinstance(term, BlankNode):
        return term
    return BlankNode(f"{name.partition('.')[0]}{term.value}")


def _sh(term: str) -> NamedNode:
    return NamedNode(SH + term)
