"""The editor of the workbench in a browser: what it completes, and what it leaves to who writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .chromium import violations
from .workbench import opened

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from .chromium import Visit


def typed(visit: Visit, text: str) -> Page:
    """Open the workbench, wait until it knows its words, and type."""
    with visit.page.expect_response("**/query/words"):
        page = opened(visit)
    page.locator(".CodeMirror").click()
    page.keyboard.type(text)
    return page


@pytest.mark.parametrize(
    ("written", "line"),
    [
        # "limit" begins the names of people too, and mg:Person may go on as nothing else.
        ("SELECT * { ?x ?y ?z } LIMIT", "10"),
        ("SELECT * { ?x a mg:Person", "}"),
        ("SELECT ?p ?person { ?person a ?p", "}"),
    ],
)
def test_enter_ends_a_line_whose_last_word_is_whole(visit: Visit, written: str, line: str) -> None:
    page = typed(visit, written)
    if not written.endswith("LIMIT"):
        expect(page.locator(".CodeMirror-hints")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type(line)

    lines = page.locator(".CodeMirror-line").all_inner_texts()
    assert lines[0].replace("\xa0", " ") == written
    assert lines[1].strip() == line


def test_a_chosen_completion_is_taken_although_the_word_is_whole(visit: Visit) -> None:
    page = typed(visit, "SELECT * { ?x mg:mark")
    expect(page.locator(".CodeMirror-hint", has_text="mg:markValue")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator(".CodeMirror-code")).to_contain_text("mg:markValue")


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


@pytest.mark.parametrize("asked", ["**/query/words", "**/search/suggest*"])
def test_who_writes_is_not_held_up_by_completions_that_do_not_come(
    visit: Visit, asked: str
) -> None:
    def busy(route: Route) -> None:
        route.fulfill(status=503, body="busy")

    visit.page.route(asked, busy)
    page = typed(visit, "SELECT * { ?x ?y person:vali")
    page.keyboard.type(" } # mg")
    expect(page.locator(".CodeMirror-code")).to_contain_text("person:vali } # mg")

    # The browser reports the refusals themselves; no script may have broken on them.
    assert all("503 (Service" in complaint for complaint in visit.complaints)
    visit.complaints.clear()


def test_each_colour_of_the_editor_can_be_read_in_the_dark(visit: Visit) -> None:
    visit.page.emulate_media(color_scheme="dark")
    page = typed(visit, 'PREFIX e: <http://e/> ASK { ?x e:y "text"@en, 5, true ; a ?b } # note')
    page.keyboard.press("Escape")

    assert violations(page) == []
