"""Restricted graphs are in no record and no public reading, on disk and in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.memory import MemoryEngine
from graph.engines.public import PublicReader
from graph.engines.snapshots import SnapshotEngine
from graph.gate.views import record_change
from graph.names import Names
from graph.prologue import house_prologue
from graph.terms import DEFAULT_GRAPH, Quad
from tests.statements import SAYS, commit, name, quad

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.engines.base import Engine

NAMES = Names()
SECRET = NAMES.graph("restricted-classes")


def secret(subject: str) -> Quad:
    return Quad(name(subject), SAYS, quad(subject).object, SECRET)


@pytest.fixture(params=["snapshots", "memory"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    made: Engine = (
        MemoryEngine() if request.param == "memory" else SnapshotEngine.create(tmp_path / "store")
    )
    with made:
        yield made


def in_record(engine: Engine) -> set[str]:
    with engine.read() as state:
        return {str(found.subject) for found in state.quads(graph=DEFAULT_GRAPH)}


def test_what_a_restricted_graph_alone_states_is_not_in_the_record(engine: Engine) -> None:
    commit(engine, quad("open"), secret("hidden"), secret("open"))
    assert in_record(engine) == {str(name("open"))}
    commit(engine, removed=(quad("open"),))
    assert in_record(engine) == set()
    commit(engine, quad("hidden"))
    assert in_record(engine) == {str(name("hidden"))}
    commit(engine, removed=(secret("hidden"),))
    assert in_record(engine) == {str(name("hidden"))}


def test_a_bulk_load_keeps_them_apart_too(engine: Engine) -> None:
    draft = engine.draft()
    assert draft.bulk_add([quad("open"), secret("hidden")]) == 2
    draft.publish(CommitInfo())
    assert in_record(engine) == {str(name("open"))}


def test_the_gate_sees_the_record_as_it_is(engine: Engine) -> None:
    commit(engine, secret("a"))
    draft = engine.draft()
    change = Change.of([quad("a"), secret("b")])
    draft.apply(change)
    new, lost = record_change(draft, change)
    assert [found.subject for found in new] == [name("a")]
    assert lost == []
    draft.discard()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { ?s ?p ?o }",
        "SELECT ?s { GRAPH ?g { ?s ?p ?o } }",
        f"SELECT ?s {{ GRAPH <{SECRET.value}> {{ ?s ?p ?o }} }}",
        "SELECT ?s FROM <%s> { ?s ?p ?o }",
        "SELECT ?s FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?s FROM graph:restricted-classes FROM <http://example.org/g> { ?s ?p ?o }",
        f"SELECT ?s {{ {{ SELECT ?s {{ GRAPH <{SECRET.value}> {{ ?s ?p ?o }} }} }} }}",
        f"SELECT ?s {{ ?s ?p ?o FILTER EXISTS {{ GRAPH <{SECRET.value}> {{ ?a ?b ?c }} }} }}",
    ],
)
def test_no_public_query_finds_it(engine: Engine, query: str) -> None:
    commit(engine, quad("open"), secret("hidden"))
    with engine.read() as state:
        public = PublicReader(state, house_prologue(NAMES))
        found = {row["s"] for row in public.query(query.replace("%s", SECRET.value))}  # type: ignore[union-attr] # a table
    assert name("hidden") not in found


def test_graphs_that_a_request_names_are_hidden_too(engine: Engine) -> None:
    commit(engine, quad("open"), secret("hidden"))
    with engine.read() as state:
        public = PublicReader(state, house_prologue(NAMES))
        asked = "SELECT ?s { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
        rows = public.query(asked, default_graph=[SECRET], named_graphs=[SECRET])
        assert list(rows) == []  # type: ignore[arg-type] # a table


def test_nothing_else_of_the_state_shows_it(engine: Engine) -> None:
    commit(engine, quad("open"), secret("hidden"))
    with engine.read() as state:
        public = PublicReader(state, house_prologue(NAMES))
        assert list(public.graphs()) == [name("g")]
        assert list(public.quads(graph=SECRET)) == []
        assert {found.subject for found in public.quads()} == {name("open")}
        assert not public.contains(secret("hidden"))
        assert public.contains(quad("open"))
        assert (len(public), public.version) == (1, 1)
