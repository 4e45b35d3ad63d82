"""The pages of imports that were kept: what the commit holds, and whether it was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.errors import NotFound

from .context import current_service
from .processes.edits import Act
from .sheet_pages import left_count, page
from .told_commits import LOOKED_AT, commit_told, undone_by

if TYPE_CHECKING:
    from flask import Response

    from .carried import Carried

BAD_REQUEST, CONFLICT = 400, 409


def kept(carried: Carried, number: int | None, graph: str) -> Response:
    """Show what became of a sheet.

    Args:
        carried: the sheet.
        number: the commit that keeps it; None if its source said all of it already.
        graph: the IRI of that source.

    """
    before = _last_import(graph) if number is None else None
    return shown(number or before, carried=carried, again=number is None)


def _last_import(graph: str) -> int | None:
    """Return the commit that imported a source, if it is one of the last."""
    for commit in current_service().store.history(LOOKED_AT):
        source = commit.info.source
        if commit.info.kind == Act.IMPORT and source is not None and source.value == graph:
            return commit.number
    return None


def shown(  # noqa: PLR0913 - what a page of an import shows, each by name
    number: int | None,
    *,
    carried: Carried | None = None,
    again: bool = False,
    why: str = "",
    reason: str = "",
    status: int = 200,
) -> Response:
    """Return the page of a commit that is an import or took one back.

    Args:
        number: the commit; None if there is none to show.
        carried: the sheet that was just sent; None where a commit is looked up.
        again: whether the source said all of the sheet already.
        why: what did not work, in words.
        reason: what was given as the reason to take it back.
        status: of the answer.

    """
    return page(
        "import_done.html",
        status=status,
        found=import_told(number) if number is not None else None,
        again=again,
        carried=carried,
        left=left_count(carried) if carried is not None else 0,
        why=why,
        reason=reason,
    )


def import_told(number: int) -> dict[str, Any]:
    """Return what is known of a commit that is an import, or took one back.

    Raises:
        NotFound: if it is neither.

    """
    store = current_service().store
    commit = store.commit(number)
    if commit.info.kind not in (Act.IMPORT, Act.UNDO):
        raise NotFound(f"Commit {number} is no import.", hint="GET /changes.atom lists commits.")
    source = commit.info.source
    return commit_told(commit) | {
        "source": source.value if source is not None else "",
        "undone": undone_by(store, commit),
    }
