"""The service over the bundled sources, made once for all tests that only read."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine

from .bundled_record import bundled_record
from .service_world import world_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .service_world import World


def bundled_store(folder: Path) -> Path:
    """Make a store that holds the bundled sources, unchecked, and return where it lies."""
    place = folder / "store"
    with SnapshotEngine.create(place) as engine, engine.draft() as draft:
        draft.bulk_add(bundled_record().quads())
        draft.publish(CommitInfo(kind="load", message="the bundled sources"))
    return place


@contextmanager
def bundled_service(folder: Path) -> Iterator[World]:
    """Yield a world whose store holds the bundled sources."""
    with world_of(bundled_store(folder)) as world:
        yield world
