"""Blank nodes on the wire: as addresses, for SPARQL has no way to name a blank node.

RDF 1.1 (section 3.5) lets a system replace a blank node by a "Skolem IRI" of its own,
and knows such addresses by ``/.well-known/genid/``. The label is the end of the address,
so that the same node comes back.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from graph.errors import BadTerm
from graph.terms import DEFAULT_GRAPH, BlankNode, NamedNode, Quad

if TYPE_CHECKING:
    from graph.terms import GraphName, Term


class Skolem:
    """Changes blank nodes to addresses and back.

    Args:
        base: the base IRI of the store.

    Example:
        >>> Skolem("https://example.org").outward(BlankNode("b1"))
        <NamedNode value=https://example.org/.well-known/genid/b1>

    """

    def __init__(self, base: str) -> None:
        self.space = f"{base}/.well-known/genid/"

    def outward(self, term: Term) -> Term:
        """Return the term as the engine keeps it."""
        if isinstance(term, BlankNode):
            return NamedNode(self.space + quote(term.value, safe=""))
        return term

    def inward(self, term: Term) -> Term:
        """Return the term that the engine keeps so."""
        if isinstance(term, NamedNode) and term.value.startswith(self.space):
            return BlankNode(unquote(term.value[len(self.space) :]))
        return term

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
        """Return solutions in JSON with blank nodes for what stands for them."""
        if (
            self.space.encode() not in answer
            and self.space.replace("/", "\\/").encode() not in answer
        ):
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
