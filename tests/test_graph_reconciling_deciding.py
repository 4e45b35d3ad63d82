"""Who is meant by a name, what speaks for it, and when nobody can be sure."""

from __future__ import annotations

import pytest

from graph.engines.memory import MemoryDraft
from graph.identity.redirects import merge
from graph.names import RDF_TYPE, RDFS_LABEL, mg
from graph.reconciling.asking import Evidence, Query
from graph.reconciling.deciding import LEAD, LEAST, SURE, Reconciler
from graph.terms import Literal, Quad

from .reconciling_world import NAMES, asked, bundled, bundled_reconciler, everything, sure

NEWS = NAMES.graph("news")
TWINS = ("ana-sousa-1990", "ana-sousa-1995")


def of(prop: str, *values: str, required: bool = False, quantifier: str = "any") -> Evidence:
    return Evidence(prop, values, required, quantifier)  # type: ignore[arg-type] # three words


def twins() -> MemoryDraft:
    """Two of one name for Brazil, born five years apart, at different Games."""
    quads = [Quad(NAMES.of("nation", "BRA"), RDF_TYPE, mg("Nation"), NEWS)]
    for key, year in zip(TWINS, ("2016", "2020"), strict=True):
        node, part = NAMES.of("person", key), NAMES.of("part", key)
        games = NAMES.of("games", f"{year}-summer-para")
        quads += [
            Quad(node, RDF_TYPE, mg("Person"), NEWS),
            Quad(node, RDFS_LABEL, Literal("Ana Sousa", language="en"), NEWS),
            Quad(node, mg("born"), Literal(key[-4:]), NEWS),
            Quad(part, mg("person"), node, NEWS),
            Quad(part, mg("nation"), NAMES.of("nation", "BRA"), NEWS),
            Quad(part, mg("games"), games, NEWS),
            Quad(games, RDF_TYPE, mg("Games"), NEWS),
            Quad(games, RDFS_LABEL, Literal(f"Games {year}", language="en"), NEWS),
            Quad(games, mg("year"), Literal(int(year)), NEWS),
        ]
    return MemoryDraft(quads)


def of_twins(*evidence: Evidence) -> list[tuple[str, bool]]:
    state = twins()
    query = Query(("Ana Sousa",), ("Person",), evidence=evidence)
    found = Reconciler(state, NAMES).candidates(query, everything(state, "Person"))
    return [(one.facts.node.value.rpartition("/")[2], one.is_sure) for one in found]


def test_the_marks_are_those_that_were_measured() -> None:
    assert (SURE, LEAD, LEAST) == (66.0, 6.0, 12.0)


@pytest.mark.parametrize(
    ("spelling", "person"),
    [
        ("Raman Salei", "raman-salei-1994"),
        ("SALEI Raman", "raman-salei-1994"),
        ("Salei, Raman", "raman-salei-1994"),
        ("Ramon Salei", "raman-salei-1994"),
        ("Roman Saleh", "raman-salei-1994"),
        ("Veli Israfilov", "vali-israfilov-2002"),
        ("Lamiyə Vəliyeva", "lamiya-valiyeva-2002"),
        ("Orxan Aslanov", "orkhan-aslanov-1995"),
        ("İlham Zəkiyev", "ilham-zakiyev-1980"),
    ],
)
def test_spellings_of_the_news_are_sure_with_the_nation(spelling: str, person: str) -> None:
    assert sure(spelling, nation="Azerbaijan") == person


@pytest.mark.parametrize("nation", ["AZE", "aze", "Azerbaijan", "Azerbaijani", "nation/AZE"])
def test_a_nation_may_be_written_in_any_way(nation: str) -> None:
    assert sure("Raman Salei", nation=nation) == "raman-salei-1994"


def test_a_name_alone_is_never_sure_of_a_person() -> None:
    [first, *_] = asked("Raman Salei")
    assert (first.facts.name, first.score, first.is_sure) == ("Raman Salei", 65.0, False)


def test_each_reason_is_a_feature_and_their_sum_is_the_score() -> None:
    [first, *_] = asked("Salei Raman", nation="AZE", born="1994-02-27", sport="swimming", sex="F")
    assert [(feature.id, feature.points) for feature in first.features] == [
        ("name", 65.0),
        ("nation", 20.0),
        ("born", 25.0),
        ("sport", 8.0),
        ("sex", -60.0),
    ]
    assert first.score == 58.0
    assert first.features[1].words == "for AZE"


def test_another_nation_speaks_against_somebody() -> None:
    assert sure("Raman Salei", nation="FRA") == ""


def test_evidence_that_nothing_is_known_of_changes_nothing() -> None:
    [first, *_] = asked("Raman Salei", nation="Atlantis", born="in spring")
    assert first.score == 65.0
    assert [feature.points for feature in first.features[1:]] == [0.0, 0.0]
    assert "Atlantis" in first.features[1].words


def test_namesakes_with_equal_evidence_are_never_sure() -> None:
    assert of_twins(of("nation", "BRA")) == [(TWINS[0], False), (TWINS[1], False)]


@pytest.mark.parametrize(
    "evidence",
    [of("born", "1995"), of("games", "2020-summer-para"), of("year", "2020")],
    ids=lambda one: one.prop,
)
def test_evidence_tells_namesakes_apart(evidence: Evidence) -> None:
    assert of_twins(of("nation", "BRA"), evidence) == [(TWINS[1], True), (TWINS[0], False)]


def test_all_but_the_name_is_never_enough() -> None:
    facts = {"nation": "AZE", "born": "1994-02-27", "sport": "swimming", "sex": "M"}
    [first, *_] = asked("Ilham Salei", games="Paris 2024 Paralympics", **facts)
    assert first.facts.name == "Raman Salei"
    assert first.score >= SURE
    assert not first.is_sure


def test_what_is_required_keeps_others_from_the_list() -> None:
    assert [who for who, _ in of_twins(of("born", "1995", required=True))] == [TWINS[1]]
    assert of_twins(of("nation", "FRA", required=True)) == []


def test_of_several_values_any_all_or_none_have_to_agree() -> None:
    years = ("2016", "2020")
    assert {sure for _, sure in of_twins(of("nation", "BRA"), of("year", *years))} == {False}
    neither = of_twins(of("year", *years, quantifier="all"))
    assert neither[0][1] is False
    other = of_twins(of("nation", "BRA"), of("year", "2016", quantifier="none"))
    assert other == [(TWINS[1], True), (TWINS[0], False)]


def test_an_identifier_names_one_thing() -> None:
    for text in ("person/raman-salei-1994", NAMES.of("person", "raman-salei-1994").value):
        [first, *_] = asked(text)
        assert (first.facts.name, first.score, first.is_sure) == ("Raman Salei", 100.0, True)


def test_a_key_of_another_register_names_one_thing() -> None:
    query = Query(("paris2024:2788583",))
    [found] = bundled_reconciler().candidates(query, [])
    assert (found.facts.name, found.is_sure) == ("Raman Salei", True)
    by_evidence = Query(("R. Salei",), evidence=(of("externalId", "paris2024:2788583"),))
    [found] = bundled_reconciler().candidates(by_evidence, [])
    assert (found.facts.name, found.is_sure) == ("Raman Salei", True)


def test_a_merged_person_is_found_at_the_address_of_today() -> None:
    state = twins()
    old, new = (NAMES.of("person", key) for key in TWINS)
    change = merge(state, NAMES, [(old, new)])
    merged = MemoryDraft((*(set(state.quads()) - set(change.removed)), *change.added))
    [found] = Reconciler(merged, NAMES).candidates(Query((f"person/{TWINS[0]}",)), [])
    assert found.facts.node == new


def test_what_the_record_no_longer_knows_is_told_to_nobody() -> None:
    gone = NAMES.of("person", "raman-salei-1994")
    state = MemoryDraft()
    found = Reconciler(state, NAMES).candidates(Query(("Raman Salei", gone.value)), [gone])
    assert found == []


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Azerbaijan", "Nation", "AZE"),
        ("ger", "Nation", "GER"),
        ("FRG", "Nation", "FRG"),
        ("Paris 2024 Paralympics", "Games", "2024-summer-para"),
        ("17th Summer Paralympic Games", "Games", "2024-summer-para"),
        ("paraswimming", "Sport", "para-swimming"),
        ("National Paralympic Committee of Azerbaijan", "Organization", "npc-azerbaijan"),
        ("azerbaijan", "Place", "azerbaijan"),
    ],
)
def test_other_things_are_sure_by_their_name(text: str, kind: str, found: str) -> None:
    assert sure(text, kind) == found


def test_events_of_one_name_are_told_apart_by_their_sport() -> None:
    text, sport = "Women's Singles", "wheelchair tennis"
    assert sure(text, "Event", games="Paris 2024", sport=sport).endswith("tennis--womens-singles")


def test_the_kinds_that_are_wanted_are_the_only_ones() -> None:
    kinds = {one.facts.kind for one in asked("Azerbaijan", "")}
    assert {"Nation", "Place"} <= kinds
    assert {one.facts.kind for one in asked("Azerbaijan", "Nation")} == {"Nation"}


def test_no_more_are_given_than_are_wanted() -> None:
    assert len(bundled("Person")) > 4_000
    query = Query(("Li",), ("Person",), limit=3)
    assert len(bundled_reconciler().candidates(query, bundled("Person"))) == 3


@pytest.mark.parametrize("text", ["Paris 2024", "2024 Paris", "PARIS-2024", "Paralympics 2024"])
def test_games_are_sure_by_city_and_year_where_only_one_has_them(text: str) -> None:
    assert sure(text, "Games") == "2024-summer-para"


@pytest.mark.parametrize("text", ["2024", "Paris", "Paris 2020", "Paris 2024 Olympics"])
def test_games_are_not_sure_by_less_or_by_what_speaks_against_them(text: str) -> None:
    assert sure(text, "Games") == ""


def test_two_games_of_one_city_and_year_are_both_offered_before_others() -> None:
    named = {"a": "Paris 2024 Olympics", "b": "Paris 2024 Paralympics", "c": "Athens 2004"}
    state = MemoryDraft(
        quad
        for key, label in named.items()
        for quad in (
            Quad(NAMES.of("games", key), RDF_TYPE, mg("Games"), NEWS),
            Quad(NAMES.of("games", key), RDFS_LABEL, Literal(label), NEWS),
        )
    )
    query = Query(("Paris 2024",), ("Games",))
    found = Reconciler(state, NAMES).candidates(query, everything(state, "Games"))
    assert [one.facts.name for one in found[:2]] == [named["a"], named["b"]]
    assert not any(one.is_sure for one in found)
    assert all(one.score < found[0].score / 2 for one in found[2:])
