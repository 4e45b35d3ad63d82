"""The geometry of a chart of medals over Games: bars of one nation, lines of several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

COLOURS = ("gold", "silver", "bronze")
_LEFT, _RIGHT, _TOP, _HEIGHT, _BOTTOM = 40, 12, 28, 220, 26
_WIDTH, _NARROWEST = 900, 12
_LABEL = 44
"""So wide is the label of a year."""
_STEPS = (1, 2, 5)
_LINES = 5
"""More lines of counts are not read at a glance."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a bar: a colour of medals at some Games; hollow for published counts."""

    colour: str
    x: float
    y: float
    width: float
    height: float
    is_published: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """The medals of one nation at some Games; hollow for published counts."""

    x: float
    y: float
    is_published: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One nation: its dots, and the pieces of its line between gaps, as points of polylines."""

    label: str
    number: int
    dots: tuple[Dot, ...]
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A word at a place: a year, a count, or a gap."""

    place: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What a template draws; all lengths are units of the view box.

    Attributes:
        gaps: the Games of which nothing is known or counted.
        zero: where no medals stand.

    """

    width: float
    height: float
    left: float
    right: float
    zero: float
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    years: tuple[Mark, ...]
    counts: tuple[Mark, ...]
    gaps: tuple[Mark, ...]


def chart(told: dict[str, Any]) -> Chart | None:
    """Return the chart of a history; None for one without any Games."""
    return _Drawing(told).chart() if told["games"] else None


class _Drawing:
    """Places Games side by side in their order, since seasons may share a year."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._games, self._nations = told["games"], told["nations"]
        room = (_WIDTH - _LEFT - _RIGHT) / len(self._games)
        self._slot = max(room, _NARROWEST)
        totals: list[int] = [c["total"] for one in self._games for c in one["counts"] if c]
        self._most = max([*totals, 1])

    def chart(self) -> Chart:
        width = _LEFT + _RIGHT + self._slot * len(self._games)
        is_one = len(self._nations) == 1
        return Chart(
            width=round(width, 1),
            height=_TOP + _HEIGHT + _BOTTOM,
            left=_LEFT,
            right=round(width - _RIGHT, 1),
            zero=_TOP + _HEIGHT,
            bars=tuple(self._bars()) if is_one else (),
            lines=() if is_one else tuple(map(self._line, range(len(self._nations)))),
            years=tuple(self._years()),
            counts=tuple(Mark(self._y(n), str(n)) for n in range(0, self._most + 1, self._step())),
            gaps=tuple(
                Mark(self._x(place), one["year"])
                for place, one in enumerate(self._games)
                if not any(one["counts"])
            ),
        )

    def _x(self, place: int) -> float:
        return round(_LEFT + self._slot * (place + 0.5), 1)

    def _y(self, count: int) -> float:
        return round(_TOP + _HEIGHT * (1 - count / self._most), 1)

    def _step(self) -> int:
        """Return between which counts lines are drawn: 1, 2 or 5 times a power of ten."""
        power = 1
        while True:
            for times in _STEPS:
                if self._most <= times * power * _LINES:
                    return times * power
            power *= 10

    def _years(self) -> list[Mark]:
        every = max(1, -int(-_LABEL // self._slot))
        return [
            Mark(self._x(place), one["year"])
            for place, one in enumerate(self._games)
            if place % every == 0
        ]

    def _bars(self) -> list[Bar]:
        found = []
        wide = round(self._slot * 0.7, 1)
        for place, one in enumerate(self._games):
            [counts] = one["counts"]
            base = 0
            for colour in COLOURS if counts else ():
                count = counts[colour]
                if count:
                    top, low = self._y(base + count), self._y(base)
                    x = round(self._x(place) - wide / 2, 1)
                    hollow = one["basis"] == "counts"
                    found.append(Bar(colour, x, top, wide, round(low - top, 1), hollow))
                    base += count
        return found

    def _line(self, number: int) -> Line:
        pieces: list[list[Dot]] = [[]]
        for place, one in enumerate(self._games):
            counts = one["counts"][number]
            if counts is None:
                pieces.append([])
            else:
                hollow = one["basis"] == "counts"
                pieces[-1].append(Dot(self._x(place), self._y(counts["total"]), hollow))
        return Line(
            self._nations[number]["label"],
            number,
            tuple(dot for piece in pieces for dot in piece),
            tuple(" ".join(f"{d.x},{d.y}" for d in piece) for piece in pieces if len(piece) > 1),
        )
