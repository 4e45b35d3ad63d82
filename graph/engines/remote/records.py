"""Commit records in the engine: the header and the rows of each, as on disk, kept as literals.

The rows are an RDF Patch, compressed by gzip, written in base64 and cut into parts, for
engines have limits on how long a literal or a request may be.
"""

from __future__ import annotations

import hashlib
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import patch
from graph.change import Change
from graph.engines.records import commit_of, header_rows, quads_of
from graph.errors import BadSyntax, StoreDamaged
from graph.terms import Literal, NamedNode

from .layout import COMMITS, HOUSE, house

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.engines.base import Commit

    from .session import Session

PART_BYTES = 192_000
"""How much compressed text a part holds; base64 makes 256,000 characters of it."""
AT_ONCE = 200
"""How many headers are read in one request."""
_GZIP = 31
"""What zlib calls a stream with the header of gzip and the largest window."""
_HEAD, _PARTS, _TEXT = house("header"), house("parts"), house("rows")
MARK = house("commit")


def commit_node(number: int) -> NamedNode:
    """Return the name of a commit in the graph of the commits."""
    return NamedNode(f"{HOUSE}commit/{number}")


def described(commit: Commit, rows: Iterable[bytes], *, mark: str, quads: int) -> Iterator[str]:
    """Yield a commit record as triples, a triple a line.

    Args:
        commit: what is known of it.
        rows: its patch, from the first to the last row.
        mark: of the state after it, which no other commit of any store has.
        quads: how many statements named graphs hold after it.

    """
    node = commit_node(commit.number)
    head = b"".join(header_rows(commit, quads)).decode()
    parts = 0
    for parts, part in enumerate(_parts(rows), start=1):
        yield f"{_part_node(commit.number, parts)} {_TEXT} {Literal(part)} ."
    yield f"{node} {MARK} {Literal(mark)} ."
    yield f"{node} {_HEAD} {Literal(head)} ."
    yield f"{node} {_PARTS} {Literal(str(parts))} ."


def mark_of(session: Session, number: int) -> str | None:
    """Return the mark of a commit, or None if there is none of this number."""
    text = f"SELECT ?mark WHERE {{ {commit_node(number)} {MARK} ?mark }}"
    found = [row[0] for row in session.rows(text, default=[COMMITS])]
    return getattr(found[0], "value", None) if found else None


def read_commits(session: Session, numbers: range) -> Iterator[Commit]:
    """Yield what is known of commits, in the order of the numbers."""
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        for number, head in zip(some, _heads(session, some), strict=True):
            yield commit_of(_words(session, number, head), session.client.address.text)


def _heads(session: Session, numbers: Sequence[int]) -> Iterator[str]:
    """Yield the header of each commit, or nothing in words where there is none."""
    nodes = " ".join(str(commit_node(number)) for number in numbers)
    text = f"SELECT ?c ?head WHERE {{ VALUES ?c {{ {nodes} }} ?c {_HEAD} ?head }}"
    found = {row[0]: row[1] for row in session.rows(text, default=[COMMITS])}
    for number in numbers:
        yield getattr(found.get(commit_node(number)), "value", "")


def lines(session: Session, number: int) -> Iterator[bytes]:
    """Yield the patch of a commit line by line, from its first row to its last."""
    unzip, left = zlib.decompressobj(wbits=_GZIP), b""
    for part in _read_parts(session, number):
        try:
            text = left + unzip.decompress(b64decode(part))
        except (ValueError, zlib.error) as error:
            raise _damaged(session, number) from error
        *whole, left = text.split(b"\n")
        yield from (line + b"\n" for line in whole)


def rows(session: Session, number: int) -> Iterator[bytes]:
    """Yield the rows of a commit, without those that begin and end a patch."""
    for line in lines(session, number):
        if line not in (patch.BEGIN, patch.COMMIT):
            yield line


def read_change(session: Session, commit: Commit) -> Change:
    """Return the exact change of a commit, after checking its sum.

    Raises:
        StoreDamaged: if the record is not what was written.

    """
    change = Change()
    for batch in _batches(session, commit):
        change = Change(change.added | batch.added, change.removed | batch.removed)
    return change


@dataclass(frozen=True, slots=True)
class RemoteRecords:
    """The records of one store; see ``integrity.History``."""

    session: Session

    def read(self, number: int) -> Commit:
        """Return what is known of a commit.

        Raises:
            StoreDamaged: if the record is not there, or not what was written.

        """
        return commit_of(self._words(number), self.session.client.address.text)

    def quads(self, number: int) -> int:
        """Return how many quads named graphs hold right after a commit."""
        return quads_of(self._words(number), self.session.client.address.text)

    def batches(self, number: int) -> Iterator[Change]:
        """Yield the change of a commit in parts that fit in memory, and check its sum at the end.

        Raises:
            StoreDamaged: if the record is not what was written.

        """
        return _batches(self.session, self.read(number))

    def damaged(self, number: int) -> StoreDamaged:
        """Return the error for a record that is not what was written."""
        return _damaged(self.session, number)

    def _words(self, number: int) -> list[tuple[str, str]]:
        return _words(self.session, number, next(_heads(self.session, [number])))


def _batches(session: Session, commit: Commit) -> Iterator[Change]:
    total = hashlib.sha256()
    try:
        yield from patch.batches(_summed(lines(session, commit.number), total))
    except BadSyntax as error:
        raise _damaged(session, commit.number) from error
    if total.hexdigest() != commit.checksum:
        raise _damaged(session, commit.number)


def _summed(found: Iterable[bytes], total: hashlib._Hash) -> Iterator[bytes]:
    for line in found:
        total.update(line)
        yield line


def _parts(rows: Iterable[bytes]) -> Iterator[str]:
    squeeze, waiting = zlib.compressobj(wbits=_GZIP), bytearray()
    for row in rows:
        waiting += squeeze.compress(row)
        while len(waiting) >= PART_BYTES:
            yield b64encode(waiting[:PART_BYTES]).decode()
            del waiting[:PART_BYTES]
    waiting += squeeze.flush()
    for start in range(0, len(waiting), PART_BYTES):
        yield b64encode(waiting[start : start + PART_BYTES]).decode()


def _part_node(number: int, part: int) -> NamedNode:
    return NamedNode(f"{HOUSE}commit/{number}/part/{part}")


def _read_parts(session: Session, number: int) -> Iterator[str]:
    """Yield the parts one by one, so that no more than one is held."""
    for part in range(1, _number_of_parts(session, number) + 1):
        text = f"SELECT ?text WHERE {{ {_part_node(number, part)} {_TEXT} ?text }}"
        found = [row[0] for row in session.rows(text, default=[COMMITS])]
        if len(found) != 1:
            raise _damaged(session, number)
        yield getattr(found[0], "value", "")


def _number_of_parts(session: Session, number: int) -> int:
    text = f"SELECT ?n WHERE {{ {commit_node(number)} {_PARTS} ?n }}"
    found = [row[0] for row in session.rows(text, default=[COMMITS])]
    if len(found) != 1:
        raise _damaged(session, number)
    return int(getattr(found[0], "value", "0"))


def _words(session: Session, number: int, head: str) -> list[tuple[str, str]]:
    try:
        words = [patch.read_header(line) for line in head.encode().splitlines(keepends=True)]
    except BadSyntax as error:
        raise _damaged(session, number) from error
    if not words:
        raise _damaged(session, number)
    return words


def _damaged(session: Session, number: int) -> StoreDamaged:
    address = session.client.address.text
    return StoreDamaged(
        f"The record of commit {number} at {address} is not what was written.",
        path=address,
        hint="Restore the store from a backup of the engine.",
    )
