"""The review in a browser: a steward decides and takes it back, and nobody is kept out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.review_world import review_running

from .chromium import barriers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.running_service import RunningService

    from .chromium import Visit


@pytest.fixture
def site(tmp_path: Path) -> Iterator[RunningService]:
    """A service with two people who may be one, and a source that contradicts another."""
    with review_running(tmp_path / "store") as started:
        yield started


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
