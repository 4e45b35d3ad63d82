"""The page of a sport tells its classes and its events at each of the Games."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .portrait_world import WORLD, page
from .service_world import world_in

if TYPE_CHECKING:
    from pathlib import Path


def test_a_sport_lists_disciplines_classes_and_events_by_games(tmp_path: Path) -> None:
    with world_in(tmp_path) as world:
        world.store.update(WORLD)
        world.store.update(
            """INSERT DATA { GRAPH graph:book { sport:aquatics a mg:Sport ;
                 rdfs:label "aquatics"@en . sport:diving mg:partOf sport:aquatics } }"""
        )
        found, whole = page(world, "/id/sport/diving"), page(world, "/id/sport/aquatics")
    assert found.section("Its sport classes").every("p")[0].text == "D1 , D2"
    groups = found.section("Events at each").every("details")
    assert [one.every("summary")[0].text for one in groups] == [
        "Barcelona 1992 1",
        "Montreal 1976 1",
    ]
    assert [link.text for link in groups[1].every("li")] == ["Tower"]
    assert [one.text for one in whole.section("Its disciplines").every("li")] == ["diving"]
