"""Shows what is known of a commit: a line in a list, a heading, or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.amounts import counted

from .outcomes import sizes
from .voice import answer, listed, one_line

if TYPE_CHECKING:
    from graph.engines.base import Commit, CommitInfo

    from .voice import Json
    from .wording import Wording


def commit_line(commit: Commit) -> str:
    """Return one line of the history: number, time, size, deed, author and reason."""
    info = commit.info
    first_line = info.message.partition("\n")[0]
    notes = f"  [{counted(len(info.notes), 'warning')}]" if info.notes else ""
    by = f"  {one_line(info.author)}:" if info.author else ""
    size = f"+{commit.added:,} -{commit.removed:,}"
    said = one_line(first_line) or "(no message)"
    return f"{commit.number:>5}  {clock(commit.time)}  {info.kind:<8}{size:>16}{by}  {said}{notes}"


def clock(time: str) -> str:
    """Return an ISO time to the second as a person reads it.

    Example:
        >>> clock("2026-11-26T12:30:05.123456+00:00")
        '2026-11-26 12:30:05'

    """
    return time[:19].replace("T", " ")


def tell_commit(commit: Commit, wording: Wording) -> None:
    """Write the heading above a change."""
    info = commit.info
    by = f" by {one_line(info.author)}" if info.author else ""
    answer(f"Commit {commit.number}, {clock(commit.time)} UTC{by} ({info.kind})")
    if info.message:
        answer("\n".join(f"    {line}" for line in info.message.splitlines()))
    if told := _origin(info):
        answer(told)
    if info.source:
        answer(f"Source: {wording.of(info.source)}")
    answer(f"{sizes(commit.added, commit.removed)}.")
    if info.notes:
        answer(f"Kept with {counted(len(info.notes), 'warning')}:")
        answer(listed(info.notes))


def _origin(info: CommitInfo) -> str:
    """Return where a change came from over the network, as a sentence; empty if it did not."""
    told = {"From": info.client, "with token": info.token, "in request": info.request}
    parts = [f"{word} {one_line(value)}" for word, value in told.items() if value]
    return " ".join(parts)


def commit_json(commit: Commit) -> dict[str, Json]:
    """Return what is known of a commit, for a script."""
    info = commit.info
    return {
        "commit": commit.number,
        "parent": commit.parent,
        "time": commit.time,
        "kind": info.kind,
        "author": info.author,
        "message": info.message,
        "source": info.source.value if info.source else None,
        "client": info.client or None,
        "request": info.request or None,
        "token": info.token or None,
        "added": commit.added,
        "removed": commit.removed,
        "warnings": list(info.notes),
        "checksum": commit.checksum,
    }
