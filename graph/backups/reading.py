"""Checking a backup, and making a store of it: what a file says is believed only when proved."""

from __future__ import annotations

import hashlib
import tarfile
import zlib
from typing import TYPE_CHECKING

from graph.engines import integrity
from graph.engines.disk import Places, private_file, sync_file, sync_folder
from graph.engines.records import Records
from graph.engines.restoring import adopt
from graph.engines.snapshots import SnapshotEngine
from graph.errors import StoreDamaged
from graph.progress import Progress, silent

from .contents import (
    MANIFEST,
    MANIFEST_LIMIT_BYTES,
    Manifest,
    Part,
    changed,
    record_name,
    unreadable,
)

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO, BinaryIO

_CHUNK_BYTES = 1 << 20
_BROKEN = (tarfile.TarError, EOFError, zlib.error)


def check(file: BinaryIO, *, source: str, progress: Progress = silent) -> Manifest:
    """Read a whole backup and return its manifest, if every byte is what was written.

    Args:
        file: the archive.
        source: how errors call it.
        progress: told the bytes read.

    Raises:
        BadBackup: if it is no whole backup, or damaged.

    """
    return _read(file, source, None, progress)


def restore(file: BinaryIO, place: Path, *, source: str, progress: Progress = silent) -> Manifest:
    """Make a store of a backup, with its whole history, and check that it is the same.

    After an error what is in ``place`` is no store; the caller removes it.

    Args:
        file: the archive.
        place: where the store is made: a folder that is empty or not there.
        source: how errors call the archive.
        progress: told the bytes read, then the statements made again of how many.

    Raises:
        BadBackup: if the archive is no whole backup, or damaged.
        StoreExists: if the folder holds anything.

    """
    places = Places(place)
    SnapshotEngine.create(place).close()
    manifest = _read(file, source, places.commits, progress)
    sync_folder(places.commits)
    try:
        adopt(place, manifest.newest, base=manifest.base, progress=progress)
        with SnapshotEngine.open(place) as engine, engine.read() as state:
            found = integrity.of_state(state.quads())
        same = (found.count, str(found)) == (manifest.quads, manifest.fingerprint)
    except StoreDamaged as error:
        raise changed(source, "a commit in it") from error
    if not same:
        raise changed(source, "what its commits lead to")
    return manifest


def _read(file: BinaryIO, source: str, folder: Path | None, progress: Progress) -> Manifest:
    """Read an archive of exactly the members that ``write`` puts into one, in that order.

    Args:
        file: the archive.
        source: how errors call it.
        folder: where the records are kept; None to forget them.
        progress: told the bytes read.

    """
    found: list[Part] = []
    manifest, done = None, 0
    try:
        with tarfile.open(fileobj=file, mode="r|") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isreg() else None
                if content is None or manifest is not None:
                    raise unreadable(source)
                if member.name == MANIFEST:
                    text = content.read(MANIFEST_LIMIT_BYTES)
                    manifest = Manifest.from_bytes(text, source=source)
                    continue
                if member.name != record_name(len(found) + 1):
                    raise unreadable(source)
                found.append(_taken(content, folder, len(found) + 1))
                done += found[-1].bytes
                progress(done, None)
    except _BROKEN as error:
        raise unreadable(source) from error
    if manifest is None:
        raise unreadable(source)
    _compare(found, manifest, source)
    return manifest


def _compare(found: list[Part], manifest: Manifest, source: str) -> None:
    if not len(found) == len(manifest.parts) == manifest.newest:
        raise changed(source, "the number of its commits")
    for number, (part, stated) in enumerate(zip(found, manifest.parts, strict=True), start=1):
        if part != stated:
            raise changed(source, f"commit {number}")


def _taken(content: IO[bytes], folder: Path | None, number: int) -> Part:
    """Read one record, keep it if there is a folder for it, and return its size and sum."""
    size, total = 0, hashlib.sha256()
    kept = private_file(Records(folder).path(number)) if folder is not None else None
    try:
        while chunk := content.read(_CHUNK_BYTES):
            size += len(chunk)
            total.update(chunk)
            if kept is not None:
                kept.write(chunk)
        if kept is not None:
            sync_file(kept)
    finally:
        if kept is not None:
            kept.close()
    return Part(size, total.hexdigest())
