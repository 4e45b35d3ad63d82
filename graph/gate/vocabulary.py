"""Words of the vocabulary: a misspelled one is found, and the nearest known one named."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ontology
from graph.names import MG, RDFS_LABEL, SHAPES
from graph.terms import NamedNode

from .report import Problem
from .turtle import Statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.engines.base import Reader
    from graph.terms import Quad, Term

KNOWN_TERM = SHAPES + "KnownTerm"
"""The name that this check has in reports; no shape of SHACL can say it."""

_PREDICATES = "SELECT DISTINCT ?word WHERE { ?s ?word ?o }"
_OBJECTS = f"""SELECT DISTINCT ?word WHERE {{
  ?s ?p ?word FILTER(isIRI(?word) && STRSTARTS(STR(?word), "{MG}")) }}"""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the medalgraph namespace.

    Attributes:
        words: each IRI that the ontology defines.
        labels: what each is called.

    """

    words: frozenset[str]
    labels: Mapping[Term, str] = field(default_factory=dict)

    @classmethod
    def of_ontology(cls) -> Vocabulary:
        """Return the words of the ontology that comes with the program."""
        return cls.of_turtle(*ontology.texts().values())

    @classmethod
    def of_turtle(cls, *texts: str) -> Vocabulary:
        """Return the words that Turtle texts describe.

        Example:
            >>> text = "<https://w3id.org/medalgraph/ns#gold> <urn:p> 1 ."
            >>> sorted(Vocabulary.of_turtle(text).words)
            ['https://w3id.org/medalgraph/ns#gold']

        """
        labels: dict[Term, str] = {}
        for said in (Statements(text, source="the ontology") for text in texts):
            mine = (t for t in said.subjects() if isinstance(t, NamedNode))
            labels |= {t: said.text(t, RDFS_LABEL) for t in mine if t.value.startswith(MG)}
        words = frozenset(term.value for term in labels)
        return cls(words, {term: label for term, label in labels.items() if label})

    def problems(self, quads: Iterable[Quad]) -> Iterator[Problem]:
        """Yield one Violation for each use of an unknown word as a property or a value."""
        for quad in quads:
            words: tuple[Term, ...] = (quad.predicate, quad.object)  # type: ignore[assignment] # no quoted triples
            for word in words:
                if self.misses(word):
                    yield self._problem(quad, word)

    def misses(self, word: Term) -> bool:
        """Tell whether this is a word of the namespace that the ontology does not have."""
        return (
            isinstance(word, NamedNode)
            and word.value.startswith(MG)
            and word.value not in self.words
        )

    def problems_with(self, used: Iterable[Term], reader: Reader) -> Iterator[Problem]:
        """Yield one Violation for each use of an unknown word in any source.

        Args:
            used: what is a property or a value in the record.
            reader: where each use of a word is looked up.

        """
        for word in sorted({word for word in used if self.misses(word)}, key=str):
            for quad in (*reader.quads(None, word, None), *reader.quads(None, None, word)):  # type: ignore[arg-type] # words are IRIs
                yield self._problem(quad, word)

    def _problem(self, quad: Quad, word: Term) -> Problem:
        name = word.value.removeprefix(MG)
        return Problem(
            severity="Violation",
            message=f"mg:{name} is not a word of the vocabulary.{self._advice(name)}",
            focus=quad.subject,  # type: ignore[arg-type] # no quoted triples
            path=quad.predicate.value,
            value=None if word == quad.predicate else word,
            shape=KNOWN_TERM,
            graph=quad.graph_name if isinstance(quad.graph_name, NamedNode) else None,
        )

    def _advice(self, name: str) -> str:
        names = [word.removeprefix(MG) for word in sorted(self.words)]
        lower = {known.lower(): known for known in names}
        near = difflib.get_close_matches(name, names, n=1) or [
            lower[found] for found in difflib.get_close_matches(name.lower(), lower, n=1)
        ]
        if near:
            return f" Did you mean mg:{near[0]}?"
        return " Use a word of the vocabulary, or one of another namespace."
