"""Lists of conflicts: by pair of sources, and with a mark that changes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.conflicts import Wanted, counted_by_pair, list_mark, listed, pairs_of
from graph.engines.memory import MemoryEngine
from graph.gate import Single
from graph.names import RDFS_LABEL, Names, mg
from graph.terms import Literal, Quad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Draft

NAMES = Names()
G, H, K = (NAMES.graph(name) for name in "ghk")
A, B = NAMES.of("person", "a"), NAMES.of("person", "b")
BORN = mg("born")
SINGLE = [Single(BORN, per_language=False), Single(RDFS_LABEL, per_language=True)]


@pytest.fixture
def state() -> Iterator[Draft]:
    draft = MemoryEngine().draft()
    said = [(A, "1990", G), (A, "1991", H), (A, "1990-05-05", K), (B, "1980", G), (B, "1981", K)]
    names = [
        Quad(A, RDFS_LABEL, Literal(f"A {graph.value[-1]}", language="fr"), graph)
        for graph in (G, H)
    ]
    draft.apply(Change.of([*names, *(Quad(s, BORN, Literal(value), g) for s, value, g in said)]))
    yield draft
    draft.discard()


def test_two_sources_contradict_each_other_only_where_their_values_do(state: Draft) -> None:
    found = listed(state, NAMES, SINGLE, Wanted(BORN))
    [of_a] = [each for each in found if each.subject == A]
    assert pairs_of(of_a) == {frozenset({G, H}), frozenset({H, K})}


def test_conflicts_are_counted_for_each_two_sources(state: Draft) -> None:
    counted = counted_by_pair(listed(state, NAMES, SINGLE, Wanted()))
    assert counted == {frozenset({G, H}): 2, frozenset({H, K}): 1, frozenset({G, K}): 1}


@pytest.mark.parametrize(
    ("wanted", "subjects"),
    [
        (Wanted(), [A, B, A]),
        (Wanted(BORN), [A, B]),
        (Wanted(RDFS_LABEL, "fr"), [A]),
        (Wanted(RDFS_LABEL, "en"), []),
        (Wanted(graphs=(H,)), [A, A]),
        (Wanted(BORN, graphs=(G, K)), [B]),
        (Wanted(BORN, graphs=(K, G)), [B]),
    ],
)
def test_a_list_is_of_what_is_wanted(state: Draft, wanted: Wanted, subjects: list[object]) -> None:
    assert [each.subject for each in listed(state, NAMES, SINGLE, wanted)] == subjects


def test_a_mark_changes_with_the_list_and_with_nothing_else(state: Draft) -> None:
    wanted = Wanted(BORN, graphs=(G, K))
    seen = list_mark(listed(state, NAMES, SINGLE, wanted))
    state.apply(Change.of([Quad(A, BORN, Literal("1995"), NAMES.graph("z"))]))
    assert list_mark(listed(state, NAMES, SINGLE, wanted)) == seen
    state.apply(Change.of([Quad(B, BORN, Literal("1980"), NAMES.graph("z"))]))
    assert list_mark(listed(state, NAMES, SINGLE, wanted)) != seen
