"""The graph as a network: people, events, nations and Games, and what joins them."""

from __future__ import annotations

import json
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol

from graph.names import local_name, mg
from graph.progress import unwatched
from graph.terms import Literal, NamedNode

from .facts import Facts
from .ordering import distinct, sorted_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from graph.progress import Step
    from graph.terms import Term

    from .facts import About
    from .scopes import Selection

PERSON, EVENT, NATION, GAMES = "person", "event", "nation", "games"
_CLASSES = {mg("Person"): PERSON, mg("Event"): EVENT, mg("Nation"): NATION, mg("Games"): GAMES}
_NO_MEDAL = "none"


class Node(NamedTuple):
    """One node: its address, what it is, and what it is called; code and year may be empty."""

    iri: str
    kind: str
    label: str
    code: str
    year: str


class Edge(NamedTuple):
    """One edge: from where, to where, why, the medal or role, and in how many records."""

    source: str
    target: str
    kind: str
    detail: str
    weight: int


class Drawn(Protocol):
    """What can be written as a network: nodes and edges, each given in order."""

    def nodes(self) -> AbstractContextManager[Iterator[Node]]:
        """Give each node once."""

    def edges(self) -> AbstractContextManager[Iterator[Edge]]:
        """Give each edge once."""


class _Tie(NamedTuple):
    """What one record joins: two ends, each with what it is."""

    source: str
    source_kind: str
    target: str
    target_kind: str
    kind: str
    detail: str


class Network:
    """The nodes and edges of a selection, each given in order and in bounded memory.

    A person ``entered`` an event (the detail is the medal, or none), ``took part`` in an event or
    in Games (the detail is the role), and was there ``for`` a nation; an event is ``of`` Games,
    and a nation ``sent`` a team to Games.

    Args:
        selection: what is exported.
        step: told that the records of a class are read.

    """

    def __init__(self, selection: Selection, *, step: Step = unwatched) -> None:
        self._facts, self._step = Facts(selection), step

    @contextmanager
    def edges(self) -> Iterator[Iterator[Edge]]:
        """Give each edge once, with the number of records that it comes from."""
        lines = (_line(tie.source, tie.target, tie.kind, tie.detail) for tie in self._ties())
        with sorted_lines(lines) as ordered:
            yield (Edge._make([*json.loads(line), times]) for line, times in distinct(ordered))

    @contextmanager
    def nodes(self) -> Iterator[Iterator[Node]]:
        """Give everything of the four classes, and every end of an edge, each once."""
        with sorted_lines(self._ends()) as ordered:
            ends = (json.loads(line) for line in ordered)
            # What sources take for two sorts of things is a node all the same.
            yield (self._node(*next(same)) for _, same in groupby(ends, key=itemgetter(0)))

    def _ends(self) -> Iterator[bytes]:
        for found, kind in _CLASSES.items():
            for node in self._facts.things(found, progress=self._step(local_name(found))):
                yield _line(_id(node), kind)
        for tie in self._ties():
            yield _line(tie.source, tie.source_kind)
            yield _line(tie.target, tie.target_kind)

    def _node(self, iri: str, kind: str) -> Node:
        node = NamedNode(iri)
        code = self._facts.code(node) if kind == NATION else ""
        year = self._facts.year(node) if kind == GAMES else ""
        return Node(iri, kind, self._facts.label(node), code, year)

    def _ties(self) -> Iterator[_Tie]:
        for found, ways in _WAYS.items():
            for node in self._facts.things(found, progress=self._step(local_name(found))):
                about = self._facts.about(node)
                for way in ways:
                    yield from _tied(way, node, about)


class _Way(NamedTuple):
    """How a record of some class joins two things: None stands for the record itself."""

    source: NamedNode | None
    source_kind: str
    target: NamedNode
    target_kind: str
    kind: str
    detail: NamedNode | None = None
    without: str = ""


_ATHLETE, _PERSON, _NATION = mg("athlete"), mg("person"), mg("nation")
_IN_EVENT, _IN_GAMES, _ROLE, _WON = mg("event"), mg("games"), mg("role"), mg("won")
_WAYS: dict[NamedNode, tuple[_Way, ...]] = {
    mg("Entry"): (
        _Way(_ATHLETE, PERSON, _IN_EVENT, EVENT, "entered", _WON, _NO_MEDAL),
        _Way(mg("guide"), PERSON, _IN_EVENT, EVENT, "guided in", _WON, _NO_MEDAL),
        _Way(_ATHLETE, PERSON, _NATION, NATION, "for"),
    ),
    mg("Participation"): (
        _Way(_PERSON, PERSON, _IN_EVENT, EVENT, "took part", _ROLE),
        _Way(_PERSON, PERSON, _IN_GAMES, GAMES, "took part", _ROLE),
        _Way(_PERSON, PERSON, _NATION, NATION, "for"),
    ),
    mg("Event"): (_Way(None, EVENT, _IN_GAMES, GAMES, "of"),),
    mg("Delegation"): (_Way(_NATION, NATION, _IN_GAMES, GAMES, "sent"),),
}


def _tied(way: _Way, node: Term, about: About) -> Iterator[_Tie]:
    details = about.values.get(way.detail, ()) if way.detail else ()
    detail = local_name(details[0]) if details else way.without
    for source in about.values.get(way.source, ()) if way.source else (node,):
        for target in about.values.get(way.target, ()):
            if not isinstance(source, Literal) and not isinstance(target, Literal):
                ends = (_id(source), way.source_kind, _id(target), way.target_kind)
                yield _Tie(*ends, way.kind, detail)


def _id(node: Term) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


def _line(*texts: str) -> bytes:
    return json.dumps(texts, ensure_ascii=False).encode() + b"\n"
