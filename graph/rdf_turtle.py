"""Turtle and TriG that people like to read and that every reader reads.

Names that would need a backslash are written in full: that is legal either way, but
readers exist that do not know the escapes of prefixed names.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from .names import RDF_TYPE, XSD
from .rdf_nesting import nested
from .terminals import CHARS, START
from .terms import DEFAULT_GRAPH, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .terms import Quad

_INDENT = "    "
_LOCAL = re.compile(rf"[{START}0-9](?:[{CHARS}.]*[{CHARS}])?")
_BARE = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
"""Literals that are written without quotes: their text alone tells their datatype."""


def turtle(quads: Iterable[Quad], *, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the parts of a document; neighbours of one graph, subject or property are joined.

    A node without a name that one statement leads to is written inside it.
    """
    every = list(quads)
    inner = nested(every)
    spell = _Spelling(prefixes, inner)
    for prefix, space in sorted(prefixes.items()):
        yield f"@prefix {prefix}: <{space}> .\n"
    for graph, inside in groupby(every, key=lambda quad: quad.graph_name):
        named = isinstance(graph, NamedNode)
        yield f"\n{spell.term(graph)} {{\n" if named else "\n"
        for subject, about in groupby(inside, key=lambda quad: quad.subject):
            if subject not in inner:
                yield f"{spell.term(subject)} {spell.properties(about)} .\n"
        yield "}\n" if named else ""


class _Spelling:
    """How terms are written with these prefixes, each IRI worked out once.

    Args:
        prefixes: names of namespaces.
        inner: what is said of each node that is written where it stands.

    """

    def __init__(self, prefixes: Mapping[str, str], inner: Mapping[object, Sequence[Quad]]) -> None:
        longest_first = sorted(prefixes.items(), key=lambda item: -len(item[1]))
        self._prefixes = [(space, prefix) for prefix, space in longest_first]
        self._known = {RDF_TYPE: f"<{RDF_TYPE.value}>", DEFAULT_GRAPH: ""}
        self._inner = inner

    def properties(self, quads: Iterable[Quad], depth: int = 1) -> str:
        """Return each property with its values."""
        groups = groupby(quads, key=lambda quad: quad.predicate)
        return f" ;\n{_INDENT * depth}".join(
            f"{'a' if predicate == RDF_TYPE else self.term(predicate)} "
            + ", ".join(self._object(quad.object, depth) for quad in group)
            for predicate, group in groups
        )

    def _object(self, term: object, depth: int) -> str:
        about = self._inner.get(term)
        if about is None:
            return self.term(term)
        if not about:
            return "[]"
        inside, margin = self.properties(about, depth + 1), _INDENT * depth
        return f"[\n{margin}{_INDENT}{inside}\n{margin}]"

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
