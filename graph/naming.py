"""What a thing is called where sources differ: one answer for tables, audits and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .names import RDFS_LABEL, local_name
from .sources import PRIORITY, UNRANKED
from .terms import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .engines.base import Reader
    from .terms import NamedNode, Subject, Term

ENGLISH = "en"


class Naming:
    """Chooses among the names that sources give, with the trust of each source read once.

    A name in a language asked for comes before an English one, that before one without a
    language, and that before any other; among equals the most trusted source names it.

    Args:
        reader: the state.
        languages: the tag of the language asked for, or of several, the best first. ``pt``
            takes ``pt-BR`` too, and ``de-AT`` takes ``de`` before the next one asked for
            (RFC 4647, sections 3.3.1 and 3.4).

    """

    def __init__(self, reader: Reader, languages: str | Sequence[str] = ENGLISH) -> None:
        asked = (languages,) if isinstance(languages, str) else languages
        self._reader = reader
        self._wanted = tuple(dict.fromkeys([*_shortened(asked), ENGLISH]))
        self._trust: dict[object, int] = {}

    def name(self, node: Term, *, naming: tuple[NamedNode, ...] = (RDFS_LABEL,)) -> str:
        """Return what a node is called, by the first property that says so; else nothing."""
        named = self.named(node, naming=naming)
        return named.value if named else ""

    def named(self, node: Term, *, naming: tuple[NamedNode, ...] = (RDFS_LABEL,)) -> Literal | None:
        """Return the name of a node with its language, by the first property that gives one."""
        for predicate in naming:
            chosen = self.chosen(node, predicate)
            if chosen is not None:
                return chosen
        return None

    def label(self, node: Term) -> str:
        """Return what a node is called, else the end of its IRI."""
        return self.name(node) or local_name(node)

    def text(self, subject: Term | Subject, predicate: NamedNode) -> str:
        """Return the one text of a property that is chosen; an empty one if there is none."""
        chosen = self.chosen(subject, predicate)
        return chosen.value if chosen else ""

    def chosen(self, subject: Term | Subject, predicate: NamedNode) -> Literal | None:
        """Return the one text of a property that is chosen, with its language."""
        said = [
            (quad.object, quad.graph_name)
            for quad in self._reader.quads(subject, predicate)  # type: ignore[arg-type]
            # Nobody could read or follow a name of nothing but spaces.
            if isinstance(quad.object, Literal) and quad.object.value.strip()
        ]
        if len(said) > 1:
            said.sort(key=lambda one: self._order(one[0], one[1]))
        return said[0][0] if said else None

    def _order(self, text: Literal, graph: object) -> tuple[int, int, str, str, str]:
        told = text.language or ""
        return self._distance(told), self._trusted(graph), str(graph), told, text.value

    def _distance(self, told: str) -> int:
        return _distance(told, self._wanted)

    def _trusted(self, graph: object) -> int:
        """Return the priority of a source; one that states none comes behind all others."""
        if graph not in self._trust:
            stated = [
                int(quad.object.value)
                for quad in self._reader.quads(graph, PRIORITY)  # type: ignore[arg-type]
                if isinstance(quad.object, Literal) and local_name(quad.graph_name) == "meta"
            ]
            self._trust[graph] = min(stated, default=UNRANKED)
        return self._trust[graph]


def nearest(told: Iterable[str], languages: Sequence[str]) -> str:
    """Return that language of those in which something is named which a reader is shown.

    Example:
        >>> nearest(["de", "en", "fr"], ["pt", "fr-CA"]), nearest(["de", "en"], [])
        ('fr', 'en')

    """
    wanted = tuple(dict.fromkeys([*_shortened(languages), ENGLISH]))
    return min(told, key=lambda tag: (_distance(tag, wanted), tag))


def _distance(told: str, wanted: Sequence[str]) -> int:
    """Return how far the language of a text is from those asked for."""
    language = told.lower()
    for place, tag in enumerate(wanted):
        if language == tag or language.startswith(f"{tag}-"):
            return 2 * place + (language != tag)
    return 2 * len(wanted) + bool(language)


def _shortened(tags: Sequence[str]) -> Iterator[str]:
    """Yield each tag and then its beginnings, as a lookup tries them."""
    for tag in tags:
        parts = tag.lower().split("-")
        for length in range(len(parts), 0, -1):
            # A single letter in a tag belongs to what comes after it (RFC 4647, section 3.4).
            if length == 1 or len(parts[length - 1]) > 1:
                yield "-".join(parts[:length])
