"""A steward imports a sheet with two bad rows in a browser, mends one, drops one, takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.bundled_service import bundled_store
from tests.running_service import RunningService, running

from .chromium import DESKTOP, PHONE, Visit, look_as, violations, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, FilePayload, Page

SHEET = (
    "name;sex;born;nation\n"
    "Aynur Məmmədova;F;2001-04-03;AZE\n"
    '"<b>Ilqar</b> =1+1";X;1999-01-02;AZE\n'
    "Rövşən Quliyev;M;31.02.2000;AZE\n"
)


FILE: FilePayload = {
    "name": "team.csv",
    "mimeType": "text/csv",
    "buffer": SHEET.encode("utf-8-sig"),
}


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service whose store is changed."""
    with running(bundled_store(tmp_path_factory.mktemp("importing"))) as service:
        yield service


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def steward(
    request: pytest.FixtureRequest, browser: Browser, changing: RunningService
) -> Iterator[Visit]:
    """Somebody who is signed in with a token that may write."""
    address = f"http://127.0.0.1:{changing.port}"
    with visiting(browser, address, java_script_enabled=request.param) as visit:
        token = changing.bearer()["Authorization"].removeprefix("Bearer ")
        page = visit.open("/import")
        page.get_by_role("link", name="sign in with your token").click()
        page.get_by_label("Your token").fill(token)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Import a sheet")
        yield visit
        assert visit.elsewhere == []
        # A browser without scripts reports each as something that it was told not to load.
        assert [each for each in visit.complaints if not each.endswith(".js: csp")] == []


def checked(page: Page) -> None:
    """Hold a page against axe-core, which is a script, and against the width of a phone."""
    if page.get_by_role("combobox", name="Find by name").count() == 0:
        return
    for scheme, size in (("light", DESKTOP), ("dark", PHONE)):
        look_as(page, scheme=scheme, size=size)
        assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    look_as(page, scheme="light", size=DESKTOP)


_DROP = """([element, name, size]) => {
  const dropped = new DataTransfer();
  dropped.items.add(new File(['x'.repeat(size)], name));
  const told = {dataTransfer: dropped, bubbles: true, cancelable: true};
  for (const kind of ['dragenter', 'drop']) element.dispatchEvent(new DragEvent(kind, told));
}"""


@pytest.mark.parametrize("steward", [True], indirect=True, ids=["with-script"])
def test_a_file_is_dropped_on_the_page_and_one_that_is_too_large_is_not_sent(
    steward: Visit,
) -> None:
    page = steward.page
    place = page.locator("[data-drop]").element_handle()
    page.evaluate(_DROP, [place, "large.csv", 9 << 20])
    expect(page.locator("[data-chosen]")).to_contain_text("more than a page can take")
    page.get_by_role("button", name="See what it would do").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Import a sheet")

    page.evaluate(_DROP, [place, "small.csv", 4])
    expect(page.locator("[data-chosen]")).to_have_text("small.csv, 4 bytes")
    page.get_by_role("button", name="See what it would do").click()
    expect(page.get_by_role("alert")).to_contain_text("small.csv has no column name")
    checked(page)


def test_a_sheet_with_two_bad_rows_is_mended_kept_and_taken_back(steward: Visit) -> None:
    page = steward.page
    checked(page)
    page.get_by_role("radio", name="People:").check()
    page.get_by_label("The CSV file").set_input_files(FILE)
    page.get_by_role("button", name="See what it would do").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What team.csv would do")
    expect(page.get_by_text("2 cannot be used")).to_be_visible()
    checked(page)
    wrong = page.get_by_role("group", name="Line 3")
    expect(wrong).to_contain_text("<b>Ilqar</b> =1+1")
    wrong.get_by_label("sex").fill("M")
    page.get_by_role("checkbox", name="Leave line 4 out").check()
    page.get_by_role("button", name="See again what it would do").click()

    expect(page.get_by_text("1 row left out by you")).to_be_visible()
    expect(page.get_by_text("cannot be used")).to_have_count(0)
    checked(page)
    page.get_by_label("Why?").fill("Team list of the committee")
    page.get_by_role("button", name="Keep it as a commit").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Imported")
    expect(page.get_by_text("Team list of the committee")).to_be_visible()
    checked(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the 1 row left out").click()
    left = waiting.value.path().read_text(encoding="utf-8-sig")
    assert "31.02.2000" in left
    assert "Rövşən Quliyev" in left

    page.get_by_label("Why?").fill("It was the list of last year")
    page.get_by_role("button", name="Undo commit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Taken back")
    checked(page)
