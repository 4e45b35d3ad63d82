"""The one place where terms of rdflib become terms of the house, and the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rdflib

from graph.terms import BlankNode, Literal, NamedNode

if TYPE_CHECKING:
    from rdflib.term import Node

    from graph.terms import Term


def to_rdflib(term: Term) -> Node:
    """Return a term of the house as one of rdflib, with its text as it is written.

    Example:
        >>> to_rdflib(Literal("Gold", language="en"))
        rdflib.term.Literal('Gold', lang='en')

    """
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == XSD_STRING:
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=term.datatype.value, normalize=False)


def from_rdflib(term: Node) -> Term:
    """Return a term of rdflib as one of the house.

    Example:
        >>> from_rdflib(rdflib.URIRef("https://w3id.org/medalgraph/ns#Gold"))
        <NamedNode value=https://w3id.org/medalgraph/ns#Gold>

    """
    if isinstance(term, rdflib.Literal):
        if term.language:
            return Literal(str(term), language=term.language)
        datatype = NamedNode(str(term.datatype)) if term.datatype else None
        return Literal(str(term), datatype=datatype)
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    return NamedNode(str(term))


XSD_STRING = Literal("").datatype
