"""A board in a browser: opened, undone, shared, saved, and the same by keyboard in the list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import expect

from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from tests.explore_world import HOSTILE, world
from tests.running_service import RunningService, running

from .chromium import DESKTOP, PHONE, Visit, look_as, violations, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

SHE = "person:lamiya-valiyeva-2002"
RACES = f"{SHE} in mg:athlete mg:Entry 1"
OPENED = urlencode({"thing": SHE, "open": RACES, "look": SHE})
CLOSED = urlencode({"thing": SHE, "look": SHE})
SVG = "{http://www.w3.org/2000/svg}"
_WHERE = """name => {
  const { left, top } = document.querySelector('.canvas').getBoundingClientRect();
  const { x, y } = document.querySelector('.canvas').graph.getElementById(name).renderedPosition();
  return [left + x, top + y];
}"""
_NAMES = "() => document.querySelector('.canvas').graph.nodes().map(node => node.id()).sort()"


def said(page: Page, words: str) -> None:
    """Wait until the board says so of itself."""
    expect(page.locator(".explorer [role=status]")).to_have_text(words)


def where(page: Page, name: str) -> tuple[float, float]:
    """Return where a thing lies on the screen."""
    page.locator(".canvas").scroll_into_view_if_needed()
    x, y = page.evaluate(_WHERE, name)
    return x, y


def wait_until_it_lies(page: Page, name: str, x: float, y: float) -> None:
    """Wait until a thing lies at a place on the screen, or at most 6 pixels beside it."""
    lies = f"([name, x, y]) => {{ const [left, top] = ({_WHERE})(name);"
    near = "return Math.abs(left - x) <= 6 && Math.abs(top - y) <= 6; }"
    page.wait_for_function(f"{lies} {near}", arg=[name, x, y])


def point_at(page: Page, name: str) -> None:
    """Move the mouse to a thing as a hand does, which is there a moment before it rests."""
    x, y = where(page, name)
    page.mouse.move(x + 6, y + 6)
    page.mouse.move(x, y)


def things(page: Page) -> list[str]:
    """Return the names of the things that are drawn."""
    return [name for name in page.evaluate(_NAMES) if not name.startswith("group ")]


def test_somebody_opens_links_from_the_page_of_a_thing_and_undoes_it(visit: Visit) -> None:
    page = visit.open("/id/person/lamiya-valiyeva-2002.html")
    page.get_by_role("link", name="Explore what it is linked to").click()
    said(page, "1 thing, 0 links.")

    page.get_by_role("button", name="Open 2 entries with it as athlete").click()
    said(page, "3 things, 2 links.")
    expect(page).to_have_url(re.compile("open="))
    page.get_by_role("button", name="Undo").click()
    said(page, "1 thing, 0 links.")
    page.get_by_role("button", name="Redo").click()
    said(page, "3 things, 2 links.")
    page.keyboard.press("Control+z")
    said(page, "1 thing, 0 links.")
    page.go_back()
    said(page, "3 things, 2 links.")


def test_a_name_is_put_on_the_board_while_it_is_typed(visit: Visit) -> None:
    page = visit.open(f"/explore?{CLOSED}")
    said(page, "1 thing, 0 links.")
    page.get_by_label("Put on the board, by name").press_sequentially("carolina duarte")
    page.get_by_role("option", name="Carolina Duarte Person, Portugal").first.click()
    said(page, "2 things, 0 links.")
    page.get_by_label("From", exact=True).press_sequentially("valieva")
    offered = page.locator("#from-list [role=option]")
    expect(offered.first).to_contain_text("Lamiya Valiyeva")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("From", exact=True)).to_have_value("Lamiya Valiyeva")
    said(page, "2 things, 0 links.")


def test_a_group_on_the_canvas_opens_by_a_click(visit: Visit) -> None:
    page = visit.open(f"/explore?{CLOSED}")
    said(page, "1 thing, 0 links.")
    # What is told beside the canvas comes last, and then nothing moves it any more.
    expect(page.get_by_role("button", name="Open 2 entries with it as athlete")).to_be_visible()
    group = f"group {SHE} in mg:athlete mg:Entry"
    point_at(page, group)
    page.mouse.click(*where(page, group))
    said(page, "3 things, 2 links.")


def test_a_large_group_opens_page_by_page(visit: Visit) -> None:
    opened = "nation:CHN in mg:nation mg:Participation"
    page = visit.open(f"/explore?{urlencode({'open': f'{opened} 1', 'look': 'nation:CHN'})}")
    said(page, "51 things, 50 links.")
    page.get_by_role("button", name="More of 898 participations with it as nation").click()
    said(page, "101 things, 100 links.")
    page.get_by_role("button", name="Close 898 participations with it as nation").click()
    # Nobody put it there, so it went with what was opened of it.
    said(page, "The board is empty. Put something on it by name, or undo.")


def test_a_board_is_shared_by_its_address(visit: Visit) -> None:
    page = visit.open(f"/explore?{CLOSED}")
    page.get_by_role("button", name="Open 2 entries with it as athlete").click()
    said(page, "3 things, 2 links.")
    expect(page).to_have_url(re.compile("open="))
    drawn, address = things(page), page.url

    other = visit.open(address.removeprefix(visit.address))
    said(other, "3 things, 2 links.")
    assert things(other) == drawn
    other.get_by_role("link", name="List", exact=True).click()
    expect(other.get_by_role("heading", name="Links between them")).to_be_visible()
    expect(other.locator(".members > li")).to_have_count(2)
    other.get_by_role("link", name="Canvas", exact=True).click()
    said(other, "3 things, 2 links.")


def test_what_is_pointed_at_tells_its_sources(visit: Visit) -> None:
    page = visit.open(f"/explore?{OPENED}")
    said(page, "3 things, 2 links.")
    point_at(page, SHE)
    card = page.locator(".card")
    expect(card).to_contain_text("Lamiya Valiyeva person")
    expect(card).to_contain_text("Stated by")
    expect(card).to_contain_text("Paris 2024 Paralympic Games")


def test_a_thing_that_is_dragged_stays_there_until_that_is_undone(visit: Visit) -> None:
    page = visit.open(f"/explore?{OPENED}")
    said(page, "3 things, 2 links.")
    before = where(page, SHE)
    page.mouse.move(*before)
    page.mouse.down()
    page.mouse.move(before[0] + 60, before[1] + 40, steps=5)
    page.mouse.up()
    expect(page).to_have_url(re.compile("pin="))
    wait_until_it_lies(page, SHE, before[0] + 60, before[1] + 40)
    page.get_by_role("button", name="Undo").click()
    expect(page).not_to_have_url(re.compile("pin="))
    wait_until_it_lies(page, SHE, *before)


def test_two_people_are_linked_by_a_path_that_is_put_on_the_board(visit: Visit) -> None:
    page = visit.open(f"/explore?{CLOSED}")
    said(page, "1 thing, 0 links.")
    page.get_by_label("From", exact=True).fill("Lamiya Valiyeva")
    page.get_by_label("To", exact=True).fill("Carolina Duarte")
    page.get_by_role("button", name="Find paths").click()
    expect(page.get_by_text("The shortest paths have 4 links.")).to_be_visible()
    page.get_by_role("link", name="Put this path on the board").first.click()
    said(page, "5 things, 4 links.")
    assert "person:carolina-duarte-1990" in things(page)


def test_the_filters_of_the_page_hold_for_the_canvas(visit: Visit) -> None:
    page = visit.open(f"/explore?{CLOSED}")
    page.get_by_role("button", name="Open 2 entries with it as athlete").click()
    said(page, "3 things, 2 links.")
    expect(page.locator("#board-filter").get_by_label("entries", exact=True)).to_be_visible()
    people = page.locator("#board-filter").get_by_label("people", exact=True)
    people.check()
    page.get_by_role("button", name="Filter").click()
    said(page, "1 thing, 0 links.")
    expect(page).to_have_url(re.compile("class=mg%3APerson"))
    page.get_by_role("button", name="Undo").click()
    said(page, "3 things, 2 links.")
    expect(people).not_to_be_checked()


def test_a_board_is_saved_as_pictures_and_files(visit: Visit) -> None:
    page = visit.open(f"/explore?{OPENED}")
    said(page, "3 things, 2 links.")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as PNG").click()
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as SVG").click()
    drawing = ET.fromstring(saved.value.path().read_text(encoding="utf-8"))  # noqa: S314 - our own
    written = " ".join(line.text or "" for line in drawing.iter(f"{SVG}tspan"))
    assert "Lamiya Valiyeva, Women's 100m - T13, gold" in written
    told = [line.text for line in drawing.iter(f"{SVG}title")]
    assert "Lamiya Valiyeva, Women's 100m - T13, gold has as athlete Lamiya Valiyeva" in told
    below = " ".join(line.text or "" for line in drawing.iter(f"{SVG}text"))
    assert "Source: Paris 2024 Paralympic Games: athletes, medals and medal table." in below
    assert drawing.findtext(f"{SVG}desc", "").endswith(page.url)
    for name, called in (("GraphML", "board.graphml"), ("JSON-LD", "board.jsonld")):
        with page.expect_download() as saved:
            page.get_by_role("link", name=name).click()
        assert saved.value.suggested_filename == called
        assert saved.value.path().stat().st_size


def test_the_list_is_used_by_keyboard_alone(visit: Visit) -> None:
    page = visit.open(f"/explore?{CLOSED}&view=list")

    def go_to(label: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('aria-label')") == label:
                return
        pytest.fail(f"{label} cannot be reached by the keyboard")

    go_to("Open 2 entries with it as athlete")
    page.keyboard.press("Enter")
    expect(page.locator(".members > li")).to_have_count(2)
    go_to("Take away Lamiya Valiyeva, Women's 400m - T13, silver")
    page.keyboard.press("Enter")
    expect(page.locator(".members > li")).to_have_count(1)
    page.go_back()
    expect(page.locator(".members > li")).to_have_count(2)


def test_a_board_keeps_nobody_out(visit: Visit) -> None:
    for view in ("canvas", "list"):
        page = visit.open(f"/explore?{OPENED}&view={view}")
        for scheme, size in (("light", DESKTOP), ("dark", PHONE)):
            look_as(page, scheme=scheme, size=size)
            assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service over the small graph, in which somebody is called by markup."""
    place = tmp_path_factory.mktemp("hostile") / "store"
    with SnapshotEngine.create(place) as engine, engine.draft() as draft:
        draft.bulk_add(world().quads())
        draft.publish(CommitInfo(kind="load", message="the small graph"))
    with running(place) as service:
        yield service


def test_hostile_names_are_text_on_the_canvas_and_beside_it(
    browser: Browser, hostile: RunningService
) -> None:
    with visiting(browser, f"http://127.0.0.1:{hostile.port}") as visit:
        opened = {
            "thing": "person:dan",
            "look": "person:dan",
            "open": "person:dan in mg:athlete - 1",
        }
        page = visit.open(f"/explore?{urlencode(opened)}")
        said(page, "2 things, 1 link.")
        expect(page.locator("#looked-at")).to_have_text(HOSTILE)
        point_at(page, "person:dan")
        expect(page.locator(".card")).to_contain_text(HOSTILE)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save as SVG").click()
        drawing = ET.fromstring(saved.value.path().read_text(encoding="utf-8"))  # noqa: S314 - our own
        assert f"{HOSTILE} (person)" in [one.text for one in drawing.iter(f"{SVG}title")]
        assert page.locator("img").count() == 0
        assert visit.complaints == []
