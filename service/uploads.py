"""What a request to change a graph brings: its documents, and the conditions that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from .context import current_service
from .processes.edits import Condition
from .wire.encoding import unpacked
from .wire.faults import BadRequest, PreconditionFailed
from .wire.forms import number
from .wire.graph_store import body_format
from .wire.multipart import MULTIPART, documents

if TYPE_CHECKING:
    from collections.abc import Callable

    from .wire.forms import Params

_PACKED = b"\x1f\x8b"
"""How gzip begins: reading a file unpacks it, but here the limit would not be watched."""


def body() -> bytes:
    """Return the body of this request, unpacked within the limit for uploads.

    Raises:
        BodyTooLarge: if it is larger, packed or not.
        UnsupportedBody: if it is packed in a way that is not read here.
        BadRequest: if it is packed otherwise than it says.

    """
    limit = current_service().settings.upload_limit_bytes
    request.max_content_length = limit
    encoding = request.headers.get("Content-Encoding", "")
    content = unpacked(request.get_data(cache=False), encoding, limit_bytes=limit)
    _refuse_packed(content)
    return content


def short_body() -> bytes:
    """Return the body of this request, unpacked within the limit for queries; none but of a POST.

    Raises:
        BodyTooLarge: if it is larger, packed or not.
        UnsupportedBody: if it is packed in a way that is not read here.

    """
    if request.method != "POST":
        return b""
    limit = current_service().settings.request_limit_bytes
    request.max_content_length = limit
    encoding = request.headers.get("Content-Encoding", "")
    return unpacked(request.get_data(cache=False), encoding, limit_bytes=limit)


def statements(*, forms: bool) -> tuple[bytes, tuple[tuple[str, int], ...]]:
    """Return the documents of this request one after another, and the format and size of each.

    Args:
        forms: whether several documents may come as the files of a form.

    Raises:
        UnsupportedBody: if a document is of a type that is not read here.

    """
    stated = request.content_type or ""
    if not forms or stated.partition(";")[0].strip().lower() != MULTIPART:
        form = body_format(stated)
        content = body()
        return content, ((form.name, len(content)),)
    found = documents(body(), stated)
    for _, content in found:
        _refuse_packed(content)
    parts = tuple((form.name, len(content)) for form, content in found)
    return b"".join(content for _, content in found), parts


def condition(params: Params, version_of: Callable[[str], int | None]) -> Condition:
    """Return what must be so for this request to change a graph (RFC 9110, section 13.1).

    Args:
        params: the parameters of the address; ``expected`` names a commit.
        version_of: returns the state in which the graph has this entity tag, if there is one.

    Raises:
        PreconditionFailed: if no tag of If-Match is one of the graph's.

    """
    exists, since = None, None
    if request.if_match.star_tag:
        exists = True
    elif request.if_match:
        known = [version for one in request.if_match.as_set() if (version := version_of(one))]
        if not known:
            raise PreconditionFailed("If-Match names no ETag that this graph ever had.")
        since = max(known)
    if request.if_none_match.star_tag:
        exists = False
    elif request.if_none_match:
        raise BadRequest("To change a graph, If-None-Match can only be *: make it, if it is new.")
    return Condition(number(params, "expected"), since, exists)


def _refuse_packed(content: bytes) -> None:
    if content.startswith(_PACKED):
        raise BadRequest(
            "The body is packed, and the request does not say so.",
            hint="Send 'Content-Encoding: gzip', and pack the body once.",
        )
