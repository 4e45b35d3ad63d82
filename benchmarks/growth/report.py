"""Turns what was measured into a table with a fitted curve for each line, and into JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from .fitting import Fit, fit
from .results import machine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .results import Sample, Step


@dataclass(frozen=True, slots=True)
class Curve:
    """One thing of one engine at all sizes.

    Attributes:
        samples: one a size, the smallest first.
        law: the power law through the medians; None where fewer than two sizes are measured.

    """

    what: str
    engine: str
    unit: str
    samples: tuple[Sample, ...]
    law: Fit | None


def curves(samples: Iterable[Sample]) -> list[Curve]:
    """Return a curve for each thing, engine and unit, in the order in which they are met."""
    found: dict[tuple[str, str, str], list[Sample]] = {}
    for sample in samples:
        found.setdefault((sample.what, sample.engine, sample.unit), []).append(sample)
    return [
        Curve(*key, tuple(every), fit([(one.statements, one.middle) for one in every]))
        for key, every in found.items()
    ]


def table(samples: Sequence[Sample]) -> str:
    """Return the curves as a table in Markdown: the median, and the least in brackets."""
    sizes = sorted({sample.statements for sample in samples})
    heads = ["what", "engine", "unit", *(short(size) for size in sizes)]
    heads += ["b", "95 % of b", "off the curve"]
    lines = [heads, ["---"] * 3 + ["---:"] * (len(heads) - 3)]
    for curve in curves(samples):
        known = {sample.statements: sample for sample in curve.samples}
        cells = [_cell(known.get(size)) for size in sizes]
        lines.append([curve.what, curve.engine, curve.unit, *cells, *_law(curve.law)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_json(steps: Sequence[Step]) -> str:
    """Return the steps and the fitted curves."""
    laws = [
        {"what": curve.what, "engine": curve.engine, "unit": curve.unit, **asdict(curve.law)}
        for curve in curves(sample for step in steps for sample in step.samples)
        if curve.law is not None
    ]
    told = {"machine": machine(), "steps": [asdict(step) for step in steps], "laws": laws}
    return json.dumps(told, indent=1) + "\n"


def short(statements: float) -> str:
    """Return a number of statements as people say it."""
    for unit, name in ((1e9, " bn"), (1e6, " M"), (1e3, " k")):
        if statements >= unit:
            return f"{statements / unit:g}{name}"
    return f"{statements:g}"


def figure(value: float) -> str:
    """Return a number with three figures."""
    if value >= 100:
        return f"{value:,.0f}"
    return (
        f"{value:.{1 if value >= 10 else 2 if value >= 1 else 3}f}"
        if value >= 0.1
        else f"{value:.2g}"
    )


def _cell(sample: Sample | None) -> str:
    if sample is None:
        return ""
    least = f" ({figure(sample.least)})" if len(sample.values) > 1 else ""
    return figure(sample.middle) + least


def _law(law: Fit | None) -> tuple[str, str, str]:
    if law is None:
        return "", "", ""
    if law.interval is None:
        return f"{law.exponent:.2f}", "two sizes only", ""
    low, high = law.interval
    worst = max(map(abs, law.residuals))
    return f"{law.exponent:.2f}", f"{low:.2f} to {high:.2f}", f"{worst:.0%}"
