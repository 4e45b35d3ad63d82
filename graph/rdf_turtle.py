"""Turtle and TriG that people like to read and that every reader reads.

Names that would need a backslash are written in full: that is legal either way, but
readers exist that do not know the escapes of prefixed names.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from .names import RDF_TYPE, XSD
from .terminals import CHARS, START
from .terms import DEFAULT_GRAPH, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .terms import Quad

_LOCAL = re.compile(rf"[{START}0-9](?:[{CHARS}.]*[{CHARS}])?")
_BARE = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
"""Literals that are written without quotes: their text alone tells their datatype."""


def turtle(quads: Iterable[Quad], *, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the parts of a document; neighbours of one graph, subject or property are joined."""
    spell = _Spelling(prefixes)
    for prefix, space in sorted(prefixes.items()):
        yield f"@prefix {prefix}: <{space}> .\n"
    for graph, inside in groupby(quads, key=lambda quad: quad.graph_name):
        named = isinstance(graph, NamedNode)
        yield f"\n{spell.term(graph)} {{\n" if named else "\n"
        for subject, about in groupby(inside, key=lambda quad: quad.subject):
            properties = " ;\n    ".join(spell.properties(about))
            yield f"{spell.term(subject)} {properties} .\n"
        yield "}\n" if named else ""


class _Spelling:
    """How terms are written with these prefixes, each IRI worked out once."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        longest_first = sorted(prefixes.items(), key=lambda item: -len(item[1]))
        self._prefixes = [(space, prefix) for prefix, space in longest_first]
        self._known = {RDF_TYPE: f"<{RDF_TYPE.value}>", DEFAULT_GRAPH: ""}

    def properties(self, quads: Iterable[Quad]) -> Iterator[str]:
        """Yield each property with its values."""
        for predicate, group in groupby(quads, key=lambda quad: quad.predicate):
            verb = "a" if predicate == RDF_TYPE else self.term(predicate)
            yield f"{verb} {', '.join(self.term(quad.object) for quad in group)}"

    def term(self, term: object) -> str:
        """Return a term as Turtle spells it."""
        if isinstance(term, Literal):
            return self._literal(term)
        if not isinstance(term, NamedNode):
            return str(term)
        if term not in self._known:
            self._known[term] = self._iri(term.value)
        return self._known[term]

    def _iri(self, iri: str) -> str:
        for space, prefix in self._prefixes:
            if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
                return f"{prefix}:{iri[len(space) :]}"
        return f"<{iri}>"

    def _literal(self, literal: Literal) -> str:
        datatype = literal.datatype.value
        if datatype in _BARE and _BARE[datatype].fullmatch(literal.value):
            return literal.value
        if literal.language or datatype == XSD + "string":
            return str(literal)
        return f"{Literal(literal.value)}^^{self.term(literal.datatype)}"
