"""What the pages run in a browser, if it was built: its files, and what they weigh."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

FOLDER = Path(__file__).with_name("static") / "built"
MANIFEST = "manifest.json"
MEDIA_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".txt": "text/plain",
}
"""Not as the tables of the system say, of which some do not know what a module is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The files of one page, and their weight together.

    Args:
        script: the name of its file, which changes with its content.
        parts: of what the script imports at once.
        style: the name of its style sheet; empty if it has none.
        bytes: of all these files.
        gzip_bytes: of all these files, each packed.

    """

    script: str
    parts: tuple[str, ...]
    style: str
    bytes: int
    gzip_bytes: int


@dataclass(frozen=True, slots=True)
class Built:
    """What a build left in its folder; nothing where there was none.

    Args:
        folder: where it lies.
        entries: by the name of the page.
        files: the names of all that may be asked for; a packed twin of each ends in ``.gz``.

    """

    folder: Path
    entries: Mapping[str, Entry]
    files: frozenset[str]

    @classmethod
    def found_in(cls, folder: Path) -> Built:
        """Return what a build left in a folder."""
        manifest = folder / MANIFEST
        if not manifest.is_file():
            return cls(folder, {}, frozenset())
        told = json.loads(manifest.read_text(encoding="utf-8"))
        entries = {
            name: Entry(**{**entry, "parts": tuple(entry["parts"])}) for name, entry in told.items()
        }
        files = {path.name for path in folder.iterdir() if path.suffix in MEDIA_TYPES}
        return cls(folder, entries, frozenset(files))


def register(app: Flask, folder: Path) -> None:
    """Tell the templates of an application what was built.

    A page whose scripts were not built names none, and is what it is without them.
    """
    built = Built.found_in(folder)
    app.extensions[__name__] = built
    app.jinja_env.globals["scripts_of"] = built.entries.get


def built_of(app: Flask) -> Built:
    """Return what was built for an application."""
    found: Built = app.extensions[__name__]
    return found
