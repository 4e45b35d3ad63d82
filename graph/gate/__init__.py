"""The gate: shapes, what a change can alter, the check, and the report in plain words."""

from __future__ import annotations

from .census import Census
from .check import Gate
from .report import Problem, Report
from .shapes import Shapes, Single, load_shapes

__all__ = ["Census", "Gate", "Problem", "Report", "Shapes", "Single", "load_shapes"]
