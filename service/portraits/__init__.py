"""What a page tells of a thing because of what it is: a person's career, an event's podium.

Each class has a file that gathers what its page tells, and a template of the same name that
shows it. A thing of two classes has both; one of any other class has its statements only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names import mg

from .asked import Asked, last_day
from .body import body
from .event import event
from .games import games
from .gathering import Gathering, Portrait
from .nation import nation
from .offices import tenure
from .person import person
from .rule import rule
from .sport import sport

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import NamedNode
    from service.pages import Shown

    Way = Callable[[Gathering, NamedNode, Asked], Portrait]

__all__ = ["Asked", "Portrait", "last_day", "portraits"]

_WAYS: dict[NamedNode, Way] = {
    mg("Person"): lambda of, node, _: person(of, node),
    mg("Nation"): lambda of, node, _: nation(of, node),
    mg("Organization"): lambda of, node, _: body(of, node),
    mg("Games"): games,
    mg("Sport"): lambda of, node, _: sport(of, node),
    mg("Event"): lambda of, node, asked: event(of, node, asked.day),
    mg("Tenure"): lambda of, node, _: tenure(of, node),
    mg("CountingRule"): lambda of, node, _: rule(of, node),
}


def portraits(
    reader: Reader, names: Names, shown: Shown, node: NamedNode, asked: Asked
) -> tuple[Portrait, ...]:
    """Return what is told of a thing for each of its classes that has a page of its own.

    Args:
        reader: the state.
        names: the names of the store.
        shown: turns terms into cells, in the language of the reader.
        node: the thing.
        asked: what the address asks of its page.

    """
    gathering = Gathering(reader, names, shown)
    types = gathering.types(node)
    return tuple(way(gathering, node, asked) for kind, way in _WAYS.items() if kind in types)
