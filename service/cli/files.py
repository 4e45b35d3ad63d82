"""A file that appears under its name when it is whole, and never half written."""

from __future__ import annotations

import gzip
import os
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO


@contextmanager
def whole_file(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Write beside ``path`` and move it into place at the end; an error leaves nothing behind.

    What is no file, such as a pipe or a device, is written to and not replaced. A name that ends
    in ``.gz`` is compressed, the same bytes each time.

    Args:
        path: the name.
        private: whether nobody but its owner may read it.

    """
    # The target of a link is replaced, not the link.
    target = path.resolve()
    if target.exists() and not (target.is_file() or target.is_dir()):
        with target.open("wb") as raw, _packed(raw, path) as stream:
            yield stream
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666)
        with os.fdopen(number, "wb") as raw:
            with _packed(raw, path) as stream:
                yield stream
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _packed(raw: IO[bytes], path: Path) -> Iterator[BinaryIO]:
    if path.suffix.lower() != ".gz":
        yield cast("BinaryIO", raw)
        return
    # Without a name and a time in its header, the same statements give the same bytes.
    with gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as stream:
        yield cast("BinaryIO", stream)
