"""What real sets look like, measured once; the made-up world follows these numbers.

Sources: the Paralympic Games of Paris 2024 as bundled (``graph/bundled``), and the table of
120 years of Olympic athletes (importer ``olympic-120-years``), both measured by
``measuring`` in November 2026. A table of quantiles is at ``measuring.LEVELS``.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from .measuring import LEVELS

Quantiles = tuple[float, ...]
"""The values at ``LEVELS``."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind of source tells of Games.

    Attributes:
        name: what the addresses of its sources begin with.
        kind: whose Games they are.
        is_whole: whether it also tells of classes, delegations, dates, decisions and
            published counts, each Games in a source of its own.
        nations: how many nations it knows.
        sports: how many sports.
        sport_classes: how many classes the sports have.
        events: how many events one Games has, from small Games to large ones.
        starters: how many people take part in an event.
        team: how many athletes an entry has.
        awards: how many medals an event gives.
        starts: in how many events of the Games a person takes part, where enough are of one
            sport and sex and of teams of one size; set so that the average over all people
            is that of the set, 1.77 and 1.44.
        nation: how many people take part for a nation; only the proportions matter.
        sport: how many events a sport has; only the proportions matter.
        name_parts: the shares of names with two, three, ... parts.
        event_label: how many characters the label of an event has.
        with_born, with_alt_label, with_names: the shares of people of whom it is told.
        with_rank: the share of entries with a rank of their own.
        with_class, with_two_classes, with_distance, with_weight: the shares of events.

    """

    name: str
    kind: str
    is_whole: bool
    nations: int
    sports: int
    sport_classes: int
    events: Quantiles
    starters: Quantiles
    team: Quantiles
    awards: Quantiles
    starts: float
    nation: Quantiles
    sport: Quantiles
    name_parts: tuple[float, ...]
    event_label: Quantiles
    with_born: float
    with_alt_label: float
    with_names: float = 0.0
    with_rank: float = 0.0
    with_class: float = 0.0
    with_two_classes: float = 0.0
    with_distance: float = 0.0
    with_weight: float = 0.0


PARALYMPICS = Shape(
    name="paralympics",
    kind="Paralympic",
    is_whole=True,
    nations=170,
    sports=24,
    sport_classes=140,
    events=(549,) * len(LEVELS),
    starters=(5, 7, 8, 9, 10, 11, 12, 13, 14, 16, 22, 32, 48, 96),
    team=(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 5, 12),
    awards=(3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4),
    starts=1.85,
    nation=(2, 2, 2, 3, 4, 6, 11, 25, 54, 88, 231, 430, 655, 898),
    sport=(1, 1, 2, 2, 6, 10, 11, 13, 16, 20, 34, 141, 164, 164),
    name_parts=(0.86, 0.12, 0.02),
    event_label=(3, 13, 16, 17, 18, 20, 22, 25, 26, 28, 32, 35, 37, 40),
    with_born=1.0,
    with_alt_label=0.0475,
    with_names=0.9942,
    with_rank=0.0047,
    with_class=0.86,
    with_two_classes=0.1,
    with_distance=0.479,
    with_weight=0.084,
)

CENTURY = Shape(
    name="century",
    kind="Olympic",
    is_whole=False,
    nations=229,
    sports=66,
    sport_classes=0,
    events=(6, 14, 22, 35, 43, 74, 98, 131, 153, 198, 271, 302, 302, 306),
    starters=(1, 10, 15, 19, 24, 29, 34, 40, 48, 61, 80, 111, 154, 312),
    team=(1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 5, 8, 13, 38),
    awards=(1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4),
    starts=3.5,
    nation=(1, 12, 25, 47, 76, 111, 183, 294, 627, 1111, 4378, 6077, 9726, 18603),
    sport=(1, 1, 2, 4, 10, 28, 33, 43, 78, 157, 252, 321, 561, 998),
    name_parts=(0.56, 0.28, 0.12, 0.04),
    event_label=(9, 13, 14, 16, 18, 19, 20, 24, 27, 29, 33, 36, 39, 76),
    with_born=0.9531,
    with_alt_label=0.0547,
    with_rank=0.0125,
)

AGAIN = (0.3, 0.12)
"""How many of those who compete were at the Games before, and only at those before these.

Set so that a person is at 1.38 Games on average, as in the 120-years table."""
FORMER_NATIONS = 39
"""How many nations the bundled source of nations over time tells of ..."""
REPLACED, RENAMED, DATED = 22, 15, 14
"""... and how many of them replace another, had another code, and have a first and last day."""


def at(quantiles: Quantiles, level: float) -> float:
    """Return the value at a level between 0 and 1, between the two that are known."""
    for (low, high), (first, last) in zip(pairwise(LEVELS), pairwise(quantiles), strict=True):
        if level <= high:
            return first + (last - first) * (level - low) / (high - low)
    return quantiles[-1]


def spread(quantiles: Quantiles, count: int) -> list[float]:
    """Return as many values as are wanted, evenly spread over a distribution, rising."""
    return [at(quantiles, (number + 0.5) / count) for number in range(count)]
