"""What a person decides of a match, in one state of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.engines.memory import MemoryEngine
from graph.identity.deciding import Decided, Standing, mark, says, separate, staying
from graph.identity.redirects import merge
from graph.names import RDF_TYPE, RDFS_LABEL, Names, mg
from graph.sources import Source
from graph.terms import Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Draft

NAMES = Names()
BOOK, NEWS = NAMES.graph("book"), NAMES.graph("news")
A, B, C = (NAMES.of("person", name) for name in "abc")


def person(node: NamedNode, graph: NamedNode) -> list[Quad]:
    name = Literal(node.value[-1], language="en")
    return [Quad(node, RDF_TYPE, mg("Person"), graph), Quad(node, RDFS_LABEL, name, graph)]


@pytest.fixture
def state() -> Iterator[Draft]:
    draft = MemoryEngine().draft()
    quads = [*person(A, NEWS), *person(B, BOOK), *person(C, BOOK)]
    quads += Source(BOOK, "Book", priority=1).quads(NAMES)
    quads += Source(NEWS, "News", priority=5).quads(NAMES)
    draft.apply(Change.of(quads))
    yield draft
    draft.discard()


def standing(state: Draft, one: NamedNode = A, other: NamedNode = B) -> Standing:
    return Decided(state, NAMES).standing(one, other)


def test_two_of_whom_nothing_is_said_wait(state: Draft) -> None:
    assert standing(state) == standing(state, B, A) == Standing.WAITING


def test_two_who_were_merged_are_the_same(state: Draft) -> None:
    state.apply(merge(state, NAMES, [(A, B)]))
    assert standing(state) == standing(state, B, A) == Standing.SAME
    assert standing(state, A, C) == Standing.GONE


def test_two_who_were_separated_are_apart_even_after_one_is_merged(state: Draft) -> None:
    change = separate(state, NAMES, A, B)
    state.apply(change)
    assert standing(state) == standing(state, B, A) == Standing.APART
    assert separate(state, NAMES, A, B).is_empty
    state.apply(merge(state, NAMES, [(A, C)]))
    assert standing(state, C, B) == Standing.APART


def test_of_whom_the_store_says_nothing_any_more_nothing_waits(state: Draft) -> None:
    state.apply(Change.of(removed=person(A, NEWS)))
    assert standing(state) == Standing.GONE


def test_a_change_tells_what_it_decided(state: Draft) -> None:
    same, apart = merge(state, NAMES, [(A, B)]), separate(state, NAMES, A, B)
    assert says(same, NAMES, A, B) == says(same, NAMES, B, A) == Standing.SAME
    assert says(apart, NAMES, B, A) == Standing.APART
    assert says(same, NAMES, A, C) is None
    assert says(same.inverse(), NAMES, A, B) is None


def test_the_address_of_the_more_trusted_source_stays(state: Draft) -> None:
    assert staying(state, NAMES, (A, B), graphs=(NEWS, BOOK)) == (A, B)
    assert staying(state, NAMES, (B, A), graphs=(BOOK, NEWS)) == (A, B)
    assert staying(state, NAMES, (B, C), graphs=(BOOK, BOOK)) == (B, C)


def test_a_mark_changes_with_what_is_said_of_one_and_with_who_refers_to_it(state: Draft) -> None:
    seen = mark(state, (A, B))
    state.apply(Change.of([Quad(C, mg("born"), Literal("1990"), BOOK)]))
    assert mark(state, (A, B)) == seen
    state.apply(Change.of([Quad(B, mg("born"), Literal("1990"), BOOK)]))
    said = mark(state, (A, B))
    assert said != seen
    state.apply(Change.of([Quad(NAMES.of("entry", "1"), mg("athlete"), A, NEWS)]))
    assert mark(state, (A, B)) not in (seen, said)
