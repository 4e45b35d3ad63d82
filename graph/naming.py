"""What a thing is called where sources differ: one answer for tables, audits and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .names import RDFS_LABEL, local_name
from .sources import PRIORITY, UNRANKED
from .terms import Literal

if TYPE_CHECKING:
    from .engines.base import Reader
    from .terms import NamedNode, Subject, Term

ENGLISH = "en"


class Naming:
    """Chooses among the names that sources give, with the trust of each source read once.

    A name in the language asked for comes before an English one, that before one without a
    language, and that before any other; among equals the most trusted source names it.

    Args:
        reader: the state.
        language: the tag of the language asked for (``az``; ``pt`` takes ``pt-BR`` too).

    """

    def __init__(self, reader: Reader, language: str = ENGLISH) -> None:
        self._reader, self._language = reader, language.lower()
        self._trust: dict[object, int] = {}

    def name(self, node: Term, *, naming: tuple[NamedNode, ...] = (RDFS_LABEL,)) -> str:
        """Return what a node is called, by the first property that says so; else nothing."""
        return next(filter(None, (self.text(node, predicate) for predicate in naming)), "")

    def label(self, node: Term) -> str:
        """Return what a node is called, else the end of its IRI."""
        return self.name(node) or local_name(node)

    def text(self, subject: Term | Subject, predicate: NamedNode) -> str:
        """Return the one text of a property that is chosen; an empty one if there is none."""
        said = [
            (quad.object, quad.graph_name)
            for quad in self._reader.quads(subject, predicate)  # type: ignore[arg-type]
            if isinstance(quad.object, Literal)
        ]
        if len(said) > 1:
            said.sort(key=lambda one: self._order(one[0], one[1]))
        return said[0][0].value if said else ""

    def _order(self, text: Literal, graph: object) -> tuple[int, int, str, str, str]:
        told = text.language or ""
        return self._distance(told), self._trusted(graph), str(graph), told, text.value

    def _distance(self, told: str) -> int:
        """Return how far the language of a text is from the one asked for."""
        language = told.lower()
        wanted = (self._language, ENGLISH)
        for place, tag in enumerate(wanted):
            if language == tag or language.startswith(f"{tag}-"):
                return place
        return len(wanted) + bool(language)

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
