"""What an export says of its files: how long each is, its checksum, and of which state."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from .games import games_named
from .scopes import public

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from graph.store import Store

    from .scopes import Scope

    Told: TypeAlias = "str | int | list[dict[str, str | int]] | Mapping[str, str]"

SUMS = "SHA256SUMS"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Made:
    """One file of an export.

    Attributes:
        name: of the file.
        media_type: of its content, packed or not.
        bytes: how long the file is.
        sha256: of the file as it is, hexadecimal.
        count: how many statements, rows, or nodes and edges it has.

    """

    name: str
    media_type: str
    bytes: int
    sha256: str
    count: int


def made(path: Path, *, media_type: str, count: int) -> Made:
    """Return what is said of a file that is whole."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Made(path.name, media_type, path.stat().st_size, digest, count)


def manifest(store: Store, version: int, scope: Scope, files: Iterable[Made]) -> dict[str, Told]:
    """Return the manifest of some files; ``created`` is when the state was published.

    Nothing in it depends on when or where the files were made.
    """
    return {
        "snapshot": version,
        "created": store.commit(version).time if version else "",
        "base": store.names.base,
        "scope": _by_address(scope, store, version).told(),
        "files": [
            {
                "file": each.name,
                "mediaType": each.media_type,
                "bytes": each.bytes,
                "sha256": each.sha256,
                "count": each.count,
            }
            for each in files
        ],
    }


def _by_address(scope: Scope, store: Store, version: int) -> Scope:
    """Return a scope in which Games are named alike, however they were asked for."""
    if not scope.games:
        return scope
    with store.read(version) as reader:
        games = games_named(public(reader, store.names), scope.games, store.names)
    return replace(scope, games=games.value)


def sums(files: Iterable[Made]) -> str:
    """Return the checksums as ``sha256sum --check`` reads them."""
    return "".join(f"{each.sha256}  {each.name}\n" for each in files)
