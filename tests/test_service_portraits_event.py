"""The page of an event tells its podium on any day, what was decided, and who was in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .portrait_world import PAIRS, TOWER, WORLD, linked_data, page
from .service_world import BROWSER, World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BEA = "Bea <img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(tmp_path_factory.mktemp("event")) as made:
        made.store.update(WORLD)
        yield made


def podium(world: World, path: str, **params: str) -> list[list[str]]:
    return [row[:3] for row in page(world, path, **params).section("The podium").rows()]


def test_the_podium_of_today_has_who_moved_up_and_the_place_left_vacant(world: World) -> None:
    gold, silver = podium(world, TOWER)
    assert gold == ["gold", "Anna Ivanova", "Soviet Union URS"]
    assert silver[0] == "silver"
    assert silver[1].startswith("Nobody: this place was left vacant. 1980-05-06 : left vacant by")


@pytest.mark.parametrize("day", ["1976-07-20", "1980-05-05", "1976-08", "1979"])
def test_the_podium_of_an_earlier_day_is_that_of_the_decisions_until_then(
    world: World, day: str
) -> None:
    assert podium(world, TOWER, on=day) == [
        ["gold", BEA, "Australia AUS"],
        ["silver", "Anna Ivanova", "Soviet Union URS"],
    ]


def test_on_the_day_of_a_decision_it_counts_already(world: World) -> None:
    assert podium(world, TOWER, on="1980-05-06") == podium(world, TOWER)


def test_before_the_first_day_nobody_has_a_medal(world: World) -> None:
    found = page(world, TOWER, on="1976-07-19").section("The podium")
    assert found.rows() == []
    assert "No medal stood then." in found.text


@pytest.mark.parametrize(
    "day", ["today", "2008-13-01", "20/08/2008", "2008-08-20T10:00", "0000", "2004-02-31"]
)
def test_what_is_no_day_is_refused_with_how_to_write_one(world: World, day: str) -> None:
    answer = world.client.get(
        f"{TOWER}.html", query_string={"on": day}, headers={"Accept": BROWSER}
    )
    assert answer.status_code == 400
    assert "on=2008-08-20" in answer.text


def test_the_days_that_changed_it_and_the_closing_day_are_links(world: World) -> None:
    found = page(world, TOWER).section("The podium")
    links = {link.text: link.attributes["href"] for link in found.every("a") if link.every("time")}
    assert links == {
        day: f"{TOWER}.html?on={day}" for day in ("1976-07-20", "1980-05-06", "1976-08-01")
    }


def test_each_decision_stands_with_date_body_and_reason(world: World) -> None:
    told = page(world, TOWER).section("What was decided").text
    assert "Australia AUS : withdrawn" in told
    assert "1980-05-06 : withdrawn by The Committee . She was not eligible." in told
    assert "1980-05-06 : reallocated by The Committee ." in told


def test_a_shared_place_says_so_and_a_team_names_its_members(world: World) -> None:
    shared = {row[2]: row[:2] for row in podium(world, PAIRS)}
    assert shared == {
        "Australia AUS": ["silver shared", f"</script><script>alert(2)</script> , {BEA}"],
        "Unified Team EUN": ["silver shared", "Anna Ivanova , Dee"],
    }


def test_medals_without_decisions_are_the_same_on_any_day(world: World) -> None:
    assert podium(world, PAIRS, on="1992-08-09") == podium(world, PAIRS)
    assert "the same on any day" in page(world, PAIRS).text


def test_medals_that_stand_on_any_day_for_want_of_a_date_are_told(tmp_path: Path) -> None:
    with world_in(tmp_path) as world:
        world.store.update(WORLD)
        assert "whatever the day" not in page(world, TOWER, on="1979").text
        world.store.update(
            """INSERT DATA { GRAPH graph:book { award:tower-bronze a mg:Award ; mg:medal mg:Bronze ;
                 mg:event event:1976-summer--diving--tower ; mg:status mg:Standing ;
                 mg:entry entry:tower-dee . entry:tower-dee a mg:Entry ; mg:won mg:Bronze ;
                 mg:event event:1976-summer--diving--tower ; mg:nation nation:AUS ;
                 mg:athlete person:cat-1952 } }"""
        )
        shown = page(world, TOWER, on="0001").section("The podium")
    assert len(shown.rows()) == 1
    assert "No decision with a date is recorded on one of these medals" in shown.text


def test_who_was_in_it_is_listed_by_place(world: World) -> None:
    rows = page(world, TOWER).section("Who was in it").rows()
    assert [row[:3] for row in rows] == [
        ["1", BEA, "Australia AUS"],
        ["2", "Anna Ivanova", "Soviet Union URS"],
    ]


def test_where_only_medallists_are_known_the_page_says_so(world: World) -> None:
    told = page(world, TOWER).section("Who was in it").every("p", **{"class": "note"})[0].text
    assert told == "Of those who were in it, only the 2 who were given a medal are known here."


def test_who_took_part_is_listed_too_and_a_medal_stands_for_a_place_nobody_tells(
    tmp_path: Path,
) -> None:
    with world_in(tmp_path) as world:
        world.store.update(WORLD)
        world.store.update(
            f"""DELETE DATA {{ GRAPH graph:book {{ entry:tower-ana mg:rank 2 }} }} ;
               INSERT DATA {{ GRAPH graph:book {{
                 {took_part("dee-1953", "mg:Athlete")} {took_part("ana-1950", "mg:Athlete")}
                 {took_part("cat-1952", "mg:Coach")} }} }}"""
        )
        section = page(world, TOWER).section("Who was in it")
    rows = [row[:3] for row in section.rows()]
    assert rows[0] == ["gold", "Anna Ivanova", "Soviet Union URS"]
    assert rows[1:] == [
        ["1", BEA, "Australia AUS"],
        ["\N{EN DASH}", "Dee", "Unified Team EUN"],
    ]
    assert section.every("h2")[0].text == "Who was in it 3"
    assert "only" not in section.text


def took_part(person: str, role: str) -> str:
    """Return that somebody took part in the final of the tower, in SPARQL."""
    return f"""part:{person} a mg:Participation ; mg:event event:1976-summer--diving--tower ;
        mg:person person:{person} ; mg:role {role} ; mg:nation nation:EUN ."""


def test_programs_read_the_event_in_terms_of_schema_org(world: World) -> None:
    told = linked_data(page(world, TOWER))
    assert (told["@type"], told["sport"]) == ("SportsEvent", ["diving"])
    assert told["superEvent"][0]["name"] == "Montreal 1976"
    assert [one["name"] for one in told["competitor"]] == ["Anna Ivanova"]


def test_a_team_whose_members_nobody_names_is_told_by_its_nation(tmp_path: Path) -> None:
    with world_in(tmp_path) as world:
        world.store.update(WORLD)
        world.store.update(
            """INSERT DATA { GRAPH graph:book { entry:pairs-urs a mg:Entry ;
                 mg:event event:1992-summer--diving--pairs ; mg:nation nation:URS ; mg:rank 4 } }"""
        )
        rows = page(world, PAIRS).section("Who was in it").rows()
    assert rows[-1][:3] == ["4", "team of Soviet Union , members not known", "Soviet Union URS"]
