"""Who else has a published count: other results of the same Games, and tables of their sports.

That another source lacks a medal too says little where it lacks many. So what it has more or
fewer of in a sport explains a count only if the published table follows it in most counts in
which it differs from the results there; and if it has less in all, in another one at least.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from graph.terms import Term

    from .background import Background
    from .cells import Table
    from .comparing import Comparison, Place
    from .standing import Award

BySport = dict["Term", Counter["Place"]]
"""How many medals of each colour each line has in each sport."""


@dataclass(frozen=True)
class Witnesses:
    """What others say of the medals of some Games, or of a sport of them.

    Attributes:
        compared: the published table beside the awards, with other results of the Games.
        background: tells names and titles.
        elsewhere: tells the tables of sports that other sources publish, by title; asked
            only where nothing else explains a difference.

    """

    compared: Comparison
    background: Background
    elsewhere: Callable[[], Mapping[str, Mapping[Term, Table]]]

    def saying(self, place: Place) -> Iterator[Reason]:
        """Yield in which sports others have more or fewer than the results, results first.

        Args:
            place: the line and the colour.

        """
        for title, others in (*self._results, *self._tables):
            for sport, medals in others.items():
                if not self._is_wide(sport, medals):
                    continue
                touched = self._more(title, sport, medals)
                more, is_apart = touched[place], _is_apart(place, touched)
                if more and self.compared.bears_out(place, touched, others=0 if is_apart else 1):
                    words = f"{abs(more)} {'more' if more > 0 else 'fewer'}"
                    label = self.background.label(sport)
                    yield Reason(f"{label}: “{title}” has {words}", more)

    def _is_wide(self, sport: Term, medals: Counter[Place]) -> bool:
        """Tell whether another has most medals of a sport: not those of one nation only."""
        return medals.total() > self.held.get(sport, _NONE).total() / 2

    @cached_property
    def held(self) -> BySport:
        """What the results have that are counted here."""
        return self._by_sport(self.compared.ledger.counted)

    def _more(self, title: str, sport: Term, medals: Counter[Place]) -> Counter[Place]:
        """Return what another has more of in a sport on each line, less if negative."""
        if (title, sport) not in self._differing:
            more = Counter(medals)
            more.subtract(self.held.get(sport, _NONE))
            self._differing[title, sport] = more
        return self._differing[title, sport]

    @cached_property
    def _differing(self) -> dict[tuple[str, Term], Counter[Place]]:
        return {}

    @cached_property
    def _results(self) -> list[tuple[str, BySport]]:
        return [
            (self.background.title(graph), self._by_sport(self.compared.ledger.counting(awards)))
            for graph, awards in sorted(self.compared.ledger.beside.items(), key=str)
        ]

    @cached_property
    def _tables(self) -> list[tuple[str, BySport]]:
        return [
            (
                title,
                {sport: self.compared.on_lines(tables[sport]) for sport in sorted(tables, key=str)},
            )
            for title, tables in sorted(self.elsewhere().items())
        ]

    def _by_sport(self, awards: Iterable[Award]) -> BySport:
        found: BySport = {}
        for award in awards:
            for sport in award.sports:
                for line in self.compared.ledger.lines.of(award):
                    found.setdefault(sport, Counter())[line, award.medal] += 1
        return dict(sorted(found.items(), key=lambda item: str(item[0])))


def _is_apart(place: Place, more: Mapping[Place, int]) -> bool:
    """Tell whether others have fewer, or more, on this line and not simply on all lines."""
    in_all = sum(count for (_, medal), count in more.items() if medal == place[1])
    return abs(in_all) <= abs(more[place])


_NONE: Counter[Place] = Counter()
