"""Connections that are given: for a process that may reach nobody by itself.

Who works for strangers is walled off from every network, and asks a process outside the
walls for a connection. That one knows a single host, so whatever the asker is brought to
do, it speaks with the engine of its store or with nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection
from urllib3.exceptions import NewConnectionError

from .tls import TlsConnection

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

Connect: TypeAlias = "Callable[[], socket.socket]"
"""Gives a connection to the host of the engine, or raises OSError saying why there is none."""


def pool_of(connect: Connect, *, size: int) -> PoolManager:
    """Return a pool whose connections are given; TLS is spoken over them here."""

    def given(asker: HTTPConnection) -> socket.socket:
        try:
            made = connect()
        except OSError as error:
            raise NewConnectionError(asker, str(error)) from error
        made.settimeout(asker.timeout)
        return made

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return given(self)

    class Secure(TlsConnection):
        def _new_conn(self) -> socket.socket:
            return given(self)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    manager = PoolManager(maxsize=size)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager
