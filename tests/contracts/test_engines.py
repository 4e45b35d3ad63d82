"""What every engine promises: the same tests, whatever keeps the versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.errors import (
    BadSyntax,
    ChangedMeanwhile,
    MissingCapability,
    NotFound,
    StoreLocked,
    WriteConflict,
)
from graph.terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode, Quad
from tests.contracts.engines import ENGINES, TIMELESS, new_engine
from tests.statements import SAYS, commit, count, holds, name, quad, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Engine


@pytest.fixture(params=[*ENGINES, *TIMELESS])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with new_engine(request.param, request) as made:
        yield made


@pytest.fixture(params=ENGINES)
def time_travelling(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine that keeps older states."""
    with new_engine(request.param, request) as made:
        yield made


@pytest.fixture(params=TIMELESS)
def timeless(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine that keeps the newest state only."""
    with new_engine(request.param, request) as made:
        yield made


def test_a_new_store_is_at_version_0_and_empty(engine: Engine) -> None:
    with engine.read() as reader:
        assert (engine.newest(), reader.version, len(reader)) == (0, 0, 0)
        assert list(reader.graphs()) == []


def test_a_draft_sees_what_it_applied_and_nobody_else_does(engine: Engine) -> None:
    draft = engine.draft()
    draft.apply(Change.of([quad("a")]))
    assert draft.contains(quad("a"))
    assert len(draft) == 1
    with engine.read() as reader:
        assert not reader.contains(quad("a"))
    draft.discard()


def test_publishing_makes_everything_visible_as_the_next_version(engine: Engine) -> None:
    draft = engine.draft()
    draft.apply(Change.of([quad("a"), quad("b")]))
    draft.apply(Change.of([quad("c")], [quad("a")]))
    made = draft.publish(CommitInfo(author="Ann", message="why", source=name("g"), kind="load"))
    assert (made.number, made.parent, made.added, made.removed) == (1, 0, 2, 0)
    assert engine.newest() == 1
    with engine.read() as reader:
        assert stated(reader) == {quad("b"), quad("c")}


def test_a_discarded_draft_leaves_no_trace_for_the_next(engine: Engine) -> None:
    commit(engine, quad("a"))
    draft = engine.draft()
    draft.apply(Change.of([quad("b")], [quad("a")]))
    draft.discard()
    with engine.draft() as again:
        assert stated(again) == {quad("a")}
        assert list(again.graphs()) == [name("g")]
        assert count(again) == 1
    assert engine.newest() == 1


def test_an_open_reader_does_not_change(time_travelling: Engine) -> None:
    engine = time_travelling
    commit(engine, quad("a"))
    with engine.read() as reader:
        commit(engine, quad("b"), removed=(quad("a"),))
        assert stated(reader) == {quad("a")}
        assert count(reader) == 1
        assert reader.version == 1


def test_every_version_can_be_read_again(time_travelling: Engine) -> None:
    engine = time_travelling
    for number in range(1, 5):
        commit(engine, quad(str(number)))
    for number in range(5):
        with engine.read(number) as reader:
            assert len(reader) == number
            assert count(reader) == number


def test_where_older_states_are_not_kept_an_open_reader_says_that_the_store_moved_on(
    timeless: Engine,
) -> None:
    commit(timeless, quad("a"))
    with timeless.read() as reader:
        assert stated(reader) == {quad("a")}
        commit(timeless, quad("b"), removed=(quad("a"),))
        with pytest.raises(ChangedMeanwhile, match="moved on to commit 2"):
            count(reader)
        assert stated(reader) == {quad("a")}, "what was read stays as it was"
        assert reader.version == 1


def test_where_older_states_are_not_kept_a_reader_that_told_nothing_yet_goes_on(
    timeless: Engine,
) -> None:
    commit(timeless, quad("a"))
    with timeless.read() as reader:
        commit(timeless, quad("b"))
        assert stated(reader) == {quad("a"), quad("b")}
        assert reader.version == 2


def test_where_older_states_are_not_kept_an_older_version_is_refused_in_words(
    timeless: Engine,
) -> None:
    commit(timeless, quad("a"))
    with timeless.read(1) as reader:
        assert stated(reader) == {quad("a")}
    with pytest.raises(MissingCapability, match="keeps only its newest version, 1"):
        timeless.read(0)


def test_a_version_that_does_not_exist_is_not_found(engine: Engine) -> None:
    commit(engine, quad("a"))
    for ask in (engine.read, engine.commit, engine.change):
        with pytest.raises(NotFound, match="no commit 2"):
            ask(2)
    with pytest.raises(NotFound):
        engine.read(-1)
    with pytest.raises(NotFound):
        engine.commit(0)


def test_a_second_draft_is_refused_while_one_is_open(engine: Engine) -> None:
    with engine.draft(), pytest.raises(StoreLocked):
        engine.draft()
    engine.draft().discard()


def test_a_change_made_for_an_older_version_is_refused(engine: Engine) -> None:
    commit(engine, quad("a"))
    with pytest.raises(WriteConflict) as caught:
        engine.draft(expected=0)
    assert (caught.value.expected, caught.value.found) == (0, 1)
    engine.draft(expected=1).discard()


def test_a_triple_in_two_graphs_is_counted_once_in_the_record(engine: Engine) -> None:
    commit(engine, quad("a", graph="g"), quad("a", graph="h"))
    with engine.read() as reader:
        assert len(reader) == 2
        assert count(reader) == 1
        assert count(reader, "{ GRAPH ?g { ?s ?p ?o } }") == 2
        assert list(reader.quads(graph=DEFAULT_GRAPH)) == [
            Quad(name("a"), SAYS, Literal("x"), DEFAULT_GRAPH)
        ]


def test_a_triple_leaves_the_record_with_its_last_graph(engine: Engine) -> None:
    commit(engine, quad("a", graph="g"), quad("a", graph="h"))
    commit(engine, removed=(quad("a", graph="g"),))
    with engine.read() as reader:
        assert count(reader) == 1
    commit(engine, removed=(quad("a", graph="h"),))
    with engine.read() as reader:
        assert count(reader) == 0


def test_a_graph_that_lost_its_last_statement_is_no_graph(engine: Engine) -> None:
    commit(engine, quad("a", graph="g"), quad("a", graph="h"))
    commit(engine, removed=(quad("a", graph="g"),))
    with engine.read() as reader:
        assert list(reader.graphs()) == [name("h")]
        assert holds(reader, "ASK { GRAPH <http://example.org/h> {} }")


def test_several_default_graphs_are_merged_not_added_up(engine: Engine) -> None:
    commit(engine, quad("a", graph="g"), quad("a", graph="h"), quad("b", graph="i"))
    with engine.read() as reader:
        both = [name("g"), name("h")]
        assert count(reader, default_graph=both) == 1
        assert count(reader, default_graph=[name("g")]) == 1
        assert count(reader, default_graph=[*both, name("i")]) == 2
        assert count(reader, "{ GRAPH ?g { ?s ?p ?o } }", named_graphs=[name("i")]) == 1


def test_several_from_clauses_are_merged_not_added_up(engine: Engine) -> None:
    commit(engine, quad("a", graph="g"), quad("a", graph="h"), quad("b", graph="i"))
    text = "FROM <http://example.org/g> FROM <http://example.org/h> { ?s ?p ?o }"
    with engine.read() as reader:
        assert count(reader, text) == 1
        assert count(reader, "FROM <http://example.org/i> { ?s ?p ?o }") == 1


def test_house_prefixes_need_no_declaration(engine: Engine) -> None:
    with engine.read() as reader:
        assert not holds(reader, "ASK { nation:AZE mg:name ?name ; rdfs:label ?label }")


def test_a_query_may_declare_base_and_prefixes_of_its_own_in_any_order(engine: Engine) -> None:
    commit(engine, quad("a"))
    with engine.read() as reader:
        for declared in (
            "BASE <http://example.org/> PREFIX e: <>",
            "PREFIX e: <http://example.org/> BASE <http://example.org/>",
            "BASE <http://example.net/> BASE <http://example.org/> PREFIX e: <>",
        ):
            assert holds(reader, f"{declared} ASK {{ <a> e:says 'x' }}")


def test_a_query_that_cannot_be_read_names_line_and_column(engine: Engine) -> None:
    with engine.read() as reader, pytest.raises(BadSyntax) as caught:
        reader.query("SELECT *\nWHERE { ?s ?p ?o")
    # The brace that nobody closed.
    assert (caught.value.line, caught.value.column) == (2, 7)


def test_a_commit_says_who_when_why_and_for_which_source(engine: Engine) -> None:
    info = CommitInfo(
        author="Ann Ó",
        message='first "line"\nsecond line',
        source=name("g"),
        kind="import",
        notes=("one note", "another\n note"),
    )
    draft = engine.draft()
    draft.apply(Change.of([quad("a")]))
    made = draft.publish(info)
    assert engine.commit(1) == made
    assert engine.commit(1).info == info
    assert made.time.endswith("+00:00")


def test_the_history_is_given_in_both_directions(engine: Engine) -> None:
    for number in (1, 2, 3):
        commit(engine, quad(str(number)))
    assert [made.number for made in engine.commits()] == [3, 2, 1]
    assert [made.number for made in engine.commits(newest_first=False)] == [1, 2, 3]
    times = [made.time for made in engine.commits(newest_first=False)]
    assert times == sorted(times)


def test_a_change_is_given_back_exactly(engine: Engine) -> None:
    blank = Quad(BlankNode("b1"), SAYS, Literal('ü\n"\\\t', language="de"), name("g"))
    typed = Quad(
        name("a"), SAYS, Literal("2024", datatype=name("http://example.org/year")), name("g")
    )
    commit(engine, quad("a"), blank)
    commit(engine, typed, removed=(blank,))
    assert engine.change(1) == Change.of([quad("a"), blank])
    assert engine.change(2) == Change.of([typed], [blank])


def test_a_bulk_load_adds_what_is_new_and_says_how_much(engine: Engine) -> None:
    commit(engine, quad("a"))
    draft = engine.draft()
    assert draft.bulk_add([quad("a"), quad("b"), quad("b"), quad("b", graph="h")]) == 2
    assert len(draft) == 3
    made = draft.publish(CommitInfo(kind="load"))
    assert (made.added, made.removed) == (2, 0)
    assert engine.change(2) == Change.of([quad("b"), quad("b", graph="h")])
    with engine.read() as reader:
        assert count(reader) == 2


def test_a_bulk_load_keeps_the_labels_of_blank_nodes(engine: Engine) -> None:
    blank = Quad(BlankNode("label7"), SAYS, Literal("x"), name("g"))
    draft = engine.draft()
    draft.bulk_add([blank])
    assert draft.contains(blank)
    draft.publish(CommitInfo())
    assert engine.change(1) == Change.of([blank])


def test_the_change_of_a_bulk_load_spells_values_as_the_state_does(engine: Engine) -> None:
    marks = [quad_of("1.10", "decimal"), quad_of("1.1", "decimal"), quad_of("007", "integer")]
    draft = engine.draft()
    assert draft.bulk_add(marks) == 2
    assert len(draft) == 2
    draft.publish(CommitInfo())
    with engine.read() as reader:
        assert engine.change(1) == Change.of(stated(reader))
        assert stated(reader) == {quad_of("1.1", "decimal"), quad_of("7", "integer")}


def quad_of(text: str, datatype: str) -> Quad:
    return Quad(name("a"), SAYS, Literal(text, datatype=xsd(datatype)), name("g"))


def xsd(datatype: str) -> NamedNode:
    return NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}")


def test_changes_before_and_after_a_bulk_load_cancel_out(engine: Engine) -> None:
    commit(engine, quad("old"), quad("gone"))
    draft = engine.draft()
    draft.apply(Change.of([], [quad("old"), quad("gone")]))
    assert draft.bulk_add([quad("old"), quad("new"), quad("brief")]) == 3
    draft.apply(Change.of([], [quad("brief")]))
    made = draft.publish(CommitInfo())
    assert engine.change(2) == Change.of([quad("new")], [quad("gone")])
    assert (made.added, made.removed) == (1, 1)
    with engine.read() as reader:
        assert stated(reader) == {quad("old"), quad("new")}


def test_what_was_loaded_removed_and_added_again_is_added(engine: Engine) -> None:
    draft = engine.draft()
    draft.bulk_add([quad("a")])
    draft.apply(Change.of([], [quad("a")]))
    assert draft.bulk_add([quad("a")]) == 1
    draft.apply(Change.of([], [quad("a")]))
    draft.apply(Change.of([quad("a")]))
    draft.publish(CommitInfo())
    assert engine.change(1) == Change.of([quad("a")])


QUADS = st.frozensets(
    st.builds(quad, st.sampled_from("ab"), st.sampled_from("xy"), st.sampled_from("ghi")),
    max_size=8,
)


@given(states=st.lists(st.tuples(QUADS, st.booleans()), max_size=6))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_record_is_the_set_of_triples_of_all_named_graphs(
    engine: Engine, states: list[tuple[frozenset[Quad], bool]]
) -> None:
    draft = engine.draft()
    now = frozenset(stated(draft))
    for state, keep in states:
        draft.apply(Change(state - now, now - state))
        said = {(each.subject, each.predicate, each.object) for each in state}
        record = [(q.subject, q.predicate, q.object) for q in draft.quads(graph=DEFAULT_GRAPH)]
        assert sorted(map(str, record)) == sorted(map(str, said))
        assert set(draft.graphs()) == {each.graph_name for each in state}
        assert stated(draft) == state
        now = state
        if keep:
            draft.publish(CommitInfo())
            draft = engine.draft()
    draft.discard()
