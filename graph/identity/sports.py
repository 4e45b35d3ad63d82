"""Sports as they are compared: one name for what sources divide, or call by another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names import local_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.terms import NamedNode

_SAME = {
    "3x3-basketball": "basketball",
    "artistic-gymnastics": "gymnastics",
    "artistic-swimming": "synchronized-swimming",
    "canoe-slalom": "canoeing",
    "canoe-sprint": "canoeing",
    "equestrianism": "equestrian",
    "field-hockey": "hockey",
    "marathon-swimming": "swimming",
    "rhythmic-gymnastics": "gymnastics",
    "trampoline-gymnastics": "gymnastics",
    "trampolining": "gymnastics",
}
_BRANCHES = ("cycling",)
"""Sports whose branches some sources list as sports: cycling-road, cycling-track."""


def families(sports: Iterable[NamedNode]) -> set[str]:
    """Return what to compare sports by.

    Example:
        >>> from graph.names import Names
        >>> families([Names().of("sport", "equestrianism"), Names().of("sport", "equestrian")])
        {'equestrian'}

    """
    return {_family(local_name(sport)) for sport in sports}


def _family(sport: str) -> str:
    for wide in _BRANCHES:
        if sport.startswith(f"{wide}-"):
            return wide
    return _SAME.get(sport, sport)
