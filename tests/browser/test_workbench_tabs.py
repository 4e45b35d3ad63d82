"""The tabs of the workbench in a browser: nothing is lost, or shown for another query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from .workbench import opened, run, write

if TYPE_CHECKING:
    from .chromium import Visit

YES = "ASK { nation:AZE a mg:Nation }"


def test_a_tab_is_closed_and_reopened_without_a_keyboard(visit: Visit) -> None:
    page = opened(visit)
    write(page, "ASK { ?a ?b 1 }")
    page.get_by_role("button", name="New query").click()
    page.get_by_role("tab", name="Query 1").click()
    page.get_by_role("button", name="Close query").click()
    expect(page.get_by_role("tab")).to_have_count(1)
    page.get_by_role("button", name="Reopen closed query").click()

    expect(page.locator(".CodeMirror-code")).to_contain_text("ASK { ?a ?b 1 }")
    expect(page.get_by_role("button", name="Reopen closed query")).to_be_hidden()


def test_a_tab_that_makes_room_is_told_and_can_be_reopened(visit: Visit) -> None:
    page = opened(visit)
    for number in range(1, 13):
        write(page, f"ASK {{ ?a ?b {number} }}")
        page.get_by_role("button", name="New query").click()
    expect(page.get_by_text("Query 1 was closed: 12 queries are kept at most.")).to_be_visible()
    page.get_by_role("button", name="Reopen closed query").click()

    expect(page.locator(".CodeMirror-code")).to_contain_text("ASK { ?a ?b 1 }")
    expect(page.get_by_role("tab")).to_have_count(12)


def test_two_windows_have_the_same_tabs(visit: Visit) -> None:
    page = opened(visit)
    write(page, "ASK { ?a ?b 1 }")
    other = page.context.new_page()
    other.goto(f"{visit.address}/query")
    other.get_by_role("button", name="New query").click()
    write(other, "ASK { ?a ?b 2 }")
    expect(page.get_by_role("tab", name="Query 2")).to_be_visible()
    write(page, "ASK { ?a ?b 11 }")
    page.reload()

    expect(page.locator(".CodeMirror-code")).to_contain_text("ASK { ?a ?b 11 }")
    page.get_by_role("tab", name="Query 2").click()
    expect(page.locator(".CodeMirror-code")).to_contain_text("ASK { ?a ?b 2 }")


def test_each_tab_shows_the_answer_to_its_own_query(visit: Visit) -> None:
    page = opened(visit, YES)
    expect(page.get_by_role("heading", name="Yes")).to_be_visible()
    expect(page).to_have_url(re.compile("query="))
    address = page.url
    page.get_by_role("button", name="New query").click()

    expect(page.get_by_role("heading", name="Yes")).to_have_count(0)
    expect(page).to_have_url(f"{visit.address}/query")
    page.get_by_role("tab", name="Query 2").click()
    expect(page.get_by_role("heading", name="Yes")).to_be_visible()
    expect(page).to_have_url(address)


def test_an_answer_that_comes_late_waits_in_its_tab(visit: Visit) -> None:
    page = opened(visit)
    write(page, YES)
    with page.expect_response("**/sparql"):
        page.evaluate(
            """() => {
                const buttons = [...document.querySelectorAll("button")];
                for (const name of ["Run", "New query"]) {
                    buttons.find(one => one.textContent === name).click();
                }
            }"""
        )
    expect(page.get_by_text(" seconds", exact=False).first).to_be_attached()

    expect(page.get_by_role("heading", name="Yes")).to_have_count(0)
    page.get_by_role("tab", name="Query 1").click()
    expect(page.get_by_role("heading", name="Yes")).to_be_visible()


def test_what_was_changed_after_asking_is_there_after_a_reload(visit: Visit) -> None:
    page = opened(visit)
    write(page, YES)
    run(page)
    expect(page.get_by_role("heading", name="Yes")).to_be_visible()
    write(page, "ASK { ?a ?b 5 }")
    page.reload()

    expect(page.locator(".CodeMirror-code")).to_contain_text("ASK { ?a ?b 5 }")
    expect(page.get_by_role("tab")).to_have_count(1)


def test_a_query_too_long_for_an_address_is_reloaded_and_downloaded(visit: Visit) -> None:
    names = " ".join(f'"{number:06}"' for number in range(8_000))
    page = opened(visit)
    write(page, f"SELECT ?x {{ VALUES ?x {{ {names} }} }}")
    run(page)
    expect(page.get_by_role("heading", name="8,000 rows")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert len(download.value.path().read_text().splitlines()) == 8_001
    page.reload()

    expect(page.locator(".CodeMirror-code")).to_contain_text("000000")
