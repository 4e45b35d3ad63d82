"""How much is exported: everything, one source, one edition of the Games, or one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.engines.memory import MemoryDraft
from graph.engines.public import PublicReader
from graph.errors import NotFound
from graph.names import is_restricted
from graph.prologue import house_prologue
from graph.terms import DEFAULT_GRAPH, Quad

from .games import belongings, games_named
from .parts import OneSource, SomeThings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import NamedNode, Triple


@dataclass(frozen=True, slots=True)
class Scope:
    """How much of a state; without a source, Games or a query, all of it.

    Attributes:
        source: the IRI of the graph of a source.
        games: the Games, by key, name or IRI.
        query: a SPARQL query.
        restricted: whether the restricted sources are seen.

    """

    source: str = ""
    games: str = ""
    query: str = ""
    restricted: bool = False

    def told(self) -> dict[str, str]:
        """Return what is in it, for people and programs."""
        parts = {"source": self.source, "games": self.games, "query": self.query}
        found = {name: value for name, value in parts.items() if value} or {"whole": "yes"}
        return found | ({"restricted": "yes"} if self.restricted else {})


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported.

    Attributes:
        facts: a state that holds just this; its default graph has each statement once.
        whole: the state that it is a part of, for the names of things that it only mentions.
        names: of the store.
        holds_graphs: whether it is told which source says what.

    """

    facts: Reader
    whole: Reader
    names: Names
    holds_graphs: bool = True

    def quads(self) -> Iterator[Quad]:
        """Yield each statement with the graph that says so, where that is told."""
        return self.facts.quads() if self.holds_graphs else self.triples()

    def triples(self) -> Iterator[Quad]:
        """Yield each statement once, in the default graph."""
        return self.facts.quads(graph=DEFAULT_GRAPH)


def everything(reader: Reader, names: Names, *, restricted: bool = False) -> Selection:
    """Return the whole of a state.

    Args:
        reader: the state.
        names: of its store.
        restricted: whether the restricted sources are part of it.

    """
    seen = reader if restricted else public(reader, names)
    return Selection(seen, seen, names)


def of_source(reader: Reader, names: Names, graph: NamedNode) -> Selection:
    """Return what one source says, even one that is restricted: it was named.

    Raises:
        NotFound: if it says nothing.

    """
    if next(reader.quads(graph=graph), None) is None:
        seen = public(reader, names)
        known = ", ".join(sorted(name.value.rpartition("/")[2] for name in seen.graphs()))
        raise NotFound(
            f"No statement is in the graph <{graph.value}>.",
            hint=f"The graphs are: {known}." if known else "The store is empty.",
        )
    whole = reader if is_restricted(graph) else public(reader, names)
    return Selection(OneSource(reader, graph), whole, names)


def of_games(reader: Reader, names: Names, text: str) -> Selection:
    """Return what all sources say of one edition of the Games and of whom its records name.

    Raises:
        NotFound: if there are none of that name.

    """
    seen = public(reader, names)
    things = belongings(seen, games_named(seen, text, names), names)
    return Selection(SomeThings(seen, things), seen, names)


def of_answer(found: Iterable[Triple], reader: Reader, names: Names) -> Selection:
    """Return the graph that answers CONSTRUCT or DESCRIBE; it is held in memory."""
    quads = (Quad(said.subject, said.predicate, said.object, DEFAULT_GRAPH) for said in found)
    answer = MemoryDraft(quads, plain=True)
    return Selection(answer, public(reader, names), names, holds_graphs=False)


def public(reader: Reader, names: Names) -> PublicReader:
    """Return a state as everybody may see it."""
    return PublicReader(reader, house_prologue(names))
