"""A store on a real Oxigraph server: whole changes, checked, in few requests, and none lost."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

from graph import history
from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.memory import MemoryEngine
from graph.engines.remote import draft as drafting
from graph.engines.remote import publishing
from graph.engines.remote.client import Client
from graph.engines.remote.engine import RemoteEngine
from graph.errors import (
    AnswerCut,
    BadTerm,
    EngineRefused,
    EngineUnreachable,
    Refused,
    ShapeViolation,
    StoreExists,
    StoreMissing,
    WriteConflict,
)
from graph.store import Store
from graph.terms import BlankNode, NamedNode, Quad, Triple
from tests.contracts.engines import address_of
from tests.remote_world import EX, new_store, opened, requests_of, says
from tests.statements import SAYS, name, quad, stated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.real_engines import OxigraphServer

NOBODY = "INSERT DATA { GRAPH graph:local { <http://example.org/e> a mg:Entry ; mg:rank 0 } }"
"""An entry in no event, which the checks refuse."""


@pytest.fixture
def store(oxigraph_server: OxigraphServer) -> Iterator[Store]:
    with new_store(oxigraph_server) as made:
        yield made


def test_a_store_is_made_once_and_opened_by_its_address(oxigraph_server: OxigraphServer) -> None:
    oxigraph_server.empty()
    address = address_of(oxigraph_server)
    with pytest.raises(StoreMissing, match="There is no store at"):
        RemoteEngine.open(address)
    with (
        RemoteEngine.create(address, base="https://games.example/"),
        opened(oxigraph_server) as again,
    ):
        assert again.engine.base == "https://games.example"
        assert again.version == 0
    with pytest.raises(StoreExists):
        RemoteEngine.create(address)


def test_a_change_with_its_checks_takes_few_requests(store: Store) -> None:
    store.update(says("first"))
    before = requests_of(store)
    kept = store.update(
        'INSERT DATA { GRAPH graph:local { nation:AZE a mg:Nation ; rdfs:label "Azerbaijan"@en ;'
        ' mg:code "AZE" } }'
    )
    assert kept.commit is not None
    assert kept.report.checked > 0
    assert requests_of(store) - before <= 16


def test_what_the_checks_refuse_leaves_no_trace_and_is_worded_as_elsewhere(store: Store) -> None:
    with pytest.raises(ShapeViolation) as here:
        store.update(NOBODY)
    with pytest.raises(ShapeViolation) as there:
        Store(MemoryEngine()).update(NOBODY)
    assert here.value.report == there.value.report
    assert store.version == 0
    assert len(store.read()) == 0


def test_the_engine_s_own_graphs_are_never_seen(store: Store) -> None:
    store.update(says("a"))
    for text in (
        "ASK { GRAPH ?g { ?s ?p ?o } FILTER(?g != <http://example.org/g>) }",
        "ASK { ?s ?p ?o FILTER(?s != <http://example.org/a>) }",
        "ASK FROM <https://w3id.org/medalgraph/remote/state> { ?s ?p ?o }",
        "ASK FROM NAMED <https://w3id.org/medalgraph/remote/state> { GRAPH ?g { ?s ?p ?o } }",
    ):
        with store.query(text) as answer:
            assert isinstance(answer, QueryBoolean)
            assert not answer, text


def test_nobody_writes_to_the_engine_s_own_graphs(store: Store) -> None:
    state = "<https://w3id.org/medalgraph/remote/state>"
    with pytest.raises(BadTerm, match="kept by the store itself"):
        store.update(f"INSERT DATA {{ GRAPH {state} {{ <{EX}a> <{EX}b> 1 }} }}")
    assert store.version == 0


def test_a_graph_that_something_else_has_filled_is_not_written_to(
    store: Store, oxigraph_server: OxigraphServer
) -> None:
    oxigraph_server.tell(f"INSERT DATA {{ GRAPH <{EX}g> {{ <{EX}a> <{EX}b> 1 }} }}")
    with pytest.raises(Refused, match="put there by something else"):
        store.update(says("a"))
    assert store.version == 0


def test_history_and_undo_work_as_everywhere(store: Store) -> None:
    with store.transaction(author="Ann", message="why") as tx:
        tx.add(quad("a"), quad("b"))
    store.update(f"DELETE WHERE {{ GRAPH <{EX}g> {{ <{EX}a> ?p ?o }} }}")
    assert [made.info.author for made in store.history()] == ["", "Ann"]
    assert history.diff(store.engine, 0, 2) == Change.of([quad("b")])
    store.undo(1)
    assert stated(store.read()) == set()
    undone = store.commit(3)
    assert (undone.info.kind, undone.removed) == ("undo", 1)
    assert undone.info.message.startswith("Undo commit 1 1 of the 2 statements")


def test_of_two_stores_that_write_at_once_neither_loses_a_change(
    store: Store, oxigraph_server: OxigraphServer
) -> None:
    faults: list[BaseException] = []

    def write(who: str) -> None:
        try:
            with opened(oxigraph_server) as mine:
                for number in range(8):
                    mine.update(says(f"{who}{number}"))
        except BaseException as error:  # noqa: BLE001 - told by the test
            faults.append(error)

    writers = [threading.Thread(target=write, args=(who,)) for who in ("x", "y")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    assert store.version == 16
    assert stated(store.read()) == {quad(f"{who}{n}") for who in "xy" for n in range(8)}
    assert sum(made.added for made in store.history()) == 16


def test_a_change_for_a_state_that_is_past_is_refused_when_it_is_published(
    store: Store, oxigraph_server: OxigraphServer
) -> None:
    late = store.engine.draft()
    late.apply(Change.of([quad("late")]))
    with opened(oxigraph_server) as other:
        other.update(says("early"))
    with pytest.raises(WriteConflict) as caught:
        late.publish(CommitInfo())
    assert (caught.value.expected, caught.value.found) == (0, 1)
    assert stated(store.read()) == {quad("early")}


class Losing:
    """Loses the connection around the next change, before or after the engine has acted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, acted: bool) -> None:
        self._send, self._acted, self.lost = Client.update, acted, 0
        outer = self

        def update(client: Client, text: str, **more: Any) -> None:  # noqa: ANN401 - as given
            if outer.lost == 0 and "/remote/commits>" in text:
                outer.lost += 1
                if outer._acted:
                    outer._send(client, text, **more)
                raise EngineUnreachable("lost", address="x", may_be_done=True)
            outer._send(client, text, **more)

        monkeypatch.setattr(Client, "update", update)


@pytest.mark.parametrize("acted", [True, False])
def test_a_change_whose_answer_was_lost_is_kept_once(
    store: Store, monkeypatch: pytest.MonkeyPatch, *, acted: bool
) -> None:
    store.update(says("before"))
    losing = Losing(monkeypatch, acted=acted)
    kept = store.update(says("a"))
    assert losing.lost == 1
    assert kept.commit is not None
    assert kept.commit.number == 2
    assert [made.number for made in store.history()] == [2, 1]
    assert stated(store.read()) == {quad("before"), quad("a")}


def test_a_change_whose_turn_was_taken_away_waits_for_another(
    store: Store, oxigraph_server: OxigraphServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    send, sent = Client.update, 0

    def update(client: Client, text: str, **more: Any) -> None:  # noqa: ANN401 - as given
        nonlocal sent
        if "/remote/commits>" in text:
            sent += 1
            if sent == 1:
                oxigraph_server.tell("DROP GRAPH <https://w3id.org/medalgraph/remote/turns>")
        send(client, text, **more)

    monkeypatch.setattr(Client, "update", update)
    kept = store.update(says("a"))
    assert sent == 2
    assert kept.commit is not None
    assert [made.number for made in store.history()] == [1]


def test_a_large_load_is_put_aside_in_parts_and_nothing_of_that_stays(
    store: Store,
    oxigraph_server: OxigraphServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("graph.transaction.BATCH_QUADS", 50)
    monkeypatch.setattr("graph.engines.remote.publishing.STAGED_LINES", 30)
    store.update(says("there"))
    file = tmp_path / "many.nq"
    every = [quad(str(n), graph="gh"[n % 2]) for n in range(200)]
    every += [quad("there"), Quad(BlankNode("b"), SAYS, BlankNode("c"), name("g"))]
    file.write_text("".join(f"{one} .\n" for one in every))
    kept = store.load(file)
    assert kept.commit is not None
    assert (kept.commit.number, kept.commit.added) == (2, 201)
    with store.read() as state:
        assert len(state) == 202
        blank = [one for one in state.quads(graph=name("g")) if isinstance(one.object, BlankNode)]
        assert len(blank) == 1
        assert set(store.change(2).added) == set(state.quads()) - {quad("there")}
    asked = oxigraph_server.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    graphs = {row["g"] for row in asked}
    house = "https://w3id.org/medalgraph/remote/"
    assert graphs == {EX + "g", EX + "h", house + "state", house + "record", house + "commits"}


def test_a_change_of_middle_size_is_put_aside_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "REQUEST_BYTES", 100)
    store.update(says("a"))
    store.update(f"MOVE <{EX}g> TO <{EX}h>")
    with store.read() as state:
        assert stated(state) == {quad("a", graph="h")}
        assert list(state.graphs()) == [name("h")]
        assert [one.subject for one in state.quads(predicate=SAYS)] == [name("a")]
    store.update(f"CLEAR GRAPH <{EX}h>")
    with store.query("ASK { ?s ?p ?o }") as answer:
        assert not answer


def staged(server: OxigraphServer) -> set[str]:
    asked = server.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    return {row["g"] for row in asked if row["g"].startswith(publishing.STAGING)}


def test_what_a_change_left_aside_a_day_ago_is_removed_by_the_next_large_one(
    store: Store, oxigraph_server: OxigraphServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "REQUEST_BYTES", 100)
    now = int(time.time())
    old, young = (f"{publishing.STAGING}{now - ago}-x/0" for ago in (90_000, 80_000))
    for left in (old, young):
        oxigraph_server.tell(f"INSERT DATA {{ GRAPH <{left}> {{ <{EX}a> <{EX}b> 1 }} }}")
    store.update(says("a"))
    assert staged(oxigraph_server) == {young}


def test_what_was_put_aside_stays_while_nobody_knows_what_became_of_the_change(
    store: Store, oxigraph_server: OxigraphServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object, **__: object) -> None:
        raise EngineUnreachable("lost", address="x", may_be_done=True)

    monkeypatch.setattr(publishing, "REQUEST_BYTES", 100)
    monkeypatch.setattr(drafting, "publish", lost)
    with pytest.raises(EngineUnreachable):
        store.update(says("a"))
    assert staged(oxigraph_server)
    assert isinstance(store.engine, RemoteEngine)
    store.engine.sweep()
    assert staged(oxigraph_server) == set()


def test_what_a_change_left_aside_is_removed(store: Store, oxigraph_server: OxigraphServer) -> None:
    left = "https://w3id.org/medalgraph/remote/staging/1/0"
    oxigraph_server.tell(f"INSERT DATA {{ GRAPH <{left}> {{ <{EX}a> <{EX}b> 1 }} }}")
    assert isinstance(store.engine, RemoteEngine)
    store.engine.sweep()
    assert not oxigraph_server.ask(f"SELECT * {{ GRAPH <{left}> {{ ?s ?p ?o }} }}")


def test_a_blank_node_keeps_its_label_and_comes_back_in_answers(store: Store) -> None:
    said = Quad(BlankNode("näme.1"), SAYS, BlankNode("b"), name("g"))
    with store.transaction() as tx:
        tx.add(said)
    with store.read() as state:
        assert stated(state) == {said}
        assert state.contains(said)
        answer = state.query("SELECT ?s ?o { ?s ?p ?o }")
        assert isinstance(answer, QuerySolutions)
        assert [tuple(row) for row in answer] == [(BlankNode("näme.1"), BlankNode("b"))]
        made = state.query("CONSTRUCT WHERE { ?s ?p ?o }")
        assert isinstance(made, QueryTriples)
        assert list(made) == [Triple(said.subject, said.predicate, said.object)]


def test_an_address_that_stands_for_a_blank_node_is_refused(store: Store) -> None:
    hidden = NamedNode("https://w3id.org/medalgraph/.well-known/genid/x")
    with pytest.raises(BadTerm, match="node without a name"), store.transaction() as tx:
        tx.add(Quad(hidden, SAYS, name("a"), name("g")))


def test_fewer_statements_than_were_kept_are_noticed(
    store: Store, oxigraph_server: OxigraphServer
) -> None:
    store.update(says("a"))
    oxigraph_server.tell(f"CLEAR GRAPH <{EX}g>")
    with store.read() as state, pytest.raises(AnswerCut, match="gives 0 of the 1 statements"):
        list(state.quads())


def test_an_engine_that_says_yes_and_does_nothing_is_noticed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Client, "update", lambda *_, **__: None)
    with pytest.raises(EngineRefused, match="does not make it"):
        store.update(says("a"))


def test_a_whole_check_copies_the_state_once(store: Store) -> None:
    store.update(says("a"))
    before = requests_of(store)
    assert store.check().conforms
    assert requests_of(store) - before <= 4
