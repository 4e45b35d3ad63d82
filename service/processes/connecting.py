"""Connections to the engine of a remote store, for processes that can reach nobody.

They are walled off from every network, and stay so: one program outside makes the
connection and passes it through the wall. It knows one host and takes no orders but
"one more", so that the engine is all that anybody inside can ever speak with.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .children import LOG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.remote.address import Address
    from graph.engines.remote.given import Connect

_CONNECT_S = 10.0
_PORTS = {"http": 80, "https": 443}
_AT_ONCE = 32
"""So many connections are made at a time; who asks for more waits."""
_ASKED, _THERE = b"?", b"!"
_TOLD_BYTES = 1_000


class Connector:
    """Makes connections to one host for whoever holds its other end.

    Args:
        address: of the engine.

    Attributes:
        asking: the end that processes inherit; see ``connections_from``.

    """

    def __init__(self, address: Address) -> None:
        parts = urlsplit(address.query)
        self._host, self._port = parts.hostname or "", parts.port or _PORTS[parts.scheme.lower()]
        self._heard, self.asking = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._room = threading.BoundedSemaphore(_AT_ONCE)
        threading.Thread(target=self._serve, name="connections", daemon=True).start()

    def close(self) -> None:
        """Make no more connections."""
        with contextlib.suppress(OSError):
            self._heard.shutdown(socket.SHUT_RDWR)
        self.asking.close()

    def _serve(self) -> None:
        with self._heard:
            while True:
                try:
                    asked, files, _, _ = socket.recv_fds(self._heard, len(_ASKED), 1)
                except OSError:
                    return
                if not asked:
                    return
                for number in files:
                    # A host that does not answer keeps only the one waiting who asked for it.
                    self._room.acquire()
                    waiting = socket.socket(fileno=number)
                    threading.Thread(target=self._connect, args=[waiting], daemon=True).start()

    def _connect(self, waiting: socket.socket) -> None:
        with waiting, _left(self._room), contextlib.suppress(OSError):
            try:
                made = socket.create_connection((self._host, self._port), _CONNECT_S)
            except OSError as error:
                LOG.debug("no connection to %s: %s", self._host, error)
                waiting.sendall(str(error).encode()[:_TOLD_BYTES])
                return
            with made:
                made.setblocking(True)  # noqa: FBT003 - the system's own order
                made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                socket.send_fds(waiting, [_THERE], [made.fileno()])


@contextlib.contextmanager
def _left(room: threading.BoundedSemaphore) -> Iterator[None]:
    try:
        yield
    finally:
        room.release()


def connections_from(asking: socket.socket) -> Connect:
    """Return what gives connections, to a process that has the end of a Connector."""

    def connect() -> socket.socket:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                socket.send_fds(asking, [_ASKED], [theirs.fileno()])
            ours.settimeout(2 * _CONNECT_S)
            told, files, _, _ = socket.recv_fds(ours, _TOLD_BYTES, 1)
        if not files:
            raise ConnectionError(told.decode(errors="replace") or "nobody makes connections")
        return socket.socket(fileno=files[0])

    return connect
