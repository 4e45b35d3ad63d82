"""The shapes as text: what the gate checks, in one file a subject."""

from __future__ import annotations

from importlib import resources

WITHIN_SOURCE = "within-source.ttl"
"""The file whose shapes hold inside each source; those of the others hold on the record."""


def texts() -> dict[str, str]:
    """Return each Turtle file of shapes by file name.

    Example:
        >>> WITHIN_SOURCE in texts()
        True

    """
    files = sorted(resources.files(__name__).iterdir(), key=lambda file: file.name)
    return {f.name: f.read_text(encoding="utf-8") for f in files if f.name.endswith(".ttl")}
