"""How a replica stands to its primary: how far behind it is, and since when nobody was seen there.

The pulling writes it down after each look; whoever serves the replica reads it. It is no part of
the store: where it is missing or unreadable, the replica is as far behind as nobody knows.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from graph.engines.disk import PRIVATE_FOLDER, Places, private_file
from graph.engines.replicated import primary_of

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engines.replicated import Primary

_FILE = "standing.json"


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the primary found; times are UTC, ISO 8601.

    Attributes:
        seen: when the primary was last seen; empty if it never was.
        newest: its newest commit then.
        level: when the replica was last known to have all that the primary had.
        problem: why the last look failed, for stewards; empty if it did not.

    """

    seen: str = ""
    newest: int = 0
    level: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a replica stands at a moment.

    Attributes:
        primary: what it is a replica of.
        look: what is known of it.
        commits: how many commits of the primary are not here, as of the last look.
        seconds: since when the replica may lack a commit; None if it never was level.

    """

    primary: Primary
    look: Look
    commits: int
    seconds: float | None


def standing_of(place: Path, *, version: int) -> Standing | None:
    """Return how a store stands to its primary; None if it is no replica.

    Args:
        place: the folder of the store.
        version: the newest version that it has.

    Raises:
        StoreDamaged: if the file that says of what it is a replica is not what was written.

    """
    places = Places(place)
    primary = primary_of(places)
    if primary is None:
        return None
    look = read_look(places)
    seconds = None
    if look.level:
        seconds = (datetime.now(UTC) - datetime.fromisoformat(look.level)).total_seconds()
    return Standing(
        primary,
        look,
        commits=max(look.newest - version, 0),
        seconds=None if seconds is None else max(seconds, 0.0),
    )


def read_look(places: Places) -> Look:
    """Return what the last look found; an empty one if nobody knows any more."""
    try:
        told = json.loads((places.replication / _FILE).read_bytes())
        look = Look(str(told["seen"]), int(told["newest"]), str(told["level"]), told["problem"])
        for moment in filter(None, (look.seen, look.level)):
            datetime.fromisoformat(moment)
    except (OSError, ValueError, KeyError, TypeError):
        return Look()
    return look


def write_look(places: Places, look: Look) -> None:
    """Write down what a look found, for as long as the machine runs: it is soon looked again."""
    places.replication.mkdir(PRIVATE_FOLDER, exist_ok=True)
    path = places.replication / _FILE
    fresh = path.with_name(f"{_FILE}.tmp")
    with private_file(fresh) as file:
        file.write(json.dumps(asdict(look)).encode())
    fresh.replace(path)


def note_problem(places: Places, problem: str) -> None:
    """Write down why a look failed; what was known before stays known."""
    write_look(places, replace(read_look(places), problem=problem))


def now() -> str:
    """Return the time now as it is written down."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
