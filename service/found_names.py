"""What a query looks for by name, found before the query is evaluated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.prologue import house_prologue
from graph.search import Searching, searching

from .answers import asker
from .context import current_service
from .wire.faults import BadRequest

if TYPE_CHECKING:
    from graph.search import Filled


@dataclass(frozen=True, slots=True)
class FoundNames:
    """A query with what it finds by name.

    Attributes:
        query: the query with what was found in it.
        version: the number of the state in which that was found, and in which to evaluate it.
        nothing: each name that nothing is called like.

    """

    query: Filled
    version: int
    nothing: tuple[str, ...]

    def spoken(self, told: dict[str, Any]) -> dict[str, Any]:
        """Return why the query is empty in its author's words instead of those put into it."""
        told["part"] = [self.query.restored(line) for line in told["part"]]
        for hint in told["hints"]:
            hint["query"] = self.query.restored(hint["query"])
        if told["line"]:
            told["column"] = self.query.column(told["line"], told["column"])
        if len(told["part"]) == 1 and "mg:search" in told["part"][0] and self.nothing:
            names = " and nothing ".join(f"is called like {name!r}" for name in self.nothing)
            told["sentence"] = f"Nothing {names}, of what the query asks for."
        return told


def looked_for(text: str, version: int) -> Searching | None:
    """Return what a query looks for by name, or None.

    Args:
        text: the query.
        version: the state that it is for.

    Raises:
        BadSyntax: if it looks for names in a way that cannot be answered.
        BadRequest: if that state is not the newest.

    """
    service = current_service()
    found = searching(text, house_prologue(service.store.names))
    if found is not None and version < service.store.version:
        raise _other_state(service.store.version)
    return found


def found_names(search: Searching, version: int, *, is_fixed: bool) -> FoundNames:
    """Return a query with the names that it looks for found.

    Args:
        search: what ``looked_for`` returned.
        version: the state that it is for.
        is_fixed: whether no other state will do.

    Raises:
        BadRequest: if the store has moved on meanwhile and no other state will do.

    """
    questions = [each.question for each in search.searches]
    found = current_service().searching.find(questions, asker=asker())
    if is_fixed and found.version != version:
        raise _other_state(found.version)
    pairs = zip(search.searches, found.hits, strict=True)
    nothing = tuple(each.question.text for each, hits in pairs if not hits)
    return FoundNames(search.filled(found.hits), found.version, nothing)


def _other_state(newest: int) -> BadRequest:
    return BadRequest(
        f"mg:search finds names in the newest state only, which is {newest}.",
        hint="Leave out 'at', or write what is looked for as addresses: VALUES ?thing { ... }.",
    )
