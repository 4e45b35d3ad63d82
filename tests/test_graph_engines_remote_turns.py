"""Of writers at the same remote store each has its turn, on engines that would let two through."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.remote.client import Client
from graph.engines.remote.engine import RemoteEngine
from graph.engines.remote.layout import STATE
from graph.engines.remote.session import Session
from graph.engines.remote.turns import TURNS, turn
from graph.errors import StoreExists, WriteConflict
from tests.contracts.engines import address_of
from tests.statements import quad

if TYPE_CHECKING:
    from graph.engines.remote.address import Address
    from tests.real_engines import RealEngine

_WRITERS = 6
_CHANGES = 8
_IN_LINE = f"SELECT * WHERE {{ GRAPH {TURNS} {{ ?s ?p ?o }} }}"


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> RealEngine:
    found: RealEngine = request.getfixturevalue(f"{request.param}_server")
    found.empty()
    return found


def test_of_many_writers_no_two_publish_the_same_version(server: RealEngine) -> None:
    address = address_of(server)
    RemoteEngine.create(address).close()
    with ThreadPoolExecutor(_WRITERS) as pool:
        made = pool.map(lambda writer: _publish_all(address, writer), range(_WRITERS))
        numbers = [number for kept in made for number in kept]
    assert sorted(numbers) == list(range(1, _WRITERS * _CHANGES + 1))
    with RemoteEngine.open(address) as engine:
        assert [commit.number for commit in engine.commits()] == sorted(numbers, reverse=True)
        with engine.read() as reader:
            assert len(list(reader.quads())) == _WRITERS * _CHANGES
    assert server.ask(_IN_LINE) == []


def test_of_many_who_make_a_store_one_does(server: RealEngine) -> None:
    address = address_of(server)
    with ThreadPoolExecutor(_WRITERS) as pool:
        made = list(pool.map(lambda writer: _make(address, writer), range(_WRITERS)))
    assert sorted(made) == [False] * (_WRITERS - 1) + [True]
    base = f"SELECT * WHERE {{ GRAPH {STATE} {{ ?s ?p ?o FILTER STRENDS(STR(?p), '#base') }} }}"
    assert len(server.ask(base)) == 1


def test_a_writer_that_died_is_waited_for_as_long_as_it_said_and_no_longer(
    server: RealEngine,
) -> None:
    session = _session(server)
    dead = turn(session, seconds=0.5)
    dead.__enter__()
    with turn(session) as mine:
        assert len(server.ask(_IN_LINE)) == 2
        assert _acts(server, mine)


def test_a_writer_whose_turn_was_taken_away_does_nothing(server: RealEngine) -> None:
    session = _session(server)
    late = turn(session, seconds=0.5)
    its_own = late.__enter__()
    with turn(session):
        assert not _acts(server, its_own)


def _session(server: RealEngine) -> Session:
    return Session(Client(address_of(server)), "https://example.org")


def _acts(server: RealEngine, guard: str) -> bool:
    """Tell whether a request with this guard does anything."""
    server.tell(f"INSERT {{ GRAPH <urn:done> {{ <urn:s> <urn:p> 'o' }} }} WHERE {{ {guard} }}")
    return bool(server.ask("SELECT * WHERE { GRAPH <urn:done> { ?s ?p ?o } }"))


def _publish_all(address: Address, writer: int) -> list[int]:
    """Make changes, each again until nobody came first, and return the numbers of the commits."""
    numbers: list[int] = []
    with RemoteEngine.open(address) as engine:
        while len(numbers) < _CHANGES:
            draft = engine.draft()
            draft.apply(Change.of([quad(f"w{writer}-{len(numbers)}")]))
            try:
                numbers.append(draft.publish(CommitInfo()).number)
            except WriteConflict:
                continue
    return numbers


def _make(address: Address, writer: int) -> bool:
    try:
        RemoteEngine.create(address, base=f"https://example.org/{writer}").close()
    except StoreExists:
        return False
    return True
