"""Downloads that were made, kept for whoever asks next: of the newest state, and not too many."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import threading
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from graph.exports import Made, made
from service.whereabouts import DOWNLOADS

if TYPE_CHECKING:
    from .orders import Order


_PRIVATE = 0o700
_PART, _TOLD = ".part", ".json"


class Shelf:
    """Keeps files in a folder of the store, which goes with the store when a person is erased.

    Of a store that may only be read the folder is a temporary one. Either way its name
    tells the store and the state, so that no file outlives them.

    Args:
        place: the folder of the store.
        most_bytes: how much disk the files may take together.

    """

    def __init__(self, place: Path, *, most_bytes: int) -> None:
        self._place, self._most = place, most_bytes
        self._lock = threading.Lock()
        self._temporary: Path | None = None

    def part(self, order: Order, version: int) -> Path:
        """Return where a file may be written before it is kept; nothing is there."""
        folder = self._folder(version)
        with self._lock:
            self._forget_others(folder)
            folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
            path = folder / f".{order.key}{_PART}"
            path.unlink(missing_ok=True)
        return path

    def keep(self, order: Order, version: int, part: Path, *, count: int) -> Made:
        """Keep a file that is whole, and let go of those that nobody has asked for longest."""
        path = self._folder(version) / order.key
        facts = made(part, media_type=order.media_type, count=count)
        told = asdict(facts) | {"name": order.file}
        with self._lock:
            path.with_name(path.name + _TOLD).write_text(json.dumps(told), encoding="utf-8")
            part.replace(path)
            self._make_room(path)
        return Made(**told)

    def found(self, order: Order, version: int) -> tuple[Path, Made] | None:
        """Return a file that is kept, and what is known of it; None if it must be made."""
        path = self._folder(version) / order.key
        try:
            facts = Made(**json.loads(path.with_name(path.name + _TOLD).read_bytes()))
            os.utime(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        return path, facts

    def close(self) -> None:
        """Remove what is in a temporary folder."""
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def _folder(self, version: int) -> Path:
        about = self._place.stat()
        return self._root() / f"{about.st_dev:x}-{about.st_ino:x}-{version}"

    def _root(self) -> Path:
        if os.access(self._place, os.W_OK):
            return self._place / DOWNLOADS
        if self._temporary is None:
            self._temporary = Path(tempfile.mkdtemp(prefix="medalgraph-downloads-"))
        return self._temporary

    def _forget_others(self, folder: Path) -> None:
        """Remove the files of other states, and of a store that was in this place before."""
        with contextlib.suppress(FileNotFoundError):
            for other in list(folder.parent.iterdir()):
                if other != folder:
                    shutil.rmtree(other, ignore_errors=True)

    def _make_room(self, newest: Path) -> None:
        """Let go of files until the rest may stay; the newest always does."""
        files = [path for path in newest.parent.iterdir() if not path.name.endswith((_PART, _TOLD))]
        files.sort(key=lambda path: (path == newest, path.stat().st_atime))
        total = sum(path.stat().st_size for path in files)
        for path in files[:-1]:
            if total <= self._most:
                return
            total -= path.stat().st_size
            path.with_name(path.name + _TOLD).unlink(missing_ok=True)
            path.unlink()
