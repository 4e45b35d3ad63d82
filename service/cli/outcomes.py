"""Says what became of a change: kept as which commit, refused for what, warned of what."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.errors import ShapeViolation
from service.amounts import counted

from .patches import tell_change
from .voice import answer, answer_json, listed, remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.change import Change
    from graph.engines.base import Commit
    from graph.gate.report import Report

    from .voice import Json
    from .wording import Wording

WARNINGS_SHOWN = 20
STATEMENTS_SHOWN = 200


def tell_outcome(commit: Commit | None, report: Report, *, as_json: bool) -> None:
    """Say what was kept, and show each warning that was kept with it."""
    if as_json:
        answer_json(outcome_json(commit, report))
        return
    tell_warnings(report)
    answer(commit_sentence(commit))


def commit_sentence(commit: Commit | None) -> str:
    """Return what a change did, in one sentence."""
    if commit is None:
        return "Nothing changed: the store already says this."
    return f"Kept as commit {commit.number}: {sizes(commit.added, commit.removed)}."


def sizes(added: int, removed: int) -> str:
    """Return how much was added and removed, in words."""
    parts = [f"{counted(added, 'statement')} added"] if added or not removed else []
    if removed:
        parts.append(f"{counted(removed, 'statement')} removed")
    return ", ".join(parts)


def tell_warnings(report: Report) -> None:
    """Show the warnings of a report, at most a screenful and how many more there are."""
    found = report.sentences("Warning")
    if not found:
        return
    remark(f"Kept, with {counted(len(found), 'warning')}:")
    remark(listed(found[:WARNINGS_SHOWN]))
    if len(found) > WARNINGS_SHOWN:
        remark(f"... and {len(found) - WARNINGS_SHOWN:,} more; 'medalgraph show' lists all.")


def tell_rehearsal(change: Change, report: Report, wording: Wording, *, as_json: bool) -> None:
    """Say what a change would do and what the checks find, when nothing is to be kept."""
    added, removed = len(change.added), len(change.removed)
    if as_json:
        counts = {"kept": False, "commit": None, "time": None, "added": added, "removed": removed}
        answer_json({**counts, "report": report.to_json()})
        return
    tell_change(change, wording, limit=STATEMENTS_SHOWN)
    for found in (report.sentences("Violation"), report.sentences("Warning")):
        if found:
            remark(listed(found))
    verdict = "It would be kept" if report.conforms else "It would be refused"
    answer(f"Nothing was kept. {verdict}: {sizes(added, removed)}.")


def outcome_json(commit: Commit | None, report: Report) -> dict[str, Json]:
    """Return what became of a change, for a script."""
    return {
        "kept": True,
        "commit": commit.number if commit else None,
        "time": commit.time if commit else None,
        "added": commit.added if commit else 0,
        "removed": commit.removed if commit else 0,
        "report": report.to_json(),
    }


@contextmanager
def refusals_as_json(*, as_json: bool) -> Iterator[None]:
    """Write a refusal as JSON too, where a script asked for JSON."""
    try:
        yield
    except ShapeViolation as refusal:
        if as_json:
            answer_json({"kept": False, "commit": None, "report": refusal.report.to_json()})
        raise
