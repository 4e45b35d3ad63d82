"""How long work reports that it goes on: the library calls back, the command line draws."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int | None], None]
"""Called with the rows done so far and the rows expected, None where unknown."""

Step: TypeAlias = Callable[[str], Progress]
"""Begins a step of long work by its name and gives the callback that reports its progress."""


def silent(done: int, expected: int | None) -> None:
    """Report nothing: the progress of work that nobody watches."""
    del done, expected


def unwatched(name: str) -> Progress:
    """Begin a step of work that nobody watches."""
    del name
    return silent
