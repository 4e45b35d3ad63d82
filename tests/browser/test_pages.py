"""Each kind of page in a browser: nobody is kept out, and nothing is asked of another host."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from graph.store import Store
from tests.running_service import RunningService, running

from .chromium import Visit, barriers, violations, visiting
from .late_names import NAMES, LateNames
from .page_list import KINDS, Kind

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_page_keeps_nobody_out_and_fits_a_phone(visit: Visit, kind: Kind) -> None:
    page = visit.open(kind.path, kind.status)

    assert barriers(page) == []


def test_somebody_is_found_from_the_first_page_by_a_misspelled_name(visit: Visit) -> None:
    page = visit.open("/")
    box = page.get_by_role("combobox", name="Find by name")

    box.press_sequentially("Lamija Valijeva")
    expect(page.get_by_role("option").first).to_contain_text("Lamiya Valiyeva")
    box.press("ArrowDown")
    box.press("Enter")

    expect(page).to_have_url(f"{visit.address}/id/person/lamiya-valiyeva-2002.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lamiya Valiyeva")


def test_a_suggestion_that_was_chosen_is_followed_although_others_come_after_it(
    visit: Visit,
) -> None:
    page = visit.open("/")
    box = page.get_by_role("combobox", name="Find by name")
    box.press_sequentially("Valiyev")
    expect(page.get_by_role("option").first).to_contain_text("Lamiya Valiyeva")
    late = LateNames(page)
    with page.expect_request(NAMES):
        box.press_sequentially("a")
    box.press("ArrowDown")
    late.come()
    box.press("Enter")

    expect(page).to_have_url(f"{visit.address}/id/person/lamiya-valiyeva-2002.html")


def test_somebody_is_found_without_scripts(browser: Browser, site: RunningService) -> None:
    with visiting(browser, f"http://127.0.0.1:{site.port}", java_script_enabled=False) as visit:
        page = visit.open("/")
        page.get_by_label("Find by name").fill("Lamija Valijeva")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("link", name="Lamiya Valiyeva").first.click()

        expect(page).to_have_url(f"{visit.address}/id/person/lamiya-valiyeva-2002.html")
        assert visit.elsewhere == visit.complaints == []


def test_suggestions_come_from_wherever_the_service_lies(browser: Browser, tmp_path: Path) -> None:
    Store.create(tmp_path / "store").close()
    with running(tmp_path / "store", BASE_PATH="/medals") as service:
        service.update("INSERT DATA { person:ana rdfs:label 'Ana <b>Bold</b>' }")
        with visiting(browser, f"http://127.0.0.1:{service.port}/medals") as visit:
            page = visit.open("/")
            service.wait_for_search()
            page.get_by_role("combobox").press_sequentially("Ana")

            expect(page.get_by_role("option")).to_contain_text("Ana <b>Bold</b>")
            assert visit.elsewhere == visit.complaints == []


def test_suggestions_keep_nobody_out(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_role("combobox", name="Find by name").press_sequentially("Valiyev")
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


@pytest.mark.parametrize("path", ["/", "/id/games/2024-summer-para.html"])
def test_a_medal_table_fits_a_screen_of_320_pixels(visit: Visit, path: str) -> None:
    # WCAG 2.2, 1.4.10: nobody who reads enlarged scrolls in two directions.
    visit.page.set_viewport_size({"width": 320, "height": 600})
    page = visit.open(path)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")

    assert page.evaluate("document.documentElement.scrollWidth") == 320
