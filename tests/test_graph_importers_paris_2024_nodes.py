from __future__ import annotations

from graph.importers.events import SportClass
from graph.importers.paris_2024_nodes import PARALYMPIC, Nodes
from graph.names import Names

BASE = "https://data.example.org"
NODES = Nodes(Names(BASE), PARALYMPIC, {"7": "li-ting-1989"})


def test_every_iri_lies_under_the_base_of_the_store() -> None:
    for node in (
        NODES.graph,
        NODES.games,
        NODES.person("7"),
        NODES.sport_class(SportClass("T12", "Para Athletics")),
        NODES.tally("AZE"),
    ):
        assert node.value.startswith(f"{BASE}/id/")


def test_parts_of_an_iri_are_set_off_by_two_hyphens() -> None:
    event = NODES.event("Para Swimming", "Men's 100m Freestyle - S12")
    part = NODES.in_event("7", "Para Swimming", "Men's 100m Freestyle - S12")

    assert (
        event.value == f"{BASE}/id/event/2024-summer-para--para-swimming--mens-100m-freestyle-s12"
    )
    assert part.value == event.value.replace("/event/", "/part/") + "--li-ting-1989"


def test_a_tally_lies_under_its_source() -> None:
    assert NODES.tally("AZE").value == (
        f"{BASE}/id/tally/paris2024-paralympics--2024-summer-para--AZE"
    )
