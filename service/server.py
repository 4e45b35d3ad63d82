"""The web server that the service runs in."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import waitress  # type: ignore[import-untyped] # it ships no types

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from .context import Service

THREADS = 8
HEADER_LIMIT_BYTES = 256 * 1024


def _say_nothing() -> None:
    """Announce the service to nobody."""


def serve(app: Flask, host: str, port: int, *, announce: Callable[[], None] = _say_nothing) -> None:
    """Serve an application until the process is told to end.

    ``announce`` is called once the service can be reached.

    Headers may be longer than usual, so that a query in an address reaches the
    application, which has the better words for one that is too long.

    Raises:
        OSError: if the address is taken or not allowed.

    """
    settings = _service(app).settings
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    with socket.create_server((host, port), family=family) as listening:
        server = waitress.create_server(
            app,
            sockets=[listening],
            threads=THREADS,
            ident="medalgraph",
            max_request_header_size=HEADER_LIMIT_BYTES,
            max_request_body_size=settings.upload_limit_bytes,
            clear_untrusted_proxy_headers=True,
        )
        announce()
        server.run()


def _service(app: Flask) -> Service:
    found: Service = app.extensions["medalgraph"]
    return found
