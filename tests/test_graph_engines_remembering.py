"""A state that never changes remembers what was read of it; one that may change does not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.memory import MemoryDraft
from graph.engines.public import PublicReader
from graph.engines.remembering import Remembering
from graph.engines.replica import Replica
from graph.engines.snapshots import SnapshotEngine
from graph.names import Names
from graph.prologue import house_prologue
from graph.terms import Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.engines.base import Reader

GRAPH = NamedNode("http://ex/g")
QUAD = Quad(NamedNode("http://ex/a"), NamedNode("http://ex/b"), Literal("c"), GRAPH)
PROLOGUE = house_prologue(Names())


def readings(reader: Reader, *keys: str) -> list[int]:
    """Return how often something had been worked out when each key was asked for."""
    done: list[str] = []

    def work(key: str) -> int:
        done.append(key)
        return len(done)

    return [reader.once(key, partial(work, key)) for key in keys]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[SnapshotEngine]:
    with SnapshotEngine.create(tmp_path / "store") as made:
        yield made


def test_a_version_remembers_while_it_is_open(engine: SnapshotEngine) -> None:
    with engine.read() as state:
        assert readings(state, "x", "y", "x") == [1, 2, 1]
    with engine.read() as state:
        assert readings(state, "x") == [1]


def test_a_draft_remembers_nothing() -> None:
    draft = MemoryDraft()

    assert draft.once("size", lambda: len(draft)) == 0
    draft.apply(Change(added=frozenset({QUAD})))
    assert draft.once("size", lambda: len(draft)) == 1


def test_a_replica_forgets_when_it_follows(engine: SnapshotEngine) -> None:
    replica = Replica(version=0, prologue=PROLOGUE)
    assert [replica.once("size", lambda: len(replica)) for _ in range(2)] == [0, 0]
    with engine.draft() as draft:
        draft.apply(Change(added=frozenset({QUAD})))
        draft.publish(CommitInfo())
    replica.follow(engine.changes(1, 1), version=1)

    assert replica.once("size", lambda: len(replica)) == 1


def test_what_everybody_may_see_is_remembered_apart(engine: SnapshotEngine) -> None:
    with engine.read() as state:
        assert state.once("x", lambda: "all") == "all"
        assert PublicReader(state, PROLOGUE).once("x", lambda: "public") == "public"
        assert PublicReader(state, PROLOGUE).once("x", lambda: "again") == "public"


def test_what_was_needed_longest_ago_is_forgotten() -> None:
    remembering = Remembering()
    for key in "abcd":
        remembering.once(key, lambda: 1)
    remembering.once("a", lambda: 2)
    remembering.once("e", lambda: 1)

    assert remembering.once("a", lambda: 2) == 1
    assert remembering.once("b", lambda: 2) == 2
