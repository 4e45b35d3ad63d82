"""The one way out: every answer is negotiated, tagged and sent from here."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import time
from base64 import b64encode
from contextlib import ExitStack, closing
from dataclasses import asdict
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar

from flask import Response, g, request
from werkzeug.wsgi import FileWrapper

from .answered import Asked, new_id
from .context import current_service
from .processes.answering import Asker, Whole
from .sessions import is_for_sessions
from .wire import accept
from .wire.encoding import GZIP, packed, takes_gzip
from .wire.faults import AddressTooLong, BadRequest
from .wire.forwarded import party_of
from .wire.tags import MARK, is_known, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flask import Flask

    from .processes.answering import Answer
    from .processes.edits import Done
    from .wire.accept import Choice, Offered
    from .wire.problem import Json

SNAPSHOT, REQUEST_ID = "Medalgraph-Snapshot", "Medalgraph-Request-Id"
KEEP = "medalgraph.keep"
"""Where a request has what takes its reply, if that may be given again to who asks the same."""
SAFE = ("GET", "HEAD", "OPTIONS")
VARY = "Accept, Accept-Encoding, Accept-Language, Authorization"
CONTENT_SECURITY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self';"
    " connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
_FORMAT_REVISION = "2"
"""Part of every tag; raised when the same answer comes to be written in other bytes."""

_ROOM = 256
"""Characters of an address for a format, a state and the like."""
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Content-Type, If-None-Match, Want-Repr-Digest"
    ),
    "Access-Control-Max-Age": "86400",
}
_EXPOSED = f"ETag, Location, Content-Language, Link, Repr-Digest, {SNAPSHOT}, {REQUEST_ID}"
_WORTH_PACKING_BYTES = 1_000
_PART_BYTES = 64 << 10
_SECONDS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
Form = TypeVar("Form", bound="Offered")


def negotiated(offers: Sequence[Form], *, name: str = "") -> Choice[Form]:
    """Return the form that this request wants: the one it names, or the one it accepts best.

    Raises:
        NotAcceptable: with the media types on offer.
        BadRequest: if it names a form that is not known.

    """
    if name:
        return accept.named(name, offers)
    return accept.choose(request.headers.get("Accept", ""), offers)


def tag(version: int, *parts: str) -> str:
    """Return the entity tag of one representation of one version.

    It becomes a strong one when the answer is sent: see ``Answer.mark``.
    """
    return _tag(version, (GZIP if _takes_gzip() else "", *parts))


def _tag(version: int, parts: Iterable[str]) -> str:
    revision = f"{_FORMAT_REVISION}-{current_service().erasures}"
    told = "\n".join((revision, request.path, *parts))
    return f"{version}-{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"


def was_tagged(
    etag: str, version: int, *parts: str, types: Iterable[str], then: Sequence[str] = ()
) -> bool:
    """Tell whether a representation of one of these media types has, or had, an entity tag."""
    asked = plain(etag)
    return any(
        asked == _tag(version, (coding, *parts, media_type, *then))
        for media_type in types
        for coding in ("", GZIP)
    )


def is_fresh(etag: str) -> bool:
    """Tell whether the client has this representation already, in whatever order of rows."""
    if request.method not in SAFE:
        return False
    return is_known(request.headers.get("If-None-Match", ""), etag)


def not_modified(version: int, etag: str) -> Response:
    """Return the answer to a client that has this representation already."""
    return _finished(Response(status=304), version, etag)


def sent(content: bytes | str, media_type: str, *, version: int, etag: str = "") -> Response:
    """Return content that was read from one version of the store."""
    whole = Whole(content.encode() if isinstance(content, str) else content)
    return streamed(whole, media_type, version=version, etag=etag)


def streamed(
    answer: Answer, media_type: str, *, version: int, etag: str = "", ordered: bool = False
) -> Response:
    """Return an answer that is sent while it is being made.

    What is ``ordered`` has the same bytes whoever makes it, so that its tag needs no mark.

    An error on the way ends the connection before the end of the body, so that no
    client takes a part for the whole. HTTP/1.0 has no way to tell, so it waits; so
    does a client that wants a checksum of a long answer (RFC 9530).
    """
    if etag and answer.mark and not ordered:
        etag = f"{etag}{MARK}{answer.mark}"
    is_whole = answer.size is not None
    if is_whole or _wants_digest() or request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0":
        response = _whole(answer)
    else:
        response = Response(packed(answer) if _takes_gzip() else answer)
        if _takes_gzip():
            response.headers["Content-Encoding"] = GZIP
    response.content_type = typed(media_type)
    response.call_on_close(answer.close)
    return _finished(response, version, etag)


def _whole(answer: Answer) -> Response:
    """Return an answer whose end is known before its beginning is sent, with its checksum."""
    pack = _takes_gzip() and (answer.size is None or answer.size >= _WORTH_PACKING_BYTES)
    is_long = answer.size is None
    total = hashlib.sha256()
    kept = tempfile.TemporaryFile() if is_long else BytesIO()  # noqa: SIM115 - see call_on_close
    with closing(answer), ExitStack() as unless_read:
        unless_read.callback(kept.close)
        for part in packed(answer) if pack else answer:
            total.update(part)
            kept.write(part)
        unless_read.pop_all()
    size = kept.tell()
    kept.seek(0)
    response = Response(FileWrapper(kept, _PART_BYTES) if is_long else kept.read())
    response.call_on_close(kept.close)
    response.content_length = size
    response.headers["Repr-Digest"] = f"sha-256=:{b64encode(total.digest()).decode()}:"
    if pack:
        response.headers["Content-Encoding"] = GZIP
    return response


def _takes_gzip() -> bool:
    return takes_gzip(request.headers.get("Accept-Encoding", ""))


def _wants_digest() -> bool:
    return "sha-256" in request.headers.get("Want-Repr-Digest", "").lower()


def read_whole(answer: Answer) -> bytes:
    """Return all of an answer, and close it.

    Raises:
        MedalgraphError: if it breaks off.

    """
    with closing(answer):
        return b"".join(answer)


def asker(*, timeout: str = "") -> Asker:
    """Return who makes this request.

    Args:
        timeout: in how many seconds the client wants an answer; empty for the usual limit.

    Raises:
        BadRequest: if that is no number of seconds.

    """
    return Asker(
        client=party_of(request.remote_addr or ""),
        seconds=_seconds(timeout),
        gone=request.environ.get("waitress.client_disconnected") or Asker().gone,
    )


def document(content: Json, *, status: int = 200) -> Response:
    """Return a small JSON document about the service or a change, which nobody may keep."""
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    response = Response(text, status=status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def told(done: Done) -> dict[str, Json]:
    """Return what a change did or would do, as a client reads it."""
    counted: dict[str, Json] = {
        "added": done.added,
        "removed": done.removed,
        "graphs": list(done.graphs),
    }
    if done.rehearsal is not None:
        tried = asdict(done.rehearsal)
        del tried["about"]
        return {"dry_run": True, "snapshot": done.version, **counted, **tried}
    return {"commit": done.commit, "time": done.time, **counted, "warnings": list(done.warnings)}


def register(app: Flask) -> None:
    """Make an application answer preflights, and give every header that all answers have."""
    app.before_request(_begin)
    app.before_request(_preflight)
    app.before_request(_refuse_long_address)
    app.after_request(_dress)


def _finished(response: Response, version: int, etag: str) -> Response:
    response.headers[SNAPSHOT] = str(version)
    is_private = "Authorization" in request.headers
    response.headers["Cache-Control"] = "private, no-cache" if is_private else "no-cache"
    if etag:
        response.set_etag(etag)
    return response


def typed(media_type: str) -> str:
    """Return a Content-Type; a CSV says that it has a header, and text that it is UTF-8."""
    if media_type == "text/csv":
        return "text/csv; charset=utf-8; header=present"
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _seconds(text: str) -> float | None:
    if not text:
        return None
    if not (_SECONDS.fullmatch(text) and float(text) > 0):
        raise BadRequest(
            f"timeout={text!r} is no number of seconds.", hint="Write it as timeout=2.5."
        )
    return float(text)


def _begin() -> None:
    g.request_id = new_id()
    g.begun = time.monotonic()


def _preflight() -> Response | None:
    """Answer OPTIONS for every address that exists, before anybody is asked for a token."""
    if request.method != "OPTIONS" or request.routing_exception is not None:
        return None
    response = Response(status=204)
    if request.url_rule is not None and request.url_rule.methods is not None:
        response.headers["Allow"] = ", ".join(sorted(request.url_rule.methods))
    response.headers.update(_PREFLIGHT)
    return response


def is_too_long(address: str) -> bool:
    """Tell whether an address, with what else it may have to say, would be refused here."""
    return len(address) + _ROOM > current_service().settings.address_limit_bytes


def _refuse_long_address() -> None:
    limit = current_service().settings.address_limit_bytes
    if len(request.query_string) > limit:
        raise AddressTooLong(
            f"The address is longer than {limit:,} bytes.",
            hint="Use POST, with the query in the body.",
        )


def _dress(response: Response) -> Response:
    """Add what every answer has, whatever became of the request."""
    headers = response.headers
    headers[REQUEST_ID] = g.get("request_id", "")
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = _EXPOSED
    headers["X-Content-Type-Options"] = "nosniff"
    with_cookie = is_for_sessions(request.path)
    # Without a referrer a browser would not say of a form that it comes from our own page.
    headers["Referrer-Policy"] = "same-origin" if with_cookie else "no-referrer"
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY)
    if request.endpoint != "static":
        headers["Vary"] = f"{VARY}, Cookie" if with_cookie else VARY
    _let_go(response)
    return response


def _let_go(response: Response) -> None:
    """Count an answer now, write it down once it was sent, and have it kept if it may be."""
    route = request.endpoint or "none"
    begun = g.get("begun", time.monotonic())
    client = request.remote_addr or ""
    asked = Asked(g.get("request_id", ""), begun, client, request.method, request.path)
    response.call_on_close(asked.answered(current_service().metrics, route, response.status_code))
    if keep := request.environ.get(KEEP):
        keep(response, route)
