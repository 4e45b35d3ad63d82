"""What the medals of each edition were taken from, and what of the rule that cannot follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from .table import MEDALS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.terms import NamedNode, Term

    Counts = Mapping[Term, Mapping[Term, int]]


class Part(StrEnum):
    """A part of a counting rule, as programs read it."""

    DECISIONS = "decisions"
    PERSONS = "persons"
    SPORTS = "sports"
    MIXED = "mixed teams"
    SUCCESSION = "succession"


class Lack(Enum):
    """Why a part of the rule is not followed: the part, and the reason in a few words."""

    OF_TODAY = Part.DECISIONS, "counts of today for an earlier day"
    AT_CLOSING = Part.DECISIONS, "counts at closing for another day"
    UNDATED = Part.DECISIONS, "no award has a dated decision"
    NO_PERSONS = Part.PERSONS, "counts of nations only"
    NAMELESS = Part.PERSONS, "teams whose members nobody names"
    WITH_SPORTS = Part.SPORTS, "counts with sports that are left out"
    MAY_HAVE_SPORTS = Part.SPORTS, "counts that may have sports that are left out"
    WITHOUT_SPORTS = Part.SPORTS, "counts without sports that are counted"
    MIXED_APART = Part.MIXED, "counts with mixed teams on a line of their own"
    MIXED_SHARED = Part.MIXED, "counts with mixed teams shared"
    JOINED = Part.SUCCESSION, "counts of joined nations"

    @property
    def part(self) -> Part:
        """The part of the rule."""
        return self.value[0]


@dataclass(frozen=True, slots=True)
class Unmet:
    """A part of the rule that the medals of some Games do not follow.

    Attributes:
        lack: which part, and why.
        about: what it is about: the sports, or how many awards.

    """

    lack: Lack
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenOff:
    """Medals of one sport that were taken off published counts, and who counts them."""

    sport: str
    medals: int
    by: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Results beside a whole table that is published of the same Games.

    Attributes:
        title: who publishes the table.
        published: how many medals it has.
        counted: how many the results have by its rule.
        more: by how many of each colour the results have more, less if negative, for each
            nation where they differ.

    """

    title: str
    published: int
    counted: int
    more: Counts

    @property
    def missing(self) -> int:
        """How many published medals the results lack."""
        return -sum(n for by in self.more.values() for n in by.values() if n < 0)

    @property
    def too_many(self) -> int:
        """How many medals the results have that are not published."""
        return sum(n for by in self.more.values() for n in by.values() if n > 0)


def compared(title: str, published: Counts, counted: Counts) -> Comparison:
    """Return results beside a published table, both by nation and colour."""
    more: dict[Term, Mapping[Term, int]] = {}
    for nation in sorted(published.keys() | counted.keys(), key=str):
        own, theirs = counted.get(nation, {}), published.get(nation, {})
        by: dict[Term, int] = {medal: own.get(medal, 0) - theirs.get(medal, 0) for medal in MEDALS}
        if any(by.values()):
            more[nation] = by
    return Comparison(title, _sum(published), _sum(counted), more)


def _sum(table: Counts) -> int:
    return sum(sum(by.values()) for by in table.values())


@dataclass(frozen=True, slots=True)
class Basis:
    """What the medals of one edition of the Games were taken from.

    Attributes:
        games: the edition.
        day: the day up to which decisions are to be heeded; None for all of them.
        source: the title of whose counts or awards they are; empty if there are none.
        is_published: whether they are published counts, and no awards.
        nations: of how many nations there are published counts, where these were taken.
        is_of_all: whether they may be the medals of all nations, and not of some.
        awards: how many awards were counted.
        undated: how many of these have no dated decision, so that nobody can tell from
            them how things stood on another day.
        beside: how many standing awards there are where published counts were taken.
        unmet: the parts of the rule that they do not follow.
        taken_off: what was taken off published counts to follow the rule.
        lacks: where results were counted that differ from a whole published table, how.
        graphs: the sources, whose titles stand above.

    """

    games: NamedNode
    day: str | None = None
    source: str = ""
    is_published: bool = False
    nations: int = 0
    is_of_all: bool = True
    awards: int = 0
    undated: int = 0
    beside: int = 0
    unmet: tuple[Unmet, ...] = ()
    taken_off: tuple[TakenOff, ...] = field(default=())
    lacks: Comparison | None = None
    graphs: frozenset[Term] = frozenset()
