"""The editor of the workbench in a browser: what it completes, and what it leaves to who writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .chromium import violations
from .late_names import NAMES, LateNames
from .workbench import opened

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from .chromium import Visit

LATE_FRAMES = "requestAnimationFrame = draw => setTimeout(() => draw(performance.now()), 2000)"
SLOWDOWN = 6
"""How much slower the page's processor is on a slow machine, whose frames come late too."""


def typed(visit: Visit, text: str) -> Page:
    """Open the workbench, wait until it knows its words, and type."""
    page = opened(visit)
    page.locator(".CodeMirror").click()
    page.keyboard.type("mg:")
    expect(page.locator(".CodeMirror-hints")).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    return page


def written(page: Page) -> list[str]:
    """Return the lines of the editor."""
    lines = page.locator(".CodeMirror-line").all_inner_texts()
    return [line.replace("\xa0", " ").replace("\u200b", "").rstrip() for line in lines]


@pytest.fixture(params=["quick", "slow"])
def machine(request: pytest.FixtureRequest, visit: Visit) -> str:
    """On what the browser runs: keys come while the page has not drawn what came before."""
    if request.param == "slow":
        visit.page.add_init_script(LATE_FRAMES)
        session = visit.page.context.new_cdp_session(visit.page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    return str(request.param)


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize(
    ("line", "next_line"),
    [
        # "limit" begins the names of people too, and mg:Person may go on as nothing else.
        ("SELECT * { ?x ?y ?z } LIMIT", "10"),
        ("SELECT * { ?x a mg:Person", "}"),
        ("SELECT ?p ?person { ?person a ?p", "}"),
    ],
)
def test_enter_ends_a_line_whose_last_word_is_whole(
    visit: Visit, line: str, next_line: str
) -> None:
    page = typed(visit, line)
    page.keyboard.press("Enter")
    page.keyboard.type(next_line)

    assert written(page) == [line, next_line]


@pytest.mark.usefixtures("machine")
def test_a_chosen_completion_is_taken_although_the_word_is_whole(visit: Visit) -> None:
    page = typed(visit, "SELECT * { ?x mg:mark")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type(" 5")

    assert written(page) == ["SELECT * { ?x mg:markValue 5"]


@pytest.mark.usefixtures("machine")
def test_the_first_completion_is_taken_of_a_word_as_it_stands_now(visit: Visit) -> None:
    page = typed(visit, "SELECT * { ?x mg:mer")
    page.keyboard.type("gesS")
    page.keyboard.press("Enter")

    assert written(page) == ["SELECT * { ?x mg:mergesSuccessors"]


def test_the_list_is_of_the_word_as_it_stands_and_goes_with_it(visit: Visit) -> None:
    page = typed(visit, "SELECT * { ?x mg:mark")
    options = page.locator(".CodeMirror-hint")
    assert options.all_inner_texts() == [
        "mg:mark (mark, property)",
        "mg:markValue (mark value, property)",
    ]
    page.keyboard.type("V")
    assert options.all_inner_texts() == ["mg:markValue (mark value, property)"]
    page.keyboard.press("Backspace")
    assert options.count() == 2
    page.keyboard.press("ArrowLeft")
    assert options.count() == 0


def test_words_that_come_late_are_offered_to_who_writes(visit: Visit) -> None:
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    visit.page.route("**/query/words", hold)
    page = opened(visit)
    page.locator(".CodeMirror").click()
    page.keyboard.type("mg:mark")
    assert page.locator(".CodeMirror-hints").count() == 0
    for route in asked:
        route.continue_()

    expect(page.locator(".CodeMirror-hint", has_text="mg:markValue")).to_be_visible()


def test_an_enter_is_not_held_up_by_names_that_are_on_their_way(visit: Visit) -> None:
    page = typed(visit, "SELECT * { ?x ?y person:va")
    expect(page.locator(".CodeMirror-hint", has_text="Valiyeva")).to_be_visible()
    late = LateNames(page)
    with page.expect_request(NAMES):
        page.keyboard.type("nishing")
    page.keyboard.press("Enter")
    page.keyboard.type("}")
    late.come()

    assert written(page) == ["SELECT * { ?x ?y person:vanishing", "}"]
    assert page.locator(".CodeMirror-hints").count() == 0


def test_names_that_fit_a_longer_word_stay_until_those_of_it_come(visit: Visit) -> None:
    page = typed(visit, "SELECT * { ?x ?y person:vali")
    expect(page.locator(".CodeMirror-hint", has_text="Lamiya Valiyeva")).to_be_visible()
    LateNames(page)
    page.keyboard.type("yeva")
    page.keyboard.press("Enter")

    assert written(page) == ["SELECT * { ?x ?y person:lamiya-valiyeva-2002"]


def test_a_choice_stands_when_names_come_after_it(visit: Visit) -> None:
    page = typed(visit, "SELECT * { ?x medal")
    late = LateNames(page)
    with page.expect_request(NAMES):
        page.keyboard.press("Control+Space")
    page.keyboard.press("ArrowDown")
    late.come()
    expect(page.locator(".CodeMirror-hint", has_text="Rules by which")).to_be_visible()
    expect(page.locator(".CodeMirror-hint-active")).to_have_text(
        "mg:Medals (medals, list of words)"
    )
    page.keyboard.press("Enter")

    assert written(page) == ["SELECT * { ?x mg:Medals"]


def test_names_that_come_late_open_no_list_that_somebody_closed(visit: Visit) -> None:
    page = typed(visit, "SELECT * { ?x medal")
    late = LateNames(page)
    with page.expect_request(NAMES):
        page.keyboard.press("Control+Space")
    page.keyboard.press("Escape")
    assert page.locator(".CodeMirror-hints").count() == 0
    late.come()

    assert page.locator(".CodeMirror-hints").count() == 0


def test_names_are_completed_without_a_prefix_for_who_asks(visit: Visit) -> None:
    page = typed(visit, "SELECT * { ?x ?y valiyeva")
    expect(page.locator(".CodeMirror-hints")).to_have_count(0)
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hint", has_text="Lamiya Valiyeva")).to_be_visible()
    page.keyboard.press("Enter")

    expect(page.locator(".CodeMirror-code")).to_contain_text("person:lamiya-valiyeva-2002")


def test_completing_asks_no_other_host(visit: Visit) -> None:
    page = typed(visit, "SELECT * { ?x mg:athl")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hints")).to_be_visible()

    assert page.locator(".notification").count() == 0
    page.keyboard.type(" ?y ; a mg:Pers")
    page.keyboard.press("Control+Space")
    expect(page.get_by_role("option", name="mg:Person (person, class)")).to_be_visible()


def test_the_list_of_completions_keeps_nobody_out(visit: Visit) -> None:
    page = typed(visit, "SELECT * { ?x mg:mark")
    expect(page.get_by_role("listbox", name="Completions")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Tab")

    expect(page.get_by_role("button", name="Run")).to_be_focused()


@pytest.mark.parametrize("asked", ["**/query/words", NAMES])
def test_who_writes_is_not_held_up_by_completions_that_do_not_come(
    visit: Visit, asked: str
) -> None:
    def busy(route: Route) -> None:
        route.fulfill(status=503, body="busy")

    visit.expected.append("status of 503")
    visit.page.route(asked, busy)
    page = opened(visit)
    page.locator(".CodeMirror").click()
    page.keyboard.type("SELECT * { ?x ?y person:vali")
    page.keyboard.type(" } # mg")
    expect(page.locator(".CodeMirror-code")).to_contain_text("person:vali } # mg")


def test_each_colour_of_the_editor_can_be_read_in_the_dark(visit: Visit) -> None:
    visit.page.emulate_media(color_scheme="dark")
    page = typed(visit, 'PREFIX e: <http://e/> ASK { ?x e:y "text"@en, 5, true ; a ?b } # note')
    page.keyboard.press("Escape")

    assert violations(page) == []
