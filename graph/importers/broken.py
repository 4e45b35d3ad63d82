"""What is said of a file that is no whole table: a quote that is never closed, an end cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import BadTable

if TYPE_CHECKING:
    import csv
    from pathlib import Path


def broken(path: Path, error: csv.Error, line: int | None = None) -> BadTable:
    """Return the error for a table that does not follow the rules of CSV."""
    place = f" from line {line} on" if line else ""
    if "end of data" in str(error) or "field limit" in str(error):
        return BadTable(
            f"{path.name} seems to be cut off, or a quote is missing: "
            f"a text in double quotes{place} is never closed.",
            hint="Get the whole file again, or close the text with a double quote.",
        )
    return BadTable(
        f"{path.name} cannot be read as a table{place}: {error}.",
        hint="Save it as CSV with commas, and double a quote that stands within quotes.",
    )


def cut_off(path: Path, reason: str) -> BadTable:
    """Return the error for a file of which a part is missing."""
    return BadTable(
        f"{path.name} seems to be cut off or damaged: {reason}.", hint="Get the whole file again."
    )
