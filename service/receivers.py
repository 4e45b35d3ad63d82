"""Awards and entries in words, since no source names them: medal and event, athletes and nation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.derived import AWARD, MEDAL
from graph.names import RDF_TYPE, local_name, mg
from graph.naming import Naming
from graph.terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.engines.base import Reader
    from graph.terms import Term

_NAMED = 3
"""How many members of a team are named."""


class Receivers:
    """Says which medal an award is, and who an entry is.

    Args:
        reader: the state.
        languages: those in which people and events are named, the best first.

    """

    def __init__(self, reader: Reader, languages: Sequence[str] = ()) -> None:
        self._reader, self._naming = reader, Naming(reader, languages)

    def words(self, node: Term) -> str:
        """Return an award or an entry in words; nothing for anything else."""
        if not isinstance(node, NamedNode):
            return ""
        kinds = self._objects(node, RDF_TYPE)
        if AWARD in kinds:
            return self._award(node)
        return self._entry(node) if mg("Entry") in kinds else ""

    def _award(self, node: Term) -> str:
        """Return the medal of an award, as in ``Gold, Men's High Jump, 2012 Summer Olympics``."""
        events = self._objects(node, mg("event"))
        games = [each for event in events for each in self._objects(event, mg("games"))]
        medals = [local_name(medal) for medal in self._objects(node, MEDAL)]
        return ", ".join(dict.fromkeys([*medals, *map(self._naming.label, [*events, *games])]))

    def _entry(self, node: Term) -> str:
        """Return who an entry is, as in ``Erik Kynard (USA)``."""
        people = [
            self._naming.label(each)
            for link in ("athlete", "guide")
            for each in self._objects(node, mg(link))
        ]
        own = self._naming.name(node)
        names = sorted(dict.fromkeys(people))
        shown = ", ".join(names[:_NAMED])
        if more := len(names) - _NAMED if len(names) > _NAMED else 0:
            shown += f" and {more} more"
        nations = ", ".join(map(local_name, self._objects(node, mg("nation"))))
        called = ": ".join(part for part in (own, shown) if part)
        return f"{called} ({nations})" if called and nations else called or nations

    def _objects(self, node: Term, predicate: Term) -> list[Term]:
        quads = self._reader.quads(node, predicate)  # type: ignore[arg-type] # nodes
        return sorted({quad.object for quad in quads}, key=str)  # type: ignore[misc] # no quoted triples
