"""The web server that the service runs in."""

from __future__ import annotations

import signal
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import waitress  # type: ignore[import-untyped] # it ships no types

from .processes.keeping import FOLLOWERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from .context import Service

HEADER_LIMIT_BYTES = 256 * 1024
KEPT_ASIDE_BYTES = 64 << 20
"""So much of an answer is taken from its reader at once, and kept in a file, for a slow client."""
CONNECTIONS = 1_000
_BELIEVED = 2
"""A body so many times over the limit is cut off; a smaller one is read, and refused in words."""
_SILENT_S = 60
"""How long a connection may stay open on which nothing is said."""
_SPARE_THREADS = 16
"""Threads for what needs no turn: health, pages, errors."""
_ABOUT_TO_ASK_S = 1.0
"""How long it is waited for the first request of a connection when the server ends."""
_TURN_S = 0.5
"""How long the server may wait for something to happen before it looks whether it shall end."""


def _say_nothing() -> None:
    """Announce the service to nobody."""


def _never() -> bool:
    return False


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; who connects waits until an application is served there.

    Raises:
        OSError: if the address is taken or not allowed.

    """
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    return socket.create_server((host, port), family=family)


def serve(
    app: Flask,
    listening: socket.socket,
    *,
    announce: Callable[[], None] = _say_nothing,
    is_over: Callable[[], bool] = _never,
) -> bool:
    """Serve an application until the process is told to end, or ``is_over`` says so.

    ``announce`` is called once the service can be reached. On SIGTERM no request is taken
    any more, and those that were get their answers, as long as the settings give them.
    The socket stays open: of two applications that are served one after the other the second
    answers those who connect in between.

    Everybody who waits has a thread, and some are left for who need not wait.
    Headers may be longer than usual, so that a query in an address reaches the
    application, which has the better words for one that is too long.

    Args:
        app: the application.
        listening: stays the caller's.
        announce: called once.
        is_over: asked twice a second.

    Returns:
        Whether the process was told to end.

    """
    settings = _service(app).settings
    limits, is_over = settings.limits, _seldom(is_over)
    waiting = limits.waiting + limits.waiting_changes + limits.grouped_changes + FOLLOWERS
    threads = limits.readers + waiting + _SPARE_THREADS
    with listening.dup() as own:
        server = waitress.create_server(
            app,
            sockets=[own],
            threads=threads,
            ident="medalgraph",
            max_request_header_size=HEADER_LIMIT_BYTES,
            max_request_body_size=_BELIEVED * settings.upload_limit_bytes,
            clear_untrusted_proxy_headers=False,  # the application knows whom to believe
            connection_limit=CONNECTIONS,
            asyncore_use_poll=True,
            channel_timeout=_SILENT_S,
            channel_request_lookahead=1,  # so that it is seen when a client leaves
            outbuf_high_watermark=KEPT_ASIDE_BYTES,
            log_socket_errors=False,
        )
        announce()
        try:
            with _ending() as ending:
                _run(
                    server,
                    lambda: ending.is_set() or is_over(),
                    patience_s=settings.stop_s,
                )
                return ending.is_set()
        finally:
            server.task_dispatcher.shutdown()


def _seldom(asked: Callable[[], bool]) -> Callable[[], bool]:
    """Return what asks twice a second at most; a busy server has many more turns than that."""
    next_s = 0.0

    def answer() -> bool:
        nonlocal next_s
        if time.monotonic() < next_s:
            return False
        next_s = time.monotonic() + _TURN_S
        return asked()

    return answer


@contextmanager
def _ending() -> Iterator[threading.Event]:
    """Yield what is set by SIGTERM; a second one ends the process at once."""
    told = threading.Event()

    def end(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGTERM, before)
        told.set()

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield told
    finally:
        signal.signal(signal.SIGTERM, before)


def _run(server: Any, is_over: Callable[[], bool], *, patience_s: float) -> None:  # noqa: ANN401 - waitress ships no types
    """Serve until it is over, then finish what was begun."""

    def turn() -> None:
        server.asyncore.loop(timeout=_TURN_S, use_poll=True, map=server._map, count=1)  # noqa: SLF001 - run() in waitress knows no end

    while not is_over():
        turn()
    server.del_channel()
    server.socket.close()
    until = time.monotonic() + patience_s
    while time.monotonic() < until and any(map(_has_work, server.active_channels.values())):
        turn()


def _has_work(channel: Any) -> bool:  # noqa: ANN401 - the same
    """Tell whether a connection has a request that is not answered, or an answer not sent.

    So has one that was just made: who has connected is about to ask, and would be reset.
    """
    if channel.requests or channel.request is not None or channel.total_outbufs_len > 0:
        return True
    asked_nothing = channel.last_activity == channel.creation_time
    is_young = time.time() - channel.creation_time < _ABOUT_TO_ASK_S
    return bool(channel.connected and asked_nothing and is_young)


def _service(app: Flask) -> Service:
    found: Service = app.extensions["medalgraph"]
    return found
