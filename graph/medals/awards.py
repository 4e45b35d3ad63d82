"""Reads the awards of several Games at once, each with all that counting needs of it.

Awards of one edition are taken from the source that has most of them, and from sources
whose decisions act on awards of that one: a steward's list of reallocations adds to the
results it speaks of, while a second list of the same winners would count them twice.

How many queries are asked depends neither on the number of Games nor on that of awards.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph.derived import STATUS_AFTER
from graph.selecting import rows, values
from graph.sources import source

from .standing import AWARDED, Act, Award, day_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import NamedNode, Term

_ACTIONS = list(STATUS_AFTER)
_FEW = 4
"""Of more Games than this, awards are found more quickly from their medals than from events."""


@dataclass(frozen=True, slots=True)
class Awarded:
    """The awards of one edition of the Games that name an entry, standing or not.

    Attributes:
        awards: in the order of their IRIs.
        sources: the graphs that they are taken from.
        beside: the awards that only other graphs state, by graph; they count for nothing.
        has_results: whether anybody has a medal.

    """

    awards: tuple[Award, ...] = ()
    sources: frozenset[Term] = frozenset()
    beside: Mapping[Term, tuple[Award, ...]] = field(default_factory=dict)
    has_results: bool = False


def awards_of(
    reader: Reader,
    names: Names,
    games: Collection[NamedNode],
    *,
    with_members: bool = False,
    nations: Collection[Term] = (),
) -> dict[NamedNode, Awarded]:
    """Return the awards of each of the Games.

    Args:
        reader: the state.
        names: the names of the store.
        games: the editions.
        with_members: whether the members of entries are read, which only a rule that counts
            persons needs.
        nations: those whose awards are read, with all nations of mixed teams; none for all.

    """
    return _Reading(reader, names, games, nations).awarded(with_members=with_members)


class _Reading:
    """What is read of some Games, each kind of statement by one query."""

    def __init__(
        self,
        reader: Reader,
        names: Names,
        games: Collection[NamedNode],
        nations: Collection[Term],
    ) -> None:
        self._reader, self._names, self._games = reader, names, games
        self._nations = nations
        some = f"{values('games', games)} ?event mg:games ?games ."
        self._narrowed = some if len(games) <= _FEW else ""

    def awarded(self, *, with_members: bool) -> dict[NamedNode, Awarded]:
        """Return the awards of each of the Games."""
        found: dict[Term, Mapping[str, Any]] = {}
        nations: defaultdict[Term, set[Term]] = defaultdict(set)
        homes: defaultdict[Term, defaultdict[Term, set[Term]]] = defaultdict(_sets)
        for row in self._rows():
            found[row["award"]] = row
            homes[row["games"]][row["award"]].add(row["home"])
            if row["nation"] is not None:
                nations[row["entry"]].add(row["nation"])
        acts, sports = self._acts(found), self._sports(found)
        members = self._members(found.values(), nations) if with_members else {}
        sizes = self._sizes() if self._nations else _sizes_of(homes)
        kept = self._kept(sizes)
        awards: dict[NamedNode, list[Award]] = {games: [] for games in self._games}
        beside: defaultdict[Term, defaultdict[Term, list[Award]]] = defaultdict(_lists)
        for node, row in sorted(found.items(), key=lambda item: str(item[0])):
            games, entry = row["games"], row["entry"]
            award = Award(
                node=node,
                event=row["event"],
                entry=entry,
                medal=row["medal"],
                status=row["status"],
                nations=tuple(sorted(nations[entry], key=str)),
                sports=frozenset(sports[row["event"]]),
                acts=acts.get(node, ()),
                members=members.get(entry, ()),
            )
            if homes[games][node] & kept[games]:
                awards[games].append(award)
            else:
                for graph in homes[games][node]:
                    beside[games][graph].append(award)
        return {
            games: Awarded(
                tuple(listed),
                frozenset(kept.get(games, ())),
                {graph: tuple(others) for graph, others in beside[games].items()},
                bool(sizes.get(games))
                if self._nations
                else any(award.stands(None) for award in listed),
            )
            for games, listed in awards.items()
        }

    def _rows(self) -> Iterator[Mapping[str, Any]]:
        """Yield a row for each award, each source that states it and each of its nations."""
        medal = "GRAPH ?home { ?award mg:medal ?medal }"
        award = "?award mg:event ?event ; mg:entry ?entry"
        if self._nations:
            own = f"{values('one', self._nations)} ?entry mg:nation ?one"
            these = f"{{ SELECT DISTINCT ?entry {{ {own} }} }} {award} . {medal} "
            these += "?event mg:games ?games ."
        elif self._narrowed:
            these = f"{self._narrowed} {award} . {medal}"
        else:
            first = f"{{ SELECT ?home ?award ?medal ?event ?entry {{ {medal} {award} }} }}"
            only = f"FILTER(?games IN ({', '.join(map(str, self._games))}))"
            columns = "?games ?home ?award ?medal ?event ?entry"
            these = f"{{ SELECT {columns} {{ {first} ?event mg:games ?games {only} }} }}"
        text = f"""SELECT ?games ?home ?award ?event ?entry ?medal ?status ?nation WHERE {{
            {these} ?award mg:status ?status OPTIONAL {{ ?entry mg:nation ?nation }} }}"""
        wanted = set(self._games)
        return (row for row in rows(self._reader, text) if row["games"] in wanted)

    def _sports(self, found: Mapping[Term, Mapping[str, Any]]) -> Mapping[Term, set[Term]]:
        sports: defaultdict[Term, set[Term]] = defaultdict(set)
        some = f"{values('games', self._games)} ?event mg:games ?games ."
        if self._nations:
            some = values("event", {row["event"] for row in found.values()})
        for row in rows(self._reader, f"SELECT ?event ?sport {{ {some} ?event mg:sport ?sport }}"):
            sports[row["event"]].add(row["sport"])
        return sports

    def _acts(self, awards: Collection[Term]) -> dict[Term, tuple[Act, ...]]:
        """Return the decisions on awards; there are few of them, so all are read."""
        found: defaultdict[Term, set[Act]] = defaultdict(set)
        decided = "?decision mg:award ?award ; mg:action ?action ; mg:date ?date"
        text = f"SELECT ?by ?award ?action ?date WHERE {{ GRAPH ?by {{ {decided} }} }}"
        for row in rows(self._reader, text):
            award, action = row["award"], row["action"]
            if award in awards and action in STATUS_AFTER:
                day = day_of(row["date"].value, last=action != AWARDED)
                found[award].add(Act(row["by"], action, day))
        return {
            award: tuple(sorted(acts, key=lambda act: (act.day, _ACTIONS.index(act.action))))  # type: ignore[arg-type]
            for award, acts in found.items()
        }

    def _sizes(self) -> dict[Term, Counter[Term]]:
        """Return how many awards that name an entry each graph has of each of the Games."""
        sizes: defaultdict[Term, Counter[Term]] = defaultdict(Counter)
        medal = "GRAPH ?home { ?award mg:medal ?medal }"
        text = f"""SELECT ?games ?home (COUNT(*) AS ?n) WHERE {{ {medal}
            ?award mg:event ?event ; mg:entry ?entry . ?event mg:games ?games }}
            GROUP BY ?games ?home"""
        for row in rows(self._reader, text):
            sizes[row["games"]][row["home"]] = int(row["n"].value)
        return sizes

    def _kept(self, sizes: Mapping[Term, Counter[Term]]) -> dict[Term, set[Term]]:
        """Return the graph with most awards, and those whose decisions act on its awards."""
        graphs = {graph for counted in sizes.values() for graph in counted}
        trust = {graph: source(self._reader, self._names, graph).trust for graph in graphs}  # type: ignore[arg-type]
        main = {
            games: min(counted, key=lambda graph: (-counted[graph], trust[graph], str(graph)))
            for games, counted in sizes.items()
        }
        kept = {games: {graph} for games, graph in main.items()}
        text = """SELECT DISTINCT ?by ?home ?games WHERE {
            GRAPH ?by { ?decision mg:award ?award ; mg:action ?action ; mg:date ?date }
            GRAPH ?home { ?award mg:medal ?medal } ?award mg:event ?event .
            ?event mg:games ?games }"""
        for row in rows(self._reader, text):
            if main.get(row["games"]) == row["home"]:
                kept[row["games"]].add(row["by"])
        return kept

    def _members(
        self, found: Iterable[Mapping[str, Any]], nations: Mapping[Term, set[Term]]
    ) -> dict[Term, tuple[Term | None, ...]]:
        """Return the nation of each member of an entry: of a mixed team, the member's own."""
        events = {row["entry"]: row["event"] for row in found}
        members: defaultdict[Term, list[Term | None]] = defaultdict(list)
        text = f"""SELECT DISTINCT ?entry ?person ?part WHERE {{ {self._narrowed}
            ?award mg:event ?event ; mg:entry ?entry .
            ?entry ?part ?person FILTER(?part IN (mg:athlete, mg:guide)) }}"""
        for row in rows(self._reader, text):
            entry = row["entry"]
            if entry in events:
                [*only] = nations[entry]
                own = only[0] if len(only) == 1 else self._nation_in(events[entry], row["person"])
                members[entry].append(own)
        return {entry: tuple(own) for entry, own in members.items()}

    def _nation_in(self, event: Term, person: Term) -> Term | None:
        """Return the nation for which a person took part in an event, if that is known."""
        part = f"?part mg:person {person} ; mg:event {event} ; mg:nation ?nation"
        found = rows(self._reader, f"SELECT ?nation WHERE {{ {part} }}")
        return min((row["nation"] for row in found), key=str, default=None)


def _sets() -> defaultdict[Term, set[Term]]:
    return defaultdict(set)


def _lists() -> defaultdict[Term, list[Award]]:
    return defaultdict(list)


def _sizes_of(homes: Mapping[Term, Mapping[Term, set[Term]]]) -> dict[Term, Counter[Term]]:
    return {
        games: Counter(graph for graphs in stated.values() for graph in graphs)
        for games, stated in homes.items()
    }
