"""Who is the same person: spelling, points and reasons, merges that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.engines.memory import MemoryDraft
from graph.identity.matching import matches
from graph.identity.profiles import Profile
from graph.identity.redirects import Redirector, identity_graph, leads_to, merge, redirects
from graph.identity.scoring import compare
from graph.identity.sports import families
from graph.names import SAME_AS, Names, mg
from graph.progress import silent
from graph.spelling import likeness
from graph.succession import later_codes
from graph.terms import Literal, Quad

from .bundled_record import bundled_record
from .shape_world import world

if TYPE_CHECKING:
    from graph.terms import NamedNode

NAMES = Names()


def person(end: str, *labels: str, **facts: str) -> Profile:
    """Return a description; facts are one value of an attribute each."""
    found = Profile(NAMES.of("person", end), labels=set(labels))
    for attribute, value in facts.items():
        kind = {"nations": "nation", "sports": "sport", "events": "event"}.get(attribute)
        getattr(found, attribute).add(NAMES.of(kind, value) if kind else value)
    return found


def started(end: str, label: str, nation: str, event: str) -> Profile:
    """Return somebody who was in an event of judo."""
    found = person(end, label, nations=nation, sports="judo", events=event)
    found.years.add(2024)
    return found


def points(one: Profile, other: Profile) -> float:
    match = compare(one, other, {})
    return match.points if match else 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lamiya Valiyeva", "VALIYEVA Lamiya"),
        ("László Cseh", "Lszl Cseh, Jr."),
        ("Öznur Cüre", "Oznur Cure Girdi"),
        ("Yuliya Chepalova", "Iuliia Tchepalova"),
        ("Khadija Shariff", "Hadija Sharif"),
        ("Alexander Popov", "Aleksandr Vladimirovich Popov"),
        ("GEISS H.", "Heinz Geiss"),
        ("Rovshan Bayramov", "Rvn Bayramov"),
        ("Will Lockwood", "William Lockwood"),
        ("Hossein Rezazadeh", "Hossein Reza Zadeh"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    alike, _, _ = likeness(one, other)
    assert alike >= 0.75


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Li Na", "Li Ting"),
        ("Yelena Isinbayeva", "Yelena Slesarenko"),
        ("Anna Olsson", "Johanna Olsson"),
    ],
)
def test_names_of_two_people_are_not(one: str, other: str) -> None:
    alike, _, _ = likeness(one, other)
    assert alike < 0.85


def test_a_match_says_its_reasons() -> None:
    one = person("a", "Li Ting", born="1980-01-07", nations="CHN", sports="tennis")
    other = person("b", "LI Ting", born="1980~", nations="CHN", sports="tennis")
    match = compare(one, other, {})
    assert match is not None
    assert [(reason.text, reason.points) for reason in match.reasons] == [
        ("the same name (Li Ting / LI Ting)", 6.0),
        ("born in 1980", 2.5),
        ("both for CHN", 2.0),
        ("both in tennis", 2.0),
    ]
    assert match.is_sure


def test_namesakes_born_years_apart_are_two() -> None:
    one = person("a", "Li Ting", born="1980-01-07", nations="CHN", sports="tennis")
    other = person("b", "Li Ting", born="1987-04-01", nations="CHN", sports="tennis")
    assert points(one, other) < 5


def test_twins_are_two() -> None:
    one = person("a", "Anna Meyer", born="1990-05-05", nations="GER", sports="rowing", sexes="F")
    other = person("b", "Lena Meyer", born="1990-05-05", nations="GER", sports="rowing", sexes="F")
    assert points(one, other) < 9


def test_a_man_and_a_woman_are_two() -> None:
    one = person("a", "Kim Min", born="1990-05-05", sexes="http://x#M")
    other = person("b", "Kim Min", born="1990-05-05", sexes="http://x#F")
    assert points(one, other) == 0


def test_two_keys_of_one_register_are_two_people_and_one_key_is_one() -> None:
    one = person("a", "Li Ting", born="1980-01-07", ids="paris2024:1")
    other = person("b", "Li Ting", born="1980-01-07", ids="paris2024:2")
    third = person("c", "L. Tin", ids="paris2024:1")
    assert points(one, other) == 0
    match = compare(one, third, {})
    assert match is None or match.points > 9


def test_one_person_under_three_nations_is_found() -> None:
    soviet = person("a", "Oksana Chusovitina", born="1975-06-19", nations="EUN", sports="gym")
    uzbek = person("b", "Oksana CHUSOVITINA", born="1975-06-19", nations="UZB", sports="gym")
    german = person("c", "Chusovitina Oksana", born="1975-06-19", nations="GER", sports="gym")
    found = matches([soviet], [uzbek], {}, progress=silent)
    assert [match.is_sure for match in found] == [True]
    found = matches([german], [uzbek], {}, progress=silent)
    assert [match.is_sure for match in found] == [True]


def test_of_two_who_fit_alike_neither_is_sure() -> None:
    one = person("a", "Li Ting", nations="CHN", sports="tennis")
    others = [person(end, "Li Ting", nations="CHN", sports="tennis") for end in ("b", "c")]
    [match] = matches([one], others, {}, progress=silent)
    assert (match.points, match.rival, match.is_sure) == (10.0, 10.0, False)


def test_one_person_is_matched_once() -> None:
    ones = [
        person("a", "Li Ting", nations="CHN", born="1980-01-07"),
        person("b", "Li Ting", nations="CHN"),
    ]
    other = person("c", "Li Ting", nations="CHN", born="1980-01-07")
    found = matches(ones, [other], {}, progress=silent)
    assert [(match.one.label, match.is_sure) for match in found] == [
        ("Li Ting", True),
        ("Li Ting", False),
    ]


def test_pairs_that_somebody_said_are_two_are_not_listed() -> None:
    one, other = (person(end, "Li Ting", nations="CHN", sports="x") for end in ("a", "b"))
    apart = frozenset({frozenset({one.node, other.node})})
    assert matches([one], [other], {}, apart=apart, progress=silent) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Seyid Nadjafzada", "Said Najafzade"),
        ("Imameddin Khalil", "Imamaddin Khalilov"),
        ("Veli Israfil", "Vali Israfilov"),
    ],
)
def test_like_names_in_one_event_for_one_nation_are_listed_and_never_sure(
    one: str, other: str
) -> None:
    mine, theirs = started("a", one, "AZE", "judo-60"), started("b", other, "AZE", "judo-60")
    [found] = matches([mine], [theirs], {}, progress=silent)
    assert not found.is_sure
    elsewhere = started("b", other, "AZE", "judo-66")
    assert matches([mine], [elsewhere], {}, progress=silent) == []


def test_teammates_whose_names_have_one_like_part_are_not_listed() -> None:
    mine, mate = (
        started(end, name, "NED", "judo-teams")
        for end, name in (("a", "Anna Visser"), ("b", "Jane Vissering"))
    )
    assert matches([mine], [mate], {}, progress=silent) == []


def test_two_who_fit_one_person_alike_are_both_doubtful() -> None:
    ones = [person(end, "Li Ting", nations="CHN", sports="tennis") for end in ("a", "b")]
    other = person("c", "Li Ting", nations="CHN", sports="tennis")
    found = matches(ones, [other], {}, progress=silent)
    assert [(match.points, match.rival, match.is_sure) for match in found] == [
        (10.0, 10.0, False),
        (10.0, 10.0, False),
    ]


def test_whom_somebody_else_fits_far_better_is_no_candidate() -> None:
    keeper = person("a", "Marco Amelia", born="1982-04-02", nations="ITA", sports="football")
    striker = person("b", "Marco Donadel", born="1983-04-21", nations="ITA", sports="football")
    for one in (keeper, striker):
        one.years.add(2004)
    other = person("c", "Marco Donadel", born="1983~", nations="ITA", sports="football")
    other.years.add(2004)
    [alone] = matches([keeper], [other], {}, progress=silent)
    assert (alone.points, alone.is_sure) == (5.0, False)
    [found] = matches([keeper, striker], [other], {}, progress=silent)
    assert (found.one, found.is_sure) == (striker, True)


def test_the_same_people_match_whichever_source_is_larger() -> None:
    one = person("a", "Li Ting", nations="CHN", born="1980-01-07")
    others = [
        person("b", "Ting LI", nations="CHN", born="1980~"),
        person("c", "Wang Zheng", nations="CHN", born="1980~"),
    ]
    [there] = matches([one], others, {}, progress=silent)
    [back] = matches(others, [one], {}, progress=silent)
    assert (there.one, there.other) == (back.other, back.one)
    assert there.points == back.points == 10.5


def test_a_name_of_two_short_parts_is_found() -> None:
    one, other = (person(end, "Li Na", nations="CHN", born="1981-03-09") for end in ("a", "b"))
    assert [match.is_sure for match in matches([one], [other], {}, progress=silent)] == [True]


def test_one_key_is_one_person_whatever_the_names() -> None:
    one = person("a", "Jolanda Steblovnik", ids="wikidata:Q239269")
    other = person("b", "J. Batagelj", ids="wikidata:Q239269")
    [match] = matches([one], [other], {}, progress=silent)
    assert match.is_sure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("equestrianism", "equestrian"),
        ("hockey", "field-hockey"),
        ("rhythmic-gymnastics", "gymnastics"),
        ("trampolining", "trampoline-gymnastics"),
        ("synchronized-swimming", "artistic-swimming"),
        ("canoeing", "canoe-sprint"),
        ("cycling", "cycling-bmx-racing"),
    ],
)
def test_a_sport_under_another_name_is_the_same(one: str, other: str) -> None:
    assert families([NAMES.of("sport", one)]) == families([NAMES.of("sport", other)])


def test_hockey_on_ice_is_another_sport() -> None:
    sports = families([NAMES.of("sport", "hockey"), NAMES.of("sport", "ice-hockey")])
    assert len(sports) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oh Kyo-Moon", "O Gyo-Mun"),
        ("Woo Hyun-jung", "U Hyeon-Jeong"),
        ("Yoo Nam-kyu", "Yu Nam-Gyu"),
    ],
)
def test_korean_names_are_alike_between_koreans_only(one: str, other: str) -> None:
    korean = [person(end, name, nations="KOR") for end, name in (("a", one), ("b", other))]
    else_where = [person(end, name, nations="USA") for end, name in (("a", one), ("b", other))]
    assert points(*korean) == 4.0
    assert points(*else_where) < 4.0


def test_nations_of_one_succession_are_one_group() -> None:
    groups = later_codes(bundled_record(), NAMES)
    group = {code: groups[NAMES.of("nation", code)] for code in ("URS", "EUN", "RUS", "ROC")}
    assert len(set(group.values())) == 1
    assert groups[NAMES.of("nation", "SRB")] == groups[NAMES.of("nation", "CRO")]
    assert groups[NAMES.of("nation", "FRG")] != groups[NAMES.of("nation", "URS")]


class TestMerge:
    BOOK = NAMES.graph("book")
    NEWS = NAMES.graph("news")
    OLD, NEW = NAMES.of("person", "old"), NAMES.of("person", "cem")

    def state(self, *more: Quad) -> MemoryDraft:
        return MemoryDraft({*world(), *more})

    def said(self, prop: NamedNode, value: str, graph: NamedNode) -> Quad:
        return Quad(self.OLD, prop, Literal(value), graph)

    def test_what_is_said_of_the_old_address_is_said_of_the_new_one(self) -> None:
        quad = Quad(NAMES.of("entry", "x"), mg("athlete"), self.OLD, self.NEWS)
        state = self.state(quad)
        change = merge(state, NAMES, [(self.OLD, self.NEW)])
        assert quad in change.removed
        assert Quad(quad.subject, quad.predicate, self.NEW, self.NEWS) in change.added
        state.apply(change)
        assert redirects(state, NAMES) == {self.OLD: self.NEW}
        assert not [q for q in state.quads(self.OLD) if q.graph_name == self.NEWS]

    def test_a_birth_about_the_known_day_becomes_a_claim_of_its_source(self) -> None:
        exact = Quad(self.NEW, mg("born"), Literal("1990-05-05"), self.BOOK)
        state = MemoryDraft([exact, self.said(mg("born"), "1991~", self.NEWS)])
        change = merge(state, NAMES, [(self.OLD, self.NEW)])
        state.apply(change)
        assert [q.object for q in state.quads(self.NEW, mg("born"))] == [exact.object]
        reasons = [q.object for q in change.added if q.predicate == mg("reason")]
        assert reasons == [Literal("It is about the birth that is known exactly, 1990-05-05.")]

    def test_another_exact_birth_stays_for_somebody_to_decide(self) -> None:
        state = self.state(self.said(mg("born"), "1950-01-01", self.NEWS))
        change = merge(state, NAMES, [(self.OLD, self.NEW)])
        assert Quad(self.NEW, mg("born"), Literal("1950-01-01"), self.NEWS) in change.added

    def test_a_merge_and_its_inverse_leave_the_state_as_it_was(self) -> None:
        state = self.state(self.said(mg("born"), "1999", self.NEWS))
        before = set(state.quads())
        change = merge(state, NAMES, [(self.OLD, self.NEW)])
        state.apply(change)
        state.apply(change.inverse())
        assert set(state.quads()) == before

    def test_a_chain_of_merges_leads_to_its_end(self) -> None:
        state, first = self.state(), NAMES.of("person", "first")
        state.apply(merge(state, NAMES, [(first, self.OLD)]))
        state.apply(merge(state, NAMES, [(self.OLD, self.NEW)]))
        assert redirects(state, NAMES) == {first: self.NEW, self.OLD: self.NEW}
        assert leads_to(state, NAMES, first) == self.NEW
        assert leads_to(state, NAMES, self.NEW) is None

    def test_links_that_go_round_lead_somewhere_and_end(self) -> None:
        graph = identity_graph(NAMES)
        round_trip = (
            Quad(self.OLD, SAME_AS, self.NEW, graph),
            Quad(self.NEW, SAME_AS, self.OLD, graph),
        )
        assert leads_to(self.state(*round_trip), NAMES, self.OLD) == self.NEW

    def test_an_import_says_the_same_at_the_new_address(self) -> None:
        state = self.state(self.said(mg("born"), "1999~", self.NEWS))
        state.apply(merge(state, NAMES, [(self.OLD, self.NEW)]))
        mover = Redirector(state, NAMES, redirects(state, NAMES))
        again = set(mover.all([self.said(mg("born"), "1999~", self.NEWS)]))
        assert again <= set(state.quads())
