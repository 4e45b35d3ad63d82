"""What a primary offers, and in which words: the files of its newest version and their sums."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

FORMAT, FORMAT_VERSION = "medalgraph replication", 1
LIMIT_BYTES = 256 << 20
"""More than the manifest of a million commits takes."""
_SHA_256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
"""How RocksDB names files; none of them leads out of its folder."""


@dataclass(frozen=True, slots=True)
class Part:
    """The content of one file: its size and its SHA-256, hexadecimal."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one commit, and when that was published: no two commits share a moment."""

    part: Part
    time: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a primary offers at a moment.

    Attributes:
        mark: tells this offer from every other one of the primary.
        layout: the version of the layout of the store.
        base: its base IRI.
        erasures: how often its history was written anew.
        address: where clients reach the primary; empty if it does not say.
        newest: the number of its newest commit.
        since: commits up to this one are not listed.
        lineage: the sum over their times; erasing a person leaves it as it is.
        content: the sum over their records, which erasing a person changes.
        records: the commits from ``since`` + 1 on.
        snapshot: the files of the newest snapshot, by name.
        tokens: the text of the file of tokens, in which are hashes only; empty if it has none.

    """

    mark: str
    layout: int
    base: str
    erasures: int
    address: str
    newest: int
    since: int
    lineage: str
    content: str
    records: tuple[Record, ...]
    snapshot: dict[str, Part]
    tokens: str

    def to_bytes(self) -> bytes:
        """Return the manifest as it is sent."""
        told = {"format": FORMAT, "version": FORMAT_VERSION, **asdict(self)}
        return (json.dumps(told) + "\n").encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Manifest:
        """Return the manifest that ``to_bytes`` wrote.

        Raises:
            ValueError: if it is none, or not whole, or would lead out of its folders.

        """
        try:
            told = json.loads(content)
            if (told["format"], told["version"]) != (FORMAT, FORMAT_VERSION):
                raise ValueError("another format")
            records = (Record(_part(one["part"]), str(one["time"])) for one in told["records"])
            found = cls(
                mark=str(told["mark"]),
                layout=int(told["layout"]),
                base=str(told["base"]),
                erasures=int(told["erasures"]),
                address=str(told["address"]),
                newest=int(told["newest"]),
                since=int(told["since"]),
                lineage=str(told["lineage"]),
                content=str(told["content"]),
                records=tuple(records),
                snapshot={_name(name): _part(one) for name, one in told["snapshot"].items()},
                tokens=str(told["tokens"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("a part is missing") from error
        if len(found.records) != found.newest - found.since or found.since < 0:
            raise ValueError("it lists other commits than it says")
        return found


def is_sum(text: str) -> bool:
    """Tell whether a text is a SHA-256, hexadecimal."""
    return bool(_SHA_256.fullmatch(text))


def _part(told: dict[str, Any]) -> Part:
    size, digest = int(told["bytes"]), str(told["sha256"])
    if size < 0 or not is_sum(digest):
        raise ValueError("a checksum is none")
    return Part(size, digest)


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError("a file has a name that no snapshot has")
    return text
