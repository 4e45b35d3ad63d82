"""Kept lists of matches: what took minutes to find is at hand, with the commit it was found at.

A list is a file in the folder of the store and no statement: it can be made again at any
time, a backup leaves it out, and erasing a person drops it. What was decided since is told
by the graph, so a list never has to be written anew for a decision.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from graph.terms import NamedNode

FOLDER = "reviews"
"""The folder of lists inside that of the store."""
_LAYOUT = 1
_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700


class _Node(Protocol):
    @property
    def node(self) -> NamedNode: ...


class _Reason(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def points(self) -> float: ...


class Found(Protocol):
    """A match, of whatever kind of things; see ``Match``."""

    @property
    def one(self) -> _Node:
        """What the one source describes."""

    @property
    def other(self) -> _Node:
        """What the other source describes."""

    @property
    def reasons(self) -> Sequence[_Reason]:
        """What speaks for and against it."""

    @property
    def points(self) -> float:
        """The sum of the reasons."""

    @property
    def rival(self) -> float:
        """Points of the next best candidate."""

    @property
    def is_sure(self) -> bool:
        """Whether it needs nobody to look."""


@dataclass(frozen=True, slots=True)
class KeptMatch:
    """One match of a list: the IRIs of both things, the points, and each reason with its own."""

    one: str
    other: str
    points: float
    rival: float
    sure: bool
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class KeptList:
    """What was found between two sources.

    Attributes:
        one: the IRI of the source whose things were looked for.
        other: the IRI of the source in which.
        kind: of what kind the things are, such as "person".
        version: the commit at which it was found.
        made: when, UTC, ISO 8601.
        matches: the surest first.

    """

    one: str
    other: str
    kind: str
    version: int
    made: str
    matches: tuple[KeptMatch, ...]

    @property
    def key(self) -> str:
        """What the list is called by: the same for the same sources and kind."""
        return _key(self.one, self.other, self.kind)


def listed(
    one: NamedNode, other: NamedNode, found: Iterable[Found], *, kind: str, version: int
) -> KeptList:
    """Return matches as a list that can be kept."""
    matches = tuple(
        KeptMatch(
            each.one.node.value,
            each.other.node.value,
            each.points,
            each.rival,
            each.is_sure,
            tuple((reason.text, reason.points) for reason in each.reasons),
        )
        for each in found
    )
    made = datetime.now(UTC).replace(microsecond=0).isoformat()
    return KeptList(one.value, other.value, kind, version, made, matches)


def keep(place: Path, kept: KeptList) -> None:
    """Write a list into the store, in place of the one that was kept of the same sources."""
    folder = place / FOLDER
    folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
    draft = folder / f"{kept.key}.new"
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"layout": _LAYOUT, **asdict(kept)}, file, ensure_ascii=False)
    draft.replace(folder / f"{kept.key}.json")
    if kept.one != kept.other:
        (folder / f"{_key(kept.other, kept.one, kept.kind)}.json").unlink(missing_ok=True)


class KeptLists:
    """The lists of one store, each read again only after it was written anew.

    Args:
        place: the folder of the store.

    """

    def __init__(self, place: Path) -> None:
        self._folder = place / FOLDER
        self._read: dict[Path, tuple[int, KeptList | None]] = {}

    def all(self) -> list[KeptList]:
        """Return every list; one that cannot be read is as one that was never made."""
        found = [self._of(path) for path in sorted(self._folder.glob("*.json"))]
        known = [kept for kept in found if kept is not None]
        return sorted(known, key=lambda kept: (kept.kind, kept.one, kept.other))

    def of(self, one: str, other: str, kind: str) -> KeptList | None:
        """Return the list of two sources, in whichever order it was made; None if there is none."""
        for pair in ((one, other), (other, one)):
            if (kept := self._of(self._folder / f"{_key(*pair, kind)}.json")) is not None:
                return kept
        return None

    def _of(self, path: Path) -> KeptList | None:
        try:
            written = path.stat().st_mtime_ns
        except FileNotFoundError:
            return None
        known = self._read.get(path)
        if known is None or known[0] != written:
            known = self._read[path] = (written, _understood(path))
        return known[1]


def _understood(path: Path) -> KeptList | None:
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if told.pop("layout") != _LAYOUT:
            return None
        matches = tuple(
            KeptMatch(**(each | {"reasons": tuple(map(tuple, each["reasons"]))}))
            for each in told.pop("matches")
        )
        return KeptList(**told, matches=matches)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _key(one: str, other: str, kind: str) -> str:
    return hashlib.sha256(f"{kind}\n{one}\n{other}".encode()).hexdigest()[:24]
