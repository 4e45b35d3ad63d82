"""The service in its web server, over a real socket."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from graph.store import Store

from .ports import free_port
from .waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = """
import sys
from pathlib import Path
from graph.store import Store
from service.app import create_app
from service.config import Settings
from service.server import listen, serve

place = Path(sys.argv[1])
with Store.open(place) as store:
    serve(create_app(Settings(store=place), store), listen("127.0.0.1", int(sys.argv[2])))
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    place = tmp_path_factory.mktemp("server") / "store"
    Store.create(place).close()
    found = free_port()
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(place), str(found)])
    try:
        _wait(found)
        yield found
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=PATIENCE_S)


def _wait(port: int) -> None:
    """Return as soon as the server takes connections."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            os.sched_yield()
        else:
            return


def ask(port: int, method: str, path: str, **headers: str) -> tuple[int, bytes]:
    """Return the status and body of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_a_query_of_16_kilobytes_comes_through_by_get(port: int) -> None:
    query = f"ASK {{}} # {'x' * 16_384}"

    status, body = ask(port, "GET", f"/sparql?{urlencode({'query': query})}")

    assert (status, b"true" in body) == (200, True)


def test_an_address_that_is_too_long_is_told_to_use_post(port: int) -> None:
    query = f"ASK {{}} # {'x' * 100_000}"

    status, body = ask(port, "GET", f"/sparql?{urlencode({'query': query})}")

    assert (status, b"POST" in body) == (414, True)


def test_head_has_no_body(port: int) -> None:
    assert ask(port, "HEAD", "/health") == (200, b"")
