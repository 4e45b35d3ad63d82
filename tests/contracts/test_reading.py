"""How every engine reads: patterns, datasets, numbers, and any version of any history."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.errors import NotFound
from graph.lexical import as_stored
from graph.names import XSD
from graph.terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode, Quad, Variable
from tests.contracts.engines import ENGINES, TIMELESS, new_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.engines.base import Commit, Engine, Reader

Make: TypeAlias = "Callable[[], Engine]"

EX = "http://example.org/"
A, B, P = NamedNode(EX + "a"), NamedNode(EX + "b"), NamedNode(EX + "p")
G, H = NamedNode(EX + "g"), NamedNode(EX + "h")
IN_G, IN_H, OTHER = Quad(A, P, B, G), Quad(A, P, B, H), Quad(B, P, Literal("x"), G)
RECORDED = Quad(A, P, B, DEFAULT_GRAPH)


@pytest.fixture(params=ENGINES)
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    """A way to make an empty engine that keeps older states, as often as it is called."""
    made: list[Engine] = []

    def new() -> Engine:
        made.append(new_engine(request.param, request))
        return made[-1]

    yield new
    for engine in made:
        engine.close()


@pytest.fixture(params=[*ENGINES, *TIMELESS])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with new_engine(request.param, request) as made:
        yield made


def put(engine: Engine, change: Change, info: CommitInfo | None = None) -> Commit:
    draft = engine.draft()
    draft.apply(change)
    return draft.publish(info or CommitInfo())


def record(state: Reader) -> list[Quad]:
    return list(state.quads(graph=DEFAULT_GRAPH))


def rows(state: Reader, text: str, **dataset: object) -> int:
    answer = state.query("PREFIX ex: <http://example.org/> " + text, **dataset)  # type: ignore[arg-type] # graphs by name
    assert isinstance(answer, QuerySolutions)
    return sum(1 for _ in answer)


@pytest.mark.parametrize("number", [-1, 0, 2])
def test_a_commit_that_is_not_there_is_not_found(engine: Engine, number: int) -> None:
    put(engine, Change.of([IN_G]))
    with pytest.raises(NotFound):
        engine.commit(number)
    with pytest.raises(NotFound):
        engine.change(number)


def test_a_draft_left_by_an_error_is_discarded(engine: Engine) -> None:
    draft = engine.draft()

    def fail() -> None:
        with draft:
            draft.apply(Change.of([IN_G]))
            raise RuntimeError("outside")

    with pytest.raises(RuntimeError, match="outside"):
        fail()
    assert engine.newest() == 0
    with engine.draft() as again:
        assert not again.contains(IN_G)


def test_a_triple_that_moves_between_graphs_stays_in_the_record(engine: Engine) -> None:
    put(engine, Change.of([IN_G]))
    put(engine, Change.of([IN_H], [IN_G]))
    with engine.read() as state:
        assert record(state) == [RECORDED]


def test_a_graph_exists_while_it_holds_something(engine: Engine) -> None:
    put(engine, Change.of([IN_G, IN_H]))
    put(engine, Change.of(removed=[IN_G]))
    with engine.read() as state:
        assert list(state.graphs()) == [H]
        assert rows(state, "SELECT * { GRAPH ?g { } }") == 1


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ({}, {IN_G, IN_H, OTHER}),
        ({"subject": A}, {IN_G, IN_H}),
        ({"predicate": P, "graph": G}, {IN_G, OTHER}),
        ({"object": Literal("x")}, {OTHER}),
        ({"subject": A, "graph": DEFAULT_GRAPH}, {RECORDED}),
        ({"subject": P}, set()),
    ],
)
def test_quads_are_found_by_any_of_their_parts(
    engine: Engine, pattern: dict[str, object], expected: set[Quad]
) -> None:
    put(engine, Change.of([IN_G, IN_H, OTHER]))
    with engine.read() as state:
        assert set(state.quads(**pattern)) == expected  # type: ignore[arg-type] # terms by position


def test_every_form_of_query_is_answered(engine: Engine) -> None:
    put(engine, Change.of([IN_G]))
    with engine.read() as state:
        answer = state.query("ASK { ?s ?p ?o }")
        assert isinstance(answer, QueryBoolean)
        assert answer
        for text in ("CONSTRUCT WHERE { ?s ?p ?o }", f"DESCRIBE <{EX}a>"):
            triples = state.query(text)
            assert isinstance(triples, QueryTriples)
            assert list(triples) == [IN_G.triple]


def test_several_from_are_a_merge_and_no_bag(engine: Engine) -> None:
    put(engine, Change.of([IN_G, IN_H, OTHER]))
    with engine.read() as state:
        assert rows(state, "SELECT * FROM ex:g FROM ex:h { ?s ?p ?o }") == 2
        assert rows(state, "SELECT * FROM ex:g FROM ex:h { GRAPH ?g { ?s ?p ?o } }") == 0
        assert rows(state, "SELECT * FROM ex:h { ?s ?p ?o }") == 1
        assert rows(state, "SELECT * FROM NAMED ex:h { GRAPH ?g { ?s ?p ?o } }") == 1
        assert rows(state, "SELECT * FROM NAMED ex:h { ?s ?p ?o }") == 0
        assert rows(state, "SELECT * FROM ex:none { ?s ?p ?o }") == 0


def test_graphs_that_are_asked_for_take_the_place_of_from(engine: Engine) -> None:
    put(engine, Change.of([IN_G, IN_H, OTHER]))
    with engine.read() as state:
        assert rows(state, "SELECT * FROM ex:g { ?s ?p ?o }", default_graph=[H]) == 1
        assert rows(state, "SELECT * { ?s ?p ?o }", default_graph=[G, H]) == 2
        named = "SELECT * { GRAPH ?g { ?s ?p ?o } }"
        assert rows(state, named, default_graph=[G, H]) == 3
        assert rows(state, named, default_graph=[G, H], named_graphs=[H]) == 1


def test_values_can_be_bound_before_a_query_is_asked(engine: Engine) -> None:
    put(engine, Change.of([IN_G, OTHER]))
    with engine.read() as state:
        text = "SELECT ?s ?o { ?s ?p ?o }"
        assert rows(state, text, substitutions={Variable("s"): A}) == 1


def test_numbers_are_found_however_they_were_written(engine: Engine) -> None:
    seven = Quad(A, P, Literal("007", datatype=NamedNode(XSD + "integer")), G)
    put(engine, Change.of([as_stored(seven)]))
    with engine.read() as state:
        assert state.contains(seven)
        assert list(state.quads()) == [as_stored(seven)]
        assert set(state.quads()) == set(engine.change(1).added)


quads = st.builds(
    Quad,
    st.sampled_from([A, B, BlankNode("n")]),
    st.just(P),
    st.sampled_from([A, B, BlankNode("n"), Literal("1"), Literal("1", language="en")]),
    st.sampled_from([G, H, NamedNode(EX + "i")]),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(states=st.lists(st.sets(quads, max_size=6), min_size=1, max_size=5))
def test_every_version_of_any_history_can_be_read_again(
    make: Make, states: list[set[Quad]]
) -> None:
    engine, before = make(), set[Quad]()
    for wanted in states:
        put(engine, Change.of(wanted - before, before - wanted))
        before = wanted
    for number, wanted in enumerate(states, start=1):
        with engine.read(number) as state:
            assert set(state.quads()) == wanted
            assert len(state) == len(wanted)
            assert {quad.triple for quad in record(state)} == {quad.triple for quad in wanted}
            assert len(record(state)) == len({quad.triple for quad in wanted})
            assert set(state.graphs()) == {quad.graph_name for quad in wanted}
