"""What is special about the engine in memory; the rest is in the contract of all engines."""

from __future__ import annotations

import pytest

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.memory import MemoryDraft, MemoryEngine
from graph.errors import MedalgraphError
from graph.terms import DEFAULT_GRAPH, NamedNode, Quad

EX = "http://example.org/"
A, G = NamedNode(EX + "a"), NamedNode(EX + "g")


def test_a_draft_alone_holds_the_quads_that_it_was_made_of() -> None:
    draft = MemoryDraft([Quad(A, A, A, G)])
    assert list(draft.quads()) == [Quad(A, A, A, G)]
    assert list(draft.quads(graph=DEFAULT_GRAPH)) == [Quad(A, A, A)]


def test_a_draft_alone_cannot_be_published() -> None:
    with pytest.raises(MedalgraphError, match="belongs to no engine"):
        MemoryDraft().publish(CommitInfo())


def test_a_draft_cannot_be_published_twice() -> None:
    engine = MemoryEngine()
    draft = engine.draft()
    draft.publish(CommitInfo())
    with pytest.raises(MedalgraphError, match="published or discarded before"):
        draft.publish(CommitInfo())
    assert engine.newest() == 1


def test_a_discarded_draft_does_not_end_the_draft_opened_after_it() -> None:
    engine = MemoryEngine()
    first = engine.draft()
    first.discard()
    second = engine.draft()
    first.discard()
    second.apply(Change.of([Quad(A, A, A, G)]))
    second.publish(CommitInfo())
    assert engine.newest() == 1


def test_the_default_graph_of_a_plain_draft_is_a_graph_like_any_other() -> None:
    draft = MemoryDraft([Quad(A, A, A)], plain=True)
    draft.apply(Change.of([Quad(A, A, A, G)], [Quad(A, A, A)]))
    assert list(draft.quads()) == [Quad(A, A, A, G)]
    assert list(draft.quads(graph=DEFAULT_GRAPH)) == []
    assert len(draft) == 1


def test_a_plain_engine_keeps_its_default_graph() -> None:
    engine = MemoryEngine(plain=True)
    draft = engine.draft()
    draft.apply(Change.of([Quad(A, A, A)]))
    draft.publish(CommitInfo())
    assert list(engine.read().quads()) == [Quad(A, A, A)]
    assert list(engine.read().graphs()) == []


def test_a_graph_can_be_emptied_while_the_graphs_are_listed() -> None:
    draft = MemoryDraft([Quad(A, A, A, G), Quad(A, A, A, A)])
    for graph in draft.graphs():
        draft.apply(Change.of([], list(draft.quads(graph=graph))))
    assert len(draft) == 0
