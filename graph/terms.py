"""The one term type of the house: pyoxigraph's, under names that the rest imports from here.

rdflib's terms are met in one place only, the gate, which converts at its border.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple, Variable

from .errors import BadTerm

Subject: TypeAlias = NamedNode | BlankNode
Object: TypeAlias = NamedNode | BlankNode | Literal
Term: TypeAlias = NamedNode | BlankNode | Literal
GraphName: TypeAlias = NamedNode | DefaultGraph

DEFAULT_GRAPH = DefaultGraph()

_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|^`\\]')

__all__ = [
    "DEFAULT_GRAPH",
    "BlankNode",
    "DefaultGraph",
    "GraphName",
    "Literal",
    "NamedNode",
    "Object",
    "Quad",
    "Subject",
    "Term",
    "Triple",
    "Variable",
    "iri",
]


def iri(text: str) -> NamedNode:
    """Return the IRI that ``text`` spells, after checking its form (RFC 3987).

    Raises:
        BadTerm: with the character or part that an IRI may not have.

    Example:
        >>> iri("https://w3id.org/medalgraph/id/nation/AZE").value
        'https://w3id.org/medalgraph/id/nation/AZE'

    """
    try:
        return NamedNode(text)
    except ValueError as error:
        raise _no_iri(text, error) from error


def _no_iri(text: str, error: ValueError) -> BadTerm:
    found = _FORBIDDEN.search(text)
    if found is None:
        return BadTerm(
            f"<{text}> is not an IRI: {error}",
            value=text,
            hint="An IRI begins with a scheme, such as https://, and has no spaces.",
        )
    wrong = found.group()
    name = "a space" if wrong == " " else repr(wrong)
    return BadTerm(
        f"The address <{text}> holds {name}, which an IRI may not have.",
        value=text,
        hint='Write a space as %20, or use a hyphen; leave out < > " { } | ^ ` \\.',
    )
