"""Which statements tell who a person is, and what is left of them once the person is erased."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from graph.names import RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, mg
from graph.terms import Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.terms import Term

_NAMES = (RDFS_LABEL, SKOS_ALT_LABEL)
_LINKS = (mg("person"), mg("athlete"))
_HEALTH = mg("sportClass")
_SHORTEST_NAME = 5
"""A shorter name is too likely a part of another word to be looked for in texts."""


class Eraser:
    """What becomes of each statement when one person is erased.

    Of statements about the person the type stays, and a label that tells nobody. The last
    part of the person's IRI, which spells the name, is replaced in every IRI by one made by
    chance. The sport class of the person's entries and parts is a fact of health, and goes.
    Names in other texts are replaced. Different statements stay different.

    Args:
        person: who.
        former: addresses that lead to the person since a merge, which spell names too.

    """

    def __init__(self, person: NamedNode, former: Iterable[NamedNode] = ()) -> None:
        self.person = person
        self.addresses = frozenset({person, *former})
        self._slugs = {
            address.value.rpartition("/")[2]: f"erased-{secrets.token_hex(6)}"
            for address in sorted(self.addresses, key=lambda one: (-len(one.value), one.value))
        }
        slugs = "|".join(map(re.escape, self._slugs))
        self._in_iri = re.compile(rf"(?<=[/-])(?:{slugs})(?=$|[-/#])")
        self._names: dict[str, str] = {}
        self._theirs: set[object] = set()
        self.statements = 0

    @property
    def new_iri(self) -> NamedNode:
        """What stands for the person from now on."""
        return NamedNode(self._replaced(self.person.value))

    def learn(self, quads: Iterable[Quad]) -> None:
        """Take note of the person's names and of what is theirs; do so with all states first."""
        for quad in quads:
            if quad.subject in self.addresses:
                self.statements += 1
                if quad.predicate in _NAMES and isinstance(quad.object, Literal):
                    self._names.setdefault(
                        quad.object.value, f"Erased person {len(self._names) + 1}"
                    )
            elif quad.predicate in _LINKS and quad.object in self.addresses:
                self._theirs.add(quad.subject)

    def quad(self, quad: Quad) -> Quad | None:
        """Return what a statement becomes; None if it goes."""
        if quad.subject in self.addresses and quad.predicate not in (RDF_TYPE, RDFS_LABEL):
            return None
        if quad.predicate == _HEALTH and quad.subject in self._theirs:
            return None
        return Quad(*(self._term(term) for term in quad))  # type: ignore[arg-type] # four terms of the same kinds

    def text(self, text: str) -> str:
        """Return a text without the person's names."""
        for name, instead in sorted(self._names.items(), key=lambda item: -len(item[0])):
            if len(name) >= _SHORTEST_NAME:
                text = text.replace(name, instead)
        for slug, new in self._slugs.items():
            text = text.replace(slug, new)
        return text

    def _replaced(self, iri: str) -> str:
        return self._in_iri.sub(lambda found: self._slugs[found[0]], iri)

    def _term(self, term: Term) -> Term:
        if isinstance(term, NamedNode) and any(slug in term.value for slug in self._slugs):
            return NamedNode(self._replaced(term.value))
        if isinstance(term, Literal):
            changed = self.text(term.value)
            if changed != term.value:
                return (
                    Literal(changed, language=term.language)
                    if term.language
                    else Literal(changed, datatype=term.datatype)
                )
        return term
