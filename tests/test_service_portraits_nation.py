"""The page of a nation tells its time, what came before and after, and its medals by Games."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .bundled_service import bundled_service
from .portrait_world import WORLD, linked_data, page
from .service_world import World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .portrait_world import Element


NONE, HERE = "\N{EN DASH}", "the results held here"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(tmp_path_factory.mktemp("nation")) as made:
        made.store.update(WORLD)
        yield made


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with bundled_service(tmp_path_factory.mktemp("bundled")) as made:
        yield made


def facts(found: Element) -> dict[str, str]:
    told = found.every("dl")[0].every("div")
    return {
        one.every("dt")[0].text: one.every("dd")[0].text.partition(" Source")[0] for one in told
    }


def test_a_nation_of_the_past_tells_its_time_what_followed_and_its_committee(world: World) -> None:
    told = facts(page(world, "/id/nation/URS"))
    assert told["Code"] == "URS"
    assert (told["First Games with this code"], told["Last Games with this code"]) == (
        "1952",
        "1988",
    )
    assert told["Was followed by"] == "Unified Team"
    assert told["Committees and other bodies"] == "NOC of the Union"
    assert facts(page(world, "/id/nation/EUN"))["Came after"] == "Soviet Union"


def test_medals_are_told_by_games_and_those_that_moved_are_counted(world: World) -> None:
    assert page(world, "/id/nation/URS").section("Medals").rows() == [
        ["Montreal 1976", "1", "0", "0", "1", "2", HERE]
    ]
    assert page(world, "/id/nation/AUS").section("Medals").rows() == [
        ["Barcelona 1992", "0", "1", "0", "1", NONE, HERE],
        ["Montreal 1976", "0", "0", "0", "0", "1", HERE],
    ]


def test_published_counts_link_to_the_audit_of_the_nation(world: World) -> None:
    world.store.update(
        """INSERT DATA { GRAPH graph:blog { tally:a a mg:Tally ; mg:games games:1976-summer ;
             mg:nation nation:URS ; mg:gold 3 ; mg:silver 4 ; mg:bronze 0 ; mg:total 7 } }"""
    )
    section = page(world, "/id/nation/URS").section("Counts that are published")
    [link] = section.every("a")
    assert "4 counts" in section.text
    answer = world.client.get(link.attributes["href"], headers={"Accept": "application/json"})
    assert answer.json is not None
    assert answer.json["nation"] == "URS"
    assert len(answer.json["findings"]) == 4


def test_games_of_which_counts_are_published_only_have_a_row_with_who_says_so(
    bundled: World,
) -> None:
    """Azerbaijan won 19 medals at Tokyo 2020 (IPC); the report that is bundled says 14."""
    section = page(bundled, "/id/nation/AZE").section("Medals")
    by_games = {row[0]: row[1:] for row in section.rows()}
    tokyo = by_games["Tokyo 2020 Paralympics"]
    assert tokyo[:4] == ["14", "1", "4", "19"]
    assert tokyo[5].startswith("Medals by sport and nation")
    assert "gold 4, silver 4, bronze 6, 14 in all (set aside here as a claim)" in tokyo[5]
    assert by_games["Paris 2024 Paralympics"] == ["4", "2", "5", "11", NONE, HERE]
    assert "At the Games whose results are held here, these stand now: gold 4" in section.text
    assert [row[0] for row in section.rows()][:3] == [
        "Paris 2024 Paralympics",
        "Tokyo 2020 Paralympics",
        "Rio 2016 Paralympics",
    ]


def test_results_stand_where_they_are_whole_and_what_is_published_otherwise_beside_them(
    tmp_path: Path,
) -> None:
    with world_in(tmp_path) as world:
        world.store.update(WORLD)
        world.store.update(
            """INSERT DATA { GRAPH graph:blog {
                 tally:u a mg:Tally ; mg:games games:1976-summer ; mg:nation nation:URS ;
                   mg:gold 0 ; mg:silver 1 ; mg:bronze 0 } }"""
        )
        [row] = page(world, "/id/nation/URS").section("Medals").rows()
    assert row[:5] == ["Montreal 1976", "1", "0", "0", "1"]
    assert row[6] == f"{HERE}; otherwise A <Blog> : gold 0, silver 1, bronze 0, 1 in all"


def test_programs_read_the_nation_in_terms_of_schema_org(world: World) -> None:
    told = linked_data(page(world, "/id/nation/AUS", "de"))
    assert (told["@type"], told["identifier"]) == ("SportsOrganization", "AUS")
    assert told["name"] == {"@value": "Australien", "@language": "de"}
    assert told["alternateName"] == ["Australia"]
