"""Which events of two sources are one, and what becomes of their medals when they are merged."""

from __future__ import annotations

import pytest

from graph.conflicts import conflicts, decide, sayings, settle_by_priority
from graph.derived import derive
from graph.engines.memory import MemoryDraft
from graph.gate import load_shapes
from graph.identity.contest_words import event_words, sexes_said
from graph.identity.contests import contests_of
from graph.identity.podiums import Known, side_by_side
from graph.identity.redirects import DIFFERENT_FROM, identity_graph, merge
from graph.importers.putting import as_decided
from graph.lexical import as_stored
from graph.names import RDFS_LABEL, SKOS_ALT_LABEL, Names, local_name, mg
from graph.terms import Literal, Quad

from .two_tellings import BOOK, THE_BOOK, THE_WEB, WEB, matched, merged, table, told

NAMES = Names()
SINGLE = load_shapes().single_valued()
PODIUM = ("Gold AZE Leyla Ali", "Silver FRA Anne Roi", "Bronze USA Jane Doe")


def sure(state: MemoryDraft) -> list[tuple[str, str]]:
    found = matched(state).found
    return [(m.one.label, m.other.label) for m in found if m.is_sure]


def differing(state: MemoryDraft) -> list[tuple[str, str, list[str]]]:
    found = conflicts(state, NAMES, SINGLE)
    return [
        (
            local_name(each.predicate),
            str(each.subject),
            [local_name(graph) for _, graphs in each.values for graph in graphs],
        )
        for each in found
    ]


def objects(state: MemoryDraft, node: object, prop: str) -> set[str]:
    return {local_name(quad.object) for quad in state.quads(node, mg(prop))}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Men's 1,500 metres", "Men's 1500 metres"),
        ("Men's 4 x 100 metres Relay", "4\N{MULTIPLICATION SIGN}100 m Staffel der Herren"),
        ("Men's Canadian Doubles, 1,000 metres", "Men's C-2 1000 metres"),
        ("Women's Three-Day Event, Team", "Team eventing"),
        ("Women's +75 kg", "Women over 75 kilograms"),
        ("Men's Light-Heavyweight", "Light heavyweight"),
        ("Women's Floor Exercise", "Women's floor"),
        ("20 km walk", "Women's 20 kilometres Walk"),
        ("Women's \u00e9p\u00e9e", "Damen Degen"),
        ("Men's 10 metre air pistol", "10 m Air Pistol, Men"),
    ],
)
def test_one_event_has_the_same_words_in_several_sources(one: str, other: str) -> None:
    assert event_words(one) == event_words(other) != frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Men's 95 kg", "Men's +95 kg"),
        ("Women's 100 metres", "Women's 100 metres Hurdles"),
        ("Men's K-1 500 metres", "Men's K-1 1000 metres"),
        ("Men's Foil, Individual", "Men's Foil, Team"),
    ],
)
def test_two_events_have_different_words(one: str, other: str) -> None:
    assert event_words(one) != event_words(other)


@pytest.mark.parametrize(
    ("label", "sexes"),
    [
        ("Women's 100 metres", {"F"}),
        ("Herren 100 m", {"M"}),
        ("Mixed Team", {"Mixed"}),
        ("Epee", set()),
    ],
)
def test_a_name_says_for_whom_an_event_is(label: str, sexes: set[str]) -> None:
    assert sexes_said(label) == sexes


def test_events_with_the_same_medallists_are_one_whatever_they_are_called() -> None:
    state = told(
        THE_BOOK.event("Women's Flyweight", *PODIUM), THE_WEB.event("Women's 48 kg", *PODIUM)
    )
    [match] = matched(state).found
    assert match.is_sure
    assert [(reason.text, reason.points) for reason in match.reasons] == [
        ("a weight or length and a name (Women's 48 kg / Women's Flyweight)", 0.0),
        ("3 of 3 medals have the same receivers", 10.0),
        ("both for F", 1.0),
    ]


def test_two_weights_whose_medallists_differ_stay_two() -> None:
    others = ("Gold GEO Nino Abo", "Silver UKR Olha Bila", "Bronze POL Anna Maj")
    state = told(THE_BOOK.event("Women's 95 kg", *PODIUM), THE_WEB.event("Women's +95 kg", *others))
    assert matched(state).found == []


def test_two_events_won_by_the_same_three_are_told_apart_by_their_names() -> None:
    state = told(
        THE_BOOK.event("Women's 100 metres Freestyle", *PODIUM),
        THE_BOOK.event("Women's 200 metres Freestyle", *PODIUM),
        THE_WEB.event("Women's 200 m freestyle", *PODIUM),
        THE_WEB.event("Women's 100 m freestyle", *PODIUM),
    )
    assert sorted(sure(state)) == [
        ("Women's 100 m freestyle", "Women's 100 metres Freestyle"),
        ("Women's 200 m freestyle", "Women's 200 metres Freestyle"),
    ]


def test_an_event_that_fits_two_is_for_a_person_to_look_at() -> None:
    state = told(
        THE_BOOK.event("Women's Sprint", *PODIUM),
        THE_BOOK.event("Women's Dash", *PODIUM),
        THE_WEB.event("Women's Race", *PODIUM),
    )
    [match] = matched(state).found
    assert not match.is_sure


def test_events_for_men_and_for_women_are_two() -> None:
    state = told(
        THE_BOOK.event("Men's Foil", *PODIUM, sex="M"), THE_WEB.event("Women's Foil", *PODIUM)
    )
    assert matched(state).found == []


def test_events_that_somebody_said_are_two_are_not_matched() -> None:
    state = told(THE_BOOK.event("Women's Foil", *PODIUM), THE_WEB.event("Foil", *PODIUM))
    one, other = (
        NAMES.of("event", by.end(label))
        for by, label in ((THE_WEB, "Foil"), (THE_BOOK, "Women's Foil"))
    )
    apart = MemoryDraft([*state.quads(), Quad(one, DIFFERENT_FROM, other, identity_graph(NAMES))])
    assert matched(apart).found == []


def test_a_merged_event_has_each_medal_once_with_the_statements_of_both() -> None:
    before = told(THE_BOOK.event("Women's Foil", *PODIUM), THE_WEB.event("Foil", *PODIUM))
    state = merged(before)
    event = NAMES.of("event", THE_BOOK.end("Women's Foil"))
    medals = list(state.quads(None, mg("medal")))
    assert sorted(str(quad.graph_name) for quad in medals) == [str(BOOK)] * 3 + [str(WEB)] * 3
    assert len({quad.subject for quad in medals}) == 3
    assert {local_name(q.object) for q in state.quads(None, mg("event"))} == {local_name(event)}
    assert len({quad.subject for quad in state.quads(None, mg("athlete"))}) == 3
    assert [q.object.value for q in state.quads(event, RDFS_LABEL)] == ["Women's Foil"]  # type: ignore[union-attr]
    assert [q.object.value for q in state.quads(event, SKOS_ALT_LABEL)] == ["Foil"]  # type: ignore[union-attr]
    assert conflicts(state, NAMES, SINGLE) == []


def test_the_table_is_the_same_before_and_after() -> None:
    before = told(
        THE_BOOK.event("Women's Foil", *PODIUM),
        THE_WEB.event("Foil", *PODIUM),
        THE_BOOK.event(
            "Women's Relay", "Gold AZE Leyla Ali, Aida Eli", "Silver FRA Anne Roi, Jo Ru"
        ),
        THE_WEB.event(
            "Relay", "Gold AZE Leyla Ali, Aida Eli, Sima Oz", "Silver UKR Olha Bila, Ira Ko"
        ),
    )
    after = merged(before)
    for rule in ("after-reallocations", "official-at-closing", "per-person", "mixed-shared"):
        assert table(after, rule) == table(before, rule)
    assert table(after)["AZE"] == (2, 0, 0)
    assert table(after, "per-person")["AZE"] == (3, 0, 0)


def test_where_receivers_differ_there_is_one_award_and_a_conflict() -> None:
    since = ("Gold FRA Anne Roi", "Silver USA Jane Doe", "Bronze GEO Nino Abo")
    before = told(THE_BOOK.event("Women's Foil", *PODIUM), THE_WEB.event("Women's foil", *since))
    state = merged(before)
    gold = THE_BOOK.award("Women's Foil", "leyla-ali--Gold")
    assert [(prop, by) for prop, _, by in differing(state)] == [("entry", ["book", "web"])] * 3
    assert len({quad.subject for quad in state.quads(None, mg("medal"))}) == 3
    receivers = {quad.object for quad in state.quads(gold, mg("entry"))}
    assert receivers == {
        THE_BOOK.entry("Women's Foil", "leyla-ali--Gold"),
        THE_BOOK.entry("Women's Foil", "anne-roi--Silver"),
    }
    assert table(state) == table(before)


def decided(state: MemoryDraft, *, keeps: object) -> MemoryDraft:
    """Return the state once each conflict of receivers was decided for a source."""
    after = MemoryDraft(state.quads())
    for conflict in conflicts(state, NAMES, SINGLE):
        said = sayings(after, conflict.subject, conflict.predicate)
        [kept] = [each.value for each in said if each.graph == keeps]
        change = decide(after, NAMES, said, kept, reason="The ruling")
        after.apply(change)
        after.apply(derive(after, change))
    return after


def test_a_decision_for_the_other_source_moves_the_medal_in_the_table() -> None:
    since = ("Gold FRA Anne Roi", "Silver USA Jane Doe", "Bronze GEO Nino Abo")
    state = merged(
        told(THE_BOOK.event("Women's Foil", *PODIUM), THE_WEB.event("Women's foil", *since))
    )
    after = decided(state, keeps=WEB)
    assert conflicts(after, NAMES, SINGLE) == []
    assert table(after) == {"FRA": (1, 0, 0), "USA": (0, 1, 0), "GEO": (0, 0, 1)}
    assert objects(after, THE_BOOK.entry("Women's Foil", "leyla-ali--Gold"), "won") == set()
    assert objects(after, THE_BOOK.entry("Women's Foil", "anne-roi--Silver"), "won") == {"Gold"}
    back = decided_back(after)
    assert table(back) == {"AZE": (1, 0, 0), "FRA": (0, 1, 0), "USA": (0, 0, 1)}
    assert objects(back, THE_BOOK.entry("Women's Foil", "leyla-ali--Gold"), "won") == {"Gold"}


def decided_back(state: MemoryDraft) -> MemoryDraft:
    """Return the state once each award was decided for the book again."""
    after = MemoryDraft(state.quads())
    for award in sorted({quad.subject for quad in state.quads(None, mg("medal"))}, key=str):
        said = sayings(after, award, mg("entry"))  # type: ignore[arg-type]
        [kept] = [each.value for each in said if each.graph == BOOK]
        change = decide(after, NAMES, said, kept, reason="The ruling was lifted")
        after.apply(change)
        after.apply(derive(after, change))
    return after


def test_the_policy_keeps_the_receiver_of_the_more_trusted_source() -> None:
    since = ("Gold FRA Anne Roi", "Silver USA Jane Doe", "Bronze GEO Nino Abo")
    state = merged(
        told(THE_BOOK.event("Women's Foil", *PODIUM), THE_WEB.event("Women's foil", *since))
    )
    change = settle_by_priority(state, NAMES, conflicts(state, NAMES, SINGLE))
    state.apply(change)
    state.apply(derive(state, change))
    assert conflicts(state, NAMES, SINGLE) == []
    assert objects(state, THE_BOOK.entry("Women's Foil", "anne-roi--Silver"), "won") == {"Silver"}


def test_an_import_after_merge_and_decision_changes_nothing() -> None:
    since = ("Gold FRA Anne Roi", "Silver USA Jane Doe", "Bronze GEO Nino Abo")
    books, webs = (
        THE_BOOK.event("Women's Foil", *PODIUM, sport="equestrianism"),
        THE_WEB.event("Women's foil", *since, sport="equestrian"),
    )
    state = merged(told(books, webs))
    for each in (state, decided(state, keeps=WEB), decided(state, keeps=BOOK)):
        for by, quads in ((THE_BOOK, books), (THE_WEB, webs)):
            every = [as_stored(quad) for quad in (*by.known(), *quads)]
            own = [quad for quad in every if quad.graph_name == by.graph]
            again = as_decided(each, own, graph=by.graph, names=NAMES)
            assert set(again) == set(each.quads(graph=by.graph))


def test_a_team_and_its_members_told_singly_are_one_medal_and_no_conflict() -> None:
    team = ("Gold AZE Leyla Ali, Aida Eli", "Silver FRA Anne Roi, Jo Ru")
    singly = ("Gold AZE Leyla Ali", "Gold AZE Aida Eli", "Silver FRA Anne Roi, Jo Ru")
    for book, web in ((team, singly), (singly, team)):
        before = told(THE_BOOK.event("Women's Relay", *book), THE_WEB.event("Women's relay", *web))
        state = merged(before)
        assert conflicts(state, NAMES, SINGLE) == []
        assert table(state) == {"AZE": (1, 0, 0), "FRA": (0, 1, 0)}
        golds = [
            e
            for e in {q.subject for q in state.quads(None, mg("won"))}
            if objects(state, e, "won") == {"Gold"}
        ]
        assert [len(objects(state, entry, "athlete")) for entry in golds] == [2]


def test_a_team_whose_members_one_source_does_not_name_is_the_same_team() -> None:
    state = merged(
        told(
            THE_BOOK.event("Women's Relay", "Gold AZE", "Silver FRA", "Bronze USA Jane Doe, Di Li"),
            THE_WEB.event(
                "Women's relay",
                "Gold AZE Leyla Ali, Aida Eli",
                "Silver FRA Anne Roi, Jo Ru",
                "Bronze USA Jane Doe, Di Li",
            ),
        )
    )
    assert conflicts(state, NAMES, SINGLE) == []
    assert objects(state, THE_BOOK.entry("Women's Relay", "AZE--Gold"), "athlete") == {
        "leyla-ali-web",
        "aida-eli-web",
    }


def test_teams_of_one_nation_with_other_members_are_a_conflict() -> None:
    state = told(
        THE_BOOK.event("Women's Pairs", "Gold AZE Leyla Ali, Aida Eli"),
        THE_WEB.event("Women's Pairs", "Gold AZE Sima Oz, Nigar Ata"),
    )
    [web], [book] = (contests_of(state, graph).values() for graph in (WEB, BOOK))
    podium = side_by_side(web, book, Known())
    assert (podium.same, len(podium.differing)) == ((), 1)


def test_members_who_are_only_likely_to_be_somebody_are_not_merged_with_their_team() -> None:
    """Two sisters of a team can both be likely to be the same member of the other source."""
    state = told(
        THE_BOOK.event("Women's Relay", "Gold AZE Li Na, Aida Eli"),
        THE_WEB.event("Women's Relay", "Gold AZE Li Naa, Li Nao"),
    )
    [web], [book] = (contests_of(state, graph).values() for graph in (WEB, BOOK))
    [mine], [theirs] = web.medals, book.medals
    one = THE_BOOK.person("Li Na")
    likely = frozenset((THE_WEB.person(name), one) for name in ("Li Naa", "Li Nao"))
    assert list(Known(likely=likely).of(mine, theirs)) == []
    assert list(Known({THE_WEB.person("Li Naa"): one}, likely).of(mine, theirs)) == [
        (THE_WEB.person("Li Naa"), one)
    ]


def test_one_person_for_two_nations_is_a_conflict_and_no_mixed_team() -> None:
    before = told(
        THE_BOOK.event("Women's Foil", *PODIUM),
        THE_WEB.event("Women's foil", *PODIUM[:2], "Bronze CUB Jane Doe"),
    )
    state = merged(before)
    [(prop, _, by)] = differing(state)
    assert (prop, by) == ("entry", ["book", "web"])
    nations = [len(objects(state, q.subject, "nation")) for q in state.quads(None, mg("won"))]
    assert set(nations) == {1}
    assert table(state) == table(before)
    assert len({quad.object for quad in state.quads(None, mg("athlete"))}) == 3


def test_a_second_merge_joins_what_the_first_could_not() -> None:
    """People who are merged later make one medal of two."""
    before = told(
        THE_BOOK.event("Women's Foil", *PODIUM),
        THE_WEB.event("Women's foil", *PODIUM[:2], "Bronze USA Mary Smith"),
    )
    state = merged(before)
    assert len(conflicts(state, NAMES, SINGLE)) == 1
    pair = THE_WEB.person("Mary Smith"), THE_BOOK.person("Jane Doe")
    state.apply(merge(state, NAMES, [pair]))
    again = matched(state)
    assert again.found == []
    state.apply(merge(state, NAMES, again.addresses([])))
    assert conflicts(state, NAMES, SINGLE) == []


def test_decisions_of_a_full_list_on_its_own_awards_add_no_others() -> None:
    """Only a list of reallocations adds to the results; a second full list counts nothing twice."""
    before = told(
        THE_BOOK.event("Women's Foil", *PODIUM),
        THE_BOOK.event("Women's Sabre", *PODIUM),
        THE_WEB.event("Women's foil", *PODIUM),
        THE_WEB.event("Women's epee", *PODIUM[1:], "Gold GEO Nino Abo"),
    )
    state = merged(before)
    decision, award = NAMES.of("decision", "one"), THE_BOOK.award("Women's Foil", "leyla-ali--Gold")
    assert state.contains(Quad(award, mg("medal"), mg("Gold"), WEB))
    state = MemoryDraft(
        [
            *state.quads(),
            Quad(decision, mg("award"), award, WEB),
            Quad(decision, mg("action"), mg("Awarded"), WEB),
            Quad(decision, mg("date"), Literal("2012-08-01"), WEB),
        ]
    )
    assert table(state) == table(before)
    assert "GEO" not in table(state)
