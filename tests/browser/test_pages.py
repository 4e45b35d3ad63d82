"""Each kind of page in a browser: nobody is kept out, and nothing is asked of another host."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .chromium import DESKTOP, PHONE, Visit, look_as, violations
from .page_list import KINDS, Kind

LOOKS = (("light", DESKTOP), ("dark", DESKTOP), ("dark", PHONE))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_page_keeps_nobody_out_and_fits_a_phone(visit: Visit, kind: Kind) -> None:
    page = visit.open(kind.path, kind.status)

    for scheme, size in LOOKS:
        look_as(page, scheme=scheme, size=size)
        assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_somebody_is_found_from_the_first_page_by_a_misspelled_name(visit: Visit) -> None:
    page = visit.open("/")
    box = page.get_by_role("combobox", name="Find by name")

    box.press_sequentially("Lamija Valijeva")
    expect(page.get_by_role("option").first).to_contain_text("Lamiya Valiyeva")
    box.press("ArrowDown")
    box.press("Enter")

    expect(page).to_have_url(f"{visit.address}/id/person/lamiya-valiyeva-2002.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lamiya Valiyeva")


def test_suggestions_keep_nobody_out(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_role("combobox", name="Find by name").press_sequentially("Valiyeva")
    expect(page.get_by_role("option").first).to_be_visible()

    assert violations(page) == []


def test_a_request_elsewhere_is_refused_and_noted(visit: Visit) -> None:
    page = visit.open("/")
    with page.expect_event("requestfailed"):
        page.evaluate("location = 'https://example.org/'")

    assert visit.elsewhere == ["https://example.org/"]
    visit.elsewhere.clear()


def test_an_error_and_a_breach_of_the_policy_are_noted(visit: Visit) -> None:
    page = visit.open("/")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('so it is') })")
    with page.expect_event("console"):
        page.evaluate("document.body.style = 'color: red'")
        page.evaluate("document.body.innerHTML += '<p style=\"color: red\">'")

    error, breach = visit.complaints
    assert "so it is" in error
    assert "Content Security Policy" in breach
    visit.complaints.clear()
