"""Events that may be one are decided on the same pages as people, with their medals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .century import rules_and_nations
from .review_world import Browser, forms, keep_matches, signed_in
from .service_world import World, world_in
from .two_tellings import BOOK, THE_BOOK, THE_WEB, WEB

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIST = "/review/matches?source=web&against=book&kind=event"
PODIUM = ("Gold AZE Leyla Ali", "Silver FRA Anne Roi", "Bronze USA Jane Doe")
SINCE = ("Gold FRA Anne Roi", "Silver USA Jane Doe", "Bronze GEO Nino Abo")
AWARDS = "SELECT ?x { ?x a mg:Award }"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    quads = [*THE_BOOK.known(), *THE_BOOK.event("Foil", *PODIUM, sport="fencing")]
    quads += [*THE_WEB.known(), *THE_WEB.event("foil", *SINCE, sport="fencing")]
    with world_in(tmp_path) as made:
        made.state(*quads, *rules_and_nations())
        keep_matches(made, WEB, BOOK, kind="event")
        yield made


@pytest.fixture
def browser(world: World) -> Browser:
    return signed_in(world)


def test_an_event_is_shown_with_its_medallists_and_merged_with_its_medals(
    world: World, browser: Browser
) -> None:
    page = browser.open(f"{LIST}&sure=true").text
    assert "Which event is the same?" in page
    assert "Silver: Anne Roi" in page
    assert "Gold: Anne Roi" in page
    before = len(world.values(AWARDS))
    [(action, fields)] = forms(page)
    sent = browser.send(action, fields | {"reason": "One final", "decision": "same"})
    assert sent.status_code == 303
    assert len(world.values(AWARDS)) == before - 3
    done = browser.open(sent.headers["Location"]).text
    assert "leads from now on to" in done
    assert "There are none left" in browser.open(f"{LIST}&sure=true").text
    conflicts = browser.open("/review/conflicts?property=entry").text
    assert "Leyla Ali (AZE)" in conflicts
    assert "Gold, Foil, 2012 Summer Olympics" in conflicts
    [(action, fields)] = forms(done)
    assert browser.send(action, fields | {"reason": "A mistake"}).status_code == 303
    assert len(world.values(AWARDS)) == before


def test_two_events_that_are_two_are_not_asked_about_again(world: World, browser: Browser) -> None:
    [(action, fields)] = forms(browser.open(f"{LIST}&sure=true").text)
    browser.send(action, fields | {"reason": "Two finals", "decision": "different"})
    keep_matches(world, WEB, BOOK, kind="event")
    told = world.client.get(f"{LIST}&sure=true").json
    assert told is not None
    assert told["waiting"] == 0
