"""Files of a store: where each lies, how it is replaced in one step, what a sick disk means."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from graph.errors import DiskProblem, StoreDamaged, StoreMissing, StoreTooNew

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAYOUT_VERSION = 1
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
_REMOVAL_ROUNDS = 6
_RENAME_EXCHANGE = 2
_SHORT_BYTES = 256
"""Longer than any CURRENT; of a longer file the beginning is as wrong as the whole."""

_SICK = {
    errno.ENOSPC: ("is full", "Free some space"),
    errno.EDQUOT: ("has no quota left", "Free some space"),
    errno.EFBIG: ("takes no larger file", "Raise the limit on the size of files"),
    errno.EROFS: ("is read-only", "Make the disk writable"),
    errno.EACCES: ("does not let this user in", "Mend the permissions"),
    errno.EPERM: ("does not let this user in", "Mend the permissions"),
    errno.EIO: ("reads or writes wrongly", "Check the disk and restore the store from a backup"),
    errno.EMFILE: ("has too many files open in this process", "Raise the limit on open files"),
    errno.ENFILE: ("has too many files open", "Raise the limit on open files"),
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where each file of the store lies."""

    root: Path

    @property
    def format(self) -> Path:
        """The layout version and the base IRI."""
        return self.root / "FORMAT"

    @property
    def current(self) -> Path:
        """The number of the newest version; replacing it is the commit point."""
        return self.root / "CURRENT"

    @property
    def lock(self) -> Path:
        """What a writer locks."""
        return self.root / "lock"

    @property
    def heads(self) -> Path:
        """Private, disposable copies: one folder for each process that writes."""
        return self.root / "head"

    @property
    def snapshots(self) -> Path:
        """One immutable checkpoint for each kept version."""
        return self.root / "snapshots"

    @property
    def commits(self) -> Path:
        """One record for each commit."""
        return self.root / "commits"

    @property
    def replica(self) -> Path:
        """What the store is a replica of; only replicas have it."""
        return self.root / "REPLICA"

    @property
    def replication(self) -> Path:
        """What a replica has pulled so far of the next version, and how it stands."""
        return self.root / "replication"

    def folders(self) -> tuple[Path, ...]:
        """Return the folders that every store has."""
        return self.heads, self.snapshots, self.commits


@contextmanager
def disk_problems(path: Path) -> Iterator[None]:
    """Turn what the system says about a sick disk into a DiskProblem about ``path``.

    Raises:
        DiskProblem: for a full, read-only, forbidden or broken disk.
        StoreDamaged: if the bytes under a checkpoint are not what they were.

    """
    try:
        yield
    except (OSError, RuntimeError) as error:
        problem = _problem(error, path)
        if problem is None:
            raise
        raise problem from error


def _problem(error: OSError | RuntimeError, path: Path) -> DiskProblem | StoreDamaged | None:
    if "Corruption" in str(error):
        return StoreDamaged(
            f"A file of the store {path} is damaged: {error}",
            path=path,
            hint="Restore the store from a backup.",
        )
    number = _errno(error)
    if number is None:
        return None
    what, remedy = _SICK[number]
    return DiskProblem(
        f"The disk that holds {path} {what}; the store is as it was.",
        path=path,
        hint=f"{remedy} and try again.",
    )


def _errno(error: OSError | RuntimeError) -> int | None:
    """Return which illness it is; the embedded engine names it in words only."""
    if isinstance(error, OSError) and error.errno in _SICK:
        return error.errno
    words = str(error)
    if "File too large" in words:
        return errno.EFBIG
    return next((known for known in _SICK if os.strerror(known) in words), None)


def write_durably(path: Path, text: str) -> None:
    """Replace a file in one step: whoever reads it sees the old text or the new, never a part."""
    fresh = path.with_name(path.name + ".tmp")
    with private_file(fresh) as file:
        file.write(text.encode())
        sync_file(file)
    fresh.replace(path)
    sync_folder(path.parent)


def private_file(path: Path) -> BinaryIO:
    """Open a file for writing that nobody but its owner may read; what it held is gone."""
    number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, PRIVATE_FILE)
    return os.fdopen(number, "w+b")


def sync_file(file: BinaryIO) -> None:
    """Return once what was written is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_path(path: Path) -> None:
    """Return once what was written to a file that is closed by now is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Return once the names in a folder are on the disk."""
    number = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def make_private(folder: Path) -> None:
    """Take away what others may do with a folder and its files, which RocksDB leaves open."""
    folder.chmod(PRIVATE_FOLDER)
    for path in folder.iterdir():
        if path.stat().st_mode & 0o777 != PRIVATE_FILE:
            path.chmod(PRIVATE_FILE)


def link_durably(source: Path, target: Path) -> None:
    """Give a file that never changes a second name, or a copy where the disk knows no links."""
    try:
        target.hardlink_to(source)
    except OSError:
        with source.open("rb") as content, private_file(target) as file:
            shutil.copyfileobj(content, file, 1 << 20)
            sync_file(file)


def exchange(one: Path, other: Path) -> None:
    """Let two folders of one disk take each other's place; nobody sees either place empty.

    Where the system cannot do that in one step, ``one`` is not there for a moment.
    """
    if not _exchanged(one, other):
        aside = other.with_name(f"{other.name}.aside")
        one.rename(aside)
        try:
            other.rename(one)
        except BaseException:
            aside.rename(one)
            raise
        aside.rename(other)
    sync_folder(one.parent)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two names by renameat2 (Linux 3.15, glibc 2.28); tell whether that was possible."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    here = -100  # AT_FDCWD: both paths are as seen from here
    return bool(call(here, os.fsencode(one), here, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def identity_of(places: Places) -> tuple[int, int, int]:
    """Return what tells a store from another that is put in its place later.

    FORMAT is written once in the life of a store, so its number and time say which one it is
    even where the system gives the number of a removed file to a new one.

    Raises:
        StoreDamaged: if there is none any more.

    """
    try:
        with disk_problems(places.root):
            about = places.format.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise damaged(places.format) from error
    return about.st_dev, about.st_ino, about.st_mtime_ns


def remove(path: Path) -> None:
    """Remove a file or a folder with all it holds; gone already is well.

    A store that is being closed may still compact its files: what it makes in the meantime
    is removed in another round.
    """
    if not path.is_dir() or path.is_symlink():
        path.unlink(missing_ok=True)
        return
    for round_ in range(_REMOVAL_ROUNDS):
        shutil.rmtree(path, ignore_errors=True)
        if not path.exists():
            return
        time.sleep(0.01 * 2**round_)


def write_format(places: Places, base: str, *, erasures: int = 0) -> None:
    """Write the file that says which layout this store has; it makes the folder a store.

    Args:
        places: where.
        base: the base IRI.
        erasures: how often the history was written anew without somebody.

    """
    told = {"layout": LAYOUT_VERSION, "base": base} | ({"erasures": erasures} if erasures else {})
    write_durably(places.format, json.dumps(told) + "\n")


def erasures_of(places: Places) -> int:
    """Return how often the history of a store was written anew, so that its versions differ.

    Raises:
        StoreDamaged: if the file is not what was written.

    """
    try:
        with disk_problems(places.root):
            return int(json.loads(places.format.read_bytes()).get("erasures", 0))
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError, AttributeError) as error:
        raise damaged(places.format) from error


def read_format(places: Places) -> str:
    """Return the base IRI of the store, after checking that this program knows its layout.

    Raises:
        StoreMissing: if there is no store.
        StoreTooNew: if a newer medalgraph wrote it.
        StoreDamaged: if the file is not what was written.

    """
    try:
        with disk_problems(places.root):
            stated = json.loads(places.format.read_bytes())
        layout, base = int(stated["layout"]), str(stated["base"])
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreMissing(
            f"There is no medalgraph store in {places.root}.",
            path=places.root,
            hint=f"Check the path, or make a store with: medalgraph init {places.root}",
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(places.format) from error
    if layout > LAYOUT_VERSION:
        raise StoreTooNew(
            f"The store {places.root} was written by a newer medalgraph (layout {layout};"
            f" this one knows {LAYOUT_VERSION}).",
            path=places.root,
            hint="Update medalgraph. Nothing was changed.",
        )
    return base


def write_current(places: Places, number: int) -> None:
    """Make ``number`` the newest version, durably: this is the commit point."""
    write_durably(places.current, f"{number} {_check_sum(number)}\n")


def read_current(places: Places) -> int:
    """Return the number of the newest version.

    Raises:
        StoreDamaged: if the file is not what was written.

    """
    try:
        with disk_problems(places.root):
            text = _beginning(places.current)
        number, check_sum = text.decode("ascii").split()
        if check_sum == _check_sum(int(number)):
            return int(number)
    except (ValueError, FileNotFoundError) as error:
        raise damaged(places.current) from error
    raise damaged(places.current)


def _beginning(path: Path) -> bytes:
    """Return what a short file holds; pathlib takes ten times as long, and each request asks."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(handle, _SHORT_BYTES)
    finally:
        os.close(handle)


def _check_sum(number: int) -> str:
    return f"{zlib.crc32(str(number).encode()):08x}"


def damaged(path: Path | str) -> StoreDamaged:
    """Return the error that names a file whose content is not what was written."""
    return StoreDamaged(
        f"The file {path} is damaged or missing.",
        path=path,
        hint="Restore the store from a backup.",
    )
