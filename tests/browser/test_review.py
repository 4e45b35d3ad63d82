"""The review in a browser: a steward decides and takes it back, and nobody is kept out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from graph.identity.keeping import keep
from graph.identity.listing import list_of
from graph.store import Store
from tests.review_world import NEWS, OFFICIAL, PEOPLE
from tests.running_service import RunningService, running

from .chromium import barriers, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from .chromium import Visit


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service with two people who may be one, and a source that contradicts another."""
    place = tmp_path_factory.mktemp("review") / "store"
    with Store.create(place) as store:
        store.update(PEOPLE)
        with store.read() as state:
            keep(place, list_of(state, store.names, NEWS, OFFICIAL))
    with running(place) as started:
        yield started


@pytest.fixture
def visit(browser: Browser, site: RunningService) -> Iterator[Visit]:
    with visiting(browser, f"http://127.0.0.1:{site.port}") as made:
        yield made
        assert made.elsewhere == []
        assert made.complaints == []


def test_a_steward_decides_about_two_people_and_takes_it_back(
    visit: Visit, site: RunningService
) -> None:
    token = site.bearer()["Authorization"].removeprefix("Bearer ")
    page = visit.open("/review/sign-in")
    page.get_by_label("Your token").fill(token)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert barriers(page) == []

    visit.open("/review/matches?source=news&against=official")
    assert barriers(page) == []
    page.get_by_label("Why?").fill("Looked up")
    page.get_by_role("button", name="They are the same").click()
    expect(page).to_have_url(re.compile("/review/decisions/2"))
    assert barriers(page) == []

    page.get_by_label("Why").fill("A mistake")
    page.get_by_role("button", name="Undo commit 2").click()
    expect(page).to_have_url(re.compile("/review/decisions/3"))
    expect(page.get_by_role("main")).to_contain_text("A mistake")


def test_conflicts_keep_nobody_out(visit: Visit) -> None:
    for path in ("/conflicts", "/review/conflicts"):
        page = visit.open(path)
        expect(page.get_by_role("main")).to_contain_text("Ana <b>Bold</b>")
        assert barriers(page) == []
