"""A server that speaks plain HTTP at an https address is told from one that is slow."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from graph.engines.remote import tls
from graph.engines.remote.address import Address
from graph.engines.remote.client import Client
from graph.engines.remote.given import pool_of
from graph.errors import EngineUnreachable, PrimaryLost
from service.primary import HttpSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .real_engines import RealEngine

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
BAD = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
"""What servers of TLS say to plain HTTP."""


@pytest.fixture(params=["oxigraph", "virtuoso"])
def plain(request: pytest.FixtureRequest) -> RealEngine:
    """A server that waits for more when it hears the beginning of TLS."""
    server: RealEngine = request.getfixturevalue(f"{request.param}_server")
    return server


def test_an_engine_without_tls_at_an_https_address_is_told_so_once(plain: RealEngine) -> None:
    address = f"https://127.0.0.1:{plain.port}"
    with Client(Address.of(address)) as client, pytest.raises(EngineUnreachable) as caught:
        client.update("CLEAR ALL")
    assert f"{address} cannot be reached (the server there speaks HTTP without TLS)" in str(
        caught.value
    )
    assert "http://" in caught.value.hint
    assert not caught.value.may_be_done


def test_so_it_is_over_connections_that_are_given(plain: RealEngine) -> None:
    def connect() -> socket.socket:
        return socket.create_connection(("127.0.0.1", plain.port))

    with pytest.raises(tls.NotEncrypted):
        pool_of(connect, size=1).request("GET", f"https://127.0.0.1:{plain.port}/")


def test_so_it_is_of_a_primary_without_tls(plain: RealEngine) -> None:
    source = HttpSource(f"https://127.0.0.1:{plain.port}", "mgt_a_b")
    with pytest.raises(PrimaryLost, match="the server there speaks HTTP without TLS"):
        source.manifest(0)


def test_a_server_of_tls_that_is_slow_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = certified(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr(tls, "SOON_S", 0.1)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def secure(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as spoken:
            heard = b""
            while b"query=" not in heard:
                heard += spoken.recv(65536)
            spoken.sendall(GOOD)

    with serving(silent, refusing, secure) as port, asked(port) as answer:
        assert answer == b"{}"


def test_a_certificate_that_nobody_vouches_for_is_no_lack_of_tls(tmp_path: Path) -> None:
    certificate, key = certified(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def secure(connection: socket.socket) -> None:
        with suppress(ssl.SSLError), context.wrap_socket(connection, server_side=True):
            pass

    with serving(*[secure] * 4) as port, pytest.raises(EngineUnreachable, match="certificate"):
        asked(port).__enter__()


def certified(folder: Path) -> tuple[Path, Path]:
    """Make a certificate of this machine, and its key."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("needs openssl, which makes a certificate")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subject = ("-subj", "/CN=here", "-addext", "subjectAltName=IP:127.0.0.1")
    files = ("-out", certificate, "-keyout", key)
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    subprocess.run(
        [program, "req", "-x509", *curve, *subject, *files], check=True, capture_output=True
    )
    return certificate, key


def silent(connection: socket.socket) -> None:
    """Hear the beginning of TLS, and say nothing until the client has gone."""
    while connection.recv(65536):
        pass


def refusing(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(BAD)


@contextmanager
def serving(*handlers: Callable[[socket.socket], None]) -> Iterator[int]:
    """Serve each connection by the next handler, and give the port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            for handle in handlers:
                connection, _ = listening.accept()
                with connection:
                    handle(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


@contextmanager
def asked(port: int) -> Iterator[bytes]:
    """Ask a server of TLS, and give its answer."""
    with (
        Client(Address.of(f"https://127.0.0.1:{port}")) as client,
        client.query("ASK {}") as body,
    ):
        yield body.read()
