"""Where the service lies for the outside, and who asks there, whatever proxies stand between."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .wire.forwarded import client_of, host_of, is_trusted, scheme_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from .config import Settings

_FOR, _HOST, _SCHEME = (f"HTTP_X_FORWARDED_{name}" for name in ("FOR", "HOST", "PROTO"))


class Outside:
    """Lets an application see each request as it was sent to the public address.

    A proxy may hand on the path with the base or without it; both are served. What a
    proxy says of the client, host and scheme is believed of trusted ones only; a public
    address that is set counts more.

    Args:
        app: the application.
        settings: its public address, base path and trusted proxies.

    """

    def __init__(self, app: WSGIApplication, settings: Settings) -> None:
        self._app, self._base = app, settings.base_path
        self._public = urlsplit(settings.public_url)
        self._trusted = settings.trusted_proxies

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Serve one request as if it had come to the public address."""
        self._believe(environ)
        if self._public.netloc:
            environ["wsgi.url_scheme"] = self._public.scheme
            environ["HTTP_HOST"] = self._public.netloc
        if self._base:
            path = environ.get("PATH_INFO", "")
            if path == self._base or path.startswith(f"{self._base}/"):
                environ["PATH_INFO"] = path[len(self._base) :] or "/"
            environ["SCRIPT_NAME"] = self._base
        return self._app(environ, start)

    def _believe(self, environ: WSGIEnvironment) -> None:
        peer = environ.get("REMOTE_ADDR", "")
        if not is_trusted(peer, self._trusted):
            return
        environ["REMOTE_ADDR"] = client_of(peer, environ.get(_FOR, ""), self._trusted)
        environ["HTTP_HOST"] = host_of(environ.get(_HOST, "")) or environ.get("HTTP_HOST", "")
        environ["wsgi.url_scheme"] = (
            scheme_of(environ.get(_SCHEME, "")) or environ["wsgi.url_scheme"]
        )
