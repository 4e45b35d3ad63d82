"""The service as strangers meet it: it goes on, whatever they ask and whatever is killed."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.store import Store

from .processes_world import ENDLESS, LONG, STATEMENTS, is_alive
from .running_service import RunningService, never_asked, running
from .service_world import EX, says
from .waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

FIFTY = 50
QUERY_S = 6
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
"""Takes some seconds, and ends."""
STRANGER, OTHER = "127.0.0.1", "127.0.0.2"


def store_in(folder: Path) -> Path:
    """Make a store of some statements and return where it lies."""
    place = folder / "store"
    with Store.create(place) as store, store.transaction() as change:
        change.add(*(says(f"s{number}", str(number)) for number in range(STATEMENTS)))
    return place


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    place = store_in(tmp_path_factory.mktemp("served"))
    with running(place, QUERY_SECONDS=str(QUERY_S)) as found:
        yield found


def descendants(pid: int) -> set[int]:
    """Return the numbers of all processes that a process started, and that those started."""
    found: set[int] = set()
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (thread / "children").read_text().split()):
                found |= {child} | descendants(child)
    return found


def memory(service: RunningService) -> int:
    """Return the memory of a service and all its processes, shared pages counted once, KiB."""
    total = 0
    for pid in {service.process.pid} | descendants(service.process.pid):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # the same
            told = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in told if line.startswith("Pss:"))
    return total


def test_fifty_endless_queries_leave_room_for_everybody_else(service: RunningService) -> None:
    for _ in range(5):
        service.ask(never_asked("ASK {}"))
    before = memory(service)

    with ThreadPoolExecutor(FIFTY) as strangers:
        endless = [
            strangers.submit(service.ask, never_asked(ENDLESS), client=STRANGER)
            for _ in range(FIFTY)
        ]
        healths, others = [], []
        while not all(query.done() for query in endless):
            healths.append(service.request("GET", "/health", client=OTHER))
            others.append(service.ask(never_asked("ASK {}"), client=OTHER))

    assert {reply.status for reply in healths} == {200}
    assert {reply.status for reply in others} == {200}
    # Who had to wait for the strangers would be answered once, when they are done.
    assert len(others) > 1
    ended = [query.result() for query in endless]
    assert {reply.status for reply in ended} == {503}
    problems = [json.loads(reply.body) for reply in ended]
    assert {problem["type"].rpartition("/")[2] for problem in problems} == {"time-limit"}
    assert all(problem["hint"] for problem in problems)
    assert all(reply.headers["Retry-After"] for reply in ended)
    assert service.ask(never_asked("ASK {}")).status == 200
    wait_for(lambda: memory(service) < before * 1.25 + 20_000, "the memory was given back")


def test_timeout_shortens_the_time(service: RunningService) -> None:
    reply = service.ask(ENDLESS, timeout="0.4")

    assert reply.status == 503
    assert json.loads(reply.body)["detail"] == "The query was stopped after 0.4 seconds."


def test_an_audit_that_takes_too_long_says_which_part_takes_less(tmp_path: Path) -> None:
    with running(store_in(tmp_path), QUERY_SECONDS="0.00001") as found:
        reply = found.request("GET", "/audit?source=g", headers={"Accept": "application/json"})

    assert reply.status == 503
    told = json.loads(reply.body)
    assert told["type"].endswith("/time-limit")
    assert "games=" in told["hint"]
    assert "nation=" in told["hint"]


def test_an_answer_that_is_stopped_on_the_way_breaks_the_connection(
    service: RunningService,
) -> None:
    for form in ("json", "xml", "csv", "tsv"):
        with pytest.raises(http.client.IncompleteRead) as broken:
            service.ask(LONG.replace("}", " . ?j ?k ?l }"), timeout="1", format=form)
        assert len(broken.value.partial) > 0


def test_a_query_ends_when_its_client_leaves(tmp_path: Path) -> None:
    limits = {"QUERY_SECONDS": "600", "QUERY_PROCESSOR_SECONDS": "600", "READERS": "1"}
    with running(store_in(tmp_path), **limits) as service:
        with socket.create_connection(("127.0.0.1", service.port)) as client:
            client.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(ENDLESS), ENDLESS.encode())
            )
            # There is one reader: once it is at work, nobody else gets a turn.
            ask = "ASK {}"
            wait_for(lambda: service.ask(never_asked(ask), timeout="0.2").status == 503, "it ran")

        assert service.ask(never_asked(ask), timeout="30").status == 200


def test_every_child_may_be_killed_and_the_service_goes_on(service: RunningService) -> None:
    for pid in sorted(descendants(service.process.pid)):
        if not is_alive(pid):
            continue
        os.kill(pid, signal.SIGKILL)
        assert service.ask(never_asked("ASK {}")).status == 200
        assert service.request("GET", "/health").status == 200
    done = service.update(f"INSERT DATA {{ GRAPH <{EX}g> {{ <{EX}k> <{EX}says> 'killed' }} }}")
    assert done.status == 200


def test_killing_the_service_loses_no_acknowledged_commit(tmp_path: Path) -> None:
    place = store_in(tmp_path)
    for round_number in range(3):
        acknowledged = kill_between_commits(place, round_number)
        with Store.open(place) as store, store.read() as state:
            stated = {quad.object.value for quad in state.quads()}  # type: ignore[union-attr]
        assert acknowledged
        assert set(acknowledged) <= stated


def kill_between_commits(place: Path, round_number: int) -> list[str]:
    """Kill a service after some commits, and return the values that it acknowledged."""
    wanted = version_in(place) + 3
    with running(place) as service, ThreadPoolExecutor(1) as clients:
        sent = clients.submit(commit_until_it_fails, service, round_number)
        wait_for(lambda: version_in(place) >= wanted, "commits were made")
        service.stop(signal.SIGKILL)
        return sent.result()


def version_in(place: Path) -> int:
    with Store.open(place) as store:
        return store.version


def commit_until_it_fails(service: RunningService, round_number: int) -> list[str]:
    """Make commits until nobody answers, and return the values that were acknowledged."""
    acknowledged: list[str] = []
    while True:
        value = f"{round_number}-{len(acknowledged)}"
        try:
            reply = service.update(
                f"INSERT DATA {{ GRAPH <{EX}g> {{ <{EX}c> <{EX}p> '{value}' }} }}"
            )
        except (OSError, http.client.HTTPException):
            return acknowledged
        assert reply.status == 200
        acknowledged.append(value)


def test_no_process_is_left_behind_by_a_service_that_is_killed(tmp_path: Path) -> None:
    with running(store_in(tmp_path)) as service:
        assert service.ask("ASK {}").status == 200
        children = descendants(service.process.pid)
        assert children
        service.stop(signal.SIGKILL)

    wait_for(lambda: not any(map(is_alive, children)), "all processes ended")


def test_a_service_that_is_asked_to_stop_finishes_what_it_began(tmp_path: Path) -> None:
    limits = {"QUERY_SECONDS": "60", "QUERY_PROCESSOR_SECONDS": "60", "STOP_SECONDS": "60"}
    with running(store_in(tmp_path), **limits) as service, ThreadPoolExecutor(1) as client:
        query = client.submit(service.ask, SLOW)
        wait_for(lambda: is_working(service), "the query runs")

        status = service.stop(signal.SIGTERM)

        answer = query.result()
    assert (status, answer.status) == (0, 200)
    with pytest.raises(ConnectionRefusedError):
        service.ask("ASK {}")


def test_what_does_not_end_in_time_is_ended(tmp_path: Path) -> None:
    limits = {"QUERY_SECONDS": "600", "QUERY_PROCESSOR_SECONDS": "600", "STOP_SECONDS": "0.5"}
    with running(store_in(tmp_path), **limits) as service, ThreadPoolExecutor(1) as client:
        query = client.submit(service.ask, ENDLESS)
        wait_for(lambda: is_working(service), "the query runs")
        processes = descendants(service.process.pid)

        status = service.stop(signal.SIGTERM)

        assert isinstance(query.exception(), ConnectionError | http.client.HTTPException)
    assert status == 0
    wait_for(lambda: not any(map(is_alive, processes)), "every process has ended")


def is_working(service: RunningService) -> bool:
    """Tell whether a query is being worked on."""
    health = json.loads(service.request("GET", "/health").body)
    return bool(health["queries"]["running"] == 1)
