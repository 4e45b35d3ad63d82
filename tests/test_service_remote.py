"""The service over a store in a remote engine: what it changes, what it reaches, when it waits."""

from __future__ import annotations

import http.client
import json
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.engines.remote.engine import RemoteEngine
from graph.store import Store

from .contracts.engines import address_of
from .faulty_network import DOWN, SILENT, Fault, FaultyNetwork
from .importing_served import import_and_take_back
from .importing_world import WORLD
from .openapi_document import wrong
from .remote_world import opened
from .running_service import running
from .service_world import BROWSER
from .waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .real_engines import OxigraphServer
    from .running_service import Reply, RunningService

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
KEPT = "kept-from-everybody"
NEWEST = "Medalgraph-Snapshot"
NO_MIRROR = {"IMAGE_MEMORY": "1"}


@contextmanager
def served(
    server: OxigraphServer,
    folder: Path,
    settings: dict[str, str] | None = None,
    *,
    port: int | None = None,
) -> Iterator[RunningService]:
    """A service over a small store in the engine, which it asks there or at another port."""
    server.empty()
    with Store(RemoteEngine.create(address_of(server))) as store:
        store.update(WORLD)
    address = f"http://127.0.0.1:{port or server.port}"
    with running(folder / "own", address=address, **(settings or {})) as service:
        yield service


def snapshot(service: RunningService) -> str | None:
    """Return the state that the next page is of; None while there is no page."""
    page = service.request("GET", "/graphs", headers={"Accept": "application/json"})
    return page.headers[NEWEST] if page.status == 200 else None


def health(service: RunningService) -> dict[str, object]:
    told: dict[str, object] = json.loads(service.request("GET", "/health").body)
    assert wrong({"$ref": "#/components/schemas/Health"}, told) == []
    return told


def engine_answers(service: RunningService) -> bool:
    """Tell whether the service knows its engine to answer; pages also fail for other reasons."""
    return health(service)["engine"] == {"answers": True}


def counted(reply: Reply) -> int:
    assert reply.status == 200, reply.body
    [row] = json.loads(reply.body)["results"]["bindings"]
    return int(row["n"]["value"])


def said(name: str) -> str:
    return f'INSERT DATA {{ GRAPH graph:book {{ <http://e/{name}> <http://e/says> "{name}" }} }}'


@pytest.mark.parametrize("settings", [{}, NO_MIRROR], ids=["mirror", "passing"])
def test_a_change_with_a_token_is_seen_at_once_and_those_of_others_soon(
    settings: dict[str, str], oxigraph_server: OxigraphServer, tmp_path: Path
) -> None:
    with served(oxigraph_server, tmp_path, settings) as service:
        before = counted(service.ask(COUNT))
        kind = {"Content-Type": "application/sparql-update"}
        refused = service.request("POST", "/sparql", body=said("none").encode(), headers=kind)
        assert refused.status == 401
        done = json.loads(service.update(said("one")).body)
        assert (done["commit"], done["added"]) == (2, 1)
        mine = service.ask(COUNT)
        assert (counted(mine), mine.headers[NEWEST]) == (before + 1, "2")
        assert mine.headers["ETag"].startswith('"2-')
        with opened(oxigraph_server) as other:
            assert other.undo(2).commit is not None
        wait_for(lambda: snapshot(service) == "3", "the commit of another program was seen")
        assert counted(service.ask(COUNT)) == before


def test_another_store_in_the_place_of_one_is_served_as_if_it_had_always_been_there(
    oxigraph_server: OxigraphServer, tmp_path: Path
) -> None:
    with served(oxigraph_server, tmp_path) as service:
        for number in range(3):
            service.update(said(f"n{number}"))
        wait_for(lambda: b"http://e/n2" in everything(service), "all that there is was given")
        oxigraph_server.empty()
        with Store(RemoteEngine.create(address_of(oxigraph_server))) as store:
            for number in range(4):
                store.update(said(f"other{number}"))
        wait_for(lambda: b"http://e/other3" in everything(service), "the other store was served")
        assert b"http://e/n2" not in everything(service)
        answer = service.ask("SELECT ?o WHERE { ?s <http://e/says> ?o }")
        assert answer.status == 200
        assert b"other3" in answer.body
        assert b"n2" not in answer.body


def everything(service: RunningService) -> bytes:
    """Return the download of all that there is, which is made once for each state."""
    try:
        answer = service.request("GET", "/downloads/graph.nt")
    except (http.client.HTTPException, ConnectionError):
        return b""  # one store was closed, and the other is being opened
    return answer.body if answer.status == 200 else b""


def test_a_sheet_is_imported_refused_when_late_and_taken_back(
    oxigraph_server: OxigraphServer, tmp_path: Path
) -> None:
    with served(oxigraph_server, tmp_path) as service:
        import_and_take_back(service)
        service.wait_for_search()
        found = service.request("GET", "/search?q=vugar", headers={"Accept": "application/json"})
        assert found.status == 200


def test_an_older_state_is_refused_in_words_and_no_page_leads_to_one(
    oxigraph_server: OxigraphServer, tmp_path: Path
) -> None:
    with served(oxigraph_server, tmp_path) as service:
        service.update(said("one"))
        for path in ("/?at=1", "/graphs?at=1", f"/sparql?query={COUNT.replace(' ', '+')}&at=1"):
            older = service.request("GET", path, headers={"Accept": "application/json"})
            assert older.status == 501, path
            assert "keeps only its newest state" in json.loads(older.body)["detail"]
        assert service.request("GET", "/?at=2").status == 200
        feed = service.request("GET", "/changes.atom")
        assert feed.status == 200
        assert b"at=" not in feed.body
        page = service.request("GET", "/medals?kind=paralympic", headers={"Accept": BROWSER})
        assert b"at=" not in page.body


def test_what_would_call_another_service_is_refused_before_anybody_is_asked(
    oxigraph_server: OxigraphServer, tmp_path: Path
) -> None:
    other = "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    with (
        FaultyNetwork(oxigraph_server.port) as network,
        served(oxigraph_server, tmp_path, NO_MIRROR, port=network.port) as service,
    ):
        assert health(service)["walls"] == {
            "network_namespace": True,
            "network_calls": True,
            "writing": True,
            "no_network": True,
        }
        with network.suffering(DOWN):
            wait_for(lambda: not engine_answers(service), "the loss of the engine was noticed")
            refused = service.ask(other)
            assert refused.status == 400
            assert b"SERVICE" in refused.body
        wait_for(lambda: engine_answers(service), "the engine was found again")
        assert service.update("LOAD <http://127.0.0.1:1/>").status == 400


def test_the_secret_of_the_engine_is_told_to_nobody(
    oxigraph_server: OxigraphServer, tmp_path: Path
) -> None:
    with served(oxigraph_server, tmp_path, {"STORE_SECRET": f"ann:{KEPT}"}) as service:
        service.wait_for_search()
        for line in command_lines(service.process.pid):
            assert KEPT not in line
            assert str(oxigraph_server.port) not in line or "serve" in line
        for path in ("/health", "/openapi.json", "/metrics", "/", "/query"):
            assert KEPT.encode() not in service.request("GET", path).body
        service.update(said("one"))
        oxigraph_server.kill()
        try:
            wait_for(lambda: not engine_answers(service), "the loss of the engine was noticed")
            gone = service.request("GET", "/")
            assert KEPT.encode() not in gone.body
            assert str(oxigraph_server.port).encode() not in gone.body
        finally:
            oxigraph_server.start()


def command_lines(parent: int) -> list[str]:
    """Return how the processes were started that a process has started."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "status").read_text()
                line = (entry / "cmdline").read_bytes().decode().replace("\0", " ")
            except OSError:
                continue
            if re.search(rf"^PPid:\s{parent}$", status, re.MULTILINE) or entry.name == str(parent):
                found.append(line)
    assert len(found) > 3
    return found


@pytest.mark.parametrize("settings", [{}, NO_MIRROR], ids=["mirror", "passing"])
def test_while_the_engine_is_gone_it_is_said_and_afterwards_all_goes_on(
    settings: dict[str, str], oxigraph_server: OxigraphServer, tmp_path: Path
) -> None:
    with served(oxigraph_server, tmp_path, settings) as service:
        before = counted(service.ask(COUNT))
        oxigraph_server.kill()
        try:
            wait_for(lambda: not engine_answers(service), "the loss of the engine was noticed")
            gone = service.request("GET", "/graphs", headers={"Accept": BROWSER})
            assert gone.status == 503
            assert int(gone.headers["Retry-After"]) > 0
            assert b"The engine that keeps the store cannot be used at present" in gone.body
            assert service.ask(COUNT).status == 503
            assert service.update(said("lost")).status == 503
            told = health(service)
            assert (told["status"], told["snapshot"]) == ("not ready", None)
            assert told["engine"] == {"answers": False}
            assert service.request("GET", "/health/ready").status == 503
            assert service.request("GET", "/health/live").status == 200
            assert service.request("GET", "/metrics").status == 200
        finally:
            oxigraph_server.start()
        wait_for(lambda: engine_answers(service), "the engine was found again")
        wait_for(lambda: service.ask(COUNT).status == 200, "queries were answered again")
        kept = counted(service.ask(COUNT))
        assert kept == before
        wait_for(lambda: service.update(said("kept")).status == 200, "changes were made again")
        assert counted(service.ask(COUNT)) == before + 1
        wait_for(lambda: health(service)["status"] == "ok", "the service was well again")


def test_an_engine_that_falls_silent_is_noticed_and_a_slow_one_is_waited_for(
    oxigraph_server: OxigraphServer, tmp_path: Path
) -> None:
    with (
        FaultyNetwork(oxigraph_server.port) as network,
        served(oxigraph_server, tmp_path, port=network.port) as service,
    ):
        before = counted(service.ask(COUNT))
        with network.suffering(Fault(latency_s=0.3)):
            done = service.update(said("slowly"))
            assert done.status == 200, done.body
            assert counted(service.ask(COUNT)) == before + 1
        with network.suffering(SILENT):
            wait_for(lambda: not engine_answers(service), "the silence was noticed")
        wait_for(lambda: service.ask(COUNT).status == 200, "queries were answered again")
        assert counted(service.ask(COUNT)) == before + 1


def test_over_a_network_that_comes_and_goes_nothing_is_half_or_lost(
    oxigraph_server: OxigraphServer, tmp_path: Path
) -> None:
    with (
        FaultyNetwork(oxigraph_server.port) as network,
        served(oxigraph_server, tmp_path, NO_MIRROR, port=network.port) as service,
    ):
        before = counted(service.ask(COUNT))
        kept = 0
        with network.flapping(seed=8, up_s=1.0, down_s=0.3):
            for number in range(12):
                done = service.update(said(f"n{number}"))
                assert done.status in (200, 503), done.body
                kept += done.status == 200
                answer = service.ask(COUNT)
                assert answer.status in (200, 503), answer.body
                if answer.status == 200:
                    assert counted(answer) >= before + kept
        wait_for(lambda: service.ask(COUNT).status == 200, "queries were answered again")
        wait_for(lambda: health(service)["status"] == "ok", "the service was well again")
        # A change that was answered by 503 may have been kept, whole; none that was acknowledged
        # is missing.
        assert before + kept <= counted(service.ask(COUNT)) <= before + 12


def test_a_query_that_is_given_up_is_ended_at_the_engine_as_well(
    oxigraph_server: OxigraphServer, tmp_path: Path
) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
    with (
        FaultyNetwork(oxigraph_server.port) as network,
        served(oxigraph_server, tmp_path, NO_MIRROR, port=network.port) as service,
    ):
        assert counted(service.ask(COUNT)) > 0
        standing = connections_to(network.port)
        with network.suffering(Fault(latency_s=5.0)):
            # The answer is on its way for longer than anybody waits.
            late = service.ask(endless, timeout="1")
        assert late.status == 503
        assert b"stopped after 1 second" in late.body
        wait_for(
            lambda: connections_to(network.port) <= standing,
            "the connection of the query was closed",
        )


def connections_to(port: int) -> int:
    """Return how many connections to a port of this machine stand."""
    rows = Path("/proc/net/tcp").read_text().splitlines()[1:]
    wanted = f":{port:04X}"
    return sum(row.split()[2].endswith(wanted) and row.split()[3] == "01" for row in rows)
