"""The network that fails on purpose fails as it was told, and only then."""

from __future__ import annotations

import contextlib
import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from tests.faulty_network import ANSWER_LOST, DOWN, SILENT, Fault, FaultyNetwork

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWER = b"a" * 100_000


class Server(ThreadingHTTPServer):
    """Answers every request alike, and counts those that arrived whole."""

    daemon_threads = True
    arrived = 0

    def handle_error(self, *_: object) -> None:
        """Say nothing of connections that were cut, which is what happens here."""


class Handler(BaseHTTPRequestHandler):
    """Reads the whole request before it answers."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        """Answer."""
        wanted = int(self.headers["Content-Length"])
        if len(self.rfile.read(wanted)) == wanted:
            self.server.arrived += 1
        self.send_response(200)
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


@pytest.fixture
def network(server: Server) -> Iterator[FaultyNetwork]:
    with FaultyNetwork(server.server_port) as made:
        yield made


def connect(network: FaultyNetwork, *, timeout_s: float = 30.0) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", network.port, timeout=timeout_s)


def post(connection: http.client.HTTPConnection) -> bytes:
    connection.request("POST", "/", body=b"b" * 50_000)
    return connection.getresponse().read()


def post_once(network: FaultyNetwork, *, timeout_s: float = 30.0) -> bytes:
    with contextlib.closing(connect(network, timeout_s=timeout_s)) as connection:
        return post(connection)


BREAKS = ConnectionError, http.client.HTTPException


def test_a_sound_network_moves_everything_both_ways(network: FaultyNetwork, server: Server) -> None:
    assert post_once(network) == ANSWER
    assert (server.arrived, network.connections) == (1, 1)


def test_a_network_that_is_down_resets_and_the_next_request_finds_it_up(
    network: FaultyNetwork, server: Server
) -> None:
    with network.suffering(DOWN), pytest.raises(BREAKS):
        post_once(network)
    assert server.arrived == 0
    assert post_once(network) == ANSWER


def test_a_silent_network_is_noticed_by_a_time_limit_only(
    network: FaultyNetwork, server: Server
) -> None:
    with network.suffering(SILENT), pytest.raises(TimeoutError):
        post_once(network, timeout_s=0.3)
    assert server.arrived == 0


def test_a_lost_answer_means_that_the_request_arrived(
    network: FaultyNetwork, server: Server
) -> None:
    with (
        network.suffering(ANSWER_LOST),
        pytest.raises(BREAKS),
    ):
        post_once(network)
    assert server.arrived == 1


def test_a_request_that_is_cut_does_not_arrive(network: FaultyNetwork, server: Server) -> None:
    with (
        network.suffering(Fault(request_bytes=20_000)),
        pytest.raises(BREAKS),
    ):
        post_once(network)
    assert server.arrived == 0


def test_an_answer_that_is_cut_breaks_off(network: FaultyNetwork) -> None:
    with (
        network.suffering(Fault(answer_bytes=50_000)),
        pytest.raises(BREAKS),
    ):
        post_once(network)


def test_a_connection_kept_open_meets_a_fault_that_came_later(network: FaultyNetwork) -> None:
    with contextlib.closing(connect(network)) as connection:
        assert post(connection) == ANSWER
        with network.suffering(Fault(answer_bytes=10)), pytest.raises(BREAKS):
            post(connection)


def test_a_flapping_network_goes_down_and_is_up_in_the_end(network: FaultyNetwork) -> None:
    failed = 0
    with network.flapping(seed=1, up_s=0.05, down_s=0.05):
        while not failed:
            try:
                post_once(network)
            except BREAKS:
                failed += 1
    assert post_once(network) == ANSWER


def test_a_wavering_network_goes_down_by_what_comes_and_is_up_in_the_end(
    network: FaultyNetwork,
) -> None:
    answered = failed = 0
    with network.wavering(seed=1, answer_bytes=3 * len(ANSWER), refused=4):
        while answered + failed < 100:
            try:
                post_once(network)
            except BREAKS:
                failed += 1
            else:
                answered += 1
    assert answered >= 20
    assert failed >= 20
    assert post_once(network) == ANSWER
