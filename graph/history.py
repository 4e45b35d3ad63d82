"""The past of a store: what changed between two versions, the version at a time, and undoing."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING

from .change import Change
from .errors import BadTerm, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .engines.base import Commit, Engine, Reader
    from .terms import Quad


_NAMED = 10
"""How many commits a sentence names."""


@dataclass(frozen=True, slots=True)
class Undo:
    """What taking a commit back comes to by now.

    Attributes:
        number: the commit that is taken back.
        change: the part of its inverse that still applies, exact for the newest version.
        overtaken: each quad that later commits have dealt with, and the last that did.

    """

    number: int
    change: Change
    overtaken: dict[Quad, int]

    def sentence(self) -> str:
        """Say in one sentence what later commits leave of the undoing; empty if all of it."""
        if not self.overtaken:
            return ""
        later = sorted(set(self.overtaken.values()))
        named = "commit" if len(later) == 1 else "commits"
        numbers = ", ".join(map(str, later[:_NAMED])) + (" and others" if later[_NAMED:] else "")
        return (
            f"{len(self.overtaken)} of the {self.change.size + len(self.overtaken)} statements of"
            f" commit {self.number} were changed again by {named} {numbers} and stay as they are."
        )


def commits(engine: Engine, limit: int | None = None) -> Iterator[Commit]:
    """Yield what is known of each commit, the newest first."""
    return islice(engine.commits(), limit)


def diff(engine: Engine, before: int, after: int) -> Change:
    """Return the change that leads from one version to another, forwards or backwards.

    Raises:
        NotFound: if there is no such commit.

    """
    if before > after:
        return diff(engine, after, before).inverse()
    for number in {before, after} - {0}:
        engine.commit(number)
    change = Change()
    for number in range(before + 1, after + 1):
        change = change.then(engine.change(number))
    return change


def at(engine: Engine, moment: str) -> int:
    """Return the number of the version that was newest at a moment.

    Args:
        engine: whose history it is.
        moment: an ISO 8601 date, which means the end of that day, or a date and time;
            without an offset it is in UTC.

    Raises:
        BadTerm: if ``moment`` is neither.

    """
    wanted = _moment(moment)
    numbers = range(1, engine.newest() + 1)
    return bisect_right(numbers, wanted, key=lambda number: _time(engine.commit(number)))


def undo(engine: Engine, number: int) -> Undo:
    """Return what has to be changed now to take a commit back, and what is past that.

    Raises:
        NotFound: if there is no such commit.
        Refused: if nothing of the commit is left to take back.

    """
    with engine.read() as newest:
        change = engine.change(number)
        due = newest.gathered(lambda: _still_due(change.inverse(), newest))
    passed = set(change.quads()) - set(due.quads())
    found = Undo(number, due, _last_changed(engine, passed, after=number))
    if due.is_empty:
        raise Refused(
            f"Nothing of commit {number} is left to undo. {found.sentence()}".rstrip(),
            hint="Undo the later commits first.",
        )
    return found


def undo_change(engine: Engine, number: int) -> Change:
    """Return the part of the inverse of a commit that still applies; see ``undo``."""
    return undo(engine, number).change


def _still_due(change: Change, state: Reader) -> Change:
    return Change(
        frozenset(quad for quad in change.added if not state.contains(quad)),
        frozenset(quad for quad in change.removed if state.contains(quad)),
    )


def _last_changed(engine: Engine, quads: set[Quad], *, after: int) -> dict[Quad, int]:
    found: dict[Quad, int] = {}
    for number in range(engine.newest(), after, -1):
        missing = quads - found.keys()
        if not missing:
            break
        found |= dict.fromkeys(missing.intersection(engine.change(number).quads()), number)
    return found


def _time(commit: Commit) -> datetime:
    return datetime.fromisoformat(commit.time)


def _moment(text: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(text), time.max, UTC)
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadTerm(
            f"{text!r} is not a date or a time.",
            value=text,
            hint="Write 2024-09-17 for the end of that day, or 2024-09-17T18:30:00Z.",
        ) from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
