"""Content codings (RFC 9110, section 8.4): what a client packed, and what it takes packed."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from .faults import BadRequest, BodyTooLarge, UnsupportedBody

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GZIP = "gzip"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_PART_BYTES = 256 << 10
_LEVEL = 4
"""Compression level; a higher one makes answers a little smaller, and much slower."""
_RATIO, _ANY_RATIO_BYTES = 200, 1 << 20
"""Text packs to a tenth, and what unpacks to more than this was made to do harm."""
_LESS = "Send it in parts, or unpacked."
_CODING = re.compile(r"\s*([A-Za-z0-9*-]+)\s*(?:;\s*[qQ]\s*=\s*([01](?:\.[0-9]*)?)\s*)?")


def takes_gzip(header: str) -> bool:
    """Tell whether an Accept-Encoding header admits gzip, and does not like it less than nothing.

    Example:
        >>> takes_gzip("br, gzip;q=0.5"), takes_gzip("gzip;q=0, *"), takes_gzip("")
        (True, False, False)

    """
    found = [_CODING.fullmatch(member) for member in header.split(",")]
    liking = {match[1].lower(): float(match[2] or 1) for match in found if match}
    gzip = liking.get(GZIP, liking.get("x-gzip", liking.get("*", 0.0)))
    return gzip > 0 and gzip >= liking.get("identity", 0.0)


def packed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield content as gzip; an error on the way leaves it without its end."""
    packer = zlib.compressobj(_LEVEL, wbits=_GZIP_WINDOW)
    for part in parts:
        if ready := packer.compress(part):
            yield ready
    yield packer.flush()


def plain(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield content that was packed as gzip.

    Raises:
        EOFError: if it ends before its end.

    """
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    for part in parts:
        waiting = part
        while waiting:
            # A part may unpack to a thousand times its length, which is not held at once.
            if ready := unpacker.decompress(waiting, _PART_BYTES):
                yield ready
            waiting = unpacker.unconsumed_tail
    yield unpacker.flush()
    if not unpacker.eof:
        raise EOFError("The packed content is cut off.")


def unpacked(body: bytes, encoding: str, *, limit_bytes: int) -> bytes:
    """Return the body of a request without its content encoding.

    Raises:
        UnsupportedBody: if the encoding is not gzip.
        BodyTooLarge: as soon as more than ``limit_bytes`` come out, or 200 times what went in.
        BadRequest: if the body is not what the encoding says, or is cut.

    """
    wanted = encoding.strip().lower()
    if wanted in ("", "identity"):
        return body
    if wanted not in (GZIP, "x-gzip"):
        raise UnsupportedBody(
            f"The content encoding {encoding!r} is not read here.", offers=[GZIP, "identity"]
        )
    return _gunzip(body, limit_bytes)


def _gunzip(body: bytes, limit_bytes: int) -> bytes:
    parts: list[bytes] = []
    most = min(limit_bytes, max(_ANY_RATIO_BYTES, _RATIO * len(body)))
    room = most
    while body:
        unpacker = zlib.decompressobj(_GZIP_WINDOW)
        try:
            part = unpacker.decompress(body, room + 1)
        except zlib.error as error:
            raise BadRequest(
                f"The body is labelled gzip and is not: {error}.",
                hint="Leave out Content-Encoding, or pack the body with gzip.",
            ) from error
        room -= len(part)
        if room < 0:
            raise BodyTooLarge(f"The body unpacks to more than {most:,} bytes.", hint=_LESS)
        if not unpacker.eof:
            raise BadRequest("The gzip body is cut off.", hint="Send it again, whole.")
        parts.append(part)
        body = unpacker.unused_data
    return b"".join(parts)
