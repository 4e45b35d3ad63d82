"""Placeholder."""

from __future__ import annotations
from collections.abc import Mapping
from .terms import NamedNode


def dataset_of(
    text: str, *, prefixes: Mapping[str, str] | None = None
) -> tuple[list[NamedNode], list[NamedNode]] | None:
    """Nothing yet."""
    return None
