"""Somebody sees who states a fact, and reads a report with what others say of each statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from .chromium import DESKTOP, PHONE, Visit, look_as, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

REPORT = "/sources/azernews-2024-09-17"


def test_the_sources_of_a_fact_are_seen_and_lead_to_what_they_say_of_it(visit: Visit) -> None:
    page = visit.open("/id/person/lamiya-valiyeva-2002.html")
    opener = page.locator("details.cited").first
    opener.locator("summary").click()
    source = opener.get_by_role("link").first
    expect(source).to_be_visible()
    assert violations(page) == []

    source.click()
    expect(page.get_by_role("heading", name="What it says of Lamiya Valiyeva")).to_be_visible()
    page.get_by_role("link", name="Read what it says, each statement marked").click()
    expect(page.locator(".marks")).to_contain_text("contradicted")


def test_a_report_is_read_with_what_others_say_of_it(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_role("link", name="all that it says").click()
    expect(page).to_have_url(visit.address + REPORT)
    expect(page.locator(".marks")).to_contain_text("all 173")

    page.get_by_role("link", name="contradicted 6").click()
    said = page.get_by_role("listitem").filter(has_text="won 4 gold medals at Tokyo 2020")
    expect(said).to_contain_text("Instead 14: Medals by sport and nation")
    expect(said).to_contain_text("set aside")
    _keeps_nobody_out(page)

    page.get_by_label("Games", exact=True).select_option("2024-summer-para")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("4,000 athletes took part")).to_be_visible()
    expect(page.locator(".said").filter(has_text="Tokyo 2020")).to_have_count(0)
    page.get_by_role("link", name="Show everything").click()
    expect(page).to_have_url(visit.address + REPORT)


def test_a_large_source_is_read_part_by_part(visit: Visit) -> None:
    page = visit.open("/sources/paris2024-paralympics")
    expect(page.get_by_text("It says too much to be read at once")).to_be_visible()
    page.get_by_label("Nation").select_option("AZE")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Azerbaijan won 4 gold medals at Paris 2024")).to_be_visible()
    page.get_by_role("link", name="Further").click()
    expect(page.get_by_text("Page 2 of")).to_be_visible()
    _keeps_nobody_out(page)


def _keeps_nobody_out(page: Page) -> None:
    for scheme, size in (("light", DESKTOP), ("dark", PHONE)):
        look_as(page, scheme=scheme, size=size)
        assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    look_as(page, scheme="light", size=DESKTOP)
