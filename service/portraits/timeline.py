"""A career as a line through Games, nations and classes: places to draw, and the same in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .person import Edition

COLOURS = ("gold", "silver", "bronze")
FEWEST = 2
"""One edition is no line."""

_WIDTH, _WIDEST, _MARGIN = 860, 170, 20
_SMALL, _LARGE = 6, 14
"""The radius of a dot without a medal, and of the largest."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One edition of the Games on the line.

    Attributes:
        x: where it stands.
        radius: of its dot, larger for more medals.
        colour: of the best medal held now, or nothing.
        games: what the Games are called.
        year: of them.
        nations: the codes under which the person was there.
        classes: the sport classes then.
        medals: how many of each colour are held now.
        words: the same in a sentence.

    """

    x: float
    radius: float
    colour: str
    games: str
    year: str
    nations: tuple[str, ...]
    classes: tuple[str, ...]
    medals: tuple[int, int, int]
    words: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Editions after one another under the same nations, from where to where."""

    start: float
    end: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The line; all lengths are units of its view box."""

    width: float
    stops: tuple[Stop, ...]
    stretches: tuple[Stretch, ...]


def timeline(career: Sequence[Edition]) -> Timeline | None:
    """Return the line through a career, None for one that has no two Games with a year."""
    editions = [edition for edition in career if edition.year]
    if len(editions) < FEWEST:
        return None
    slot = min(_WIDTH / len(editions), _WIDEST)
    stops = tuple(
        _stop(edition, round(_MARGIN + slot * (place + 0.5), 1))
        for place, edition in enumerate(editions)
    )
    stretches = []
    for nations, group in groupby(stops, key=lambda stop: stop.nations):
        together = list(group)
        half = slot / 2 - 4
        stretches.append(
            Stretch(
                round(together[0].x - half, 1), round(together[-1].x + half, 1), "/".join(nations)
            )
        )
    return Timeline(round(2 * _MARGIN + slot * len(stops), 1), stops, tuple(stretches))


def _stop(edition: Edition, x: float) -> Stop:
    held = Counter(
        medal.colour for start in edition.starts for medal in start.medals if medal.stands
    )
    nations = tuple(
        dict.fromkeys(nation.code for start in edition.starts for nation in start.nations)
    )
    classes = tuple(dict.fromkeys(cell.text for start in edition.starts for cell in start.classes))
    medals = held["gold"], held["silver"], held["bronze"]
    best = next((colour for colour in COLOURS if held[colour]), "")
    total = sum(medals)
    radius = min(_SMALL + 2 * total, _LARGE) if total else _SMALL - 2
    told = [f"{count} {colour}" for count, colour in zip(medals, COLOURS, strict=True) if count]
    words = "; ".join(
        part
        for part in (
            f"for {'/'.join(nations)}" if nations else "",
            f"in class {', '.join(classes)}" if classes else "",
            ", ".join(told) or "no medal held",
        )
        if part
    )
    return Stop(x, radius, best, edition.games.text, edition.year, nations, classes, medals, words)
