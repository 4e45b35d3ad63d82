"""Writing a backup while others read and write the store."""

from __future__ import annotations

import hashlib
import tarfile
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from graph.engines import integrity
from graph.engines.disk import Places, disk_problems
from graph.engines.records import Records
from graph.engines.snapshots import SnapshotEngine
from graph.errors import StoreDamaged
from graph.progress import Progress, silent

from .contents import MANIFEST, Manifest, Part, record_name

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

_FILE_MODE = 0o600


def write(place: Path, out: BinaryIO, *, progress: Progress = silent) -> Manifest:
    """Write the history of a store up to its newest commit into a file, and prove it first.

    Args:
        place: the folder of the store.
        out: takes the archive; it need not be able to seek.
        progress: told the statements looked at, of about how many.

    Raises:
        StoreMissing: if there is no store.
        StoreDamaged: if its records do not lead to its newest state. Such a backup would
            bring back another graph, so there is none.

    """
    with SnapshotEngine.open(place) as engine, disk_problems(place):
        newest, base = engine.newest(), engine.base
        records = Records(Places(place).commits)
        expected = _rows(engine, newest)
        proved = _proved(engine, records, newest, lambda done, _: progress(done, expected))
        with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as archive:
            parts = tuple(_add_record(archive, records, n) for n in range(1, newest + 1))
            manifest = Manifest(
                base=base,
                newest=newest,
                made=datetime.now(UTC).isoformat(timespec="seconds"),
                quads=proved.count,
                fingerprint=str(proved),
                parts=parts,
            )
            content = manifest.to_bytes()
            archive.addfile(_entry(MANIFEST, len(content)), BytesIO(content))
    return manifest


def _rows(engine: SnapshotEngine, newest: int) -> int:
    """Return how many statements are looked at: those of all commits, and of the newest state."""
    commits = [engine.commit(number) for number in range(1, newest + 1)]
    added = sum(commit.added for commit in commits)
    removed = sum(commit.removed for commit in commits)
    return added + removed + added - removed


def _proved(
    engine: SnapshotEngine, records: Records, newest: int, progress: Progress
) -> integrity.Fingerprint:
    with engine.read(newest) as state:
        found = integrity.of_state(state.quads(), progress=progress)
    led_to = integrity.of_records(records, newest, progress=progress, done=found.count)
    if str(found) != str(led_to):
        place = records.folder.parent
        raise StoreDamaged(
            f"The commits of the store {place} do not lead to what its snapshot {newest} says.",
            path=place,
            hint="Look at it with 'medalgraph doctor', and restore the store from a backup.",
        )
    return found


def _add_record(archive: tarfile.TarFile, records: Records, number: int) -> Part:
    content = records.path(number).read_bytes()
    archive.addfile(_entry(record_name(number), len(content)), BytesIO(content))
    return Part(len(content), hashlib.sha256(content).hexdigest())


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, _FILE_MODE
    return entry
