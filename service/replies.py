"""Whole replies, given again as they were sent: what has a tag has the same bytes each time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeAlias

import flask
from werkzeug.http import quote_etag

from graph.errors import MedalgraphError

from .answered import Asked, new_id
from .answers import KEEP, REQUEST_ID, SNAPSHOT
from .room import Part
from .wire.tags import is_known, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Response

    from .context import Service
    from .metrics import Metrics

    Headers: TypeAlias = tuple[tuple[str, str], ...]

KIND = "reply"
"""How these are called where what is kept is counted."""
_ENTRY_BYTES = 2_000
"""What a reply takes besides its content, and what finds it again."""
_OF_CONTENT = frozenset(
    {"content-type", "content-length", "content-encoding", "content-language"}
    | {"content-disposition", "link", "repr-digest"}
)
"""What is said of content only, and left out where none is sent."""

_Address: TypeAlias = tuple[str, str, str, str, str]
_Wishes: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Request:
    """All that decides which reply a request gets, beside the state of the store.

    Attributes:
        address: scheme, host, base, path and query.
        wishes: which form, coding and languages its client takes.

    """

    address: _Address
    wishes: _Wishes

    @classmethod
    def of(cls, environ: WSGIEnvironment) -> _Request | None:
        """Return a request as far as it decides; None if its reply is made for itself alone.

        Who brings a token may see more than others, and may do so until the token is
        revoked: each such request is judged anew.
        """
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
            return None
        get = environ.get
        if get("CONTENT_LENGTH", "") not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ:
            return None
        return cls(
            (
                environ["wsgi.url_scheme"],
                get("HTTP_HOST", ""),
                get("SCRIPT_NAME", ""),
                get("PATH_INFO", ""),
                get("QUERY_STRING", ""),
            ),
            (
                get("HTTP_ACCEPT", ""),
                get("HTTP_ACCEPT_ENCODING", ""),
                get("HTTP_ACCEPT_LANGUAGE", ""),
            ),
        )

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return _ENTRY_BYTES + sum(map(len, (*self.address, *self.wishes)))


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it was sent.

    Attributes:
        route: what made it, as it is counted.
        headers: all but the number of the request.
        unchanged: the same for who has this reply already.
        tag: its entity tag, with the mark of who made it.

    """

    route: str
    headers: Headers
    unchanged: Headers
    tag: str
    content: bytes

    @classmethod
    def of(cls, response: Response, route: str) -> Reply:
        """Return what the response to the request of this moment sends."""
        sent = response.get_wsgi_headers(flask.request.environ)
        sent.remove(REQUEST_ID)
        tag, _ = response.get_etag()
        headers = tuple(sent)
        sent.set("ETag", quote_etag(plain(tag or "")))
        unchanged = tuple(pair for pair in sent if pair[0].lower() not in _OF_CONTENT)
        return cls(route, headers, unchanged, tag or "", response.get_data())

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        told = sum(len(name) + len(value) for name, value in (*self.headers, *self.unchanged))
        return _ENTRY_BYTES + told + len(self.content)


class Replies:
    """Gives replies again, without the application that made them.

    A tag names a state, and what one address sends in one form: so what has one is kept, and
    given again as long as that state is the newest. Nothing else is: no error, nothing that
    follows the clock, and nothing that needs a token.

    Args:
        app: makes replies, and hands those to ``environ[KEEP]`` that it has made.
        service: whose replies they are; they lie in its room.

    """

    def __init__(self, app: WSGIApplication, service: Service) -> None:
        self._app, self._store, self._metrics = app, service.store, service.metrics
        self._tags: Part[_Request, str] = Part(service.room, KIND)
        self._replies: Part[tuple[_Address, str], Reply] = Part(service.room, KIND)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = _Request.of(environ)
        version = None if request is None else self._newest()
        if request is None or version is None:
            return self._app(environ, start)
        reply = self._found(request, version)
        if reply is None:
            environ[KEEP] = partial(self._keep, request, version)
            return self._app(environ, start)
        self._replies.hit()
        return _again(reply, environ, start, self._metrics)

    def _newest(self) -> int | None:
        """Return the newest state; None if the application has to say what is wrong."""
        try:
            return self._store.version
        except MedalgraphError:
            return None

    def _found(self, request: _Request, version: int) -> Reply | None:
        tag = self._tags.get(request, version=version)
        return self._replies.get((request.address, tag), version=version) if tag else None

    def _keep(self, request: _Request, version: int, response: Response, route: str) -> None:
        """Keep a reply if the newest state gives it to everybody who asks so."""
        tag, is_weak = response.get_etag()
        if not tag or is_weak or not _is_for_all(response, version):
            return
        self._replies.miss()
        reply = Reply.of(response, route)
        self._replies.put((request.address, tag), reply, version=version, size=reply.size)
        self._tags.put(request, tag, version=version, size=request.size)


def _is_for_all(response: Response, version: int) -> bool:
    """Tell whether a response is whole, of a state, and the same for everybody."""
    is_good = flask.request.method == "GET" and response.status_code == HTTPStatus.OK
    is_of_state = response.headers.get(SNAPSHOT) == str(version)
    return is_good and is_of_state and response.is_sequence and "Set-Cookie" not in response.headers


def _again(
    reply: Reply, environ: WSGIEnvironment, start: StartResponse, metrics: Metrics
) -> Iterable[bytes]:
    """Send a reply, or that the client has it already, with a number of its own."""
    get, method = environ.get, environ["REQUEST_METHOD"]
    path = get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
    asked = Asked(new_id(), time.monotonic(), get("REMOTE_ADDR", ""), method, path)
    is_had = is_known(get("HTTP_IF_NONE_MATCH", ""), reply.tag)
    status = HTTPStatus.NOT_MODIFIED if is_had else HTTPStatus.OK
    headers = reply.unchanged if is_had else reply.headers
    start(f"{status.value} {status.phrase}", [*headers, (REQUEST_ID, asked.id)])
    content = () if is_had or method == "HEAD" else (reply.content,)
    return _Sent(content, asked.answered(metrics, reply.route, status))


class _Sent:
    """The content of a reply, and what is to be done once it was sent."""

    def __init__(self, content: tuple[bytes, ...], done: Callable[[], None]) -> None:
        self._content, self.close = content, done

    def __iter__(self) -> Iterator[bytes]:
        """Yield the content."""
        return iter(self._content)
