"""JSON-LD that people like to read: the house prefixes, and a line for each property of a node.

pyoxigraph's own writer knows no context. Everything stands in one list, with each graph that has
a name as one item of it, so a document can grow as long as its statements come in order.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from .errors import UnknownFormat
from .names import RDF_TYPE, XSD
from .terms import DEFAULT_GRAPH, Literal, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .terms import Quad

Value: TypeAlias = str | int | bool | dict[str, str]

_ENDS_A_PREFIX = frozenset(":/?#[]@")
"""What the namespace of a prefix has to end in (JSON-LD 1.1, 4.1.5)."""
_STRING = XSD + "string"
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""Integers whose text, and whose value in every reader of JSON, is the one that is written."""
_OTHERS = "Use turtle, trig, ntriples or nquads."


def json_ld(quads: Iterable[Quad], *, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the parts of a document; neighbours of one graph, subject or property are joined.

    Raises:
        UnknownFormat: for a statement about a statement.

    """
    spell = _Spelling({name: space for name, space in sorted(prefixes.items()) if _fits(space)})
    yield f'{{\n"@context": {json.dumps(spell.prefixes, indent=2)},\n"@graph": ['
    comma = ""
    for graph, inside in groupby(quads, key=lambda quad: quad.graph_name):
        is_named = graph != DEFAULT_GRAPH
        if is_named:
            yield f'{comma}\n{{{_named(graph, spell)},\n"@graph": ['
            comma = ""
        for _, about in groupby(inside, key=lambda quad: quad.subject):
            yield f"{comma}\n{_node(list(about), spell)}"
            comma = ","
        yield "\n]}" if is_named else ""
    yield "\n]\n}\n"


def _fits(space: str) -> bool:
    return space[-1:] in _ENDS_A_PREFIX


def _named(term: object, spell: _Spelling) -> str:
    """Return the members that name a node or a graph."""
    spell, context = spell.without(_clashes([term], spell))
    return f'{context}"@id": {_text(spell.id(term))}'


def _node(about: list[Quad], spell: _Spelling) -> str:
    terms = [term for quad in about for term in (quad.subject, quad.predicate, quad.object)]
    spell, context = spell.without(_clashes(terms, spell))
    lines = [f'{context}"@id": {_text(spell.id(about[0].subject))}']
    for (predicate, is_type), quads in groupby(about, key=_key):
        key = "@type" if is_type else spell.iri(predicate.value)
        write = spell.id if is_type else spell.value
        values = [write(quad.object) for quad in quads]
        lines.append(f"{_text(key)}: {_text(values[0] if len(values) == 1 else values)}")
    return "{" + ",\n  ".join(lines) + "}"


def _key(quad: Quad) -> tuple[NamedNode, bool]:
    # A type that is a text is legal RDF, but @type takes none.
    return quad.predicate, quad.predicate == RDF_TYPE and not isinstance(quad.object, Literal)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _clashes(terms: Iterable[object], spell: _Spelling) -> frozenset[str]:
    """Return the prefixes that stand before the colon of an IRI which has to be written whole."""
    found = set()
    for term in terms:
        about = term.datatype if isinstance(term, Literal) else term
        if isinstance(about, NamedNode):
            whole = spell.iri(about.value)
            scheme, _, rest = whole.partition(":")
            # A reader takes what begins with two slashes for an IRI (JSON-LD 1.1 API, 5.2.2).
            if whole == about.value and scheme in spell.prefixes and not rest.startswith("//"):
                found.add(scheme)
    return frozenset(found)


class _Spelling:
    """How terms are written with these prefixes."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = prefixes
        self._spaces = sorted(((s, p) for p, s in prefixes.items()), key=lambda one: -len(one[0]))
        self.iri = lru_cache(maxsize=1 << 14)(self._iri)

    def without(self, clashes: frozenset[str]) -> tuple[_Spelling, str]:
        """Return a spelling without some prefixes, and the context of a node that unsets them."""
        if not clashes:
            return self, ""
        kept = {name: space for name, space in self.prefixes.items() if name not in clashes}
        unset = dict.fromkeys(sorted(clashes))
        return _Spelling(kept), f'"@context": {_text(unset)},\n  '

    def id(self, term: object) -> str:
        """Return what names a node.

        Raises:
            UnknownFormat: for a statement about a statement.

        """
        if isinstance(term, Triple):
            raise UnknownFormat("JSON-LD holds no statement about a statement.", hint=_OTHERS)
        return self.iri(term.value) if isinstance(term, NamedNode) else str(term)

    def value(self, term: object) -> Value:
        """Return the value of a property."""
        return self._literal(term) if isinstance(term, Literal) else {"@id": self.id(term)}

    def _literal(self, literal: Literal) -> Value:
        text, datatype = literal.value, literal.datatype.value
        if literal.language:
            told = {"@value": text, "@language": literal.language}
            return told | ({"@direction": str(literal.direction)} if literal.direction else {})
        if datatype == _STRING:
            return text
        if datatype == XSD + "integer" and _INTEGER.fullmatch(text):
            return int(text)
        if datatype == XSD + "boolean" and text in ("true", "false"):
            return text == "true"
        return {"@value": text, "@type": self.iri(datatype)}

    def _iri(self, iri: str) -> str:
        for space, prefix in self._spaces:
            rest = iri[len(space) :]
            if rest and iri.startswith(space) and not rest.startswith("//"):
                return f"{prefix}:{rest}"
        return iri
