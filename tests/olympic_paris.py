"""All the Paris 2024 Olympic tables as a state, read once, and a short way to ask it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from graph.engines.memory import MemoryDraft
from graph.importers.paris_2024_olympics import convert
from graph.importers.tables import RejectFile
from graph.lexical import as_stored
from graph.names import Names
from graph.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import QuerySolution

NAMES = Names()
NAME = "paris2024-olympics"


@cache
def record(data: Path) -> tuple[MemoryDraft, RejectFile]:
    """Return all the tables as a state, and what was refused."""
    with RejectFile(None) as rejects:
        quads = convert(data / NAME, names=NAMES, rejects=rejects, progress=silent)
        return MemoryDraft(map(as_stored, quads)), rejects


def ask(state: MemoryDraft, text: str) -> list[list[str]]:
    """Return the rows of an answer; of an address only its end, of text all of it."""

    def short(row: QuerySolution) -> list[str]:
        return [_short(term) for term in row]

    return [short(row) for row in state.query(text)]  # type: ignore[union-attr] # a SELECT


def _short(term: object) -> str:
    value = str(getattr(term, "value", ""))
    return value.rpartition("/")[2].rpartition("#")[2] if value.startswith("http") else value
