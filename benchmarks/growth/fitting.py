"""A power law through measured points: a * n^b, by least squares on the logarithms."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_T_95 = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228)
"""Student's t for 95 % on both sides together, with 1, 2, ... 10 degrees of freedom.

NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, column 0.975."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A power law.

    Attributes:
        factor: a.
        exponent: b; 1 is to grow as the statements do.
        interval: b lies between these with 95 % confidence; None of two points.
        residuals: of each point, measured to fitted, less 1.
        points: how many points there are.
        centre: the geometric mean of their numbers of statements; the law is surest there.

    """

    factor: float
    exponent: float
    interval: tuple[float, float] | None
    residuals: tuple[float, ...]
    points: int
    centre: float

    def at(self, number: float) -> float:
        """Return the value of the law at a number of statements."""
        return float(self.factor * number**self.exponent)

    def between(self, number: float) -> tuple[float, float] | None:
        """Return the values where b is at either end of its interval, the smaller first."""
        if self.interval is None:
            return None
        far = number / self.centre
        low, high = (self.at(number) * far ** (end - self.exponent) for end in self.interval)
        return min(low, high), max(low, high)

    @property
    def formula(self) -> str:
        """The law, as it is cited."""
        return f"{self.factor:.3g} · n^{self.exponent:.3f}"


def fit(points: Sequence[tuple[float, float]]) -> Fit | None:
    """Fit a power law to two points at least, all above zero; None if there are fewer."""
    usable = [(log(number), log(value)) for number, value in points if number > 0 and value > 0]
    count = len(usable)
    if len({x for x, _ in usable}) < 2:
        return None
    mean_x, mean_y = (sum(each) / count for each in zip(*usable, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in usable)
    exponent = sum((x - mean_x) * (y - mean_y) for x, y in usable) / spread
    offset = mean_y - exponent * mean_x
    errors = [y - (offset + exponent * x) for x, y in usable]
    interval = None
    if count > 2:
        free = count - 2
        deviation = sqrt(sum(error**2 for error in errors) / free / spread)
        reach = _T_95[min(free, len(_T_95)) - 1] * deviation
        interval = (exponent - reach, exponent + reach)
    return Fit(
        exp(offset), exponent, interval, tuple(exp(e) - 1 for e in errors), count, exp(mean_x)
    )
