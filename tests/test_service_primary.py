"""A primary over HTTP, through a network that fails on purpose: nothing is half believed."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from graph.errors import BadInput, OtherHistory, PrimaryLost, PrimaryRefused
from service import primary as primary_module
from service.primary import HttpSource
from service.tokens import TokenBook

from .faulty_network import ANSWER_LOST, DOWN, SILENT, Fault, FaultyNetwork
from .replica_world import Reached, commit, many, primary_in, proved, pull
from .running_service import RunningService, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STATEMENTS = 30_000
"""So many that files are longer than what is sent at once."""


@pytest.fixture(scope="module")
def primary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    place = primary_in(tmp_path_factory.mktemp("primary"))
    many(place, STATEMENTS)
    with running(place) as service:
        yield service


@pytest.fixture
def network(primary: RunningService) -> Iterator[FaultyNetwork]:
    with FaultyNetwork(primary.port) as made:
        yield made


def token(primary: RunningService, scope: str = "replicate") -> str:
    text, _ = TokenBook(primary.place / "tokens.json").create(scope)
    return text


@pytest.fixture
def source(primary: RunningService, network: FaultyNetwork) -> HttpSource:
    return HttpSource(f"http://127.0.0.1:{network.port}/", token(primary))


def test_a_replica_comes_over_http_and_follows(
    primary: RunningService, source: HttpSource, tmp_path: Path
) -> None:
    replica = tmp_path / "replica"
    first = pull(source, replica)
    commit(primary.place)
    second = pull(source, replica)

    assert proved(replica) == second.newest == first.newest + 1
    assert second.pulled_bytes < first.pulled_bytes / 10
    assert pull(source, replica).pulled_bytes == 0


def test_a_connection_that_is_cut_again_and_again_goes_on_where_it_was(
    source: HttpSource, network: FaultyNetwork, tmp_path: Path
) -> None:
    whole = pull(source, tmp_path / "whole").pulled_bytes
    before = network.connections
    with network.suffering(Fault(answer_bytes=150_000)):
        pulled = pull(source, tmp_path / "replica")

    assert proved(tmp_path / "replica") == pulled.newest
    assert network.connections - before > whole / 150_000
    # What a reset threw away on this side before it was read came once more.
    assert whole <= pulled.pulled_bytes < 2 * whole


def test_a_network_that_goes_up_and_down_only_delays(
    source: HttpSource, network: FaultyNetwork, tmp_path: Path
) -> None:
    whole = pull(source, tmp_path / "whole").pulled_bytes
    replica, reached, lost = tmp_path / "replica", Reached(source), 0
    with network.wavering(seed=7, answer_bytes=whole // 3, refused=30):
        while not replica.exists():
            with suppress(PrimaryLost):
                pull(reached, replica)
            lost += not replica.exists()
            # Each try goes on where the one before it was.
            assert reached.read_bytes < 2 * whole
    assert lost > 0
    assert proved(replica) == pull(source, replica).newest


@pytest.mark.parametrize("fault", [DOWN, ANSWER_LOST])
def test_a_primary_that_is_gone_is_said_so(
    source: HttpSource, network: FaultyNetwork, tmp_path: Path, fault: Fault
) -> None:
    with network.suffering(fault), pytest.raises(PrimaryLost, match=f":{network.port}"):
        pull(source, tmp_path / "replica")
    assert not (tmp_path / "replica").exists()
    assert pull(source, tmp_path / "replica").newest > 0


def test_a_primary_that_says_nothing_is_not_waited_for_for_ever(
    primary: RunningService,
    network: FaultyNetwork,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(primary_module, "SILENT_S", 0.2)
    source = HttpSource(f"http://127.0.0.1:{network.port}", token(primary))
    with network.suffering(SILENT), pytest.raises(PrimaryLost, match="timed out"):
        pull(source, tmp_path / "replica")


def test_a_token_for_something_else_is_refused_with_what_to_do(
    primary: RunningService, tmp_path: Path
) -> None:
    address = f"http://127.0.0.1:{primary.port}"
    for text in (token(primary, "write"), "mgt_0_wrong"):
        with pytest.raises(PrimaryRefused, match="does not let this program in") as refused:
            pull(HttpSource(address, text), tmp_path / "replica")
        assert "--scope replicate" in refused.value.hint
        assert text not in str(refused.value)


def test_an_address_of_another_service_of_medalgraph_is_refused_as_another_store(
    source: HttpSource, tmp_path: Path
) -> None:
    pull(source, tmp_path / "replica")
    other = primary_in(tmp_path, commits=2)
    with running(other) as service:
        wrong = HttpSource(f"http://127.0.0.1:{service.port}", token(service))
        with pytest.raises(OtherHistory, match="another store"):
            pull(wrong, tmp_path / "replica")


@contextmanager
def answering(status: int, headers: dict[str, str], body: bytes) -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a server that always says the same, and the tokens that came to it."""
    came: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            came.append(self.headers.get("Authorization", ""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", came
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, b"<html>Welcome</html>", "cannot be understood"),
        (200, b'{"format": "medalgraph replication", "version": 1}', "cannot be understood"),
        (404, b"nothing", r"no primary to pull from \(404\)"),
    ],
)
def test_what_is_no_primary_is_refused(tmp_path: Path, status: int, body: bytes, said: str) -> None:
    with answering(status, {}, body) as (address, _), pytest.raises(PrimaryRefused, match=said):
        pull(HttpSource(address, "mgt_a_b"), tmp_path / "replica")
    assert not (tmp_path / "replica").exists()


def test_a_service_that_is_starting_is_waited_for(tmp_path: Path) -> None:
    with answering(503, {}, b"") as (address, _), pytest.raises(PrimaryLost, match="503"):
        pull(HttpSource(address, "mgt_a_b"), tmp_path / "replica")


def test_a_token_does_not_go_where_an_answer_leads(tmp_path: Path) -> None:
    with answering(200, {}, b"") as (elsewhere, came):
        with (
            answering(302, {"Location": elsewhere}, b"") as (address, _),
            pytest.raises(PrimaryRefused, match=f"leads on to {elsewhere}"),
        ):
            pull(HttpSource(address, "mgt_a_b"), tmp_path / "replica")
        assert came == []


@pytest.mark.parametrize("address", ["ftp://x", "https://", "https://a:b@x", "http://x?y=1"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadInput):
        HttpSource(address, "mgt_a_b")


@pytest.mark.parametrize(
    ("address", "can_be"),
    [("http://medals.example", True), ("https://x.example", False), ("http://localhost", False)],
)
def test_who_could_be_overheard_is_known(address: str, can_be: bool) -> None:  # noqa: FBT001 - a case
    assert HttpSource(address, "t").can_be_overheard is can_be
