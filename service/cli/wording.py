"""Turns terms into words: labels where there are any, short names where there are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.names import RDFS_LABEL, SKOS_ALT_LABEL, XSD
from graph.naming import Naming
from graph.sources import TITLE
from graph.terms import Literal, NamedNode

from .voice import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.engines.base import Reader
    from graph.terms import Quad, Term

# What may follow the colon of a prefixed name without being escaped (SPARQL 1.1, PN_LOCAL).
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")

_PLAIN = {XSD + name for name in ("integer", "decimal", "double", "boolean")}

_NAMING = (RDFS_LABEL, TITLE, SKOS_ALT_LABEL)


def short(term: object, prefixes: Mapping[str, str]) -> str:
    """Return a term as a person reads it: ``nation:AZE``, a text, ``<...>`` for other IRIs.

    Example:
        >>> short(NamedNode("http://ex/ns#Gold"), {"ex": "http://ex/ns#"})
        'ex:Gold'

    """
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return one_line(short_iri(term.value, prefixes))
    if isinstance(term, Literal):
        tag = f" @{term.language}" if term.language else ""
        return one_line(term.value) + tag
    return one_line(str(term))


def short_iri(address: str, prefixes: Mapping[str, str]) -> str:
    """Return ``prefix:name`` where a prefix fits, else the IRI between angle brackets."""
    for prefix, start in prefixes.items():
        if address.startswith(start) and _LOCAL.fullmatch(address, len(start)):
            return f"{prefix}:{address[len(start) :]}"
    return f"<{address}>"


class Wording:
    """Says terms in words, with the labels of one state of the store.

    Args:
        reader: where labels are looked up.
        prefixes: the house prefixes of the store.
        also: statements that are looked at first, for labels that the state no longer has.

    """

    def __init__(
        self, reader: Reader, prefixes: Mapping[str, str], *, also: Iterable[Quad] = ()
    ) -> None:
        self._prefixes = prefixes
        self._labels: dict[Term, str] = {}
        self._naming = Naming(reader)
        for quad in also:
            if quad.predicate == RDFS_LABEL and isinstance(quad.object, Literal):
                self._labels.setdefault(quad.subject, quad.object.value)  # type: ignore[arg-type] # no RDF 1.2 terms

    def label(self, term: Term) -> str:
        """Return the label of a node, or an empty string; English is preferred."""
        if isinstance(term, Literal):
            return ""
        if term not in self._labels:
            self._labels[term] = self._naming.name(term, naming=_NAMING)
        return self._labels[term]

    def short(self, term: Term) -> str:
        """Return a term without its label: a short name, where a prefix fits."""
        return short(term, self._prefixes)

    def of(self, term: Term) -> str:
        """Return a term in words: a text in quotes, a number plain, a node by label and name."""
        if isinstance(term, Literal):
            if term.datatype.value in _PLAIN:
                return one_line(term.value)
            return f'"{one_line(term.value)}"' + (f" @{term.language}" if term.language else "")
        label, name = self.label(term), self.short(term)
        return f"{one_line(label)} ({name})" if label else name
