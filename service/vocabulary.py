"""The terms of the vocabulary as data: what each means, and to what it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import ontology
from graph.formats import TURTLE
from graph.names import MG, OUTSIDE_PREFIXES, RDF, RDF_TYPE, RDFS, RDFS_LABEL, local_name
from graph.rdf import read_quads
from graph.terms import Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMESPACE = NamedNode(MG.rstrip("#"))
"""The vocabulary as a document, which the address of each term lies in."""

_OWL, _SCHEMA, _SKOS = (OUTSIDE_PREFIXES[key] for key in ("owl", "schema", "skos"))
_COMMENT, _SUB_CLASS = NamedNode(RDFS + "comment"), NamedNode(RDFS + "subClassOf")
_DOMAIN, _RANGE = (NamedNode(_SCHEMA + end) for end in ("domainIncludes", "rangeIncludes"))
_IN_SCHEME = NamedNode(_SKOS + "inScheme")
_KINDS = {
    _OWL + "Class": "class",
    RDF + "Property": "property",
    _SKOS + "Concept": "word",
    _SKOS + "ConceptScheme": "list of words",
}
_MATCHES = {
    NamedNode(f"{_SKOS}{end}Match"): words
    for end, words in (
        ("exact", "the same as"),
        ("close", "close to"),
        ("broad", "narrower than"),
        ("narrow", "wider than"),
        ("related", "related to"),
    )
}


@dataclass(frozen=True, slots=True)
class Word:
    """One term of the vocabulary.

    Attributes:
        iri: its address.
        kind: class, property, word (one that a property can have as its value) or list of words.
        label: what it is called, in English.
        comment: what it means, in a sentence.
        domains: of a property, the classes of what can have it.
        ranges: of a property, the classes or datatypes of its values.
        wider: of a class, those that it is a part of.
        schemes: of a word, the lists that it is in.
        matches: terms of other vocabularies, and how they stand to it.

    """

    iri: str
    kind: str
    label: str
    comment: str
    domains: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()
    wider: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    matches: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The end of the address."""
        return self.iri.removeprefix(MG)


@cache
def words() -> Mapping[str, Word]:
    """Return each term of the vocabulary by its IRI, in the order of kinds and names.

    Example:
        >>> words()["https://w3id.org/medalgraph/ns#Gold"].label
        'gold'

    """
    said: dict[NamedNode, list[Quad]] = {}
    for quad in stated():
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(MG):
            said.setdefault(quad.subject, []).append(quad)
    found = [_word(node, quads) for node, quads in said.items()]
    kinds = list(_KINDS.values())
    found.sort(key=lambda word: (kinds.index(word.kind), word.name.lower()))
    return {word.iri: word for word in found}


@cache
def stated() -> tuple[Quad, ...]:
    """Return every statement of the vocabulary."""
    quads: list[Quad] = []
    for text in ontology.texts().values():
        quads += read_quads(BytesIO(text.encode()), format=TURTLE, base_iri=NAMESPACE.value)
    return tuple(quads)


def label_of(node: NamedNode) -> str:
    """Return what the vocabulary calls a class or word of its own; nothing for any other node.

    A property is told by its prefixed name, by which queries know it.
    """
    word = words().get(node.value) if node.value.startswith(MG) else None
    return word.label if word and word.kind != "property" else ""


def uses_of(word: Word) -> tuple[Word, ...]:
    """Return the terms that name this one: its properties, the words of a list, and so on."""
    return tuple(
        other
        for other in words().values()
        if word.iri in (*other.domains, *other.ranges, *other.schemes, *other.wider)
    )


def _word(node: NamedNode, quads: list[Quad]) -> Word:
    def ends(predicate: NamedNode) -> tuple[str, ...]:
        return tuple(_text(quad) for quad in quads if quad.predicate == predicate)

    [kind] = [_KINDS[end] for end in ends(RDF_TYPE) if end in _KINDS]
    return Word(
        node.value,
        kind,
        label=next(iter(ends(RDFS_LABEL)), local_name(node)),
        comment=" ".join(ends(_COMMENT)),
        domains=ends(_DOMAIN),
        ranges=ends(_RANGE),
        wider=ends(_SUB_CLASS),
        schemes=ends(_IN_SCHEME),
        matches=tuple(
            (_MATCHES[quad.predicate], _text(quad)) for quad in quads if quad.predicate in _MATCHES
        ),
    )


def _text(quad: Quad) -> str:
    said = quad.object
    return said.value if isinstance(said, Literal | NamedNode) else str(said)
