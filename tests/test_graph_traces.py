"""The trace of a commit: what it named, what it took away, and nothing of what is restricted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.engines.base import CommitInfo, Engine
from graph.engines.memory import MemoryEngine
from graph.engines.snapshots import SnapshotEngine
from graph.erased import is_marked, mark_of
from graph.errors import NotFound
from graph.names import RDFS_LABEL, Names
from graph.terms import Literal, NamedNode, Quad
from graph.traces import THINGS_NAMED, Traces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = Names()
BOOK, SECRET = NAMES.graph("book"), NAMES.graph("restricted-x")


def says(name: str, text: str = "x", graph: NamedNode = BOOK) -> Quad:
    return Quad(NAMES.of("person", name), RDFS_LABEL, Literal(text), graph)


def iri(name: str) -> str:
    return NAMES.of("person", name).value


@pytest.fixture(params=["memory", "snapshots"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    made: Engine = (
        MemoryEngine() if request.param == "memory" else SnapshotEngine.create(tmp_path / "store")
    )
    with made:
        yield made


def commit(
    engine: Engine, *added: Quad, removed: tuple[Quad, ...] = (), erased: tuple[str, ...] = ()
) -> None:
    draft = engine.draft()
    draft.apply(Change.of(added, removed))
    draft.publish(CommitInfo(erased=erased))


def test_the_things_of_a_commit_are_named_in_the_order_of_its_record(engine: Engine) -> None:
    commit(engine, says("b"), says("a", "1"), says("a", "2"), Quad(BOOK, BOOK, BOOK, BOOK))
    assert Traces(engine).of(1).things == (BOOK.value, iri("a"), iri("b"))


def test_of_many_things_the_first_are_named(engine: Engine) -> None:
    commit(engine, *(says(f"p{n:03}") for n in range(100)))
    assert len(Traces(engine).of(1).things) == THINGS_NAMED


def test_what_was_taken_away_last_is_found(engine: Engine) -> None:
    commit(engine, says("a", 'quoted " <b> and \n line'), says("b"))
    commit(engine, removed=(says("a", 'quoted " <b> and \n line'),))
    commit(engine, says("a"))
    commit(engine, removed=(says("a"),))
    traces = Traces(engine)
    assert traces.removal(iri("a"), until=4) == 4
    assert traces.removal(iri("a"), until=3) == 2
    assert traces.removal(iri("a"), until=1) is None
    assert traces.removal(iri("b"), until=4) is None


def test_what_only_a_restricted_graph_said_leaves_no_trace(engine: Engine) -> None:
    commit(engine, says("a", graph=SECRET), says("b"))
    commit(engine, removed=(says("a", graph=SECRET),))
    traces = Traces(engine)
    assert traces.of(1).things == (iri("b"),)
    assert [traces.of(number).is_hidden for number in (1, 2)] == [True, True]
    assert traces.removal(iri("a"), until=2) is None


def test_an_erased_address_is_known_by_its_mark_alone(engine: Engine) -> None:
    marks = (mark_of(iri("gone")), mark_of(iri("other")))
    commit(engine, says("a"), erased=marks)
    assert engine.commit(1).info.erased == marks
    traces = Traces(engine)
    assert traces.is_erased(iri("gone"))
    assert not traces.is_erased(iri("a"))
    assert not any(iri("gone") in mark for mark in marks)


def test_two_marks_of_one_address_differ() -> None:
    one, other = mark_of("http://e/x"), mark_of("http://e/x")
    assert one != other
    assert is_marked("http://e/x", one)
    assert is_marked("http://e/x", other)
    assert not is_marked("http://e/y", one)


def test_a_commit_that_is_not_there_has_no_trace(engine: Engine) -> None:
    with pytest.raises(NotFound):
        Traces(engine).of(1)
