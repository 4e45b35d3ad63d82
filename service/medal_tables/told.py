"""What is told of medal tables, by what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.pages import Shown
from service.portraits.gathering import Gathering

from .all_time import all_time_told
from .asked import Asked, View
from .athletes import athletes_told
from .compared import compared_told
from .editions import choice_told
from .events import events_told
from .history import history_told
from .table import table_told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from service.wire.problem import Json

_WAYS: dict[View, Callable[[Gathering, Asked], dict[str, Json]]] = {
    View.CHOICE: choice_told,
    View.TABLE: table_told,
    View.EVENTS: events_told,
    View.COMPARED: compared_told,
    View.NATION: history_told,
    View.ALL_TIME: all_time_told,
    View.ATHLETES: athletes_told,
}


def told(reader: Reader, names: Names, text: str, languages: Sequence[str]) -> dict[str, Json]:
    """Return what is asked for.

    Args:
        reader: the state.
        names: the names of the store.
        text: what ``Asked.to_text`` gave.
        languages: those in which things are named, the best first.

    """
    asked = Asked.from_text(text)
    return _WAYS[asked.view](Gathering(reader, names, Shown(reader, names, languages)), asked)
