"""Draws the curves as an SVG: a panel for each thing, both axes logarithmic."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from .report import Curve, curves, figure, short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .results import Sample

_WIDTH, _HEIGHT, _COLUMNS = 300, 210, 3
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 12, 30, 26
_HEAD = 28
_COLOURS = ("#0b6e4f", "#7a4fbf", "#c8553d", "#33658a")
_DASHES = ("", "2 3", "6 3", "8 3 2 3")
_FEW_DECADES = 2.2
_SHOWN = ("load: memory",)
"""The parts that have a panel of their own."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """A logarithmic axis.

    Attributes:
        low, high: the decades, as exponents of ten.
        start, end: where these lie in the picture.

    """

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return where a value lies."""
        return self.start + (log10(value) - self.low) / (self.high - self.low) * (
            self.end - self.start
        )

    def marks(self) -> list[float]:
        """Return the powers of ten on the axis, and where these are few 2 and 5 times them."""
        steps = (1, 2, 5) if self.high - self.low < _FEW_DECADES else (1,)
        powers = range(floor(self.low), floor(self.high) + 1)
        every = (step * 10.0**power for power in powers for step in steps)
        return [value for value in every if self.low <= log10(value) <= self.high]


def chart(samples: Sequence[Sample]) -> str:
    """Return the picture."""
    panels: dict[tuple[str, str], list[Curve]] = {}
    for curve in curves(samples):
        if _is_shown(curve):
            panels.setdefault((curve.what, curve.unit), []).append(curve)
    engines = list(dict.fromkeys(curve.engine for every in panels.values() for curve in every))
    rows = ceil(len(panels) / _COLUMNS)
    size = f"{_WIDTH * _COLUMNS} {_HEAD + _HEIGHT * rows}"
    drawn = [_legend(engines)]
    for number, (key, every) in enumerate(panels.items()):
        across, down = number % _COLUMNS * _WIDTH, _HEAD + number // _COLUMNS * _HEIGHT
        inside = _panel(key, every, engines)
        drawn.append(f'<g transform="translate({across} {down})">{inside}</g>')
    style = (
        "text{font-size:11px;font-family:sans-serif;fill:#222}"
        ".grid{stroke:#ddd}.law{fill:none;stroke-width:1.5}"
    )
    body = "\n".join(drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img">'
        f"<title>How each engine grows with the number of statements</title>"
        f'<style>{style}</style><rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _is_shown(curve: Curve) -> bool:
    """Tell whether a curve has a place: seconds of the clock depend on what else runs."""
    is_part = curve.what.startswith(("load:", "start:"))
    return curve.what in _SHOWN if is_part else curve.unit != "s"


def _legend(engines: Sequence[str]) -> str:
    parts = []
    for number, engine in enumerate(engines):
        across = 12 + 200 * number
        parts.append(
            f'<line x1="{across}" x2="{across + 26}" y1="16" y2="16" {_line(number)}/>'
            f'<text x="{across + 32}" y="20">{escape(engine)}</text>'
        )
    return "".join(parts)


def _line(number: int) -> str:
    colour, dash = _COLOURS[number % 4], _DASHES[number % 4]
    return f'class="law" stroke="{colour}" stroke-dasharray="{dash}"'


def _panel(key: tuple[str, str], every: Sequence[Curve], engines: Sequence[str]) -> str:
    what, unit = key
    sizes = [sample.statements for curve in every for sample in curve.samples]
    values = [sample.middle for curve in every for sample in curve.samples if sample.middle > 0]
    across = _Axis(*_reach(sizes), _LEFT, _WIDTH - _RIGHT)
    down = _Axis(*_reach(values), _HEIGHT - _BOTTOM, _TOP)
    drawn = [f'<text x="{_LEFT}" y="18" font-weight="bold">{escape(what)} ({escape(unit)})</text>']
    for size in sorted(set(sizes)):
        place = across.at(size)
        drawn.append(
            f'<line class="grid" x1="{place:.1f}" x2="{place:.1f}" y1="{_TOP}" '
            f'y2="{_HEIGHT - _BOTTOM}"/><text x="{place:.1f}" y="{_HEIGHT - 10}" '
            f'text-anchor="middle">{short(size)}</text>'
        )
    for value in down.marks():
        height = down.at(value)
        drawn.append(
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{height:.1f}" '
            f'y2="{height:.1f}"/><text x="{_LEFT - 5}" y="{height + 4:.1f}" '
            f'text-anchor="end">{figure(value)}</text>'
        )
    drawn += (_curve(curve, across, down, engines.index(curve.engine)) for curve in every)
    return "".join(drawn)


def _curve(curve: Curve, across: _Axis, down: _Axis, number: int) -> str:
    """Return the points as they were measured, and the fitted law as a line."""
    colour = _COLOURS[number % 4]
    shown = [sample for sample in curve.samples if sample.middle > 0]
    drawn = [
        f'<circle cx="{across.at(one.statements):.1f}" cy="{down.at(one.middle):.1f}" r="3" '
        f'fill="{colour}"/>'
        for one in shown
    ]
    if curve.law is not None:
        ends = " ".join(
            f"{across.at(one.statements):.1f},{down.at(curve.law.at(one.statements)):.1f}"
            for one in (shown[0], shown[-1])
        )
        drawn.append(f'<polyline points="{ends}" {_line(number)}/>')
    return "".join(drawn)


def _reach(values: Sequence[float]) -> tuple[float, float]:
    """Return the exponents between which all values lie, with some room, one decade at least."""
    low, high = log10(min(values)) - 0.1, log10(max(values)) + 0.1
    missing = max(0.0, 1.0 - (high - low)) / 2
    return low - missing, high + missing
