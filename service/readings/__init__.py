"""A source read statement by statement, each marked as others speak of it: one room of its own."""

from __future__ import annotations

from .asking import Asked
from .reading import read
from .telling import as_csv

__all__ = ["Asked", "as_csv", "read"]
