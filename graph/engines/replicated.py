"""Whether a store is a replica, and of what: then nobody but the pulling changes it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from graph.errors import IsReplica

from .disk import damaged, disk_problems, write_durably

if TYPE_CHECKING:
    from .disk import Places


@dataclass(frozen=True, slots=True)
class Primary:
    """What a store is a replica of.

    Attributes:
        source: where it is pulled from: a folder, or the address of a service; for stewards.
        address: where clients reach the primary; empty if it does not say.

    """

    source: str
    address: str = ""


def primary_of(places: Places) -> Primary | None:
    """Return what a store is a replica of; None for one that is changed in its own place.

    Raises:
        StoreDamaged: if the file that says it is not what was written.

    """
    try:
        with disk_problems(places.root):
            told = json.loads(places.replica.read_bytes())
        return Primary(str(told["source"]), str(told["address"]))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(places.replica) from error


def write_primary(places: Places, primary: Primary) -> None:
    """Write down what a store is a replica of; it is one from then on."""
    write_durably(places.replica, json.dumps(asdict(primary)) + "\n")


def refuse_replica(places: Places) -> None:
    """Raise IsReplica if a store is one."""
    primary = primary_of(places)
    if primary is not None:
        raise IsReplica(path=places.root, primary=primary.address or primary.source)
