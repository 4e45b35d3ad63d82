from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Store

from graph.change import Change
from graph.engines import drafting, loading
from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from graph.errors import BadSyntax, BadTerm
from graph.terms import DEFAULT_GRAPH, Literal, Quad
from tests.statements import SAYS, commit, count, name, quad, stated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[SnapshotEngine]:
    with SnapshotEngine.create(tmp_path / "store") as made:
        commit(made, quad("a"))
        yield made


def heads(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "store" / "head").iterdir())


def test_a_change_that_names_no_graph_is_a_mistake_of_the_program(engine: SnapshotEngine) -> None:
    with engine.draft() as draft:
        with pytest.raises(ValueError, match="graph"):
            draft.apply(Change.of([Quad(name("a"), SAYS, name("b"), DEFAULT_GRAPH)]))
        assert stated(draft) == {quad("a")}


def test_a_small_change_is_taken_back_on_the_same_head(
    engine: SnapshotEngine, tmp_path: Path
) -> None:
    before = heads(tmp_path)
    draft = engine.draft()
    draft.apply(Change.of([quad("b"), quad("b", graph="new")], [quad("a")]))
    draft.discard()
    with engine.draft() as again:
        assert heads(tmp_path) == before
        assert stated(again) == {quad("a")}
        assert list(again.graphs()) == [name("g")]
        assert count(again) == 1


def test_a_large_change_is_forgotten_with_its_head(
    engine: SnapshotEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "SMALL_CHANGE", 1)
    draft = engine.draft()
    draft.apply(Change.of([quad("b"), quad("c")]))
    draft.discard()
    assert heads(tmp_path) == []
    with engine.draft() as again:
        assert stated(again) == {quad("a")}


def test_leaving_a_draft_discards_what_was_not_published(engine: SnapshotEngine) -> None:
    with engine.draft() as draft:
        draft.apply(Change.of([quad("b")]))
    assert engine.newest() == 1
    assert commit(engine, quad("b")).added == 1


@pytest.mark.parametrize("end", ["publish", "discard"])
def test_a_draft_that_has_ended_can_only_be_discarded_again(
    engine: SnapshotEngine, end: str
) -> None:
    draft = engine.draft()
    if end == "publish":
        draft.publish(CommitInfo())
    else:
        draft.discard()
    for use in (
        lambda: draft.publish(CommitInfo()),
        lambda: draft.apply(Change()),
        lambda: draft.contains(quad("a")),
    ):
        with pytest.raises(ValueError, match="published or discarded"):
            use()
    draft.discard()


def test_a_load_in_several_parts_counts_each_statement_once(
    engine: SnapshotEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH_QUADS", 2)
    each = [quad(str(number % 4)) for number in range(11)]
    draft = engine.draft()
    assert draft.bulk_add([quad("a"), *each]) == 4
    made = draft.publish(CommitInfo())
    assert made.added == 4
    assert engine.change(2).added == set(each)


def test_a_large_change_goes_through_files_and_gives_the_same(
    engine: SnapshotEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.engines.record.MANY", 2)
    draft = engine.draft()
    draft.apply(Change.of([quad("b"), quad("b", graph="h"), quad("c")]))
    draft.publish(CommitInfo())
    with engine.read() as reader:
        assert len(reader) == 4
        assert count(reader) == 3


def test_statements_that_break_off_leave_nothing(
    engine: SnapshotEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off() -> Iterator[Quad]:
        yield from (quad("b"), quad("c"))
        raise BadSyntax("it was cut off.", source="in.nq", line=3)

    monkeypatch.setattr(loading, "BATCH_QUADS", 1)
    draft = engine.draft()
    with pytest.raises(BadSyntax, match="cut off"):
        draft.bulk_add(broken_off())
    with pytest.raises(ValueError, match="discarded"):
        draft.publish(CommitInfo())
    with engine.draft() as again:
        assert stated(again) == {quad("a")}


def test_a_statement_without_a_graph_is_a_fault_of_the_caller(engine: SnapshotEngine) -> None:
    nowhere = Quad(quad("b").subject, quad("b").predicate, quad("b").object)
    with engine.draft() as draft, pytest.raises(ValueError, match="names the graph"):
        draft.bulk_add([quad("b"), nowhere])
    assert engine.newest() == 1
    assert commit(engine, quad("b")).number == 2


def test_a_term_that_is_too_long_is_refused_before_the_loader_sees_it(
    engine: SnapshotEngine,
) -> None:
    long = Quad(quad("b").subject, quad("b").predicate, Literal("x" * (1 << 21)), name("g"))
    with engine.draft() as draft, pytest.raises(BadTerm, match="2,097,152 characters"):
        draft.bulk_add([quad("b"), long])
    with engine.read() as reader:
        assert stated(reader) == {quad("a")}


def test_what_the_loader_cannot_do_is_said_where_the_statements_come_from(
    tmp_path: Path,
) -> None:
    store = Store(str(tmp_path / "store"))
    much = b"this is not a statement\n" + b"<urn:s> <urn:p> <urn:o> .\n" * 100_000
    for text in (much, much[:24]):
        with pytest.raises(SyntaxError, match="line 1"), loading.Pipe(store) as pipe:
            pipe.write(text)
    assert len(store) == 0
