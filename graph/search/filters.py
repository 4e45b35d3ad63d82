"""Filters as people give them: by address, by code or by name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.errors import NotFound

if TYPE_CHECKING:
    from graph.names import Names

    from .index import SearchIndex
    from .question import Question

KINDS = {"nation": "Nation", "games": "Games", "sport": "Sport"}
"""What can be filtered by, and the class that it is of."""

_SURE = 0.98
_NEAR = 3


def filtered(index: SearchIndex, names: Names, question: Question) -> Question:
    """Return a question whose filters are addresses.

    A filter may be an address, the last part of one (``AZE``, ``2024-summer``, ``judo``) or a
    name in any language.

    Raises:
        NotFound: naming those that are near, if there is none of that name.

    """
    return replace(
        question,
        nation=_address(index, names, "nation", question.nation),
        games=_address(index, names, "games", question.games),
        sport=_address(index, names, "sport", question.sport),
    )


def _address(index: SearchIndex, names: Names, name: str, text: str) -> str:
    if not text or ":" in text:
        return text
    own = f"{names.base}/id/{name}/{text}"
    if index.labels([own]):
        return own
    hits = index.find(text, kinds=(KINDS[name],), limit=_NEAR)
    if hits and hits[0].score >= _SURE:
        return hits[0].iri
    near = " or ".join(f"{hit.label} ({hit.iri.rpartition('/')[2]})" for hit in hits)
    what = {"nation": "nation", "games": "Games", "sport": "sport"}[name]
    raise NotFound(
        f"No {what} is called {text!r}.",
        hint=f"Did you mean {near}?" if near else f"Search for it with kind={KINDS[name]} first.",
        near=tuple(hit.iri for hit in hits),
    )
