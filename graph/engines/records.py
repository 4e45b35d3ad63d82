"""Commit records: each commit as one compressed RDF Patch whose header says who, when and why."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Self

from graph import patch
from graph.change import Change
from graph.errors import BadSyntax
from graph.terms import NamedNode

from .base import Commit, CommitInfo
from .disk import damaged, disk_problems, private_file, remove, sync_folder, sync_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from graph.errors import StoreDamaged

SUFFIX = ".rdfp.gz"
_BROKEN = (BadSyntax, UnicodeDecodeError, EOFError, zlib.error, gzip.BadGzipFile)
_AUDIT = ("client", "request", "token")
"""What a change over a network has written down besides; the words are attributes too."""
_BATCH_ROWS = 1_000
_PART_BYTES = 1 << 20
_SYNCED_AT_ONCE = 4
_SPEED = 3
"""Compression level: most of the gain at a third of the time of the default."""


class Body:
    """The rows of one change on their way to the disk, counted and summed as they pass.

    Args:
        path: a private file that the rows go to, compressed.

    Attributes:
        added: how many rows added a quad.
        removed: how many rows removed one.

    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.added = self.removed = 0
        self._sum = hashlib.sha256()
        self._file = private_file(path)
        self._zip = gzip.GzipFile(fileobj=self._file, mode="wb", compresslevel=_SPEED, mtime=0)
        self._put(patch.BEGIN)

    def write(self, rows: Iterable[bytes]) -> None:
        """Append rows of a patch."""
        left = iter(rows)
        while batch := list(islice(left, _BATCH_ROWS)):
            added = sum(row.startswith(patch.ADD) for row in batch)
            self.added += added
            self.removed += len(batch) - added
            self._put(b"".join(batch))

    def copy(self, blocks: Iterable[bytes], *, added: int) -> None:
        """Append text that is known to be so many rows that add a quad."""
        for block in blocks:
            self._put(block)
        self.added += added

    @property
    def checksum(self) -> str:
        """The SHA-256 of all rows so far, hexadecimal."""
        return self._sum.hexdigest()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write the last row; after an error the file is closed only."""
        with self._file:
            if kind is None:
                self._put(patch.COMMIT)
                self._zip.close()

    def _put(self, rows: bytes) -> None:
        self._sum.update(rows)
        self._zip.write(rows)


@dataclass(frozen=True, slots=True)
class Records:
    """The folder of commit records.

    A record is two gzip members: the header rows, then the patch from ``TX`` to ``TC``;
    gzip readers see one text. So the header is read without the change.
    """

    folder: Path

    def path(self, number: int) -> Path:
        """Return where the record of a commit lies."""
        return self.folder / f"{number:08d}{SUFFIX}"

    def write(self, commit: Commit, *, body: Path, quads: int) -> None:
        """Write a record; it is durable once ``sync`` was called for it.

        Args:
            commit: what the header says.
            body: what a finished ``Body`` wrote.
            quads: how many quads named graphs hold after the commit.

        """
        with private_file(self.path(commit.number)) as file, body.open("rb") as rows:
            file.write(gzip.compress(b"".join(header_rows(commit, quads)), mtime=0))
            shutil.copyfileobj(rows, file, 1 << 20)

    def sync(self, numbers: Iterable[int]) -> None:
        """Return once the records of some commits are on the disk, with their names."""
        paths = [self.path(number) for number in numbers]
        # The disk takes several at a time together, and one after the other much longer.
        with ThreadPoolExecutor(min(_SYNCED_AT_ONCE, len(paths) or 1)) as pool:
            for _ in pool.map(sync_path, paths):
                pass
        sync_folder(self.folder)

    def read(self, number: int) -> Commit:
        """Return what is known of a commit.

        Raises:
            StoreDamaged: if the record is not what was written, or not there.

        """
        return commit_of(self._words(number), self.path(number))

    def quads(self, number: int) -> int:
        """Return how many quads named graphs hold right after a commit; 0 before the first."""
        return quads_of(self._words(number), self.path(number)) if number else 0

    def change(self, number: int) -> Change:
        """Return the change of a commit; it is held in memory."""
        change = Change()
        for batch in self.batches(number):
            change = Change(change.added | batch.added, change.removed | batch.removed)
        return change

    def batches(self, number: int) -> Iterator[Change]:
        """Yield the change of a commit in parts that fit in memory, and check its sum at the end.

        Raises:
            StoreDamaged: if the record is not what was written, or not there.

        """
        commit, path = self.read(number), self.path(number)
        total = hashlib.sha256()
        try:
            with gzip.open(path) as file:
                yield from patch.batches(_summed(file, total.update))
        except _BROKEN as error:
            raise damaged(path) from error
        if total.hexdigest() != commit.checksum:
            raise damaged(path)

    def rows(self, number: int) -> Iterator[bytes]:
        """Yield the rows of a change as they were written, in parts of whole lines.

        Raises:
            StoreDamaged: if the record cannot be read to its end; its sum is not looked at.

        """
        path = self.path(number)
        try:
            with gzip.open(path) as file:
                for line in file:
                    if line == patch.BEGIN:
                        break
                left = b""
                while part := file.read(_PART_BYTES):
                    part = left + part
                    end = part.rfind(b"\n") + 1
                    left = part[end:]
                    yield part[:end].removesuffix(patch.COMMIT)
        except (FileNotFoundError, *_BROKEN) as error:
            raise damaged(path) from error

    def damaged(self, number: int) -> StoreDamaged:
        """Return the error for a record that is not what was written."""
        return damaged(self.path(number))

    def sweep(self, newest: int) -> None:
        """Remove what a crash left behind: half-written records, and those of no commit."""
        for path in self.folder.iterdir():
            number = path.name.removesuffix(SUFFIX)
            if not number.isdecimal() or int(number) > newest:
                remove(path)

    def _words(self, number: int) -> list[tuple[str, str]]:
        path = self.path(number)
        try:
            with disk_problems(self.folder.parent), gzip.open(path) as file:
                return [patch.read_header(line) for line in _head(file)]
        except (FileNotFoundError, *_BROKEN) as error:
            raise damaged(path) from error


def _head(file: Iterable[bytes]) -> Iterator[bytes]:
    for line in file:
        if line == patch.BEGIN:
            return
        yield line


def _summed(file: Iterable[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    for line in file:
        if not line.startswith(b"H "):
            update(line)
            yield line


def header_rows(commit: Commit, quads: int) -> Iterator[bytes]:
    """Yield what a record says of a commit, as header rows of a patch.

    Args:
        commit: what is known.
        quads: how many quads named graphs hold after it.

    """
    yield patch.header("number", commit.number)
    yield patch.header("parent", commit.parent)
    yield patch.header("time", commit.time)
    yield patch.header("author", commit.info.author)
    yield patch.header("message", commit.info.message)
    if commit.info.source is not None:
        yield patch.header("source", commit.info.source)
    yield patch.header("kind", commit.info.kind)
    for word in _AUDIT:
        if told := getattr(commit.info, word):
            yield patch.header(word, told)
    for note in commit.info.notes:
        yield patch.header("note", note)
    for mark in commit.info.erased:
        yield patch.header("erased", mark)
    yield patch.header("added", commit.added)
    yield patch.header("removed", commit.removed)
    yield patch.header("quads", quads)
    yield patch.header("checksum", commit.checksum)


def commit_of(words: list[tuple[str, str]], path: Path | str) -> Commit:
    """Return the commit that header rows say.

    Args:
        words: the word and the value of each row.
        path: where the record is, for an error.

    Raises:
        StoreDamaged: if a word is missing, or no number where one has to be.

    """
    said = dict(words)
    try:
        info = CommitInfo(
            author=said["author"],
            message=said["message"],
            source=NamedNode(said["source"]) if "source" in said else None,
            kind=said["kind"],
            notes=tuple(value for word, value in words if word == "note"),
            erased=tuple(value for word, value in words if word == "erased"),
            **{word: said[word] for word in _AUDIT if word in said},
        )
        return Commit(
            number=_number(said, "number", path),
            parent=_number(said, "parent", path),
            time=said["time"],
            info=info,
            added=_number(said, "added", path),
            removed=_number(said, "removed", path),
            checksum=said["checksum"],
        )
    except KeyError as error:
        raise damaged(path) from error


def quads_of(words: list[tuple[str, str]], path: Path | str) -> int:
    """Return how many quads named graphs hold after the commit of which header rows speak.

    Raises:
        StoreDamaged: if they do not say it.

    """
    return _number(dict(words), "quads", path)


def _number(said: dict[str, str], word: str, path: Path | str) -> int:
    try:
        return int(said[word])
    except (KeyError, ValueError) as error:
        raise damaged(path) from error
