"""Conflicts: where sources give different values for what can have one, and how one is kept."""

from __future__ import annotations

from .deciding import Saying, decide, sayings
from .finding import Conflict, conflicts, differ, several
from .settling import settle_by_priority

__all__ = [
    "Conflict",
    "Saying",
    "conflicts",
    "decide",
    "differ",
    "sayings",
    "settle_by_priority",
    "several",
]
