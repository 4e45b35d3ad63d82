"""Events that a person says on a page are one: their medals become one with them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from graph.identity.keeping import keep
from graph.identity.listing import EVENT, list_of
from graph.selecting import rows

from .review_world import Browser, forms
from .service_world import World, world_in
from .two_tellings import BOOK, THE_BOOK, THE_WEB, WEB, inserted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MATCHES = "/review/matches?source=web&against=book&kind=event"
PODIUM = ("Gold AZE Leyla Ali", "Silver FRA Anne Roi", "Bronze USA Jane Doe")
OTHERS = ("Gold GEO Nino Abo", "Silver UKR Olha Bila", "Bronze USA Jane Doe")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A service with two events that share a bronze medallist only."""
    quads = [*THE_BOOK.known(), *THE_BOOK.event("Flyweight", *PODIUM, sport="judo")]
    quads += [*THE_WEB.known(), *THE_WEB.event("48 kg", *OTHERS, sport="judo")]
    with world_in(tmp_path) as made:
        made.store.update(inserted(quads))
        with made.store.read() as state:
            kept = list_of(state, made.store.names, WEB, BOOK, kind=EVENT)
        keep(made.app.extensions["medalgraph"].settings.store, kept)
        yield made


def test_what_both_tell_of_events_that_may_be_one_is_shown(world: World) -> None:
    page = Browser(world).open(MATCHES).text
    assert "Flyweight" in page
    assert "1 of 3 medals have the same receivers" in page


def test_a_decision_joins_their_medals_and_leaves_their_receivers_to_decide(world: World) -> None:
    leyla = Browser(world)
    leyla.sign_in()
    action, fields = forms(leyla.open(MATCHES).text)[0]
    answer = leyla.send(action, fields | {"reason": "The federation's classes", "decision": "same"})
    assert answer.status_code in {200, 303}
    with world.store.read() as state:
        said = list(
            rows(state, "SELECT DISTINCT ?award ?who { ?award mg:medal ?m ; mg:entry ?who }")
        )
    receivers = Counter(row["award"] for row in said)
    assert sorted(receivers.values()) == [1, 2, 2]
    page = leyla.open("/review/conflicts?property=entry").text
    assert "Gold, Flyweight, 2012 Summer Olympics" in page
    assert "Nino Abo (GEO)" in page
