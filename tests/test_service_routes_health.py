"""Whether the service lives and can work is told at once, and never from a cache."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from graph.store import Store
from service.app import create_app
from service.config import Settings
from service.processes.pool import PoolState
from service.processes.sandbox import Walls

from .service_world import says, world_in

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

WELL = PoolState(
    running=1,
    waiting=2,
    changes_waiting=3,
    spare=4,
    image_version=5,
    image_bytes=6,
    can_fork=True,
    writer_runs=True,
    search_version=7,
    walls=Walls(network_namespace=True, network_calls=False, writing=True),
)


class Processes:
    """Processes of which one can say how they are."""

    def __init__(self, state: PoolState) -> None:
        self._state = state
        self.answering = self.changing = self.searching = self.listing = self.exporter = None

    def state(self) -> PoolState:
        return self._state


def client_of(tmp_path: Path, state: PoolState, *, read_only: bool = False) -> FlaskClient:
    store = Store.create(tmp_path / "store")
    settings = Settings(store=tmp_path / "store", read_only=read_only)
    return create_app(settings, store, Processes(state)).test_client()  # type: ignore[arg-type] # what health asks of a pool


def test_health_names_the_newest_snapshot(tmp_path: Path) -> None:
    with world_in(tmp_path) as world:
        before = world.client.get("/health")
        world.state(says("a", "one"))
        after = world.client.get("/health")

    assert before.json == {"status": "ok", "wrong": [], "snapshot": 0, "read_only": False}
    assert after.json == {"status": "ok", "wrong": [], "snapshot": 1, "read_only": False}
    assert after.headers["Cache-Control"] == "no-store"


def test_health_tells_queues_memory_and_walls(tmp_path: Path) -> None:
    told = client_of(tmp_path, WELL).get("/health").json

    assert told == {
        "status": "ok",
        "wrong": [],
        "snapshot": 0,
        "read_only": False,
        "queries": {"running": 1, "waiting": 2},
        "changes": {"waiting": 3, "possible": True},
        "memory": {"snapshot": 5, "bytes": 6},
        "search": {"snapshot": 7},
        "walls": {
            "network_namespace": True,
            "network_calls": False,
            "writing": True,
            "no_network": True,
        },
    }


@pytest.mark.parametrize(
    ("state", "read_only", "status", "said"),
    [
        (WELL, False, 200, ""),
        (replace(WELL, writer_runs=False), False, 503, "changes"),
        (replace(WELL, writer_runs=False), True, 200, ""),
        (replace(WELL, can_fork=False), False, 503, "queries"),
    ],
)
def test_the_service_is_ready_when_it_can_do_its_work(
    tmp_path: Path,
    state: PoolState,
    read_only: bool,  # noqa: FBT001 - a value of the table
    status: int,
    said: str,
) -> None:
    client = client_of(tmp_path, state, read_only=read_only)

    ready, live = client.get("/health/ready"), client.get("/health/live")

    assert (ready.status_code, live.status_code) == (status, 200)
    assert said in ready.text


def test_metrics_count_requests_problems_and_what_is_now(tmp_path: Path) -> None:
    with world_in(tmp_path) as world:
        world.state(says("a", "one"))
        world.ask("ASK {}")
        world.ask("ASK {}")
        world.ask("ASK {")
        world.client.open("/health", method="BREW")
        headers = world.bearer()
        world.client.post("/sparql", data={"update": REFUSED}, headers=headers)
        world.client.post("/sparql", data={"update": KEPT}, headers=headers)
        answer = world.client.get("/metrics")

    lines = answer.text.splitlines()
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    for line in (
        'medalgraph_requests_total{method="GET",route="query.sparql",status="200"} 2.0',
        'medalgraph_requests_total{method="GET",route="query.sparql",status="400"} 1.0',
        'medalgraph_requests_total{method="OTHER",route="none",status="405"} 1.0',
        'medalgraph_problems_total{kind="syntax"} 1.0',
        'medalgraph_problems_total{kind="refused"} 1.0',
        'medalgraph_killed_total{reason="time"} 0.0',
        'medalgraph_request_seconds_count{route="query.sparql"} 5.0',
        "medalgraph_gate_seconds_count 1.0",
        "medalgraph_snapshot 2.0",
    ):
        assert line in lines, line


def test_metrics_tell_how_the_processes_are(tmp_path: Path) -> None:
    told = client_of(tmp_path, replace(WELL, image_version=None)).get("/metrics").text.splitlines()

    for line in (
        "medalgraph_queries_running 1.0",
        "medalgraph_queries_waiting 2.0",
        "medalgraph_changes_waiting 3.0",
        "medalgraph_readers_spare 4.0",
        "medalgraph_writer_up 1.0",
        "medalgraph_image_bytes 6.0",
        "medalgraph_image_snapshot -1.0",
    ):
        assert line in told, line


KEPT = "INSERT DATA { <http://ex/s> <http://ex/says> 'x' }"
REFUSED = """INSERT DATA { GRAPH graph:press {
    tenure:x a mg:Tenure ; mg:from "2024-09-17" ; mg:until "2020-01-01" } }"""
