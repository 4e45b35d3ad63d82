"""What a client packed before sending, unpacked within a limit."""

from __future__ import annotations

import zlib

from .faults import BadRequest, BodyTooLarge, UnsupportedBody

_GZIP_WINDOW = 16 + zlib.MAX_WBITS


def unpacked(body: bytes, encoding: str, *, limit_bytes: int) -> bytes:
    """Return the body of a request without its content encoding.

    Raises:
        UnsupportedBody: if the encoding is not gzip.
        BodyTooLarge: as soon as more than ``limit_bytes`` come out.
        BadRequest: if the body is not what the encoding says, or is cut.

    """
    wanted = encoding.strip().lower()
    if wanted in ("", "identity"):
        return body
    if wanted not in ("gzip", "x-gzip"):
        raise UnsupportedBody(
            f"The content encoding {encoding!r} is not read here.", offers=["gzip", "identity"]
        )
    return _gunzip(body, limit_bytes)


def _gunzip(body: bytes, limit_bytes: int) -> bytes:
    parts: list[bytes] = []
    room = limit_bytes
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
            raise BodyTooLarge(f"The body unpacks to more than {limit_bytes:,} bytes.")
        if not unpacker.eof:
            raise BadRequest("The gzip body is cut off.", hint="Send it again, whole.")
        parts.append(part)
        body = unpacker.unused_data
    return b"".join(parts)
