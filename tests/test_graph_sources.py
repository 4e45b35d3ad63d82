"""Sources are described, and nothing that is set aside is lost."""

from __future__ import annotations

import pytest

from graph.engines.memory import MemoryDraft
from graph.errors import NotFound
from graph.names import RDFS_LABEL, SKOS_ALT_LABEL, Names, mg
from graph.sources import (
    Source,
    all_set_aside,
    restore,
    set_aside,
    source,
    sources,
)
from graph.terms import Literal, NamedNode, Quad

NAMES = Names()
OFFICIAL, PRESS, BLOG = (NAMES.graph(slug) for slug in ("official", "press", "blog"))
PERSON = NAMES.of("person", "raman-salei-1994")
BORN = mg("born")


def described() -> list[Quad]:
    known = [
        Source(OFFICIAL, "Official results", publisher="IPC", issued="2024-09-08", priority=1),
        Source(PRESS, "A press report", priority=5),
    ]
    return [quad for one in known for quad in one.quads(NAMES)]


def born(day: str, graph: NamedNode) -> Quad:
    return Quad(PERSON, BORN, Literal(day), graph)


def test_a_described_source_reads_back_as_it_was_written() -> None:
    wanted = Source(OFFICIAL, "Official results", "IPC", "2024-09-08", priority=1)
    assert source(MemoryDraft(described()), NAMES, OFFICIAL) == wanted


def test_sources_come_with_the_most_trusted_first_and_the_undescribed_last() -> None:
    state = MemoryDraft([*described(), *(born("1994", g) for g in (BLOG, PRESS, OFFICIAL))])
    assert [one.title for one in sources(state, NAMES)] == [
        "Official results",
        "A press report",
        "blog",
    ]


def test_a_statement_set_aside_stays_in_the_graph_of_its_source_and_can_be_restored() -> None:
    before = [*described(), born("1993", PRESS)]
    state = MemoryDraft(before)
    state.apply(set_aside(born("1993", PRESS), NAMES, reason="A slip."))
    (claim,) = {quad.subject for quad in state.quads(None, mg("verdict"), mg("SetAside"))}
    assert {quad.graph_name for quad in state.quads(claim)} == {PRESS}  # type: ignore[arg-type]
    state.apply(restore(state, claim))  # type: ignore[arg-type]
    assert set(state.quads()) == set(before)


def test_restoring_a_claim_that_is_not_there_says_so() -> None:
    with pytest.raises(NotFound, match="no claim"):
        restore(MemoryDraft(), NAMES.of("claim", "none"))


def test_a_name_that_is_set_aside_is_another_spelling_until_it_is_restored() -> None:
    name = Quad(PERSON, RDFS_LABEL, Literal("Roman Saley", language="en"), PRESS)
    state = MemoryDraft([name])
    state.apply(set_aside(name, NAMES, reason="The passport says Raman Salei."))
    spelling = Quad(PERSON, SKOS_ALT_LABEL, name.object, PRESS)
    assert list(state.quads(PERSON)) == [spelling]
    (claim,) = {quad.subject for quad in state.quads(None, mg("verdict"), mg("SetAside"))}
    state.apply(restore(state, claim))  # type: ignore[arg-type]
    assert list(state.quads()) == [name]


def test_what_a_source_says_again_is_left_as_it_was_set_aside() -> None:
    said = [
        born("1993", PRESS),
        Quad(PERSON, RDFS_LABEL, Literal("Roman Saley", language="en"), PRESS),
        Quad(PERSON, mg("sex"), mg("M"), PRESS),
    ]
    state = MemoryDraft(said)
    for quad in said[:2]:
        state.apply(set_aside(quad, NAMES, reason="A slip."))
    instead = all_set_aside(state, PRESS)
    again = {each for quad in said for each in instead.get(quad, (quad,))}
    assert instead.keys() == set(said[:2])
    assert again == set(state.quads())
    assert all_set_aside(state, OFFICIAL) == {}
