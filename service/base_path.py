"""Where the service lies for the outside: its one public address and the path before its own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from .config import Settings


class BasePath:
    """Lets an application build every link for its public address.

    A proxy may hand on the path with the base or without it; both are served.

    Args:
        app: the application.
        settings: its public address and base path.

    """

    def __init__(self, app: WSGIApplication, settings: Settings) -> None:
        self._app, self._base = app, settings.base_path
        self._public = urlsplit(settings.public_url)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Serve one request as if it had come to the public address."""
        if self._public.netloc:
            environ["wsgi.url_scheme"] = self._public.scheme
            environ["HTTP_HOST"] = self._public.netloc
        if self._base:
            path = environ.get("PATH_INFO", "")
            if path == self._base or path.startswith(f"{self._base}/"):
                environ["PATH_INFO"] = path[len(self._base) :] or "/"
            environ["SCRIPT_NAME"] = self._base
        return self._app(environ, start)
