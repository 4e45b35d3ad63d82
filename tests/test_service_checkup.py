"""The checkup of a running service says what a client would meet, and changes nothing."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from graph.checkups import Finding, Verdict
from graph.store import Store
from service.checkup import look_over_service
from tests.ports import free_port
from tests.running_service import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.command_line import CommandLine
    from tests.running_service import RunningService

OK = '{"status": "ok"}'
HEALTHY = """{"status": "ok", "wrong": [], "snapshot": 1,
 "queries": {"running": 1, "waiting": 0}, "memory": {"snapshot": 1, "bytes": 1048576},
 "walls": {"no_network": true, "writing": true}}"""


def findings(address: str) -> dict[str, Finding]:
    return {finding.what: finding for finding in look_over_service(address)}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    place = tmp_path_factory.mktemp("checkup") / "store"
    Store.create(place).close()
    with running(place) as started:
        yield started


@contextmanager
def answering(answers: dict[str, tuple[int, str]]) -> Iterator[str]:
    """Yield the address of a server that answers each path as it is told, and others with 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers.get(self.path.split("?")[0], (404, ""))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_a_service_that_is_well_is_found_well(service: RunningService) -> None:
    found = findings(f"http://127.0.0.1:{service.port}/")
    assert list(found) == [
        "reach",
        "encryption",
        "readiness",
        "walls",
        "memory",
        "queue",
        "query",
        "address",
        "changes",
    ]
    wrong = {what: finding for what, finding in found.items() if finding.verdict is Verdict.WRONG}
    assert wrong == {}
    assert found["query"].verdict is found["address"].verdict is Verdict.WELL
    assert found["changes"].sentence == "A change without a token is refused."


def test_the_checkup_keeps_no_commit(service: RunningService) -> None:
    findings(f"http://127.0.0.1:{service.port}")
    with Store.open(service.place) as store:
        assert store.version == 0


def test_a_port_without_a_service_says_how_to_start_one() -> None:
    address = f"http://127.0.0.1:{free_port()}"
    [found] = look_over_service(address)
    assert found.verdict is Verdict.WRONG
    assert found.sentence == f"{address} cannot be reached: nothing listens there."
    assert found.hint.startswith("Start it with: medalgraph serve.")


def test_another_program_is_not_taken_for_medalgraph(service: RunningService) -> None:
    [found] = look_over_service(f"http://127.0.0.1:{service.port}/sparql")
    assert found.verdict is Verdict.WRONG
    assert found.hint.endswith("of a medalgraph service, without /sparql.")


def test_what_keeps_a_service_from_its_work_is_passed_on() -> None:
    health = HEALTHY.replace('"wrong": []', '"wrong": ["No process can be started."]')
    with answering({"/health/live": (200, OK), "/health": (200, health)}) as address:
        found = findings(address)
    assert found["readiness"] == Finding(
        "readiness", Verdict.WRONG, "No process can be started.", "Look into its log; restart it."
    )
    assert found["query"].sentence == "The query ASK {} is not answered (status 404)."


@pytest.mark.parametrize(
    ("seconds", "verdict", "said"),
    [
        ("1.2", Verdict.WELL, "1 s old at most"),
        ("4000", Verdict.WORRYING, "may lack commits since 2026-11-30 18:00:00 UTC"),
        ("null", Verdict.WORRYING, "nobody knows since when"),
    ],
)
def test_a_replica_says_how_old_it_may_be(seconds: str, verdict: Verdict, said: str) -> None:
    told = f'"behind_seconds": {seconds}, "level": "2026-11-30T18:00:00.000+00:00"'
    health = HEALTHY.replace(
        '"wrong": []', f'"wrong": [], "replica": {{"primary": "https://medals.example", {told}}}'
    )
    with answering({"/health/live": (200, OK), "/health": (200, health)}) as address:
        found = findings(address)["replica"]
    assert found.verdict is verdict
    assert said in found.sentence
    assert "https://medals.example" in found.sentence


def test_missing_walls_a_graph_on_disk_and_a_long_queue_are_pointed_out() -> None:
    health = (
        HEALTHY.replace('"writing": true', '"writing": false')
        .replace('"snapshot": 1, "bytes"', '"snapshot": null, "bytes"')
        .replace('"waiting": 0', '"waiting": 50')
    )
    with answering({"/health/live": (200, OK), "/health": (200, health)}) as address:
        found = findings(address)
    looked = {what for what, finding in found.items() if finding.verdict is Verdict.WORRYING}
    assert looked == {"walls", "memory", "queue", "address"}
    assert "could change files" in found["walls"].sentence


def test_a_service_that_takes_changes_from_everybody_is_wrong() -> None:
    answers = {"/health/live": (200, OK), "/health": (200, HEALTHY), "/sparql": (204, "")}
    with answering(answers) as address:
        found = findings(address)["changes"]
    assert found.verdict is Verdict.WRONG
    assert found.sentence == "A change without a token is not refused (status 204)."


def test_the_command_looks_a_service_over_and_ends_with_one_if_anything_is_wrong(
    medalgraph: CommandLine, service: RunningService
) -> None:
    said = medalgraph.do("doctor", f"http://127.0.0.1:{service.port}")
    assert "   ok  changes: A change without a token is refused.\n" in said.out
    assert medalgraph("doctor", f"http://127.0.0.1:{free_port()}").code == 1


def test_the_command_looks_the_store_over(medalgraph: CommandLine) -> None:
    said = medalgraph.do("doctor")
    assert said.out.endswith("Looked at 8 things: 0 wrong, 0 to look at.\n")
    assert [found["verdict"] for found in medalgraph.do("doctor", "--json").json] == ["well"] * 8
    (medalgraph.store / "CURRENT").write_text("?")
    said = medalgraph("doctor", "--quick")
    assert said.code == 1
    assert said.out.startswith("WRONG  store: The file ")


def test_an_address_that_is_none_is_a_mistake_of_use(medalgraph: CommandLine) -> None:
    said = medalgraph("doctor", "ftp://medals.example")
    assert said.code == 2
    assert "Write http://HOST:PORT or https://HOST." in said.err
