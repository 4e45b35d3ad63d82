"""What a row names is looked up among the things of the Games that were read once for all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from graph.engines.memory import MemoryEngine
from graph.importers.sheets.lookup import Lookup
from graph.names import Names
from graph.store import Store

from .sheet_world import WORLD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Reader
    from graph.terms import NamedNode, Quad

NAMES = Names()
GAMES, TOKYO = NAMES.of("games", "2024-summer-para"), NAMES.of("games", "2020-summer-para")
ATHLETICS, ROWING = NAMES.of("sport", "athletics"), NAMES.of("sport", "rowing")


class Asked:
    """A state that counts how often it is asked."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self.times = reader, 0

    def quads(self, *told: Any, **named: Any) -> Iterator[Quad]:  # noqa: ANN401 - as readers have it
        self.times += 1
        return self._reader.quads(*told, **named)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else a reader can do
        return getattr(self._reader, name)


@pytest.fixture
def state() -> Iterator[Asked]:
    store = Store(MemoryEngine())
    store.update(WORLD)
    store.update('INSERT DATA { GRAPH graph:book { event:t13 skos:altLabel "女子100米"@zh } }')
    with store.read() as reader:
        yield Asked(reader)


@pytest.fixture
def lookup(state: Asked) -> Lookup:
    return Lookup(state, NAMES, NAMES.graph("sheet"))


@pytest.mark.parametrize(
    ("games", "sport", "text", "event"),
    [
        (GAMES, ATHLETICS, "Women's 100m - T13", NAMES.of("event", "t13")),
        (GAMES, ATHLETICS, "womens 100M T13", NAMES.of("event", "t13")),
        (GAMES, ATHLETICS, "4x100m Universal Relay", NAMES.of("event", "relay")),
        (GAMES, ATHLETICS, "Women's 200m - T13", None),
        (GAMES, ROWING, "Women's 100m - T13", None),
        (TOKYO, ATHLETICS, "Women's 100m - T13", None),
    ],
)
def test_an_event_is_that_of_the_sport_at_the_games(
    lookup: Lookup, games: NamedNode, sport: NamedNode, text: str, event: NamedNode | None
) -> None:
    assert lookup.event(games, sport, text) == event


def test_events_of_more_rows_ask_no_more_of_the_state(lookup: Lookup, state: Asked) -> None:
    lookup.event(GAMES, ATHLETICS, "Women's 100m - T13")
    before = state.times
    for row in range(50):
        lookup.event(GAMES, ATHLETICS, f"Women's {row}m")
    assert state.times == before
