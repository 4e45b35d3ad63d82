"""Counts under each choice of a counting rule, in the small world that every shape accepts.

In it a 100 m gold is withdrawn in January 2025 and passed on, the silver is left vacant, a
50 m gold is withdrawn during the Games and given back a year later, two share a gold, judo
has two bronzes, and one relay is of a mixed team while another is of two nations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from graph.engines.memory import MemoryDraft
from graph.errors import BadInput, NotFound
from graph.lexical import as_stored
from graph.medals.counting import count_medals
from graph.medals.editions import edition_named
from graph.medals.rules import CutOff, Rule, rule_named, rules
from graph.medals.standing import day_of
from graph.medals.table import MEDALS
from graph.names import Names, mg

from .bundled_record import bundled_record
from .shape_world import world

if TYPE_CHECKING:
    from graph.terms import NamedNode

NAMES = Names()
PARIS = NAMES.of("games", "2024")
PREFIXES = "".join(
    f"PREFIX {prefix}: <{iri}> "
    for prefix, iri in {
        "mg": mg("").value,
        "dcterms": "http://purl.org/dc/terms/",
        **{kind: f"{NAMES.base}/id/{kind}/" for kind in ("graph", "nation", "award", "entry")},
    }.items()
)


def counted(
    rule: Rule, *, more: str = "", as_of: str | None = None, games: NamedNode = PARIS
) -> dict[str, tuple[int, ...]]:
    """Return gold, silver and bronze of each line, by the end of its IRI."""
    quads = [*world(), *map(as_stored, parse(PREFIXES + more, format=RdfFormat.TRIG))]
    count = count_medals(MemoryDraft(quads), NAMES, [games], rule, as_of=as_of)
    return {
        str(line).rstrip(">").rpartition("/")[2]: tuple(medals[medal] for medal in MEDALS)
        for line, medals in count.medals.items()
    }


AT_CLOSING = {
    "AZE": (2, 0, 1),
    "FRA": (0, 3, 1),
    "NPA": (1, 0, 0),
    "RPT": (1, 0, 1),
    "SGP": (0, 1, 1),
    "MIX": (1, 1, 0),
}
TODAY = {
    "AZE": (3, 0, 1),
    "FRA": (1, 2, 1),
    "RPT": (1, 0, 1),
    "SGP": (0, 1, 1),
    "MIX": (1, 1, 0),
}


def test_at_closing_no_later_decision_is_heeded() -> None:
    assert counted(Rule("closing", cut_off=CutOff.CLOSING)) == AT_CLOSING


def test_today_every_decision_is_heeded() -> None:
    assert counted(Rule("today")) == TODAY


@pytest.mark.parametrize(
    ("day", "aze", "npa"),
    [
        ("2024-09-02", (3, 0, 1), None),
        ("2024-09-04", (3, 0, 1), (1, 0, 0)),
        ("2024-09-05", (2, 0, 1), (1, 0, 0)),
        ("2025-01-09", (2, 0, 1), (1, 0, 0)),
        ("2025-01-10", (2, 0, 1), None),
        ("2025-02-01", (3, 0, 1), None),
    ],
)
def test_a_decision_counts_from_its_day_on(
    day: str, aze: tuple[int, ...], npa: tuple[int, ...] | None
) -> None:
    found = counted(Rule("given", cut_off=CutOff.GIVEN), as_of=day)
    assert (found["AZE"], found.get("NPA")) == (aze, npa)


def test_a_day_before_the_closing_counts_though_the_rule_says_at_closing() -> None:
    found = counted(Rule("closing", cut_off=CutOff.CLOSING), as_of="2024-09-04")
    assert found["AZE"] == (3, 0, 1)


def test_a_day_after_the_closing_changes_nothing_at_closing() -> None:
    assert counted(Rule("closing", cut_off=CutOff.CLOSING), as_of="2026") == AT_CLOSING


def test_a_rule_as_of_a_day_needs_one() -> None:
    with pytest.raises(BadInput, match="no day is given"):
        counted(Rule("given", cut_off=CutOff.GIVEN))


def test_a_mixed_team_counts_for_each_of_its_nations_where_the_rule_shares() -> None:
    found = counted(Rule("shared", shares_mixed=True))
    assert found == TODAY | {"FRA": (1, 3, 1), "SGP": (0, 2, 1), "MIX": (1, 0, 0)}


def test_each_person_counts_the_guide_too_and_an_entry_of_nobody_as_one() -> None:
    found = counted(Rule("people", per_person=True))
    assert found["FRA"] == (2, 2, 1)
    assert found["SGP"] == (0, 1, 1)
    assert found["MIX"] == (2, 2, 0)


def test_a_sport_and_games_that_the_rule_leaves_out_are_not_counted() -> None:
    judo = NAMES.of("sport", "judo")
    assert counted(Rule("no judo", left_out=frozenset({judo})))["AZE"] == (2, 0, 1)
    assert counted(Rule("winter only", left_out=frozenset({mg("Summer")}))) == {}


SOVIETS = "GRAPH graph:book { entry:judo-2 mg:nation nation:URS }"
SINGAPORE = "GRAPH graph:book { entry:judo-2 mg:nation nation:SIN }"


@pytest.mark.parametrize(
    ("more", "rule", "line"),
    [
        (SOVIETS, Rule("apart", shares_mixed=True), "URS"),
        (SOVIETS, Rule("codes", shares_mixed=True, merges_former_codes=True), "URS"),
        (SOVIETS, Rule("joined", shares_mixed=True, merges_successors=True), "AZE"),
        (SINGAPORE, Rule("apart", shares_mixed=True), "SIN"),
        (SINGAPORE, Rule("codes", shares_mixed=True, merges_former_codes=True), "SGP"),
        (SINGAPORE, Rule("joined", shares_mixed=True, merges_successors=True), "SGP"),
    ],
)
def test_successors_and_former_codes_are_joined_where_the_rule_says_so(
    more: str, rule: Rule, line: str
) -> None:
    before, after = counted(rule), counted(rule, more=more)
    gained = {name for name in after if after[name] != before.get(name)}
    assert gained == {line}


def test_a_nation_that_several_replace_stays_on_its_own_line() -> None:
    second = SOVIETS + " GRAPH graph:book { nation:FRA dcterms:replaces nation:URS }"
    found = counted(Rule("joined", shares_mixed=True, merges_successors=True), more=second)
    assert found["URS"] == (0, 1, 0)


def test_the_same_awards_in_a_second_source_count_once() -> None:
    again = (
        "GRAPH graph:other { award:other mg:event <https://w3id.org/medalgraph/id/event/judo> ; "
        "mg:entry entry:judo-1 ; mg:medal mg:Gold ; mg:status mg:Standing }"
    )
    assert counted(Rule("today"), more=again) == TODAY


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2024-09-08", "2024-09-08", "2024-09-08"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2007", "2007-01-01", "2007-12-31"),
        ("1986~", "1986-01-01", "1986-12-31"),
        ("199X", "1990-01-01", "1999-12-31"),
    ],
)
def test_a_date_that_is_no_day_spans_days(date: str, first: str, last: str) -> None:
    assert (day_of(date, last=False), day_of(date, last=True)) == (first, last)


def test_every_bundled_rule_is_read_with_its_choices() -> None:
    found = {rule.key: rule for rule in rules(bundled_record())}
    assert found["official-at-closing"].cut_off is CutOff.CLOSING
    assert found["as-of-date"].cut_off is CutOff.GIVEN
    assert found["per-person"].per_person
    assert found["mixed-shared"].shares_mixed
    assert found["successors-merged"].merges_successors
    not_official = {
        NAMES.of("sport", key) for key in ("aeronautics", "alpinism", "art-competitions")
    }
    assert found["without-1906"].left_out == {mg("Intercalated"), *not_official}
    assert found["after-reallocations"].left_out == not_official
    assert found["with-art"].left_out == frozenset()
    assert found["former-codes-merged"].merges_former_codes
    assert found["neutral-ranked"].unranked == frozenset()
    assert found["neutral-unranked"].unranked == {mg("Neutral")}


@pytest.mark.parametrize(
    "text", ["official at closing", "official-at-closing", "at-closing", "At closing"]
)
def test_a_rule_is_found_by_name_key_or_a_part_that_only_it_has(text: str) -> None:
    assert rule_named(bundled_record(), text).key == "official-at-closing"


def test_a_rule_that_is_not_there_or_is_not_the_only_one_is_answered_with_those_there_are() -> None:
    with pytest.raises(NotFound, match="no counting rule 'closed'") as none:
        rule_named(bundled_record(), "closed")
    assert "per-person" in none.value.hint
    with pytest.raises(NotFound, match="more than one") as several:
        rule_named(bundled_record(), "neutral")
    assert several.value.hint == "There are: neutral-ranked, neutral-unranked."


@pytest.mark.parametrize(
    "text",
    [
        "Paris 2024 Paralympics",
        "paris 2024 paralympics",
        "Paralympics, Paris 2024",
        "games:2024-summer-para",
        "2024-summer-para",
    ],
)
def test_games_are_found_by_label_in_any_order_or_by_key(text: str) -> None:
    assert edition_named(bundled_record(), text) == NAMES.of("games", "2024-summer-para")


def test_games_that_are_not_there_are_answered_with_names_that_are_alike() -> None:
    with pytest.raises(NotFound) as caught:
        edition_named(bundled_record(), "Pariss 2024 Paralympics")
    assert caught.value.hint.startswith("Did you mean 2024-summer-para")
    with pytest.raises(NotFound, match="no Games '東京'"):
        edition_named(bundled_record(), "東京")
    with pytest.raises(NotFound) as nothing:
        edition_named(MemoryDraft(), "Paris")
    assert nothing.value.hint == "The store has no Games yet."
