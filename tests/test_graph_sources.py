"""Sources are described, disagreement is listed, and nothing that is set aside is lost."""

from __future__ import annotations

import pytest

from graph.engines.memory import MemoryDraft
from graph.errors import NotFound
from graph.names import Names, mg
from graph.sources import (
    Source,
    conflicts,
    restore,
    set_aside,
    settle_by_priority,
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


def test_a_conflict_names_each_value_with_who_states_it() -> None:
    state = MemoryDraft(
        [*described(), born("1993", PRESS), born("1994-02-27", OFFICIAL), born("1993", BLOG)]
    )
    (conflict,) = conflicts(state, NAMES, [BORN])
    assert conflict.subject == PERSON
    assert conflict.values == (
        (Literal("1994-02-27"), (OFFICIAL,)),
        (Literal("1993"), (PRESS, BLOG)),
    )


def test_two_sources_that_agree_are_no_conflict() -> None:
    assert conflicts(MemoryDraft([born("1994", PRESS), born("1994", BLOG)]), NAMES, [BORN]) == []


def test_the_policy_keeps_what_the_most_trusted_source_says_and_turns_the_rest_into_claims() -> (
    None
):
    state = MemoryDraft([*described(), born("1993", PRESS), born("1994-02-27", OFFICIAL)])
    state.apply(settle_by_priority(state, NAMES, [BORN]))
    assert [quad.object for quad in state.quads(PERSON, BORN)] == [Literal("1994-02-27")]
    (reason,) = (quad.object for quad in state.quads(None, mg("reason")))
    assert reason == Literal("Official results is trusted more and says 1994-02-27.")


def test_the_policy_leaves_a_conflict_between_equals_open() -> None:
    state = MemoryDraft([born("1993", PRESS), born("1994", BLOG)])
    assert settle_by_priority(state, NAMES, [BORN]).is_empty


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
