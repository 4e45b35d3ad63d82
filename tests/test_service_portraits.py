"""Pages can be read by keyboard and screen reader: headings, tables, names and landmarks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from .portrait_world import ANA, PAIRS, TOWER, WORLD, Element, read_page
from .service_world import BROWSER, World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADINGS = ("h1", "h2", "h3", "h4")
PATHS = (
    *(
        ANA,
        "/id/person/bea-1951",
        "/id/person/dee-1953",
        TOWER,
        PAIRS,
        "/id/nation/URS",
        "/id/org/noc",
        "/id/sport/diving",
    ),
    *("/id/games/1976-summer", "/id/tenure/first", "/id/graph/book", "/id/award/pairs-eun"),
    *("/ontology", "/ontology/Event", "/ontology/medal", "/ontology/Medals"),
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(tmp_path_factory.mktemp("portraits")) as made:
        made.store.update(WORLD)
        # Somebody of two classes has the parts of both pages, and no id twice.
        made.store.update("INSERT DATA { GRAPH graph:blog { person:dee-1953 a mg:Sport } }")
        yield made


@pytest.fixture(scope="module", params=PATHS)
def found(world: World, request: pytest.FixtureRequest) -> Element:
    answer = world.client.get(request.param, headers={"Accept": BROWSER}, follow_redirects=True)
    assert answer.status_code == 200
    return read_page(answer.text)


def elements(found: Element) -> Iterator[Element]:
    for part in found.parts:
        if isinstance(part, Element):
            yield part
            yield from elements(part)


def test_headings_begin_with_one_h1_and_leave_out_no_level(found: Element) -> None:
    levels = [int(one.name[1]) for one in elements(found) if one.name in HEADINGS]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_each_id_is_there_once_and_each_reference_leads_to_one(found: Element) -> None:
    ids = [one.attributes["id"] for one in elements(found) if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    named = {
        one.attributes[name]
        for one in elements(found)
        for name in ("aria-labelledby", "for")
        if name in one.attributes
    }
    assert named <= set(ids)


def test_each_table_has_a_caption_and_each_head_a_scope(found: Element) -> None:
    for table in found.every("table"):
        assert table.every("caption")
        assert {head.attributes.get("scope") for head in table.every("th")} <= {"col", "row"}


def test_there_is_a_way_past_the_navigation_to_the_main_part(found: Element) -> None:
    [main] = found.every("main")
    assert (
        found.every("a", **{"class": "skip"})[0].attributes["href"] == f"#{main.attributes['id']}"
    )
    assert found.every("html")[0].attributes["lang"] == "en"


def test_nothing_runs_and_nothing_is_styled_in_place(found: Element) -> None:
    names = {name for one in elements(found) for name in one.attributes}
    assert not {name for name in names if name.startswith("on") or name == "style"}
    assert all(
        "src" in one.attributes or one.attributes["type"] == "application/ld+json"
        for one in found.every("script")
    )


def test_fields_have_labels_and_regions_names(found: Element) -> None:
    labelled = {one.attributes.get("for") for one in found.every("label")}
    for field in [*found.every("select"), *found.every("input")]:
        if field.attributes.get("type") != "hidden":
            assert field.attributes.get("id") in labelled or "aria-label" in field.attributes
    for region in found.every("div", role="region"):
        assert {"aria-label", "aria-labelledby"} & region.attributes.keys()
        assert region.attributes["tabindex"] == "0"
