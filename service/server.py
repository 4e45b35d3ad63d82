"""The web server that the service runs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import waitress

if TYPE_CHECKING:
    from flask import Flask

    from .context import Service

THREADS = 8
HEADER_LIMIT_BYTES = 256 * 1024


def serve(app: Flask, host: str, port: int) -> None:
    """Serve an application until the process is told to end.

    Headers may be longer than usual, so that a query in an address reaches the
    application, which has the better words for one that is too long.

    Raises:
        OSError: if the address is taken or not allowed.

    """
    settings = _service(app).settings
    waitress.serve(
        app,
        host=host,
        port=port,
        threads=THREADS,
        ident="medalgraph",
        max_request_header_size=HEADER_LIMIT_BYTES,
        max_request_body_size=settings.upload_limit_bytes,
        clear_untrusted_proxy_headers=True,
    )


def _service(app: Flask) -> Service:
    found: Service = app.extensions["medalgraph"]
    return found
