"""A remote engine that is killed, a network that fails, a disk there that is full.

Whatever happens: no change is kept by half, none that was acknowledged is lost, what went wrong
is said, and the next change is made as if nothing had happened.
"""

from __future__ import annotations

import random
import threading
import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.record import in_record
from graph.engines.remote import publishing, turns
from graph.engines.remote.address import Address, Credentials
from graph.engines.remote.client import Client
from graph.engines.remote.engine import RemoteEngine
from graph.errors import EngineProblem, EngineRefused, EngineUnreachable
from graph.terms import DEFAULT_GRAPH
from tests.disks import fill, mounted
from tests.faulty_network import ANSWER_LOST, DOWN, SILENT, SOUND, Fault, FaultyNetwork
from tests.real_engines import OxigraphServer, RealEngine, VirtuosoServer, need, running
from tests.statements import commit, quad, stated
from tests.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from graph.terms import NamedNode, Quad

IN_A_FEW_REQUESTS = 30_000
"""Statements of a change that is put aside in parts before it is published."""


@pytest.fixture(params=[OxigraphServer, VirtuosoServer], ids=lambda kind: kind.name)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RealEngine]:
    need(request.param)
    with running(request.param(tmp_path / "engine")) as made:
        yield made


@pytest.fixture
def network(server: RealEngine) -> Iterator[FaultyNetwork]:
    with FaultyNetwork(server.port) as made:
        yield made


@pytest.fixture(autouse=True)
def _waiting_less_for_the_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a writer that died keep its turn for 2 seconds and not for 30."""
    take = turns.turn
    monkeypatch.setattr(publishing, "turn", lambda session, *, seconds: take(session, seconds=2.0))  # noqa: ARG005


def address(server: RealEngine, port: int) -> Address:
    path = "/medalgraph/sparql" if isinstance(server, VirtuosoServer) else ""
    known = Credentials(user=server.user, password=server.password) if server.user else None
    return Address.of(f"http://127.0.0.1:{port}{path}", known)


@pytest.fixture
def engine(server: RealEngine, network: FaultyNetwork) -> Iterator[RemoteEngine]:
    with RemoteEngine.create(address(server, network.port)) as made:
        yield made


def pair(name: str) -> list[Quad]:
    """Return two statements of which one alone is half a change."""
    return [quad(name, graph="g"), quad(name, graph="h")]


def attempt(engine: RemoteEngine, name: str) -> bool:
    """Make one change; return whether it was acknowledged."""
    try:
        commit(engine, *pair(name), message=name)
    except EngineProblem as problem:
        assert problem.hint  # noqa: PT017 - only some of the attempts fail
        return False
    return True


def messages(engine: RemoteEngine) -> list[str]:
    """Return what was kept, after making sure that state, record and history agree."""
    kept = list(engine.commits(newest_first=False))
    assert [made.number for made in kept] == list(range(1, len(kept) + 1))
    changes = [engine.change(made.number) for made in kept]
    told: set[Quad] = set()
    for change in changes:
        assert not told & change.added
        told = (told - change.removed) | change.added
    with engine.read() as reader:
        assert reader.version == len(kept)
        assert stated(reader) == told
        assert set(reader.quads(graph=DEFAULT_GRAPH)) == {in_record(each) for each in told}
    return [made.info.message for made in kept]


@contextmanager
def lifted_after(seconds: float, network: FaultyNetwork, fault: Fault) -> Iterator[None]:
    """Have a fault for so long, whatever goes on inside meanwhile."""
    network.fault = fault
    mender = threading.Timer(seconds, lambda: setattr(network, "fault", SOUND))
    mender.start()
    try:
        yield
    finally:
        mender.join()


@contextmanager
def struck(network: FaultyNetwork, fault: Fault, *, seconds: float | None = None) -> Iterator[None]:
    """Have a fault from the moment at which a change of the graph is first sent.

    Args:
        network: that has it.
        fault: what is wrong.
        seconds: how long; None is to the end of the ``with`` block.

    """
    send = Client.update
    menders: list[threading.Timer] = []

    def strike(client: Client, text: str, **how: Any) -> None:  # noqa: ANN401 - passed on
        if not (network.fault is fault or menders or how.get("repeatable")):
            network.fault = fault
            if seconds is not None:
                menders.append(threading.Timer(seconds, lambda: setattr(network, "fault", SOUND)))
                menders[0].start()
        send(client, text, **how)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Client, "update", strike)
        yield
    assert menders or network.fault is fault, "no change was sent"
    for mender in menders:
        mender.join()
    network.fault = SOUND


@pytest.mark.parametrize(
    "fault",
    [ANSWER_LOST, Fault(request_bytes=100), Fault(answer_bytes=20), DOWN],
    ids=["the answer is lost", "the request is cut", "the answer is cut", "nobody is there"],
)
def test_a_change_that_meets_a_fault_is_kept_once_when_the_network_is_back(
    engine: RemoteEngine, network: FaultyNetwork, fault: Fault
) -> None:
    assert attempt(engine, "before")
    draft = engine.draft()
    draft.apply(Change.of(pair("meanwhile")))
    with struck(network, fault, seconds=1.0):
        made = draft.publish(CommitInfo(message="meanwhile"))
    assert made.number == 2
    assert attempt(engine, "after")
    assert messages(engine) == ["before", "meanwhile", "after"]


def test_a_fault_while_the_turn_is_drawn_is_waited_out(
    engine: RemoteEngine, network: FaultyNetwork
) -> None:
    draft = engine.draft()
    draft.apply(Change.of(pair("a")))
    with lifted_after(0.3, network, DOWN):
        draft.publish(CommitInfo(message="a"))
    assert messages(engine) == ["a"]


def test_a_network_that_stays_away_is_told_and_the_change_is_whole_or_not_there(
    engine: RemoteEngine, network: FaultyNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "PATIENCE_S", 0.5)
    draft = engine.draft()
    draft.apply(Change.of(pair("a")))
    with struck(network, ANSWER_LOST), pytest.raises(EngineUnreachable) as caught:
        draft.publish(CommitInfo(message="a"))
    assert "whole or not at all" in str(caught.value)
    wait_for(lambda: engine.newest_mark()[0] == 1, "the engine kept what had arrived")
    assert messages(engine) == ["a"]
    assert attempt(engine, "b")
    assert messages(engine) == ["a", "b"]


def test_an_engine_that_says_nothing_is_given_up(
    server: RealEngine, network: FaultyNetwork
) -> None:
    where = address(server, network.port)
    RemoteEngine.create(where).close()
    with (
        RemoteEngine(Client(where, read_s=0.3), base="https://example.org") as hasty,
        network.suffering(SILENT),
        pytest.raises(EngineUnreachable) as caught,
    ):
        hasty.read()
    assert where.text in str(caught.value)
    assert caught.value.hint


def test_a_slow_network_changes_nothing_but_the_time(
    engine: RemoteEngine, network: FaultyNetwork
) -> None:
    with network.suffering(Fault(latency_s=0.05)):
        assert attempt(engine, "a")
        assert messages(engine) == ["a"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_changes_over_a_flapping_network_are_whole_and_none_that_was_acknowledged_is_lost(
    engine: RemoteEngine,
    network: FaultyNetwork,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    monkeypatch.setattr(publishing, "PATIENCE_S", 3.0)
    names = [f"change{number}" for number in range(10)]
    with network.flapping(seed=seed, up_s=0.3, down_s=0.2):
        acknowledged = [name for name in names if attempt(engine, name)]
    assert attempt(engine, "last")
    kept = messages(engine)
    assert set(acknowledged) <= set(kept) <= {*names, "last"}
    assert len(set(kept)) == len(kept)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3])
def test_an_engine_killed_in_the_middle_of_changes_keeps_each_whole_or_not_at_all(
    server: RealEngine, engine: RemoteEngine, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - moments that can be had again
    acknowledged: list[str] = []
    for life in range(4):
        done = threading.Event()

        def write(life: int = life, done: threading.Event = done) -> None:
            for number in range(1_000):
                name = f"life{life}-{number}"
                if attempt(engine, name):
                    acknowledged.append(name)
                if done.is_set():
                    return

        before = len(acknowledged)
        writer = threading.Thread(target=write)
        writer.start()
        wait_for(partial(_has_more_than, before, acknowledged), "a change was acknowledged")
        time.sleep(chance.uniform(0.0, 0.5))
        server.kill()
        time.sleep(chance.uniform(0.0, 0.5))
        server.start()
        done.set()
        writer.join()
    assert attempt(engine, "last")
    kept = messages(engine)
    assert acknowledged
    assert set(acknowledged) <= set(kept)
    assert len(set(kept)) == len(kept)


def _has_more_than(count: int, names: list[str]) -> bool:
    return len(names) > count


@pytest.mark.slow
@pytest.mark.parametrize("server", [OxigraphServer], ids=["oxigraph"], indirect=True)
def test_an_engine_killed_in_the_middle_of_a_large_change_shows_nothing_of_it(
    server: RealEngine, engine: RemoteEngine, network: FaultyNetwork
) -> None:
    assert attempt(engine, "before")
    many = [quad(f"s{number}", graph="large") for number in range(IN_A_FEW_REQUESTS)]
    draft = engine.draft()
    draft.apply(Change.of(many))
    with killed_while_it_is_put_aside(server), pytest.raises(EngineProblem):
        draft.publish(CommitInfo(message="large"))
    server.start()
    with RemoteEngine.open(address(server, network.port)) as again:
        assert messages(again) == ["before"]
        again.sweep()
        assert attempt(again, "after")
        assert messages(again) == ["before", "after"]
    assert not [row["g"] for row in server.ask(_GRAPHS) if "staging" in row["g"]]


_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"


@contextmanager
def killed_while_it_is_put_aside(server: RealEngine) -> Iterator[None]:
    """Kill an engine when it has got the first part of a change that is put aside in parts."""
    send = Client.add_to
    parts = 0

    def strike(client: Client, graph: NamedNode, triples: bytes | Iterable[bytes]) -> None:
        nonlocal parts
        parts += 1
        if parts == 2:
            server.kill()
        send(client, graph, triples)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Client, "add_to", strike)
        yield
    assert parts > 1, "nothing was put aside"


@pytest.mark.slow
def test_a_full_disk_of_the_engine_is_told_and_the_store_is_as_it_was(tmp_path: Path) -> None:
    need(OxigraphServer)
    with (
        mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=48m", "tmpfs") as disk,
        running(OxigraphServer(disk / "engine")) as server,
    ):
        _fill_the_disk_of(server, disk)


def _fill_the_disk_of(server: RealEngine, disk: Path) -> None:
    with RemoteEngine.create(address(server, server.port)) as engine:
        assert attempt(engine, "before")
        filler = fill(disk, spare_kib=0)
        refused = 0
        for number in range(200):
            draft = engine.draft()
            draft.apply(Change.of([quad(f"n{number}-{n}", "x" * 500) for n in range(50)]))
            try:
                draft.publish(CommitInfo(message=f"full{number}"))
            except EngineRefused as problem:
                assert "space" in str(problem).lower()  # noqa: PT017 - only some fail
                refused += 1
                break
        assert refused
        before = messages(engine)
        filler.unlink()
        server.kill()
        server.start()
        assert messages(engine) == before
        assert attempt(engine, "after")
        assert messages(engine) == [*before, "after"]
