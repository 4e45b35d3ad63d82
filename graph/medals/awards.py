"""Reads the awards of several Games at once, each with all that counting needs of it.

Awards of one edition are taken from the source that has most of them, and from sources
whose decisions act on awards of that one: a steward's list of reallocations adds to the
results it speaks of, while a second list of the same winners would count them twice.

How many queries are asked depends neither on the number of Games nor on that of awards.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
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
_AWARD = "?event mg:games ?games . ?award mg:event ?event ; mg:entry ?entry"


@dataclass(frozen=True, slots=True)
class Awarded:
    """The awards of one edition of the Games that name an entry, standing or not.

    Attributes:
        awards: in the order of their IRIs.
        sources: the graphs that they are taken from.

    """

    awards: tuple[Award, ...] = ()
    sources: frozenset[Term] = frozenset()


def awards_of(
    reader: Reader, names: Names, games: Collection[NamedNode], *, with_members: bool = False
) -> dict[NamedNode, Awarded]:
    """Return the awards of each of the Games.

    Args:
        reader: the state.
        names: the names of the store.
        games: the editions.
        with_members: whether the members of entries are read, which only a rule that counts
            persons needs.

    """
    return _Reading(reader, names, games).awarded(with_members=with_members)


class _Reading:
    """What is read of some Games, each kind of statement by one query."""

    def __init__(self, reader: Reader, names: Names, games: Collection[NamedNode]) -> None:
        self._reader, self._names, self._games = reader, names, games

    def awarded(self, *, with_members: bool) -> dict[NamedNode, Awarded]:
        """Return the awards of each of the Games."""
        wanted = "?games ?award ?event ?entry ?medal ?status"
        found = {
            row["award"]: row for row in self._rows(wanted, "; mg:medal ?medal ; mg:status ?status")
        }
        nations = _gathered(self._rows("?entry ?nation", ". ?entry mg:nation ?nation"))
        sports = _gathered(self._rows("?event ?sport", ". ?event mg:sport ?sport"))
        acts = self._acts()
        members = self._members(nations) if with_members else {}
        sources, foreign = self._sources(acts)
        kept: dict[NamedNode, list[Award]] = {games: [] for games in self._games}
        for award, row in sorted(found.items(), key=lambda item: str(item[0])):
            if award not in foreign:
                kept[row["games"]].append(
                    Award(
                        node=award,
                        event=row["event"],
                        entry=row["entry"],
                        medal=row["medal"],
                        status=row["status"],
                        nations=tuple(sorted(nations[row["entry"]], key=str)),
                        sports=frozenset(sports[row["event"]]),
                        acts=acts.get(award, ()),
                        members=members.get(row["entry"], ()),
                    )
                )
        return {
            games: Awarded(tuple(awards), frozenset(sources.get(games, ())))
            for games, awards in kept.items()
        }

    def _rows(
        self, wanted: str, more: str, games: Iterable[Term] | None = None
    ) -> Iterator[Mapping[str, Any]]:
        these = values("games", self._games if games is None else games)
        return rows(self._reader, f"SELECT DISTINCT {wanted} WHERE {{ {these} {_AWARD} {more} }}")

    def _acts(self) -> dict[Term, tuple[Act, ...]]:
        found: defaultdict[Term, set[Act]] = defaultdict(set)
        decided = "GRAPH ?by { ?decision mg:award ?award ; mg:action ?action ; mg:date ?date }"
        for row in self._rows("?by ?award ?action ?date", f". {decided}"):
            action = row["action"]
            if action in STATUS_AFTER:
                day = day_of(row["date"].value, last=action != AWARDED)
                found[row["award"]].add(Act(row["by"], action, day))
        return {
            award: tuple(sorted(acts, key=lambda act: (act.day, _ACTIONS.index(act.action))))  # type: ignore[arg-type]
            for award, acts in found.items()
        }

    def _sources(
        self, acts: Mapping[Term, Iterable[Act]]
    ) -> tuple[dict[Term, set[Term]], set[Term]]:
        """Return the graphs that are kept, by Games, and the awards that only others state."""
        stated = ". GRAPH ?home { ?award mg:medal ?medal }"
        kept = _gathered(self._rows("?games ?home", stated))
        several = [games for games, graphs in kept.items() if len(graphs) > 1]
        homes: defaultdict[Term, defaultdict[Term, set[Term]]] = defaultdict(
            lambda: defaultdict(set)
        )
        for row in self._rows("?games ?award ?home", stated, several) if several else ():
            homes[row["games"]][row["award"]].add(row["home"])
        foreign = set()
        for games, by_award in homes.items():
            kept[games] = self._kept(by_award, acts)
            foreign |= {award for award, graphs in by_award.items() if not graphs & kept[games]}
        return kept, foreign

    def _kept(
        self, homes: Mapping[Term, set[Term]], acts: Mapping[Term, Iterable[Act]]
    ) -> set[Term]:
        """Return the graph with most awards, and those whose decisions act on its awards."""
        sizes = Counter(graph for graphs in homes.values() for graph in graphs)
        trust = {graph: source(self._reader, self._names, graph).trust for graph in sizes}  # type: ignore[arg-type]
        main = min(sizes, key=lambda graph: (-sizes[graph], trust[graph], str(graph)))
        return {main} | {
            act.by for award, made in acts.items() if main in homes.get(award, ()) for act in made
        }

    def _members(self, nations: Mapping[Term, set[Term]]) -> dict[Term, tuple[Term | None, ...]]:
        """Return the nation of each member of an entry: of a mixed team, the member's own."""
        found: defaultdict[Term, list[Term | None]] = defaultdict(list)
        named = ". ?entry ?part ?person FILTER(?part IN (mg:athlete, mg:guide))"
        for row in self._rows("?entry ?event ?person ?part", named):
            [*only] = nations[row["entry"]]
            own = only[0] if len(only) == 1 else self._nation_in(row["event"], row["person"])
            found[row["entry"]].append(own)
        return {entry: tuple(members) for entry, members in found.items()}

    def _nation_in(self, event: Term, person: Term) -> Term | None:
        """Return the nation for which a person took part in an event, if that is known."""
        part = f"?part mg:person {person} ; mg:event {event} ; mg:nation ?nation"
        found = rows(self._reader, f"SELECT ?nation WHERE {{ {part} }}")
        return min((row["nation"] for row in found), key=str, default=None)


def _gathered(found: Iterable[Mapping[str, Term]]) -> defaultdict[Term, set[Term]]:
    """Return rows of two columns as a set for each value of the first."""
    sets: defaultdict[Term, set[Term]] = defaultdict(set)
    for first, second in (row.values() for row in found):
        sets[first].add(second)
    return sets
