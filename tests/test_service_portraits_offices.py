"""Offices tell who held which post in which body, from when until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .portrait_world import WORLD, linked_data, page
from .service_world import World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(tmp_path_factory.mktemp("offices")) as made:
        made.store.update(WORLD)
        yield made


def test_an_office_is_called_by_its_holder_post_and_body(world: World) -> None:
    found = page(world, "/id/tenure/second")
    assert found.every("h1")[0].text == "Anna Ivanova, president of NOC of the Union"
    facts = {one.every("dt")[0].text: one.every("dd")[0].text for one in found.every("div")[:4]}
    assert facts["Body"] == "NOC of the Union"
    assert facts["When"] == "from 1975-06"


def test_it_names_who_else_held_the_post(world: World) -> None:
    others = page(world, "/id/tenure/second").section("Who else held this post")
    assert [row[:3] for row in others.rows()] == [["president", "Dee", "1970 to 1975"]]


def test_a_body_lists_who_held_its_offices_the_earliest_first(world: World) -> None:
    rows = page(world, "/id/org/noc").section("Who held its offices").rows()
    assert [row[:3] for row in rows] == [
        ["president", "Dee", "1970 to 1975"],
        ["president", "Anna Ivanova", "from 1975-06"],
    ]


def test_programs_read_the_office_as_a_role_of_the_body(world: World) -> None:
    told = linked_data(page(world, "/id/tenure/first"))
    assert (told["@type"], told["name"]["@value"]) == ("Organization", "NOC of the Union")
    role = told["member"]
    assert (role["@type"], role["roleName"]) == ("OrganizationRole", "president")
    assert (role["startDate"], role["endDate"]) == ("1970", "1975")
    assert role["member"][0]["name"] == "Dee"
