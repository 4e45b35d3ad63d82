"""A primary and its replica, for tests: small stores whose every state is told by its commits."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from graph.change import Change
from graph.engines import integrity
from graph.engines.base import CommitInfo
from graph.engines.disk import Places
from graph.engines.records import Records
from graph.engines.replicated import Primary, write_primary
from graph.engines.snapshot_files import Snapshots
from graph.engines.snapshots import SnapshotEngine
from graph.replicating import FolderSource, Puller

from .service_world import world_of
from .statements import quad

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from graph.replicating import Manifest, Pulled, Source
    from service.config import Settings

    from .service_world import World

PRIMARY = "https://medals.example"


def primary_in(folder: Path, *, commits: int = 3) -> Path:
    """Make a store with commits that each add a few statements, and return its place."""
    place = folder / "primary"
    SnapshotEngine.create(place).close()
    commit(place, commits)
    return place


def commit(place: Path, count: int = 1) -> None:
    """Make commits in a store: commit n says n, and takes back what the one before it said."""
    with SnapshotEngine.open(place) as engine:
        for _ in range(count):
            number = engine.newest() + 1
            before = [quad(f"turn{number - 1}")] if number > 1 else []
            draft = engine.draft()
            draft.apply(Change.of([quad(f"turn{number}"), quad(f"kept{number}")], before))
            draft.publish(CommitInfo(message=f"turn {number}"))


def many(place: Path, count: int) -> None:
    """Make a commit of many statements, and what the next one takes back."""
    with SnapshotEngine.open(place) as engine:
        draft = engine.draft()
        draft.apply(Change.of([quad(f"turn{engine.newest() + 1}")]))
        draft.bulk_add(quad(f"one{number}", f"of {count}") for number in range(count))
        draft.publish(CommitInfo(message="many"))


def pull(source: Path | Source, place: Path) -> Pulled:
    """Bring a replica to its primary, once."""
    reached = FolderSource(source) if isinstance(source, Path) else source
    with Puller(reached, place) as puller:
        return puller.pull()


def proved(place: Path) -> int:
    """Return the version of a store whose newest snapshot is what its records lead to."""
    places = Places(place)
    with SnapshotEngine.open(place) as engine, engine.read() as state:
        assert state.version in Snapshots(places.snapshots).kept()
        found = integrity.of_state(state.quads())
        led_to = integrity.of_records(Records(places.commits), state.version)
        assert str(found) == str(led_to)
        return state.version


@contextmanager
def replica_in(folder: Path, settings: Settings | None = None) -> Iterator[World]:
    """Yield a service over a replica of a primary that says where it is."""
    place = folder / "store"
    pull(primary_in(folder), place)
    write_primary(Places(place), Primary("/srv/store", PRIMARY))
    with world_of(place, settings) as world:
        yield world


class Reached:
    """A primary that is reached through something that may fail.

    Attributes:
        read_bytes: how many bytes of files were given.

    """

    def __init__(self, source: Path | Source) -> None:
        self.inner = FolderSource(source) if isinstance(source, Path) else source
        self.read_bytes = 0

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def address(self) -> str:
        return self.inner.address

    def manifest(self, since: int, *, known: str = "") -> Manifest | None:
        return self.inner.manifest(since, known=known)

    def read(self, sha256: str, start: int) -> Generator[bytes]:
        for part in self.inner.read(sha256, start):
            self.read_bytes += len(part)
            yield part

    def close(self) -> None:
        self.inner.close()
