"""Terms on the wire: blank nodes as addresses, for SPARQL has no way to name a blank node.

RDF 1.1 (section 3.5) lets a system replace a blank node by a "Skolem IRI" of its own,
and knows such addresses by ``/.well-known/genid/``. The label is the end of the address,
so that the same node comes back. Literals that the engine would alter travel in disguise
(``literals``), and all come back as the embedded engine spells them.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from graph.errors import BadTerm
from graph.lexical import REWRITTEN, spelled_literal
from graph.names import XSD
from graph.terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode, Quad

from .literals import SPACE, disguised, undisguised

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.terms import GraphName, Term

_RESPELLED = re.compile(
    "|".join(
        re.escape(datatype[len(XSD) - 1 :]) for datatype in REWRITTEN if datatype != f"{XSD}integer"
    ).encode()
)
"""The end of a datatype whose values engines spell in several ways."""


class Skolem:
    """Changes terms to what the engine keeps, and back.

    Args:
        base: the base IRI of the store.
        is_altered: tells of a literal whether the engine would not give it back as it is.

    Example:
        >>> Skolem("https://example.org", lambda _: False).outward(BlankNode("b1"))
        <NamedNode value=https://example.org/.well-known/genid/b1>

    """

    def __init__(self, base: str, is_altered: Callable[[Literal], bool]) -> None:
        self.space = f"{base}/.well-known/genid/"
        self._is_altered = is_altered

    def outward(self, term: Term) -> Term:
        """Return the term as the engine keeps it."""
        if isinstance(term, BlankNode):
            return NamedNode(self.space + quote(term.value, safe=""))
        if isinstance(term, Literal) and self._is_altered(term):
            return disguised(term)
        return term

    def inward(self, term: Term) -> Term:
        """Return the term that the engine keeps so."""
        if isinstance(term, NamedNode) and term.value.startswith(self.space):
            return BlankNode(unquote(term.value[len(self.space) :]))
        return undisguised(term) if isinstance(term, Literal) else term

    def triple(self, quad: Quad) -> str:
        """Return the statement as SPARQL and N-Triples spell it, with its full stop."""
        subject, value = self.outward(quad.subject), self.outward(quad.object)  # type: ignore[arg-type] # no quoted triples
        return f"{subject} {quad.predicate} {value} ."

    def quad(
        self, subject: Term, predicate: Term, value: Term, graph: GraphName = DEFAULT_GRAPH
    ) -> Quad:
        """Return the statement that the engine gives in these terms."""
        return Quad(self.inward(subject), predicate, self.inward(value), graph)  # type: ignore[arg-type] # as it was kept

    def refuse(self, quad: Quad) -> None:
        """Raise BadTerm for a statement that has one of these addresses as an address."""
        for term in (quad.subject, quad.object):
            if isinstance(term, NamedNode) and term.value.startswith(self.space):
                raise BadTerm(
                    f"The address <{term.value}> stands for a node without a name, and cannot be"
                    " used as the address of anything.",
                    value=term.value,
                    hint="Give the thing another address.",
                )

    def solutions(self, answer: bytes) -> bytes:
        """Return solutions in JSON with each term as it was before it was sent."""
        written = (self.space, SPACE)
        marks = [mark.encode() for space in written for mark in (space, space.replace("/", "\\/"))]
        if _RESPELLED.search(answer) is None and not any(mark in answer for mark in marks):
            return answer
        told = json.loads(answer)
        for row in told.get("results", {}).get("bindings", ()):
            for binding in row.values():
                self._mend(binding)
        return json.dumps(told).encode()

    def _mend(self, binding: dict[str, Any]) -> None:
        if binding.get("type") == "uri" and binding["value"].startswith(self.space):
            binding["type"] = "bnode"
            binding["value"] = unquote(binding["value"][len(self.space) :])
        elif datatype := binding.get("datatype"):
            told = undisguised(Literal(binding["value"], datatype=NamedNode(datatype)))
            value = spelled_literal(told)
            binding |= {"value": value.value, "datatype": value.datatype.value}
