"""What a person decides on a page: of a match, of values that differ, or of an earlier decision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from service.wire.problem import Json


class Deed(StrEnum):
    """What there is to decide."""

    SAME = "same"
    """Two addresses are of one thing."""
    APART = "different"
    """They are of two."""
    KEEP = "keep"
    """One value of several stays."""
    SETTLE = "settle"
    """Of each conflict of a list what the most trusted source says stays."""
    UNDO = "undo"
    """An earlier decision is taken back."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, and what it was made upon.

    Attributes:
        graphs: of a match the IRIs of its two sources; of a list of conflicts those that it
            was asked for, as far as it was.
        things: the IRIs of the two things of a match, or of the one that values differ of.
        property: the IRI of the property, of values that differ; empty for all.
        language: of names, in which.
        value: the key of the value that stays; see ``graph.conflicts.key``.
        mark: of what was seen when this was decided; see ``mark`` of identity and conflicts.
        seen: the newest commit when it was seen.
        number: the commit that is taken back.
        reason: why, in the words of whoever decides.

    """

    deed: Deed
    graphs: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    property: str = ""
    language: str = ""
    value: str = ""
    mark: str = ""
    seen: int = 0
    number: int = 0
    reason: str = ""

    @classmethod
    def from_json(cls, told: dict[str, Json]) -> Decision:
        """Return the decision that ``asdict`` told."""
        given: dict[str, Any] = dict(told)
        lists = {name: tuple(given[name]) for name in ("graphs", "things")}
        return cls(**(given | lists | {"deed": Deed(given["deed"])}))
