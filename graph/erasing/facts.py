"""Which statements tell who a person is, and what is left of them once the person is erased."""

from __future__ import annotations

import re
import secrets
from functools import cached_property
from itertools import permutations
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


_MOST_PARTS = 4
"""A name of more parts is looked for in its own order only: the orders grow too many."""


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
        for known in ("_spelled", "_telling"):
            vars(self).pop(known, None)
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
        """Return a text without the person's names, in whatever order their parts stand."""
        if any(word in text.casefold() for word in self._telling):
            for spelled, instead in self._spelled:
                text = spelled.sub(instead, text)
        for slug, new in self._slugs.items():
            text = text.replace(slug, new)
        return text

    @cached_property
    def _spelled(self) -> list[tuple[re.Pattern[str], str]]:
        """How each name may be written, the longest first, with what takes its place."""
        names = sorted(self._names.items(), key=lambda item: -len(item[0]))
        return [(_in_any_order(name), new) for name, new in names if len(name) >= _SHORTEST_NAME]

    @cached_property
    def _telling(self) -> frozenset[str]:
        """A word of each name, so that most texts are not looked at twice."""
        return frozenset(
            max(name.casefold().split(), key=len)
            for name in self._names
            if len(name) >= _SHORTEST_NAME
        )

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


def _in_any_order(name: str) -> re.Pattern[str]:
    """Return what finds a name whatever the order and the capitals of its parts.

    Example:
        >>> bool(_in_any_order("Raman Salei").search("(SALEI, Raman)"))
        True

    """
    parts = name.split()
    orders = permutations(parts) if len(parts) <= _MOST_PARTS else [parts]
    spelled = (r"[\s,]+".join(map(re.escape, order)) for order in orders)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)", re.IGNORECASE)
