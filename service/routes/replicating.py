"""What replicas pull: the manifest of the newest version, and its files by their checksums.

The files hold restricted sources and who made each change, so they go to nobody but the bearer of
a token that was made for a replica.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from graph.errors import MissingCapability
from service.access import require_replication
from service.context import current_service
from service.wire.accept import JSON_DOCUMENT
from service.wire.faults import BadRequest
from service.wire.forms import one, pairs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from graph.replicating import Offer

blueprint = Blueprint("replicating", __name__)

_METHODS = ["GET", "OPTIONS"]
_PART_BYTES = 1 << 20
_MOST_DIGITS = 18
_NOT_MODIFIED, _PARTIAL, _NOT_SATISFIABLE = 304, 206, 416


@blueprint.route("/replication/manifest", methods=_METHODS, provide_automatic_options=False)
def manifest() -> Response:
    """List the files of the newest version; ``since`` leaves out commits that are known."""
    require_replication()
    offer, since = _offer(), one(pairs(request.query_string), "since") or "0"
    if not (since.isascii() and since.isdigit() and len(since) <= _MOST_DIGITS):
        raise BadRequest(f"since={since!r} is no number of a commit.", hint="Write since=12.")
    if request.if_none_match and offer.mark() in request.if_none_match:
        return _private(Response(status=_NOT_MODIFIED))
    offered = offer.manifest(int(since))
    response = Response(offered.to_bytes(), content_type=JSON_DOCUMENT.media_type)
    response.set_etag(offered.mark)
    return _private(response)


@blueprint.route("/replication/files/<sha256>", methods=_METHODS, provide_automatic_options=False)
def file(sha256: str) -> Response:
    """Give a file that the manifest lists, whole or from a byte on (RFC 9110, 14)."""
    require_replication()
    content = _offer().open(sha256)
    size = os.fstat(content.fileno()).st_size
    start, end = 0, size
    response = Response(content_type="application/octet-stream")
    if request.range is not None:
        wanted = request.range.range_for_length(size)
        if wanted is None or wanted[1] is None:
            content.close()
            response.status_code = _NOT_SATISFIABLE
            response.headers["Content-Range"] = f"bytes */{size}"
            return _private(response)
        start, end = wanted
        response.status_code = _PARTIAL
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response.response = _parts(content, start, end)
    response.content_length = end - start
    response.headers["Accept-Ranges"] = "bytes"
    return _private(response)


def _offer() -> Offer:
    offer = current_service().offer
    if offer is None:
        raise MissingCapability(
            "This service has its store in another engine, which has no files to give.",
            hint="That engine has its own ways to run on several machines.",
        )
    return offer


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _parts(content: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    with content:
        content.seek(start)
        while part := content.read(min(_PART_BYTES, end - content.tell())):
            yield part
