"""Opening a store by where it is: a folder of this machine, or an engine on the web."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from .remote.address import Address
from .remote.engine import RemoteEngine
from .snapshots import SnapshotEngine

if TYPE_CHECKING:
    from .base import Engine

Place: TypeAlias = Path | Address
"""Where a store is."""


def open_engine(place: Place) -> Engine:
    """Open the store that is in a place.

    Raises:
        StoreMissing: if there is none.
        StoreTooNew: if a newer medalgraph wrote it.
        EngineUnreachable: if nobody answers at the address.

    """
    if isinstance(place, Address):
        return RemoteEngine.open(place)
    return SnapshotEngine.open(place)


def create_engine(place: Place, *, base: str) -> Engine:
    """Make an empty store in a place.

    Raises:
        StoreExists: if something is there already.
        BadTerm: if the base is not an IRI.
        EngineUnreachable: if nobody answers at the address.

    """
    if isinstance(place, Address):
        return RemoteEngine.create(place, base=base)
    return SnapshotEngine.create(place, base=base)
