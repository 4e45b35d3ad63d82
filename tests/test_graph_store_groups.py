"""Changes of a group go through the gate one by one, and are published together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.engines.memory import MemoryEngine
from graph.engines.snapshots import SnapshotEngine
from graph.errors import ShapeViolation, WriteConflict
from graph.lexical import as_stored
from graph.names import RDFS_LABEL, Names
from graph.rehearsed import Loaded
from graph.store import Store
from graph.terms import Literal, Quad

from .test_graph_transaction import gate_that_wants_text_labels

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


NAMES = Names()
PERSON, LOCAL = NAMES.of("person", "x"), NAMES.local


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    engine = SnapshotEngine.create(tmp_path / "store")
    with Store(engine, gate_that_wants_text_labels()) as opened:
        yield opened


def name(value: object) -> Quad:
    return as_stored(Quad(PERSON, RDFS_LABEL, Literal(value), LOCAL))  # type: ignore[arg-type] # text or number


def put(store: Store, *values: object, author: str = "", expected: int | None = None) -> None:
    with store.transaction(author=author, expected=expected) as tx:
        tx.add(*map(name, values))


def names(store: Store, at: int | None = None) -> set[str]:
    with store.read(at) as state:
        return {quad.object.value for quad in state.quads(PERSON)}  # type: ignore[union-attr] # a label


def test_a_change_that_the_gate_refuses_is_refused_alone(store: Store) -> None:
    with store.group() as group:
        put(group, "one", author="Ann")
        with pytest.raises(ShapeViolation):
            put(group, 2, author="Bob")
        put(group, "three", author="Cem")
        assert store.version == 0
    assert [commit.info.author for commit in store.history()] == ["Cem", "Ann"]
    assert names(store) == {"one", "three"}
    assert names(store, at=1) == {"one"}


def test_each_change_is_checked_on_what_those_before_it_left(store: Store) -> None:
    copied = (
        f"INSERT {{ {NAMES.of('person', 'y')} rdfs:label ?n }} WHERE {{ {PERSON} rdfs:label ?n }}"
    )
    with store.group() as group:
        put(group, "one")
        assert group.update(copied).change.size == 1
        assert group.update(copied).commit is None
    assert store.version == 2


def test_what_was_staged_can_be_undone_in_the_same_group(store: Store) -> None:
    with store.group() as group:
        put(group, "one")
        put(group, "two")
        undone = group.undo(1, author="Ann")
        assert undone.commit is not None
        assert undone.commit.number == 3
    assert names(store) == {"two"}
    assert store.change(3) == Change.of(removed=[name("one")])


def test_a_change_made_for_an_older_version_is_refused_alone(store: Store) -> None:
    with store.group() as group:
        put(group, "one", expected=0)
        with pytest.raises(WriteConflict):
            put(group, "two", expected=0)
        put(group, "three", expected=1)
    assert names(store) == {"one", "three"}


def test_a_group_that_is_left_by_an_error_is_forgotten(store: Store) -> None:
    def leave() -> None:
        with store.group() as group:
            put(group, "one")
            put(group, 2)

    with pytest.raises(ShapeViolation):
        leave()
    assert store.version == 0
    put(store, "three")
    assert names(store) == {"three"}


def test_a_store_goes_on_when_a_group_is_closed(store: Store) -> None:
    with store.group() as group:
        put(group, "one")
    put(store, "two")
    with store.group() as group:
        put(group, "three")
        group.publish()
        assert store.version == 3
    assert names(store) == {"one", "two", "three"}


def test_an_engine_that_cannot_group_publishes_each_change_at_once() -> None:
    with Store(MemoryEngine(), gate_that_wants_text_labels()) as store:
        with store.group() as group:
            put(group, "one")
            assert store.version == 1
            put(group, "two")
        assert names(store) == {"one", "two"}


@pytest.mark.parametrize("end", ["closed", "published"])
def test_what_was_rehearsed_on_staged_commits_is_forgotten_with_them(
    store: Store, end: str
) -> None:
    change, report = Change.of([name("two")]), store.check()
    with store.group() as group:
        put(group, "one")
        group.rehearsed.keep(1, change, Loaded(), report)
        if end == "published":
            group.publish()
        else:
            group.close()
    known = store.rehearsed.report_of(1, change, Loaded())
    assert (known is report) == (end == "published")
