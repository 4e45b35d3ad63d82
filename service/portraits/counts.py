"""What sources publish of the medals of a nation at Games, beside or instead of results."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.medals.cells import COLOURS, TOTAL
from graph.names import mg
from graph.selecting import values
from graph.sources import OBJECT, PREDICATE, SUBJECT
from graph.terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.terms import Term

    from .gathering import Gathering

Three = tuple[int | None, int | None, int | None]

_WHOLE = " ".join(
    f"FILTER NOT EXISTS {{ ?tally mg:{part} ?{part} }}"
    for part in ("sport", "person", "place", "until")
)
_STATED = f"""SELECT ?by ?games ?measure ?n {{ {values("measure", (*COLOURS, TOTAL))}
    GRAPH ?by {{ ?tally mg:nation ?nation ; a mg:Tally ; mg:games ?games ; ?measure ?n }}
    {_WHOLE} }}"""
_CLAIMED = f"""SELECT ?by ?games ?measure ?n {{ {values("measure", (*COLOURS, TOTAL))}
    ?tally mg:nation ?nation ; a mg:Tally ; mg:games ?games . {_WHOLE}
    GRAPH ?by {{ ?claim {SUBJECT} ?tally ; {PREDICATE} ?measure ; {OBJECT} ?n }} }}"""


@dataclass(frozen=True, slots=True)
class Told:
    """What one source counts, as a page shows it: in words, and whether it was set aside."""

    graph: str
    title: str
    words: str
    is_claim: bool


@dataclass(slots=True)
class Counted:
    """What one source counts for a nation at some Games.

    Attributes:
        graph: the IRI of the source.
        title: of the source.
        trust: its priority, the most trusted first.
        is_claim: whether any of it was set aside as a claim.
        said: the number by what it counts.

    """

    graph: str
    title: str
    trust: int
    is_claim: bool = False
    said: dict[Term, int] = field(default_factory=dict)

    @property
    def three(self) -> Three:
        """Gold, silver and bronze; None where it does not say."""
        gold, silver, bronze = (self.said.get(colour) for colour in COLOURS)
        return gold, silver, bronze

    @property
    def total(self) -> int | None:
        """All medals, by its own sum or that of the colours; None where it does not say."""
        known = [count for count in self.three if count is not None]
        return self.said.get(TOTAL, sum(known) if len(known) == len(COLOURS) else None)

    @property
    def order(self) -> tuple[bool, int, str]:
        """Where it stands: what was set aside last, and the more trusted first."""
        return self.is_claim, self.trust, self.graph

    def differs(self, three: Sequence[int | None]) -> bool:
        """Tell whether it says otherwise than these counts of gold, silver and bronze."""
        pairs = zip(self.three, three, strict=True)
        if any(None not in pair and pair[0] != pair[1] for pair in pairs):
            return True
        own = [count for count in three if count is not None]
        return len(own) == len(COLOURS) and self.total not in (None, sum(own))

    @property
    def told(self) -> Told:
        """What it says, in words: ``gold 4, silver 4, bronze 6, 14 in all``."""
        names = zip(("gold", "silver", "bronze"), self.three, strict=True)
        told = [f"{name} {count}" for name, count in names if count is not None]
        told += [] if self.total is None else [f"{self.total} in all"]
        return Told(self.graph, self.title, ", ".join(told), self.is_claim)


def published_of(gathering: Gathering, nation: NamedNode) -> dict[NamedNode, list[Counted]]:
    """Return what sources count for a nation in all at each of the Games, the best source first."""
    found: dict[NamedNode, dict[NamedNode, Counted]] = {}
    for text, is_claim in ((_STATED, False), (_CLAIMED, True)):
        for row in gathering.rows(text, nation=nation):
            if not isinstance(row["games"], NamedNode):
                continue
            by = gathering.source(row["by"])
            told = found.setdefault(row["games"], {}).setdefault(
                row["by"], Counted(by.graph.value, by.title, by.trust)
            )
            told.is_claim |= is_claim
            told.said[row["measure"]] = int(row["n"].value)
    return {
        games: sorted(by.values(), key=lambda one: one.order)
        for games, by in found.items()
        if mg("Games") in gathering.types(games)
    }
