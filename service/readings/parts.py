"""Which things of a source are read for what is asked; of a large source only a part at a time."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from graph.errors import BadInput
from graph.medals.editions import edition_named
from graph.medals.nations import nation_named
from graph.names import RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, local_name, mg
from graph.selecting import rows
from graph.sources import CLAIM, SUBJECT
from graph.terms import NamedNode

from .asking import SHOWN, WITHOUT, Mark
from .items import WHOLE
from .marks import subjects
from .places import AWARD, BY_PERSON, ENTRY, GAMES, NATION, PERSON, Places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.terms import Subject

    from .asking import Asked
    from .stated import Stated

SMALL = 5_000
"""A source of so many statements is read at once."""
MOST_THINGS = 6_000
"""So many things are marked for one page; of more a part has to be asked for."""
MOST_OTHERS = 50_000
"""Of so many statements of other sources it is looked up which things they share with one."""
_TALLY, _PERSON = mg("Tally"), mg("Person")


class Parts:
    """The things of one source.

    Args:
        stated: what is said.
        size: how many statements it makes.

    """

    def __init__(self, stated: Stated, size: int) -> None:
        self._stated, self._size = stated, size
        self._reader, self._graph = stated.reader, stated.graph
        self.is_small = size <= SMALL
        self.places = Places(stated)
        self.is_counted = True

    def named(self, asked: Asked) -> tuple[NamedNode | None, NamedNode | None]:
        """Return the Games and the nation that are asked for by name.

        Raises:
            NotFound: if there is none of that name.

        """
        games = asked.games not in ("", WITHOUT) and edition_named(self._reader, asked.games)
        nation = asked.nation not in ("", WITHOUT) and nation_named(self._reader, asked.nation)
        return games or None, nation or None

    def is_listed(self, asked: Asked) -> bool:
        """Tell whether things of a kind are read as the store has them, a page at a time."""
        is_all = not (asked.games or asked.nation) and asked.mark in ("", Mark.UNCHECKED)
        return not self.is_small and bool(asked.kind) and is_all

    def things_of(self, kind: str) -> int:
        """Return how many things of a kind the source describes."""
        return self._count(f"?s a {mg(kind)}")

    def subjects(self, asked: Asked) -> set[Subject]:
        """Return the things that are read, and claims about them.

        Raises:
            BadInput: if they are too many to be marked for one page.

        """
        games, nation = self.named(asked)
        found = self._every() if self.is_small else self._some(asked, games, nation)
        if asked.games or asked.nation:
            wanted = (_wanted(asked.games, games), _wanted(asked.nation, nation))
            found = {one for one in found if self._is_of(one, *wanted)}
        if asked.kind:
            kind = mg(asked.kind)
            found = {one for one in found if kind in self._stated.kinds(one)}
        return found

    def claims(self, things: Iterable[Subject]) -> set[Subject]:
        """Return the claims of the source about some things."""
        return {
            claim
            for thing in things
            for claim in subjects(self._reader.quads(None, SUBJECT, thing, self._graph))
        }

    def shared(self) -> set[Subject] | None:
        """Return the things of which another source says something too, counts and claims.

        None if that is too much to be looked up for a page.
        """
        others = [graph for graph in self._reader.graphs() if graph != self._graph]
        quads = (quad for graph in others for quad in self._reader.quads(graph=graph))
        every = list(islice(quads, MOST_OTHERS + 1))
        if len(every) > MOST_OTHERS:
            return None
        found = {one for one in subjects(every) if self._stated.own(one)}
        for kind in (_TALLY, CLAIM):
            of_kind = self._reader.quads(None, RDF_TYPE, kind, self._graph)
            found |= subjects(islice(of_kind, MOST_THINGS + 1))
        return found if len(found) <= MOST_THINGS else None

    def counted(self, counts: int) -> int:
        """Return how many items there are in all, without reading them.

        Args:
            counts: how many of them are counts.

        """
        described = dict(self.kinds)
        total = self._size - sum(described.values()) + counts
        for kind in described.keys() & {*WHOLE, _TALLY, CLAIM}:
            total -= self._count(f"?s a {kind} . ?s ?p ?o") - described[kind]
            # What is said of a tally beside its counts says what they are of.
            total += 0 if kind == _TALLY else described[kind]
        return total

    def spelled(self) -> int:
        """Return how many other spellings there are of what has a name, without reading them."""
        named = f"FILTER EXISTS {{ ?s {RDFS_LABEL} ?l }}"
        return self._count(f"?s {SKOS_ALT_LABEL} ?n {named}")

    @cached_property
    def kinds(self) -> list[tuple[NamedNode, int]]:
        """Return the classes of things that the source describes, the most first."""
        text = f"SELECT ?c (COUNT(*) AS ?n) {{ GRAPH {self._graph} {{ ?x a ?c }} }} GROUP BY ?c"
        found = [(row["c"], int(row["n"].value)) for row in rows(self._reader, text)]
        classes = [(kind, count) for kind, count in found if isinstance(kind, NamedNode)]
        return sorted(classes, key=lambda one: (-one[1], str(one[0])))

    def editions(self) -> list[NamedNode]:
        """Return the Games that the source speaks of."""
        return self._objects(GAMES)

    def nations(self, games: NamedNode | None) -> list[NamedNode]:
        """Return the nations that the source speaks of, at some Games if these are asked for."""
        if games is None or not self.is_small:
            return self._objects(NATION)
        text = f"""SELECT DISTINCT ?o {{ GRAPH {self._graph} {{
            ?s {NATION} ?o . ?s {GAMES} {games} }} }}"""
        return [row["o"] for row in rows(self._reader, text)]  # type: ignore[misc] # IRIs

    def _objects(self, predicate: NamedNode) -> list[NamedNode]:
        text = f"SELECT DISTINCT ?o {{ GRAPH {self._graph} {{ ?s {predicate} ?o }} }}"
        found = (row["o"] for row in rows(self._reader, text))
        return [node for node in found if isinstance(node, NamedNode)]

    def _every(self) -> set[Subject]:
        return subjects(self._reader.quads(graph=self._graph))

    def _some(
        self, asked: Asked, games: NamedNode | None, nation: NamedNode | None
    ) -> set[Subject]:
        if nation is not None:
            return self._bounded(self._of_nation(nation, games))
        if games is not None:
            of_games = subjects(self._reader.quads(None, GAMES, games, self._graph))
            free = {one for one in of_games if self._stated.one(one, NATION) is None}
            return self._bounded({games, *free})
        if asked.kind and asked.mark in ("", Mark.UNCHECKED):
            quads = self._reader.quads(None, RDF_TYPE, mg(asked.kind), self._graph)
            if not asked.page or not self.is_listed(asked):
                return self._bounded(subjects(islice(quads, MOST_THINGS + 1)))
            first = (asked.page - 1) * SHOWN
            return subjects(islice(quads, first, first + SHOWN))
        shared = self.shared()
        self.is_counted = shared is not None
        return shared or set()

    def _of_nation(self, nation: NamedNode, games: NamedNode | None) -> set[Subject]:
        quads = self._reader.quads
        direct = subjects(quads(None, NATION, nation, self._graph))
        if games is not None:
            direct = {one for one in direct if self.places.of(one).games == games}
        self._bounded(direct)
        found: set[Subject] = {nation, *direct}
        for one in direct:
            found |= subjects(quads(None, ENTRY, one, self._graph))
            for predicate in BY_PERSON:
                found |= set(self._stated.values(one, predicate))  # type: ignore[arg-type] # nodes
        for one in tuple(found):
            found |= subjects(quads(None, AWARD, one, self._graph))
            if _PERSON in self._stated.kinds(one):
                found |= subjects(quads(None, PERSON, one, self._graph))
        return found

    def _is_of(
        self, subject: Subject, games: NamedNode | str | None, nation: NamedNode | str | None
    ) -> bool:
        place = self.places.of(subject)
        return _fits(place.games, games) and _fits(place.nation, nation)

    def _bounded(self, found: set[Subject]) -> set[Subject]:
        if len(found) > MOST_THINGS:
            raise BadInput(
                "This is too much to be read at once.",
                hint="Ask for one of the Games, for a nation, or for both.",
            )
        return found

    def _count(self, pattern: str) -> int:
        text = f"SELECT (COUNT(*) AS ?n) {{ GRAPH {self._graph} {{ {pattern} }} }}"
        [row] = rows(self._reader, text)
        return int(row["n"].value)


def key_of(node: NamedNode | None) -> str:
    """Return how Games or a nation are asked for."""
    return local_name(node) if node is not None else WITHOUT


def _wanted(text: str, node: NamedNode | None) -> NamedNode | str | None:
    return WITHOUT if text == WITHOUT else node


def _fits(node: NamedNode | None, wanted: NamedNode | str | None) -> bool:
    return wanted is None or node == wanted or (wanted == WITHOUT and node is None)
