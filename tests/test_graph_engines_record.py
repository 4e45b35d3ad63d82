from __future__ import annotations

import pytest
from pyoxigraph import Store

from graph.change import Change
from graph.engines import record
from graph.terms import DEFAULT_GRAPH
from tests.statements import name, quad


@pytest.fixture
def store() -> Store:
    made = Store()
    record.apply(made, Change.of([quad("a", graph="g"), quad("a", graph="h"), quad("b")]))
    return made


def in_record(store: Store) -> set[str]:
    found = list(store.quads_for_pattern(None, None, None, DEFAULT_GRAPH))
    assert len(found) == len(set(found))
    return {str(each.subject) for each in found}


def test_what_two_graphs_state_is_in_the_record_once(store: Store) -> None:
    assert in_record(store) == {str(name("a")), str(name("b"))}
    assert len(store) == 3 + 2


def test_what_another_graph_still_states_stays_in_the_record(store: Store) -> None:
    record.apply(store, Change.of([], [quad("a", graph="g")]))
    assert in_record(store) == {str(name("a")), str(name("b"))}
    record.apply(store, Change.of([], [quad("a", graph="h"), quad("b")]))
    assert in_record(store) == set()


def test_what_moves_from_graph_to_graph_stays_in_the_record(store: Store) -> None:
    record.apply(store, Change.of([quad("b", graph="i")], [quad("b", graph="g")]))
    assert in_record(store) == {str(name("a")), str(name("b"))}


def test_the_name_of_an_emptied_graph_is_forgotten(store: Store) -> None:
    record.apply(store, Change.of([], [quad("a", graph="h")]))
    assert list(store.named_graphs()) == [name("g")]


def test_adding_much_gives_the_same_as_adding_little(monkeypatch: pytest.MonkeyPatch) -> None:
    quads = [quad(str(number // 2), graph="gh"[number % 2]) for number in range(20)]
    little, much = Store(), Store()
    record.add(little, quads)
    monkeypatch.setattr(record, "MANY", 1)
    record.add(much, quads)
    assert set(little) == set(much)


def test_adding_nothing_is_well(store: Store) -> None:
    record.add(store, [])
    assert len(store) == 5
