"""What a table of published counts follows of its rule, and what it says that it does not.

Where a published cell comes from stands beside it: IOC is olympics.com, the page of the
Games; Olympedia is the table of the edition there.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from graph.engines.memory import MemoryDraft
from graph.lexical import as_stored
from graph.medals.basis import Lack
from graph.medals.caveats import caveats
from graph.medals.choices import Choices, Succession
from graph.medals.counting import count_medals
from graph.medals.editions import editions_of, with_parts
from graph.medals.rules import rule_named
from graph.medals.table import MEDALS
from graph.names import mg

from .century import NAMES, converted, rules_and_nations

if TYPE_CHECKING:
    from pathlib import Path

    from graph.medals.counting import Count
    from graph.medals.rules import Rule
    from graph.terms import NamedNode

    from .century import Cells

SPORTS, WIKIDATA = "games-countries-sports", "wikidata-medallists"


@cache
def state(data: Path, *importers: str) -> MemoryDraft:
    """Return what some importers make of the real tables, with Olympedia's and the rules."""
    folders = {WIKIDATA: "olympic-medallists-wikidata"}
    quads = rules_and_nations()
    for importer in ("olympedia-games", *importers):
        quads += converted(importer, data / folders.get(importer, importer))
    return MemoryDraft(map(as_stored, quads))


def games(key: str) -> NamedNode:
    return NAMES.of("games", key)


def cells(count: Count, *codes: str) -> Cells:
    found = {}
    for code in codes:
        gold, silver, bronze = (count.medals[NAMES.of("nation", code)][medal] for medal in MEDALS)
        found[code] = gold, silver, bronze
    return found


def rule_of(reader: MemoryDraft, name: str, choices: Choices | None = None) -> Rule:
    return (choices or Choices()).made_in(rule_named(reader, name), reader)


def counted(
    reader: MemoryDraft, name: str, *keys: str, choices: Choices | None = None
) -> tuple[Count, list[str]]:
    """Return the count under a rule, and what is said above its table."""
    rule = rule_of(reader, name, choices)
    count = count_medals(reader, NAMES, map(games, keys), rule)
    return count, [caveat.text for caveat in caveats(count, rule)]


def lacks(count: Count, key: str) -> list[Lack]:
    return [unmet.lack for unmet in count.editions[games(key)].unmet]


def test_counts_of_today_are_no_table_at_closing_and_that_is_said_first(shared_data: Path) -> None:
    """Beijing 2008: China closed with 51 gold medals (IOC, 24 August 2008), today it has 48."""
    count, said = counted(state(shared_data), "official-at-closing", "2008-summer")
    assert cells(count, "CHN", "USA") == {"CHN": (48, 22, 30), "USA": (36, 39, 37)}
    assert said[0].startswith("Not a table at closing: “Olympic Games 1896 to 2032")
    assert lacks(count, "2008-summer") == [Lack.OF_TODAY]

    count, said = counted(state(shared_data), "after-reallocations", "2008-summer")
    assert (lacks(count, "2008-summer"), said) == ([], [])


def test_medals_for_art_that_nobody_counts_apart_stay_and_that_is_said(shared_data: Path) -> None:
    count, [said] = counted(state(shared_data), "after-reallocations", "1936-summer")
    assert cells(count, "GER") == {"GER": (38, 31, 32)}  # Olympedia, with art
    assert said.startswith(
        "Not left out as the rule demands: medals for Aeronautics, Alpinism, Art Competitions"
    )


@pytest.mark.parametrize(
    ("edition", "table"),
    [
        # IOC: without art, alpinism and aeronautics
        ("1912-summer", {"USA": (25, 19, 19), "FRA": (7, 4, 3), "ITA": (3, 1, 2)}),
        ("1932-summer", {"USA": (41, 32, 30), "GER": (3, 12, 5), "FRA": (10, 5, 4)}),
        ("1936-summer", {"GER": (33, 26, 30), "USA": (24, 20, 12), "SUI": (1, 9, 5)}),
        ("1936-summer", {"AUT": (4, 6, 3), "ITA": (8, 9, 5), "FIN": (7, 6, 6)}),
        ("1948-summer", {"GBR": (3, 14, 6), "FIN": (8, 7, 5), "SWE": (16, 11, 17)}),
    ],
)
def test_medals_for_art_are_taken_off_where_another_source_counts_them(
    shared_data: Path, edition: str, table: Cells
) -> None:
    count, said = counted(state(shared_data, SPORTS), "after-reallocations", edition)
    assert cells(count, *table) == table
    assert said == []
    assert count.editions[games(edition)].is_published
    assert [one.sport for one in count.editions[games(edition)].taken_off][-1] == "Art Competitions"


def test_a_rule_that_counts_art_takes_the_counts_as_they_are(shared_data: Path) -> None:
    count, said = counted(state(shared_data, SPORTS), "with-art", "1936-summer")
    assert (cells(count, "GER"), said) == ({"GER": (38, 31, 32)}, [])  # Olympedia


def test_results_that_lack_a_few_medals_give_way_to_a_whole_table(shared_data: Path) -> None:
    """Atlanta 1996: Wikidata has 829 of 842 medals, and German bronzes that were others'."""
    count, said = counted(state(shared_data, WIKIDATA), "after-reallocations", "1996-summer")
    assert cells(count, "USA", "GER", "FRA") == {  # IOC
        "USA": (44, 32, 25),
        "GER": (20, 18, 27),
        "FRA": (15, 7, 15),
    }
    basis = count.editions[games("1996-summer")]
    assert (basis.is_published, basis.beside, said) == (True, 829, [])


def test_where_results_are_counted_what_they_lack_is_said_by_nation(shared_data: Path) -> None:
    """The same results under a rule that no published count follows."""
    count, _ = counted(state(shared_data, WIKIDATA), "per-person", "1996-summer")
    beside = count.partial[games("1996-summer")]
    assert (beside.published, beside.counted) == (842, 829)
    assert beside.too_many - beside.missing == 829 - 842
    # The results have 42-31-24 for the United States, and 20-18-31 for Germany.
    more = {code: [*beside.more[NAMES.of("nation", code)].values()] for code in ("USA", "GER")}
    assert more == {"USA": [-2, -1, -1], "GER": [0, 0, 4]}


def test_nothing_is_counted_per_person_of_counts_of_nations(shared_data: Path) -> None:
    count, [said] = counted(state(shared_data), "per-person", "2008-summer")
    assert (dict(count.medals), count.unknown) == ({}, [games("2008-summer")])
    assert said.startswith("Nothing per person")


def test_published_medals_of_mixed_teams_cannot_be_shared(shared_data: Path) -> None:
    count, [said] = counted(state(shared_data), "mixed-shared", "1896-summer")
    assert cells(count, "MIX") == {"MIX": (1, 0, 1)}  # Olympedia
    assert said.startswith("Not shared as the rule demands")


def test_results_without_a_dated_decision_are_no_table_at_closing(shared_data: Path) -> None:
    data = state(shared_data, WIKIDATA)
    without = MemoryDraft(
        quad for quad in data.quads() if "/olympedia-games" not in str(quad.graph_name)
    )
    count, [said] = counted(without, "official-at-closing", "2012-summer")
    assert count.awards
    assert said.startswith("Not a table at closing: no award has a dated decision")


def test_1956_is_one_table_of_two_cities(shared_data: Path) -> None:
    reader = state(shared_data)
    both = with_parts(reader, [games("1956-summer")])
    assert both == [games("1956-summer"), games("1956-summer-equestrian")]
    rule = rule_of(reader, "after-reallocations")
    together = count_medals(reader, NAMES, both, rule)
    assert cells(together, "SWE", "GER") == {"SWE": (8, 5, 6), "GER": (6, 13, 7)}  # IOC


def test_1906_and_succession_are_two_choices_of_one_table(shared_data: Path) -> None:
    reader = state(shared_data, SPORTS)
    editions = [
        *editions_of(reader, mg("Olympic"), mg("Summer")),
        *editions_of(reader, mg("Olympic"), mg("Intercalated")),
    ]
    found: dict[str, tuple[int, int, int]] = {}
    for with_1906, words in ((False, "without 1906"), (True, "with 1906")):
        choices = Choices(succession=Succession.SUCCESSORS, with_1906=with_1906)
        rule = rule_of(reader, "after-reallocations", choices)
        count = count_medals(reader, NAMES, editions, rule)
        assert rule.title == f"after reallocations, successors joined, {words}"
        assert NAMES.of("nation", "FRG") not in count.medals
        found |= {words: cells(count, "HUN")["HUN"]}
    assert found == {
        "without 1906": (181, 154, 176),  # Wikipedia, all-time list, summer 1896 to 2020
        "with 1906": (181 + 2, 154 + 5, 176 + 3),  # Olympedia, the Games of 1906
    }


@pytest.mark.parametrize(
    ("choices", "changed"),
    [
        (Choices(with_art=True), {"left_out": frozenset()}),
        (Choices(mixed_shared=True), {"shares_mixed": True}),
        (Choices(per_person=True), {"per_person": True}),
        (Choices(neutral_ranked=True), {"unranked": frozenset()}),
        (Choices(succession=Succession.CODES), {"merges_former_codes": True}),
    ],
)
def test_a_choice_changes_what_it_says_and_nothing_else(
    shared_data: Path, choices: Choices, changed: dict[str, object]
) -> None:
    reader = state(shared_data)
    rule = rule_of(reader, "after-reallocations")
    made = choices.made_in(rule, reader)
    assert made == replace(rule, choices=made.choices, **changed)  # type: ignore[arg-type]
    assert made.choices
    assert Choices().made_in(rule, reader) == rule
