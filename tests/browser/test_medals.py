"""Medal tables in a browser: days are moved through, tables compared, and labels stay text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.medal_world import HOSTILE, medals_in
from tests.running_service import running

from .chromium import Visit, barriers, violations, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

PARIS = "/medals?games=2024-summer-para"


@pytest.fixture(scope="module")
def sydney(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """A service whose medals were decided on years later, with labels that are markup."""
    folder = tmp_path_factory.mktemp("sydney")
    with medals_in(folder):
        pass
    with (
        running(folder / "store") as service,
        visiting(browser, f"http://127.0.0.1:{service.port}") as visit,
    ):
        yield visit
        assert visit.complaints == []
        assert visit.elsewhere == []


def test_the_slider_moves_the_table_and_the_podium_follows(sydney: Visit) -> None:
    page = sydney.open("/medals?games=2000-summer")
    slider = page.get_by_role("slider", name="Day of the table")
    expect(page.locator("tr[data-code=USA]")).to_have_count(0)

    slider.focus()
    slider.press("Home")

    told = page.locator("#table-told")
    expect(told).to_have_text("The table as of 2000-10-01: 2 teams changed.")
    expect(page.locator("tr[data-code=USA] td.count").first).to_have_text("1")
    expect(page.locator("tr.changed")).to_have_count(2)
    expect(page).to_have_url(re.compile("on=2000-10-01"))
    today = page.get_by_role("link", name="As everything stands today")
    expect(today).not_to_have_attribute("aria-current", "true")
    expect(page.locator("#table-basis")).to_contain_text("Taken from The <Book>.")
    expect(page.locator("tfoot td.count")).to_have_text(["2", "2", "3", "7"])

    slider.press("ArrowRight")
    expect(told).to_contain_text("as of 2007-12-12")
    expect(page.locator("tr[data-code=USA]")).to_have_count(0)
    expect(page.locator(".citation")).to_contain_text("as of 2007-12-12")
    expect(page.locator("#embed-code")).to_have_value(
        f'<iframe src="{sydney.address}/medals/embed?games=2000-summer&on=2007-12-12"'
        ' title="Medal table of 2000 Summer Olympics" width="100%" height="600" loading="lazy">'
        "</iframe>"
    )
    assert violations(page) == []

    page.locator("#moved-list a").click()
    expect(page.get_by_role("heading", name="The podium as of 2007-12-12")).to_be_visible()
    page.go_back()
    expect(page.locator("#on")).to_have_value("2007-12-12")


def test_two_tables_side_by_side_show_why_they_differ_on_a_phone(sydney: Visit) -> None:
    page = sydney.open("/medals/compare?games=2000-summer&on=2000-10-01&with_on=2010-01-01")
    page.set_viewport_size({"width": 360, "height": 740})
    reason = page.get_by_role("link", name="silver given instead").bounding_box()
    assert reason is not None
    assert reason["x"] + reason["width"] <= 360
    expect(page.get_by_text("2 cells differ, each explained.")).to_be_visible()
    assert barriers(page) == []


def test_labels_are_text_in_tables_charts_and_lists(sydney: Visit) -> None:
    page = sydney.open("/medals?games=2000-summer&nation=MIX&medal=gold")
    expect(page.get_by_role("link", name=HOSTILE)).to_be_visible()
    page = sydney.open("/medals/compare?games=2000-summer&with_rule=mixed-shared")
    expect(page.get_by_role("link", name=HOSTILE).first).to_be_visible()
    assert page.locator("main img").count() == 0
    assert violations(page) == []


def test_two_tables_are_compared_from_the_page_of_one(visit: Visit) -> None:
    page = visit.open(f"{PARIS}&sport=para-athletics")
    page.get_by_role("link", name="Compare it with another rule, day or source").click()
    page.locator("#with_rule").select_option("per-person")
    page.get_by_role("button", name="Compare").click()

    expect(page.locator("main")).to_contain_text("each explained")
    china = page.get_by_role("row").filter(has_text="CHN")
    # Three golds were won in pairs or relays of four.
    expect(china).to_contain_text("each member counted by the second")


def test_without_scripts_the_days_are_links(browser: Browser, visit: Visit) -> None:
    with visiting(browser, visit.address, java_script_enabled=False) as plain:
        page = plain.open(PARIS)
        assert page.get_by_role("slider").count() == 0
        page.locator("a[data-day='2024-09-02']").click()
        expect(page.locator("tr[data-code=AZE] td.count").first).to_have_text("2")
