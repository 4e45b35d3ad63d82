"""Statements as sentences: what a thing is called that no source names, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.medals.cells import MEASURES
from graph.names import RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, local_name, mg, property_words
from graph.naming import Naming
from graph.sources import CLAIM
from graph.terms import Literal, NamedNode

from .receivers import Receivers
from .vocabulary import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Quad, Term

TALLY, TENURE, PARTICIPATION = mg("Tally"), mg("Tenure"), mg("Participation")
RESULT, DECISION, DELEGATION = mg("Result"), mg("Decision"), mg("Delegation")
_ENTRY, _AWARD, _EVENT, _GAMES = mg("entry"), mg("award"), mg("event"), mg("games")
_PERSON, _ROLE, _NATION, _SPORT = mg("person"), mg("role"), mg("nation"), mg("sport")
_WHERE = (mg("event"), mg("occasion"), _GAMES)
_SCOPE = (_GAMES, _NATION, _SPORT, _PERSON, mg("place"))


class Spoken:
    """Says statements of one state as people would.

    Args:
        reader: the state.
        names: the names of the store.
        languages: those in which things are named, the best first.

    """

    def __init__(self, reader: Reader, names: Names, languages: Sequence[str] = ()) -> None:
        self._reader, self._names = reader, names
        self._naming = Naming(reader, languages)
        self._receivers = Receivers(reader, languages)
        self._called: dict[NamedNode, str] = {}

    def sentence(self, quad: Quad) -> str:
        """Return a statement as a sentence."""
        about, said = self.thing(quad.subject), self.value(quad.object)  # type: ignore[arg-type] # no quoted triples
        if quad.predicate == RDF_TYPE:
            return f"{about} is described as: {said}"
        if quad.predicate == RDFS_LABEL:
            return f"{local_name(quad.subject) or about} is called {said}"
        if quad.predicate == SKOS_ALT_LABEL:
            return f"{about} is also spelled {said}"
        return f"{about}: {self.property(quad.predicate)} {said}"

    def property(self, predicate: NamedNode) -> str:
        """Return a property as people say it."""
        return MEASURES.get(predicate) or property_words(predicate)

    def value(self, term: Term) -> str:
        """Return a value as it stands in a sentence."""
        if isinstance(term, NamedNode):
            return self.thing(term)
        return term.value if isinstance(term, Literal) else "a thing without a name"

    def thing(self, node: Term) -> str:
        """Return what a thing is called; of what has no name, what it is of."""
        if not isinstance(node, NamedNode):
            return "a thing without a name"
        if node not in self._called:
            self._called[node] = self._words(node)
        return self._called[node]

    def _words(self, node: NamedNode) -> str:
        kinds = self.objects(node, RDF_TYPE)
        if found := self._receivers.words(node) or self._naming.name(node):
            return found
        for kind, parts in _PARTS.items():
            if kind in kinds:
                said = [self._part(node, part) for part in parts]
                words = ", ".join(dict.fromkeys(part for part in said if part))
                return words or local_name(node)
        if CLAIM in kinds:
            return "a statement that was set aside"
        return label_of(node) or local_name(node) or node.value

    def _part(self, node: NamedNode, part: NamedNode) -> str:
        return " and ".join(sorted(map(self.value, self.objects(node, part))))

    def objects(self, node: Term, predicate: NamedNode) -> list[Term]:
        """Return what is said of a property of a thing, by whomever."""
        quads = self._reader.quads(node, predicate)  # type: ignore[arg-type] # nodes
        return sorted({quad.object for quad in quads}, key=str)  # type: ignore[misc] # no quoted triples


_PARTS = {
    RESULT: (_ENTRY, _EVENT, mg("phase")),
    DECISION: (mg("action"), _AWARD, mg("date")),
    PARTICIPATION: (_PERSON, _ROLE, *_WHERE, _SPORT),
    TENURE: (_PERSON, _ROLE, mg("organization")),
    DELEGATION: (_NATION, _GAMES),
    TALLY: _SCOPE,
}
"""Of what has no name of its own, the properties by which it is called."""
