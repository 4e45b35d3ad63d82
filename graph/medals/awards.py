"""Reads the awards of several Games at once, each with all that counting needs of it.

Awards of one edition are taken from the source that has most of them, and from sources
whose decisions act on awards of that one: a steward's list of reallocations adds to the
results it speaks of, while a second list of the same winners would count them twice.
An award of two sources, whose events were merged, is counted once, and as that source has it
from which the awards are taken: with its receiver, its nations and its members.

How many queries are asked depends neither on the number of Games nor on that of awards.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from graph.derived import STATUS_AFTER
from graph.names import mg
from graph.selecting import rows, values
from graph.sources import source
from graph.terms import DEFAULT_GRAPH

from .standing import AWARDED, Act, Award, day_of
from .views import View

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import NamedNode, Term

SPORT = mg("sport")
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
) -> Mapping[NamedNode, Awarded]:
    """Return the awards of each of the Games.

    Args:
        reader: the state.
        names: the names of the store.
        games: the editions.
        with_members: whether the members of entries are read, which only a rule that counts
            persons needs.
        nations: those whose awards are read, with all nations of mixed teams; none for all.

    """
    key = ("awards", tuple(games), tuple(nations), with_members)
    reading = _Reading(reader, names, games, nations)
    return reader.once(key, lambda: reading.awarded(with_members=with_members))


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
        found: defaultdict[Term, list[Mapping[str, Any]]] = defaultdict(list)
        homes: defaultdict[Term, defaultdict[Term, set[Term]]] = defaultdict(_sets)
        for row in self._rows():
            found[row["award"]].append(row)
            homes[row["games"]][row["award"]].add(row["home"])
        acts = self._acts(found)
        sports = self._sports({told[0]["event"] for told in found.values()})
        sizes = self._sizes() if self._nations else _sizes_of(homes)
        kept = self._kept(sizes)
        awards: dict[NamedNode, list[Award]] = {games: [] for games in self._games}
        beside: defaultdict[Term, defaultdict[Term, list[Award]]] = defaultdict(_lists)
        for node, told in sorted(found.items(), key=lambda item: str(item[0])):
            games = told[0]["games"]
            stating = homes[games][node]
            all_sports, decided = sports[told[0]["event"]], acts.get(node, ())
            for graph in stating - kept[games]:
                if award := self._award(told, all_sports, decided, {graph}, of=len(stating)):
                    beside[games][graph].append(award)
            if stating & kept[games] and (
                award := self._award(told, all_sports, decided, kept[games], of=len(stating))
            ):
                awards[games].append(award)
        if with_members:
            self._add_members(awards, kept, homes)
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

    def _award(
        self,
        told: Sequence[Mapping[str, Any]],
        sports: set[Term],
        acts: tuple[Act, ...],
        graphs: set[Term],
        *,
        of: int,
    ) -> Award | None:
        """Return an award as some of its sources have it; None if it is of no nation asked for."""
        view = View(self._reader, graphs)
        node, event = told[0]["award"], told[0]["event"]
        entries = {row["entry"] for row in told}
        if of > 1 and self._nations:
            # The rows have the receivers of these nations only.
            entries = view.stated(node, "entry") or entries
        entry = view.one(node, "entry", entries)
        nations = {row["nation"] for row in told if row["entry"] == entry} - {None}
        if not nations and all(row["entry"] != entry for row in told):
            return None
        return Award(
            node=node,
            event=event,
            entry=entry,
            medal=view.one(node, "medal", {row["medal"] for row in told}),
            status=view.one(node, "status", {row["status"] for row in told}),
            nations=tuple(sorted(view.several(entry, "nation", nations), key=str)),
            sports=frozenset(view.several(event, "sport", sports)),
            acts=acts,
        )

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

    def _sports(self, events: Collection[Term]) -> dict[Term, set[Term]]:
        """Return the sports of each event; one look-up each, as there are few beside counts."""
        return {
            event: {quad.object for quad in self._reader.quads(event, SPORT, graph=DEFAULT_GRAPH)}  # type: ignore[arg-type, misc] # an event, a sport
            for event in events
        }

    def _acts(self, awards: Collection[Term]) -> dict[Term, tuple[Act, ...]]:
        """Return the decisions on awards; there are few of them, so all are read."""
        found: defaultdict[Term, set[Act]] = defaultdict(set)
        decided = "?decision mg:award ?award ; mg:action ?action ; mg:date ?date"
        text = f"SELECT ?by ?award ?action ?date WHERE {{ GRAPH ?by {{ {decided} }} }}"
        for row in rows(self._reader, text):
            award, action = row["award"], row["action"]
            if award in awards and action in STATUS_AFTER:
                said = row["date"].value
                day = day_of(said, last=action != AWARDED)
                found[award].add(Act(row["by"], action, day, "" if said == day else said))
        return {
            award: tuple(sorted(acts, key=lambda act: (act.day, _ACTIONS.index(act.action))))  # type: ignore[arg-type]
            for award, acts in found.items()
        }

    def _sizes(self) -> dict[Term, Counter[Term]]:
        """Return how many awards that name an entry each graph has of each of the Games."""
        sizes: defaultdict[Term, Counter[Term]] = defaultdict(Counter)
        medal = "GRAPH ?home { ?award mg:medal ?medal }"
        text = f"""SELECT ?games ?home (COUNT(DISTINCT ?award) AS ?n) WHERE {{ {medal}
            ?award mg:event ?event ; mg:entry ?entry . ?event mg:games ?games }}
            GROUP BY ?games ?home"""
        for row in rows(self._reader, text):
            sizes[row["games"]][row["home"]] = int(row["n"].value)
        return sizes

    def _kept(self, sizes: Mapping[Term, Counter[Term]]) -> dict[Term, set[Term]]:
        """Return the graph with most awards, and those whose decisions act on its awards.

        Decisions of a source on awards that it states itself add none of its others: it is a
        list of its own, even if its awards were merged with those of another.
        """
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
            ?event mg:games ?games
            FILTER NOT EXISTS { GRAPH ?by { ?award mg:medal ?own } } }"""
        for row in rows(self._reader, text):
            if main.get(row["games"]) == row["home"]:
                kept[row["games"]].add(row["by"])
        return kept

    def _add_members(
        self,
        awards: Mapping[NamedNode, list[Award]],
        kept: Mapping[Term, set[Term]],
        homes: Mapping[Term, Mapping[Term, set[Term]]],
    ) -> None:
        """Give each award the nation of each of its members: of a mixed team, their own."""
        people: defaultdict[Term, set[Term]] = defaultdict(set)
        text = f"""SELECT DISTINCT ?entry ?person WHERE {{ {self._narrowed}
            ?award mg:event ?event ; mg:entry ?entry .
            ?entry ?part ?person FILTER(?part IN (mg:athlete, mg:guide)) }}"""
        for row in rows(self._reader, text):
            people[row["entry"]].add(row["person"])
        for games, listed in awards.items():
            view = View(self._reader, kept.get(games, ()))
            for place, award in enumerate(listed):
                members = people[award.entry]
                if len(homes[games][award.node]) > 1:
                    own = view.stated(award.entry, "athlete") | view.stated(award.entry, "guide")
                    members = own or members
                nations = tuple(
                    self._nation_of(award, person) for person in sorted(members, key=str)
                )
                listed[place] = replace(award, members=nations)

    def _nation_of(self, award: Award, person: Term) -> Term | None:
        only = len(award.nations) == 1
        return award.nations[0] if only else self._nation_in(award.event, person)

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
