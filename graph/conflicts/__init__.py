"""Conflicts: where sources give different values for what can have one, and how one is kept."""

from __future__ import annotations

from .deciding import Saying, decide, decided_by, key, mark, sayings
from .finding import Conflict, conflict_of, conflicts, differ, several, trust_order
from .listing import Wanted, counted_by_pair, list_mark, listed, pairs_of
from .settling import settle_by_priority

__all__ = [
    "Conflict",
    "Saying",
    "Wanted",
    "conflict_of",
    "conflicts",
    "counted_by_pair",
    "decide",
    "decided_by",
    "differ",
    "key",
    "list_mark",
    "listed",
    "mark",
    "pairs_of",
    "sayings",
    "settle_by_priority",
    "several",
    "trust_order",
]
