"""Sources that differ are found, settled by their rank, and decided by a person."""

from __future__ import annotations

import pytest

from graph.conflicts import conflicts, decide, sayings, settle_by_priority, several
from graph.dates import DATES
from graph.engines.memory import MemoryDraft
from graph.gate import load_shapes
from graph.gate.constraints import Pattern, Scope
from graph.names import RDFS_LABEL, SKOS_ALT_LABEL, Names, mg
from graph.sources import Source
from graph.terms import Literal, NamedNode, Quad

NAMES = Names()
OFFICIAL, PRESS, BLOG = (NAMES.graph(slug) for slug in ("official", "press", "blog"))
PERSON, KOREA = NAMES.of("person", "raman-salei-1994"), NAMES.of("nation", "KOR")
BORN = mg("born")
SINGLE = load_shapes().single_valued()


def described() -> list[Quad]:
    known = [
        Source(OFFICIAL, "Official results", publisher="IPC", issued="2024-09-08", priority=1),
        Source(PRESS, "A press report", priority=5),
    ]
    return [quad for one in known for quad in one.quads(NAMES)]


def born(day: str, graph: NamedNode) -> Quad:
    return Quad(PERSON, BORN, Literal(day), graph)


def called(name: str, graph: NamedNode, language: str = "en") -> Quad:
    return Quad(KOREA, RDFS_LABEL, Literal(name, language=language), graph)


def settled(*said: Quad) -> MemoryDraft:
    state = MemoryDraft([*described(), *said])
    state.apply(settle_by_priority(state, NAMES, several(state, NAMES, SINGLE)))
    return state


def values(state: MemoryDraft, subject: NamedNode, predicate: NamedNode) -> set[str]:
    return {quad.object.value for quad in state.quads(subject, predicate)}  # type: ignore[union-attr]


def reasons(state: MemoryDraft) -> list[str]:
    return sorted(quad.object.value for quad in state.quads(None, mg("reason")))  # type: ignore[union-attr]


def test_a_conflict_names_each_value_with_who_states_it() -> None:
    state = MemoryDraft(
        [*described(), born("1993", PRESS), born("1994-02-27", OFFICIAL), born("1993", BLOG)]
    )
    (conflict,) = conflicts(state, NAMES, SINGLE)
    assert conflict.subject == PERSON
    assert conflict.values == (
        (Literal("1994-02-27"), (OFFICIAL,)),
        (Literal("1993"), (PRESS, BLOG)),
    )


def test_two_sources_that_agree_are_no_conflict() -> None:
    assert conflicts(MemoryDraft([born("1994", PRESS), born("1994", BLOG)]), NAMES, SINGLE) == []


@pytest.mark.parametrize("less", ["1999", "1999-01", "199X", "1999~", "2001~", "1999-01-14?"])
def test_a_date_that_is_less_exact_is_no_conflict(less: str) -> None:
    state = MemoryDraft([born("1999-01-14", PRESS), born(less, BLOG)])
    assert conflicts(state, NAMES, SINGLE) == []
    assert [each.is_open for each in several(state, NAMES, SINGLE)] == [False]


@pytest.mark.parametrize("other", ["1998", "1999-02", "198X", "2002~", "1999-01-15", "1999-01-15~"])
def test_a_date_that_cannot_be_the_same_is_a_conflict(other: str) -> None:
    state = MemoryDraft([born("1999-01-14", PRESS), born(other, BLOG)])
    assert len(conflicts(state, NAMES, SINGLE)) == 1


def test_two_days_in_one_year_are_a_conflict_though_each_agrees_with_the_year() -> None:
    state = MemoryDraft(
        [born("1999", OFFICIAL), born("1999-01-14", PRESS), born("1999-02-01", BLOG)]
    )
    (conflict,) = conflicts(state, NAMES, SINGLE)
    assert len(conflict.values) == 3


def test_dates_are_what_the_shapes_say_are_dates() -> None:
    written_so = {
        constraint.path[0].predicate
        for constraint in load_shapes().of(Scope.RECORD)
        if isinstance(constraint.component, Pattern) and "02-29" in constraint.component.regex
    }
    assert {each for each in written_so if each in {one.predicate for one in SINGLE}} == DATES


def test_names_are_a_conflict_in_one_language_only() -> None:
    state = MemoryDraft(
        [
            called("Korea", OFFICIAL),
            called("South Korea", PRESS),
            called("Corée", PRESS, "fr"),
            called("Korea", BLOG, "de"),
        ]
    )
    (conflict,) = conflicts(state, NAMES, SINGLE)
    assert (conflict.predicate, conflict.language) == (RDFS_LABEL, "en")
    assert [value.value for value, _ in conflict.values] == ["Korea", "South Korea"]


@pytest.mark.parametrize(
    ("one", "other", "is_spelling"),
    [
        ("Türkiye", "TURKIYE", True),
        ("Côte d'Ivoire", "Cote d\N{RIGHT SINGLE QUOTATION MARK}Ivoire", True),
        ("Korea", "South Korea", False),
        ("Türkiye", "Turkey", False),
    ],
)
def test_names_that_differ_in_capitals_and_accents_only_are_told_apart(
    one: str, other: str, *, is_spelling: bool
) -> None:
    state = MemoryDraft([called(one, OFFICIAL), called(other, PRESS)])
    (conflict,) = conflicts(state, NAMES, SINGLE)
    assert conflict.is_spelling == is_spelling


def test_conflicts_of_one_property_or_source_are_found_alone() -> None:
    state = MemoryDraft(
        [
            *(born("1993", PRESS), born("1994", BLOG)),
            *(called("Korea", OFFICIAL), called("South Korea", PRESS)),
        ]
    )
    of_names = several(state, NAMES, SINGLE, predicate=RDFS_LABEL)
    of_the_blog = several(state, NAMES, SINGLE, source=BLOG)
    assert [each.subject for each in of_names] == [KOREA]
    assert [each.subject for each in of_the_blog] == [PERSON]
    assert [each.subject for each in several(state, NAMES, SINGLE)] == [PERSON, KOREA]


def test_the_policy_keeps_what_the_most_trusted_source_says_and_turns_the_rest_into_claims() -> (
    None
):
    state = settled(born("1993", PRESS), born("1994-02-27", OFFICIAL))
    assert values(state, PERSON, BORN) == {"1994-02-27"}
    assert reasons(state) == ["Official results is trusted more and says 1994-02-27."]


def test_the_policy_keeps_one_name_a_language_and_the_other_as_a_spelling() -> None:
    state = settled(called("South Korea", PRESS), called("Korea", OFFICIAL))
    assert values(state, KOREA, RDFS_LABEL) == {"Korea"}
    assert [quad.graph_name for quad in state.quads(KOREA, SKOS_ALT_LABEL)] == [PRESS]
    assert values(state, KOREA, SKOS_ALT_LABEL) == {"South Korea"}
    assert reasons(state) == ["Official results is trusted more and says Korea."]


def test_the_policy_leaves_a_conflict_between_equals_open() -> None:
    state = MemoryDraft([born("1993", PRESS), born("1994", BLOG)])
    assert settle_by_priority(state, NAMES, several(state, NAMES, SINGLE)).is_empty


def test_the_policy_keeps_the_more_exact_of_two_dates_that_agree_whoever_gives_it() -> None:
    state = settled(born("1999", OFFICIAL), born("1999-01-14", BLOG))
    assert values(state, PERSON, BORN) == {"1999-01-14"}
    assert reasons(state) == ["blog says the same more exactly: 1999-01-14."]


def test_the_policy_takes_the_day_from_whoever_agrees_with_the_most_trusted() -> None:
    state = settled(born("1999", OFFICIAL), born("1999-01-14", BLOG), born("2000-05-05", PRESS))
    assert values(state, PERSON, BORN) == {"1999-01-14"}
    assert reasons(state) == [
        "Official results is trusted more and says 1999; blog: 1999-01-14.",
        "blog says the same more exactly: 1999-01-14.",
    ]


def test_the_policy_leaves_two_days_of_equals_open_though_the_most_trusted_agrees_with_both() -> (
    None
):
    said = [born("1999", OFFICIAL), born("1999-01-14", BLOG), born("1999-02-01", NAMES.graph("b"))]
    assert values(settled(*said), PERSON, BORN) == {"1999", "1999-01-14", "1999-02-01"}


def test_a_person_decides_and_decides_again() -> None:
    said = [called("Korea", OFFICIAL), called("South Korea", PRESS), called("S. Korea", BLOG)]
    state = MemoryDraft([*described(), *said])
    for kept in ("South Korea", "S. Korea", "Korea"):
        found = sayings(state, KOREA, RDFS_LABEL)
        chosen = Literal(kept, language="en")
        state.apply(decide(state, NAMES, found, chosen, reason=f"It is {kept}."))
        assert values(state, KOREA, RDFS_LABEL) == {kept}
        assert f"It is {kept}." in reasons(state)
        assert values(state, KOREA, SKOS_ALT_LABEL) == {"Korea", "South Korea", "S. Korea"} - {kept}
    assert {each.quad for each in sayings(state, KOREA, RDFS_LABEL)} == set(said)
