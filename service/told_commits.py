"""What pages tell of a commit of a steward: what and why, when, and whether it was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .processes.edits import Act

if TYPE_CHECKING:
    from graph.engines.base import Commit
    from graph.store import Store

LOOKED_AT = 100
"""Among so many of the newest commits those are looked for that belong to another."""


def commit_told(commit: Commit) -> dict[str, Any]:
    """Return what a page tells of a commit."""
    return {
        "commit": commit.number,
        "time": commit.time,
        "kind": commit.info.kind,
        "author": commit.info.author,
        "message": commit.info.message,
        "added": commit.added,
        "removed": commit.removed,
        "warnings": list(commit.info.notes),
    }


def undone_by(store: Store, commit: Commit) -> int | None:
    """Return the commit that took another back whole, if there is one lately."""
    words = f"Undo commit {commit.number}"
    for later in store.history(LOOKED_AT):
        if later.number <= commit.number:
            break
        said = (
            later.info.message.startswith((f"{words}:", f"{words} ")) or later.info.message == words
        )
        sizes = (later.added, later.removed) == (commit.removed, commit.added)
        if later.info.kind == Act.UNDO and said and sizes:
            return later.number
    return None
