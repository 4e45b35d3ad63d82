from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.engines import drafting
from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from graph.errors import BadSyntax
from graph.terms import DEFAULT_GRAPH, Quad
from tests.statements import SAYS, commit, count, name, quad, stated, write_quads

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
    engine: SnapshotEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "BATCH_QUADS", 2)
    each = [quad(str(number % 4)) for number in range(11)]
    draft = engine.draft()
    assert draft.bulk_load(write_quads(tmp_path / "in.nq", quad("a"), *each)) == 4
    made = draft.publish(CommitInfo())
    assert made.added == 4
    assert engine.change(2).added == set(each)


def test_a_large_load_goes_through_files_and_gives_the_same(
    engine: SnapshotEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.engines.record.MANY", 2)
    draft = engine.draft()
    path = write_quads(tmp_path / "in.nq", quad("b"), quad("b", graph="h"), quad("c"))
    assert draft.bulk_load(path) == 3
    draft.publish(CommitInfo())
    with engine.read() as reader:
        assert len(reader) == 4
        assert count(reader) == 3


def test_a_file_that_breaks_off_names_its_line_and_leaves_nothing(
    engine: SnapshotEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "BATCH_QUADS", 1)
    path = write_quads(tmp_path / "in.nq", quad("b"), quad("c"))
    path.write_text(path.read_text() + "<http://example.org/d> <http://exam")
    draft = engine.draft()
    with pytest.raises(BadSyntax, match=r"in\.nq cannot be read in line 3") as caught:
        draft.bulk_load(path)
    assert caught.value.line == 3
    with pytest.raises(ValueError, match="discarded"):
        draft.publish(CommitInfo())
    with engine.draft() as again:
        assert stated(again) == {quad("a")}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("<http://e/a> <http://e/b> <http://e/c> .", "names no graph"),
        ("<http://e/a> <http://e/b> <http://e/c> _:g .", "names no graph"),
        (
            "<http://e/a> <http://e/b> <<( <urn:a> <urn:b> <urn:c> )>> <http://e/g> .",
            "about a statement",
        ),
    ],
)
def test_a_file_with_what_is_not_kept_is_refused_whole(
    engine: SnapshotEngine, tmp_path: Path, line: str, words: str
) -> None:
    path = write_quads(tmp_path / "in.nq", quad("b"))
    path.write_text(path.read_text() + line + "\n")
    with engine.draft() as draft, pytest.raises(BadSyntax, match=words):
        draft.bulk_load(path)
    assert engine.newest() == 1


def test_a_file_that_is_not_there_is_said_by_the_system(
    engine: SnapshotEngine, tmp_path: Path
) -> None:
    with engine.draft() as draft, pytest.raises(FileNotFoundError):
        draft.bulk_load(tmp_path / "none.nq")
    assert commit(engine, quad("b")).number == 2
