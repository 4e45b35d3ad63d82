"""What a person may have meant by a name that the store does not have."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LISTED = 3


def near(text: str, names: Iterable[str]) -> str:
    """Return a sentence with the names that are most alike, or with what to do.

    Example:
        >>> near("Jude", ["Judo", "Rowing"])
        'Did you mean Judo?'

    """
    found = difflib.get_close_matches(text, sorted(set(names)), n=_LISTED)
    return f"Did you mean {' or '.join(found)}?" if found else "Import a source that describes it."
