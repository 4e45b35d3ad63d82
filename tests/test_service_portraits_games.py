"""The page of some Games tells the medal table by a rule and on a day, and what changed later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.names import Names

from .bundled_service import bundled_service
from .century import rules_and_nations
from .portrait_world import WORLD, linked_data, page
from .service_world import BROWSER, World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = Names()
BEA = "Bea <img src=x onerror=alert(1)>"
GAMES, PARIS = "/id/games/1976-summer", "/id/games/2024-summer-para"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(tmp_path_factory.mktemp("games")) as made:
        made.store.update(WORLD)
        rules = [q for q in rules_and_nations() if q.graph_name == NAMES.graph("counting-rules")]
        with made.store.transaction() as change:
            change.add(*rules)
        yield made


def medals(world: World, **params: str) -> dict[str, list[str]]:
    rows = page(world, GAMES, **params).section("Medal table").rows()
    return {row[1]: row[2:] for row in rows}


def test_the_table_is_of_the_medals_held_now(world: World) -> None:
    assert medals(world) == {"Soviet Union URS": ["1", "0", "0", "1"]}


def test_by_another_rule_it_is_that_of_the_closing_day(world: World) -> None:
    assert medals(world, rule="official-at-closing") == {
        "Australia AUS": ["1", "0", "0", "1"],
        "Soviet Union URS": ["0", "1", "0", "1"],
    }


def test_it_can_be_of_any_day(world: World) -> None:
    assert medals(world, rule="as-of-date", on="1976-07-25").keys() == {
        "Australia AUS",
        "Soviet Union URS",
    }
    assert medals(world, rule="as-of-date", on="1990").keys() == {"Soviet Union URS"}


def test_a_rule_that_needs_a_day_says_so_where_none_is_given(world: World) -> None:
    found = page(world, GAMES, rule="as-of-date").section("Medal table")
    assert found.rows() == []
    assert found.every("p", **{"class": "note"})


def test_a_rule_that_there_is_not_is_a_404_with_those_there_are(world: World) -> None:
    answer = world.client.get(f"{GAMES}.html?rule=mine", headers={"Accept": BROWSER})
    assert answer.status_code == 404
    assert "official-at-closing" in answer.text


def test_what_was_decided_afterwards_is_listed_with_the_reason(world: World) -> None:
    rows = page(world, GAMES).section("What was decided").rows()
    assert ["1980-05-06", "Tower", "gold", BEA, "withdrawn", "She was not eligible."] in rows
    assert len(rows) == 4


def test_events_are_listed_by_sport(world: World) -> None:
    [group] = page(world, GAMES).section("Sports and events").every("details")
    assert group.every("summary")[0].text == "diving 1"
    assert [link.text for link in group.every("li")] == ["Tower"]


def test_nations_are_named_in_the_language_of_the_reader(world: World) -> None:
    told = page(world, GAMES, "de", rule="official-at-closing").section("Medal table")
    assert next(iter(told.rows()))[1] == "Australien AUS"


def test_programs_read_the_games_in_terms_of_schema_org(world: World) -> None:
    told = linked_data(page(world, GAMES))
    assert told["@type"] == "SportsEvent"
    assert (told["startDate"], told["endDate"]) == ("1976-07-17", "1976-08-01")


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with bundled_service(tmp_path_factory.mktemp("bundled")) as made:
        yield made


def test_counts_of_one_nation_are_shown_without_a_rank_and_say_so(bundled: World) -> None:
    found = page(bundled, "/id/games/2020-summer-para").section("Medal table")
    assert found.rows() == [["\N{EN DASH}", "Azerbaijan AZE", "14", "1", "4", "19"]]
    [note] = [one.text for one in found.every("p", **{"class": "note"}) if "No rank" in one.text]
    assert "only 1 nation" in note


def test_neutral_athletes_take_a_rank_only_where_it_is_asked_for_as_on_the_first_page(
    bundled: World,
) -> None:
    # The report and the first page have Azerbaijan as 28th; with neutral athletes it is 29th.
    def ranks(**params: str) -> tuple[str, str, str]:
        found = page(bundled, PARIS, **params).section("Medal table")
        by_code = {row[1].rpartition(" ")[2]: row[0] for row in found.rows()}
        [said] = [one.text for one in found.every("p") if one.text.startswith("Neutral")]
        return by_code["AZE"], by_code["NPA"], said.partition(".")[0]

    without = ("28", "\N{EN DASH}", "Neutral athletes are listed without a rank")
    among = ("29", "5", "Neutral athletes take a rank here, as a team of their own")
    assert ranks() == ranks(neutral="unranked") == without
    assert ranks(neutral="ranked") == among
    assert ranks(rule="neutral-ranked") == among
    assert ranks(rule="neutral-ranked", neutral="unranked") == without


def test_the_largest_games_of_the_bundle_fit_a_page(bundled: World) -> None:
    # China led the table of Paris with 94 golds, 76 silvers and 50 bronzes, of 549 events.
    answer = bundled.client.get(f"{PARIS}.html")
    found = page(bundled, PARIS)
    assert len(answer.data) < 200_000
    rows = found.section("Medal table").rows()
    assert rows[0] == ["1", "China CHN", "94", "76", "50", "220"]
    figures = found.every("dl")[1]
    assert [one.text for one in figures.every("dt")] == ["nations", "athletes", "events"]
    # Of these Games the athletes' list has 4,459 people of 170 teams.
    assert [one.text for one in figures.every("dd")] == ["170", "4,459", "549"]


def test_where_only_medallists_are_known_the_figures_say_so(world: World) -> None:
    figures = page(world, GAMES).every("dl", **{"class": "figures"})[0]
    words = [one.text for one in figures.every("dt")]
    assert words == ["nations with medals", "medallists", "events"]
    assert [one.text for one in figures.every("dd")] == ["2", "2", "1"]
