"""A board that can be read: names, groups and pictures, and what is told if something fails."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from tests.explore_world import world
from tests.running_service import running

from .chromium import visiting

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from .chromium import Visit

SHE = "person:lamiya-valiyeva-2002"
GAMES = "games:2024-summer-para"
PARTS = f"{GAMES} in mg:games mg:Participation"
_BOXES = """selector => {
  const graph = document.querySelector('.canvas').graph;
  const boxes = graph.elements(selector).filter(one => one.data('label')).map(one =>
    one.renderedBoundingBox({includeNodes: one.hasClass('group'), includeEdges: false,
      includeOverlays: false, includeUnderlays: false, includeMainLabels: true}));
  return boxes.map(({x1, x2, y1, y2}) => [x1, x2, y1, y2]);
}"""
_OUTSIDE = """() => {
  const { graph, clientWidth, clientHeight } = document.querySelector('.canvas');
  return graph.nodes().filter(one => {
    const { x1, x2, y1, y2 } = one.renderedBoundingBox({includeLabels: false});
    return x1 < -1 || y1 < -1 || x2 > clientWidth + 1 || y2 > clientHeight + 1;
  }).map(one => one.id());
}"""
_SKETCHES = """() => {
  window.sketched = [];
  const isDrawn = sheet => sheet.getContext('2d')
    .getImageData(0, 0, sheet.width, sheet.height).data.some(value => value > 0);
  new MutationObserver(changes => {
    for (const { addedNodes } of changes) for (const node of addedNodes) {
      if (node.matches?.('.canvas > .drag-sheet')) window.sketched.push(isDrawn(node));
    }
  }).observe(document, { childList: true, subtree: true });
}"""
_FONTS = """() => {
  const graph = document.querySelector('.canvas').graph;
  return graph.nodes().filter(one => one.data('label')).map(one => one.data('font') * graph.zoom());
}"""
_LABEL = "name => document.querySelector('.canvas').graph.getElementById(name).data('label')"


def said(page: Page, words: str) -> None:
    """Wait until the board says so of itself."""
    expect(page.locator(".explorer [role=status]")).to_have_text(words)


def overlaps(boxes: list[list[float]]) -> int:
    """Count the boxes that lie over each other by more than the edge of a letter."""
    room = 3
    return sum(
        min(one[1], other[1]) - max(one[0], other[0]) > room
        and min(one[3], other[3]) - max(one[2], other[2]) > room
        for one, other in combinations(boxes, 2)
    )


@pytest.mark.parametrize("size", [(1280, 900), (360, 740)])
def test_a_large_group_is_in_view_and_its_names_can_be_read(
    visit: Visit, size: tuple[int, int]
) -> None:
    visit.page.set_viewport_size({"width": size[0], "height": size[1]})
    page = visit.open(f"/explore?{urlencode({'thing': GAMES, 'look': GAMES})}")
    said(page, "1 thing, 0 links.")
    page.get_by_role("button", name="Open 4,572 participations with it as games").click()
    said(page, "51 things, 50 links.")
    page.get_by_role("button", name="More of 4,572 participations with it as games").click()
    said(page, "101 things, 100 links.")

    assert page.evaluate(_OUTSIDE) == []
    assert page.evaluate(_LABEL, GAMES)
    more = page.evaluate(_LABEL, f"group {PARTS}").replace("\n", " ")
    assert more == "4,472 more of 4,572 participations with it as games"
    assert overlaps(page.evaluate(_BOXES, "node")) == 0
    assert min(page.evaluate(_FONTS)) >= 11


def test_a_very_large_board_is_sketched_until_it_can_be_worked_with(visit: Visit) -> None:
    visit.page.add_init_script(f"({_SKETCHES})()")
    page = visit.open(f"/explore?{urlencode({'thing': GAMES, 'open': f'{PARTS} 39'})}")
    status = page.locator(".explorer [role=status]")
    expect(status).to_have_text("1,951 things, 1,950 links.")
    # The sheet on which a thing is dragged is the first, and stays.
    assert page.evaluate("window.sketched") == [False, True]
    expect(page.locator(".canvas > .drag-sheet")).to_have_count(1)
    assert page.evaluate(_OUTSIDE) == []


def test_things_that_are_not_linked_lie_near_enough_to_be_named(visit: Visit) -> None:
    delegations = f"{GAMES} in mg:games mg:Delegation"
    page = visit.open(f"/explore?{urlencode({'open': f'{delegations} 1', 'without': GAMES})}")
    said(page, "50 things, 0 links.")
    boxes = page.evaluate(_BOXES, "node")
    assert len(boxes) >= 25
    assert overlaps(boxes) == 0


def test_what_is_on_the_board_already_is_not_offered_again(visit: Visit) -> None:
    entry = "entry:2024-summer-para--para-athletics--womens-400m-t13--lamiya-valiyeva-2002"
    asked = urlencode({"thing": [SHE, entry], "look": entry}, doseq=True)
    page = visit.open(f"/explore?{asked}")
    said(page, "2 things, 1 link.")
    beside = page.locator(".looked li")
    expect(beside.filter(has_text="athlete: Lamiya Valiyeva")).to_contain_text("on the board")
    expect(beside.filter(has_text="athlete: Lamiya Valiyeva").get_by_role("button")).to_have_count(
        0
    )
    expect(page.get_by_role("button", name="Open event: Women's 400m - T13")).to_be_visible()


def test_what_the_filters_hide_can_still_be_closed(visit: Visit) -> None:
    entries = f"{SHE} in mg:athlete mg:Entry 1"
    asked = {"thing": SHE, "look": SHE, "open": entries, "games": "games:2020-summer-para"}
    page = visit.open(f"/explore?{urlencode(asked)}")
    said(page, "1 thing, 0 links.")
    page.get_by_role("button", name="Close 0 entries with it as athlete").click()
    expect(page.get_by_role("button", name="Close")).to_have_count(0)


def test_classes_that_come_onto_the_board_are_offered_as_those_that_were_there(
    visit: Visit,
) -> None:
    page = visit.open(f"/explore?{urlencode({'thing': SHE, 'look': SHE})}")
    said(page, "1 thing, 0 links.")
    page.get_by_role("button", name="Open 2 entries with it as athlete").click()
    said(page, "3 things, 2 links.")
    expect(page.locator("#board-classes label")).to_have_text(["people", "entries"])


def test_a_board_is_cleared_and_that_is_undone(visit: Visit) -> None:
    page = visit.open(f"/explore?{urlencode({'thing': SHE, 'look': SHE})}")
    said(page, "1 thing, 0 links.")
    page.get_by_role("button", name="Clear").click()
    said(page, "The board is empty. Put something on it by name, or undo.")
    page.get_by_role("button", name="Undo").click()
    said(page, "1 thing, 0 links.")


def test_a_board_that_cannot_be_read_is_asked_for_again(browser: Browser, visit: Visit) -> None:
    with visiting(browser, visit.address) as other:
        page = other.open(f"/explore?{urlencode({'thing': SHE, 'look': SHE})}")
        said(page, "1 thing, 0 links.")
        page.context.set_offline(True)
        page.get_by_role("button", name="Open 2 entries with it as athlete").click()
        status = page.locator(".explorer [role=status]")
        expect(status).to_contain_text("The service cannot be reached.")
        page.context.set_offline(False)
        status.get_by_role("button", name="Try again").click()
        said(page, "3 things, 2 links.")


def test_what_the_service_says_of_a_board_is_told(browser: Browser, visit: Visit) -> None:
    with visiting(browser, visit.address) as other:
        page = other.open(f"/explore?{urlencode({'thing': SHE, 'look': SHE})}")
        said(page, "1 thing, 0 links.")
        page.route(
            "**/explore*format=json*",
            lambda route: route.fulfill(
                status=503,
                content_type="application/problem+json",
                body='{"detail": "Too many questions wait.", "hint": "Ask again soon."}',
            ),
        )
        page.get_by_role("button", name="Open 2 entries with it as athlete").click()
        status = page.locator(".explorer [role=status]")
        expect(status).to_contain_text("Too many questions wait. Ask again soon.")


def test_all_paths_are_put_on_the_board_at_once(visit: Visit) -> None:
    page = visit.open(f"/explore?{urlencode({'from': SHE, 'to': 'person:carolina-duarte-1990'})}")
    page.get_by_role("link", name="Put all 7 on the board").click()
    said(page, "12 things, 18 links.")


def test_the_list_stays_where_it_was_worked(visit: Visit) -> None:
    page = visit.open(f"/explore?{urlencode({'thing': SHE, 'look': SHE, 'view': 'list'})}")
    page.get_by_label("Open 2 entries with it as athlete").press("Enter")
    expect(page.locator(".members > li")).to_have_count(2)
    expect(page.locator("#groups")).to_be_focused()
    page.keyboard.press("Tab")
    reached = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert reached == "Open country: Azerbaijan"


def test_a_very_long_name_leaves_room_for_the_rest(browser: Browser, tmp_path: Path) -> None:
    long = "x" * 3_000
    more = f'graph:book {{ person:long a mg:Person ; rdfs:label "{long}"@en . }}'
    with SnapshotEngine.create(tmp_path / "store") as engine, engine.draft() as draft:
        draft.bulk_add(world(more).quads())
        draft.publish(CommitInfo(kind="load", message="a long name"))
    with (
        running(tmp_path / "store") as service,
        visiting(browser, f"http://127.0.0.1:{service.port}") as visit,
    ):
        page = visit.open("/explore?thing=person:long&look=person:long")
        said(page, "1 thing, 0 links.")
        lines = page.evaluate(_LABEL, "person:long").split("\n")
        assert len(lines) == 3
        assert lines[-1].endswith("…")
        for view in (".looked h3", "#on-board + p + ul"):
            if view != ".looked h3":
                page.get_by_role("link", name="List", exact=True).click()
            box = page.locator(view).bounding_box()
            assert box is not None
            assert box["height"] < 200
