"""A walled process is handed connections to one host, and told why there is none."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from graph.engines.remote.address import Address
from service.processes.connecting import Connector, connections_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.remote.given import Connect


@contextmanager
def connecting(port: int) -> Iterator[Connect]:
    connector = Connector(Address.of(f"http://127.0.0.1:{port}/"))
    with connector.asking.dup() as asking:
        try:
            yield connections_from(asking)
        finally:
            connector.close()


def test_each_who_asks_gets_a_connection_of_their_own() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as host,
        connecting(host.getsockname()[1]) as connect,
    ):
        for word in (b"one", b"two"):
            with connect() as ours:
                theirs, _ = host.accept()
                with theirs:
                    ours.sendall(word)
                    assert theirs.recv(10) == word


def test_the_host_is_told_when_a_connection_is_let_go() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as host,
        connecting(host.getsockname()[1]) as connect,
    ):
        connect().close()
        theirs, _ = host.accept()
        with theirs:
            assert theirs.recv(1) == b""


def test_why_there_is_no_connection_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as host:
        port = host.getsockname()[1]
    with connecting(port) as connect, pytest.raises(ConnectionError, match="refused"):
        connect()
