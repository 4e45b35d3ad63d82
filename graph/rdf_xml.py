"""RDF/XML that every XML parser reads and that gives back the same literals.

pyoxigraph's own writer makes elements without a name of properties that no XML name fits,
and leaves carriage returns to be lost; so the few lines of markup are written here.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from .errors import UnknownFormat
from .names import RDF, XSD
from .terms import BlankNode, Literal, NamedNode
from .xml_text import xml_quoted, xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .terms import Quad

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MORE = _START + "\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"
_NAME = re.compile(f"[{_START}][{_MORE}]*")
_NAME_AT_END = re.compile(f"[{_START}][{_MORE}]*$")
_OTHERS = "Use turtle, trig, ntriples, nquads or jsonld, which can hold it."


def rdf_xml(quads: Iterable[Quad], *, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of an RDF/XML document; neighbours of one subject share an element.

    Raises:
        UnknownFormat: for a character or a property that XML cannot carry.

    """
    declared = {**prefixes, "rdf": RDF}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for prefix, namespace in sorted(declared.items()):
        yield f'\n    xmlns:{prefix}="{_quoted(namespace)}"'
    yield ">\n"
    spaces = {namespace: prefix for prefix, namespace in declared.items()}
    for subject, about in groupby(quads, key=lambda quad: quad.subject):
        yield f"  <rdf:Description {_node('about', subject)}>\n"
        for quad in about:
            yield _property(quad, spaces)
        yield "  </rdf:Description>\n"
    yield "</rdf:RDF>\n"


def _property(quad: Quad, spaces: Mapping[str, str]) -> str:
    name, declaration = _element(quad.predicate.value, spaces)
    value = quad.object
    if isinstance(value, Literal):
        return f"    <{name}{declaration}{_kind(value)}>{_text(value.value)}</{name}>\n"
    return f"    <{name}{declaration} {_node('resource', value)}/>\n"


def _element(predicate: str, spaces: Mapping[str, str]) -> tuple[str, str]:
    """Return the element name of a property, and the namespace to declare with it, if any."""
    found = _NAME_AT_END.search(predicate)
    if found is None or found.start() == 0:
        raise UnknownFormat(
            f"RDF/XML cannot name the property <{predicate}>: it ends in no XML name.",
            hint=_OTHERS,
        )
    for namespace, prefix in spaces.items():
        if predicate.startswith(namespace) and _NAME.fullmatch(predicate, len(namespace)):
            return f"{prefix}:{predicate[len(namespace) :]}", ""
    return found[0], f' xmlns="{_quoted(predicate[: found.start()])}"'


def _kind(literal: Literal) -> str:
    if literal.language:
        return f' xml:lang="{_quoted(literal.language)}"'
    if literal.datatype.value == XSD + "string":
        return ""
    return f' rdf:datatype="{_quoted(literal.datatype.value)}"'


def _node(position: str, node: object) -> str:
    if isinstance(node, NamedNode):
        return f'rdf:{position}="{_quoted(node.value)}"'
    if isinstance(node, BlankNode):
        return f'rdf:nodeID="b{node.value}"'
    raise UnknownFormat(f"RDF/XML cannot hold {node}.", hint=_OTHERS)


def _text(text: str) -> str:
    return xml_text(text, form="RDF/XML", others=_OTHERS)


def _quoted(text: str) -> str:
    return xml_quoted(text, form="RDF/XML", others=_OTHERS)
