"""Strange names in a browser: they stay text, within the screen, and can be followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from graph.names import RDF_TYPE, RDFS_LABEL, Names, mg
from graph.terms import Literal, Quad
from tests.running_service import RunningService, running

from .chromium import barriers, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from .chromium import Visit

NAMES = Names()
CALLED = {
    "markup": Literal("<img src=x onerror=alert(1)></script><script>alert(2)</script>"),
    "quotes": Literal("\"'><svg onload=alert(1)>{{7*7}}", language="en"),
    "long": Literal("Donaudampfschifffahrt" * 20, language="de"),
    "arabic": Literal("نور الدين محمد (2024)!", language="ar"),
    "hebrew": Literal("שרה כהן, A. B. (1999)"),
    "overridden": Literal("evil\N{RIGHT-TO-LEFT OVERRIDE}txt.exe", language="en"),
    "marks": Literal("Z" + "\N{COMBINING ACUTE ACCENT}" * 60, language="en"),
    "blank": Literal(" ", language="en"),
}


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    place = tmp_path_factory.mktemp("strange") / "store"
    graph = NAMES.graph("press")
    with SnapshotEngine.create(place) as engine, engine.draft() as draft:
        for key, name in CALLED.items():
            person = NAMES.of("person", key)
            said = ((RDF_TYPE, mg("Person")), (RDFS_LABEL, name))
            draft.bulk_add(Quad(person, of, value, graph) for of, value in said)
        draft.publish(CommitInfo(kind="load", message="strange names"))
    with running(place, BASE_PATH="/deep/down") as service:
        yield service


@pytest.fixture
def stranger(browser: Browser, strange: RunningService) -> Iterator[Visit]:
    with visiting(browser, f"http://127.0.0.1:{strange.port}/deep/down") as made:
        yield made
        assert made.elsewhere == []
        assert made.complaints == []


@pytest.mark.parametrize("key", CALLED)
def test_the_page_of_a_strange_name_keeps_nobody_out(stranger: Visit, key: str) -> None:
    page = stranger.open(f"/id/person/{key}.html")

    shown = CALLED[key].value.strip() or f"person:{key}"
    expect(page.get_by_role("heading", level=1)).to_have_text(shown)
    assert barriers(page) == []


def test_strange_names_are_rows_that_can_be_followed(stranger: Visit) -> None:
    page = stranger.open("/query?query=SELECT+*+{+?person+a+mg:Person+}")
    links = page.locator("td a")
    expect(links).to_have_count(len(CALLED))

    assert all(text.strip() for text in links.all_inner_texts())
    assert page.locator("#answers img, #answers svg, #answers script").count() == 0
    assert barriers(page) == []
