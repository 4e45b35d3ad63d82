"""The page of a nation tells its time, what came before and after, and its medals by Games."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .portrait_world import WORLD, linked_data, page
from .service_world import World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .portrait_world import Element


NONE = "\N{EN DASH}"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(tmp_path_factory.mktemp("nation")) as made:
        made.store.update(WORLD)
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
    assert told["Committees"] == "NOC of the Union"
    assert facts(page(world, "/id/nation/EUN"))["Came after"] == "Soviet Union"


def test_medals_are_told_by_games_and_those_that_moved_are_counted(world: World) -> None:
    assert page(world, "/id/nation/URS").section("Medals").rows() == [
        ["Montreal 1976", "1", "0", "0", "2"]
    ]
    assert page(world, "/id/nation/AUS").section("Medals").rows() == [
        ["Barcelona 1992", "0", "1", "0", NONE],
        ["Montreal 1976", "0", "0", "0", "1"],
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


def test_programs_read_the_nation_in_terms_of_schema_org(world: World) -> None:
    told = linked_data(page(world, "/id/nation/AUS", "de"))
    assert (told["@type"], told["identifier"]) == ("SportsOrganization", "AUS")
    assert told["name"] == {"@value": "Australien", "@language": "de"}
    assert told["alternateName"] == ["Australia"]
