"""What is in a backup, and in which words the manifest says so."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass

from graph.engines.disk import LAYOUT_VERSION
from graph.errors import BadBackup

MANIFEST = "MANIFEST.json"
FORMAT, FORMAT_VERSION = "medalgraph backup", 1
MANIFEST_LIMIT_BYTES = 256 << 20
"""More than the manifest of a million commits takes."""
_SHA_256 = re.compile(r"[0-9a-f]{64}")
_CUT = "The file was cut off, or is no backup of medalgraph; take another one."


@dataclass(frozen=True, slots=True)
class Part:
    """One commit record in a backup: its size and its SHA-256, hexadecimal."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        base: the base IRI of the store.
        newest: the number of the newest commit.
        made: when the backup was made, UTC, ISO 8601.
        quads: how many quads the newest state holds.
        fingerprint: the sum over them, see ``Fingerprint``.
        parts: the record of each commit, the first one first.

    """

    base: str
    newest: int
    made: str
    quads: int
    fingerprint: str
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """The bytes of all records."""
        return sum(part.bytes for part in self.parts)

    def to_bytes(self) -> bytes:
        """Return the manifest as it stands in the file."""
        told = {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "layout": LAYOUT_VERSION,
            **asdict(self),
        }
        return (json.dumps({**told, "sha256": _sum(told)}, indent=1) + "\n").encode()

    @classmethod
    def from_bytes(cls, content: bytes, *, source: str) -> Manifest:
        """Return the manifest that ``to_bytes`` wrote.

        Raises:
            BadBackup: if it is not what was written, or a newer medalgraph wrote it.

        """
        try:
            told = json.loads(content)
            stated = told.pop("sha256")
            if told["format"] != FORMAT:
                raise unreadable(source)
            if told["version"] > FORMAT_VERSION or told["layout"] > LAYOUT_VERSION:
                raise BadBackup(
                    f"The backup {source} was written by a newer medalgraph.",
                    hint="Update medalgraph and try again.",
                )
            if stated != _sum(told):
                raise changed(source, "its manifest")
            return cls(
                base=str(told["base"]),
                newest=int(told["newest"]),
                made=str(told["made"]),
                quads=int(told["quads"]),
                fingerprint=str(told["fingerprint"]),
                parts=tuple(_part(part) for part in told["parts"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise unreadable(source) from error


def record_name(number: int) -> str:
    """Return the name of a commit's record in a backup."""
    return f"commits/{number:08d}.rdfp.gz"


def unreadable(source: str) -> BadBackup:
    """Return the error for a file that is no backup, or only the beginning of one."""
    return BadBackup(f"{source} is not a whole backup.", hint=_CUT)


def changed(source: str, what: str) -> BadBackup:
    """Return the error for a backup that is not what was written."""
    return BadBackup(
        f"The backup {source} is damaged: {what} is not what was written.",
        hint="Take another backup; this one cannot be restored.",
    )


def _part(told: dict[str, object]) -> Part:
    size, digest = int(str(told["bytes"])), str(told["sha256"])
    if size < 0 or not _SHA_256.fullmatch(digest):
        raise ValueError(told)
    return Part(size, digest)


def _sum(told: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
