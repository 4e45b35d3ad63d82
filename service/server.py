"""The web server that the service runs in."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import waitress  # type: ignore[import-untyped] # it ships no types

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from .context import Service

HEADER_LIMIT_BYTES = 256 * 1024
KEPT_ASIDE_BYTES = 64 << 20
"""So much of an answer is taken from its reader at once, and kept in a file, for a slow client."""
CONNECTIONS = 1_000
_SILENT_S = 60
"""How long a connection may stay open on which nothing is said."""
_SPARE_THREADS = 16
"""Threads for what needs no turn: health, pages, errors."""


def _say_nothing() -> None:
    """Announce the service to nobody."""


def serve(app: Flask, host: str, port: int, *, announce: Callable[[], None] = _say_nothing) -> None:
    """Serve an application until the process is told to end.

    ``announce`` is called once the service can be reached.

    Everybody who waits has a thread, and some are left for who need not wait.
    Headers may be longer than usual, so that a query in an address reaches the
    application, which has the better words for one that is too long.

    Raises:
        OSError: if the address is taken or not allowed.

    """
    settings = _service(app).settings
    limits = settings.limits
    threads = limits.readers + limits.waiting + limits.waiting_changes + _SPARE_THREADS
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    with socket.create_server((host, port), family=family) as listening:
        server = waitress.create_server(
            app,
            sockets=[listening],
            threads=threads,
            ident="medalgraph",
            max_request_header_size=HEADER_LIMIT_BYTES,
            max_request_body_size=settings.upload_limit_bytes,
            clear_untrusted_proxy_headers=False,  # the application knows whom to believe
            connection_limit=CONNECTIONS,
            asyncore_use_poll=True,
            channel_timeout=_SILENT_S,
            channel_request_lookahead=1,  # so that it is seen when a client leaves
            outbuf_high_watermark=KEPT_ASIDE_BYTES,
            log_socket_errors=False,
        )
        announce()
        server.run()


def _service(app: Flask) -> Service:
    found: Service = app.extensions["medalgraph"]
    return found
