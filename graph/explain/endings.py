"""Why a query gives nothing although its pattern has matches: what comes after the pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .parts import Query


def ending(query: Query) -> str:
    """Return in a sentence what leaves nothing of solutions that there are."""
    words = [token.word for token in query.modifiers]
    texts = [token.text for token in query.modifiers]
    if "LIMIT" in words and texts[words.index("LIMIT") + 1].strip("0") == "":
        return "The pattern has matches, and LIMIT 0 leaves none of them."
    if "HAVING" in words:
        return "The pattern has matches, and no group of them passes HAVING."
    if "OFFSET" in words:
        number = texts[words.index("OFFSET") + 1]
        return f"The pattern has matches, but not more than the {number} that OFFSET leaves out."
    return "The pattern has matches, and the query makes nothing of them."
