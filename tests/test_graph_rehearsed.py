"""What the gate said of a large rehearsal stands for that very change, and for no other."""

from __future__ import annotations

from typing import Any

import pytest

from graph.engines.base import CommitInfo
from graph.engines.memory import MemoryEngine
from graph.errors import ShapeViolation
from graph.gate import Gate, Report
from graph.gate.shapes import read_shapes
from graph.names import RDFS_LABEL, Names
from graph.store import Store
from graph.terms import Literal, Triple
from graph.transaction import WHOLE_QUADS

NAMES = Names()
BOOK = NAMES.graph("results-book")
INFO = CommitInfo(source=BOOK)
MANY = WHOLE_QUADS + 1
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<http://ex/Labelled> a sh:NodeShape ; sh:targetSubjectsOf rdfs:label ;
  sh:property [ sh:path rdfs:label ; sh:pattern "^[a-z]" ; sh:message "Begin small." ] .
"""


class CountingGate(Gate):
    """A gate that counts how often it looks at everything."""

    asked = 0

    def check_all(self, *told: Any, **named: Any) -> Report:  # noqa: ANN401 - as the gate has it
        self.asked += 1
        return super().check_all(*told, **named)


@pytest.fixture
def gate() -> CountingGate:
    return CountingGate(read_shapes({"labels": SHAPES}))


@pytest.fixture
def store(gate: CountingGate) -> Store:
    return Store(MemoryEngine(), gate)


def labels(*more: str, count: int = MANY) -> list[Triple]:
    texts = [f"name {number}" for number in range(count)]
    return [
        Triple(NAMES.of("event", f"e{place}"), RDFS_LABEL, Literal(text))
        for place, text in enumerate([*texts, *more])
    ]


def rehearse(store: Store, said: list[Triple]) -> Report:
    with store.transaction_of(INFO, is_rehearsed=True) as change:
        change.replace_graph(BOOK, said)
        return change.rehearse()


def keep(store: Store, said: list[Triple]) -> None:
    with store.transaction_of(INFO, is_rehearsed=True) as change:
        change.replace_graph(BOOK, said)


def test_a_large_change_is_not_checked_again_after_its_rehearsal(
    store: Store, gate: CountingGate
) -> None:
    assert rehearse(store, labels()).conforms
    keep(store, labels())
    assert (store.version, gate.asked) == (1, 1)


def test_a_change_that_the_rehearsal_refused_is_refused(store: Store, gate: CountingGate) -> None:
    assert not rehearse(store, labels("Wrong")).conforms
    with pytest.raises(ShapeViolation):
        keep(store, labels("Wrong"))
    assert (store.version, gate.asked) == (0, 1)


def test_a_change_that_is_bulk_loaded_is_not_checked_again(
    store: Store, gate: CountingGate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.transaction.BATCH_QUADS", 100)
    rehearse(store, labels())
    keep(store, labels())
    assert (store.version, gate.asked) == (1, 1)


def test_one_statement_more_in_a_bulk_load_is_checked(
    store: Store, gate: CountingGate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.transaction.BATCH_QUADS", 100)
    rehearse(store, labels())
    with pytest.raises(ShapeViolation):
        keep(store, labels("Wrong"))
    assert gate.asked == 2


def test_a_change_that_nobody_rehearses_is_checked(store: Store, gate: CountingGate) -> None:
    rehearse(store, labels())
    with store.transaction_of(INFO) as change:
        change.replace_graph(BOOK, labels())
    assert gate.asked == 2


def test_one_statement_more_than_was_rehearsed_is_checked(store: Store, gate: CountingGate) -> None:
    rehearse(store, labels())
    with pytest.raises(ShapeViolation):
        keep(store, labels("Wrong"))
    assert gate.asked == 2


def test_what_is_removed_is_not_taken_for_what_is_added(store: Store, gate: CountingGate) -> None:
    keep(store, labels())
    rehearse(store, [])
    assert gate.asked == 2
    keep(store, [])
    assert (store.version, gate.asked) == (2, 2)


def test_a_change_to_another_version_than_was_rehearsed_is_checked(
    store: Store, gate: CountingGate
) -> None:
    rehearse(store, labels())
    store.update('INSERT DATA { GRAPH graph:local { event:x rdfs:label "small" } }')
    keep(store, labels())
    assert (store.version, gate.asked) == (2, 2)


def test_two_stores_behind_one_gate_know_nothing_of_each_other(gate: CountingGate) -> None:
    one, other = Store(MemoryEngine(), gate), Store(MemoryEngine(), gate)
    rehearse(one, labels())
    keep(other, labels())
    assert gate.asked == 2
