"""The page of a counting rule says in words what it counts, and leads to tables by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .bundled_service import bundled_service
from .portrait_world import linked_data, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .service_world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with bundled_service(tmp_path_factory.mktemp("rule")) as made:
        yield made


def choices(world: World, rule: str) -> str:
    return page(world, f"/id/rule/{rule}").section("What it counts").text


def test_each_choice_is_a_sentence(world: World) -> None:
    closing = choices(world, "official-at-closing")
    assert "up to the last day of the Games" in closing
    assert "A team counts once" in closing
    assert "art competitions" in closing.lower()
    persons = choices(world, "per-person")
    assert "one gold of a four is four" in persons
    assert "Every decision on medals that is known is heeded." in choices(
        world, "after-reallocations"
    )


def test_it_says_what_the_source_says_it_is_for(world: World) -> None:
    comment = "As official at closing, with every later decision heeded."
    assert comment in page(world, "/id/rule/after-reallocations").text
    assert linked_data(page(world, "/id/rule/after-reallocations"))["description"] == comment


def test_its_links_lead_to_medal_tables_by_it(world: World) -> None:
    links = page(world, "/id/rule/official-at-closing").section("Medal tables").every("a")
    found = {link.text: link.attributes["href"] for link in links}
    address = found["Paris 2024 Paralympics"]
    assert address == "/id/games/2024-summer-para.html?rule=official-at-closing"
