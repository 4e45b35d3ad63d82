"""Whoever tells how many medals a nation has at some Games tells the same number."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from .medal_world import medals_in
from .portrait_world import page, read_page
from .service_world import BROWSER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .service_world import World

GAMES = "2000-summer"
PUBLISHED = """INSERT DATA {
  GRAPH graph:meta { graph:yearbook a prov:Entity ; dcterms:title "Yearbook" ; mg:priority 1 ;
    mg:rule rule:with-art }
  GRAPH graph:yearbook {
    tally:y1 a mg:Tally ; mg:games games:1936-summer ; mg:nation nation:GER ;
      mg:gold 38 ; mg:silver 31 ; mg:bronze 32 .
    tally:y2 a mg:Tally ; mg:games games:2000-summer ; mg:nation nation:GER ;
      mg:gold 1 ; mg:silver 0 ; mg:bronze 0 .
    games:1936-summer a mg:Games ; rdfs:label "1936 Summer Olympics"@en ; mg:kind mg:Olympic ;
      mg:season mg:Summer ; mg:year 1936 ; mg:from "1936-08-01" ; mg:until "1936-08-16" }
  GRAPH graph:almanac {
    tally:y3 a mg:Tally ; mg:games games:1936-summer ; mg:nation nation:GER ;
      mg:sport sport:art-competitions ; mg:gold 5 ; mg:silver 5 ; mg:bronze 2 } }"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with medals_in(tmp_path_factory.mktemp("agreement")) as made:
        made.store.update(PUBLISHED)
        yield made


def table(world: World, games: str) -> dict[str, list[str]]:
    answer = world.client.get(f"/medals?games={games}&format=csv")
    return {
        row["code"]: [row[name] for name in ("gold", "silver", "bronze", "total")]
        for row in csv.DictReader(io.StringIO(answer.text))
    }


def test_the_page_of_the_games_counts_by_the_rule_of_the_medal_tables(world: World) -> None:
    """Germany's gold is for a poem, which the usual rule does not count."""
    section = page(world, f"/id/games/{GAMES}").section("Medal table")
    told = {row[1].rpartition(" ")[2]: row[2:] for row in section.rows()}
    assert told == table(world, GAMES)
    assert "GER" not in told
    assert "Counted by: after reallocations." in section.text


@pytest.mark.parametrize("code", ["GER", "JAM", "GRE", "FRG", "USA"])
def test_the_page_of_a_nation_tells_what_the_table_of_each_games_tells(
    world: World, code: str
) -> None:
    rows = page(world, f"/id/nation/{code}").section("Medals under this code").rows()
    told = {row[0]: row[1:5] for row in rows}
    for games, label in ((GAMES, "2000 Summer Olympics"), ("1936-summer", "1936 Summer Olympics")):
        nothing = ["0", "0", "0", "0"]
        assert told.get(label, nothing) == table(world, games).get(code, nothing)


def test_a_medal_that_the_usual_rule_leaves_out_counts_where_a_rule_with_it_is_chosen(
    world: World,
) -> None:
    section = page(world, f"/id/games/{GAMES}", rule="with-art").section("Medal table")
    assert ["1", "Germany GER", "1", "0", "0", "1"] in section.rows()


def compared(world: World, **asked: str) -> dict[tuple[str, str], dict[str, str]]:
    answer = world.client.get("/medals/compare", query_string={**asked, "format": "csv"})
    rows = csv.DictReader(io.StringIO(answer.text))
    return {(row["code"], row["medal"]): row for row in rows}


def test_of_a_nation_without_a_line_a_count_says_zero_and_a_source_nothing(world: World) -> None:
    """The Press counts the United States, Greece and Jamaica only."""
    by_day = compared(world, games=GAMES, on="2000-10-01", with_on="2010-01-01")
    gold = by_day["USA", "gold"]
    assert (gold["first"], gold["second"], gold["difference"]) == ("1", "0", "-1")
    silver = by_day["USA", "silver"]
    assert (silver["first"], silver["second"], silver["difference"]) == ("0", "0", "0")
    with_press = compared(world, games=GAMES, source="press", with_rule="with-art")
    german = with_press["GER", "gold"]
    assert (german["first"], german["second"], german["difference"]) == ("", "1", "")


def test_a_published_table_that_two_rules_take_differs_by_the_sport_that_is_named(
    world: World,
) -> None:
    gold = compared(world, games="1936-summer", with_rule="with-art")["GER", "gold"]
    assert (gold["first"], gold["second"]) == ("33", "38")
    assert gold["because"] == "medals for Art Competitions, which the first does not count +5"


def test_cells_of_the_same_number_of_other_medals_are_not_said_to_differ(world: World) -> None:
    """Of Jamaica's bronze medals of the 100 m one went and another came."""
    asked = {"games": GAMES, "on": "2000-10-01", "with_on": "2010-01-01"}
    answer = world.client.get("/medals/compare", query_string=asked, headers={"Accept": BROWSER})
    text = " ".join(read_page(answer.text).text.split())
    assert "2 cells differ , each explained" in text
    assert "1 more has the same number, but not of the same medals." in text


def test_the_line_of_mixed_teams_has_a_name_in_words_and_no_page_that_is_not_there(
    world: World,
) -> None:
    for path in (f"/medals?games={GAMES}", f"/medals/compare?games={GAMES}&with_rule=with-art"):
        answer = world.client.get(path, headers={"Accept": BROWSER})
        assert "Mixed teams" in read_page(answer.text).text
        assert "/id/nation/MIX" not in answer.text
    assert "Mixed teams,MIX,1,0,0,1" in world.client.get(f"/medals?games={GAMES}&format=csv").text
    page_of_cell = world.client.get(
        f"/medals?games={GAMES}&nation=MIX", headers={"Accept": BROWSER}
    )
    [title] = read_page(page_of_cell.text).every("h1")
    assert title.text.startswith("1 medal in all: Mixed teams")
