"""Files on their way out: with length and checksum where they are whole, else as they grow."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from flask import Response, request

from .answers import SNAPSHOT, is_fresh, not_modified
from .processes.exporting import Kept
from .wire.encoding import GZIP, plain, takes_gzip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from .processes.exporting import Making

_PART_BYTES = 256 << 10


def sent_file(
    found: Kept | Making, name: str, media_type: str, *, version: int, unpack: bool = False
) -> Response:
    """Return a file to be saved under a name.

    An error on the way ends the connection before the end of the body, so that no client takes
    a part for the whole.

    Args:
        found: the file, or the making of it.
        name: what a client that saves it calls it.
        media_type: of the file as it is, packed or not.
        version: the state that it is of.
        unpack: whether a packed file is sent as what is in it; to a client that takes gzip it
            goes as it is, under that name (RFC 9110, 8.4).

    """
    inflate = unpack and not takes_gzip(request.headers.get("Accept-Encoding", ""))
    if isinstance(found, Kept):
        etag = f"{version}-{found.made.sha256[:24]}{'-plain' if inflate else ''}"
        if is_fresh(etag):
            return not_modified(version, etag)
        response = _inflated(found) if inflate else _whole(found)
        response.set_etag(etag)
    else:
        response = Response(plain(found) if inflate else iter(found))
    if unpack and not inflate:
        response.headers["Content-Encoding"] = GZIP
    response.content_type = media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-cache"
    response.headers[SNAPSHOT] = str(version)
    return response


def _whole(found: Kept) -> Response:
    is_head = request.method == "HEAD"
    # It is opened now, since it may be let go of before the first part is sent.
    response = Response(b"" if is_head else _parts(found.path.open("rb")))
    response.content_length = found.made.bytes
    digest = b64encode(bytes.fromhex(found.made.sha256)).decode()
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    return response


def _inflated(found: Kept) -> Response:
    """Return what is in a packed file; nobody knows its length before its end."""
    is_head = request.method == "HEAD"
    return Response(b"" if is_head else plain(_parts(found.path.open("rb"))))


def _parts(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while part := file.read(_PART_BYTES):
            yield part
