"""The rank of a nation at some Games or in a sport of them, with and without neutral athletes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from graph.names import mg

from .counting import count_of
from .rules import NEUTRAL
from .table import ranks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Term

    from .ledger import Ledger


@dataclass(frozen=True, slots=True)
class Ranks:
    """The rank of a line, by what published tables do otherwise than one another.

    Attributes:
        without: if neutral athletes are not ranked, and equal counts skip ranks (1, 2, 2, 4).
        among: if neutral athletes are ranked.
        close: if they are not, and no rank is skipped (1, 2, 2, 3).

    """

    without: int
    among: int
    close: int

    def nearest(self, published: int) -> int:
        """Return the rank that a published one is held against: itself if it is one of these."""
        return published if published in (self.among, self.close) else self.without

    def words(self, published: int) -> str:
        """Return what has to be known to compare a published rank; empty if nothing."""
        if published == self.close and published not in (self.without, self.among):
            return f"{self.close} if no rank is skipped after equal counts, {self.without} if so."
        if self.without != self.among:
            return f"{self.without} if neutral athletes are not ranked, {self.among} if they are."
        return ""


@dataclass
class Ranking:
    """Ranks under a rule, made once for each of the Games and sports that are asked for."""

    reader: Reader
    names: Names
    _made: dict[tuple[Term, Term | None], dict[Term, Ranks]] = field(default_factory=dict)

    def of(self, line: Term, ledger: Ledger, sport: Term | None = None) -> Ranks | None:
        """Return the rank of a line; None for one without medals, and for neutral athletes.

        There is none where counts of some nations only are known.

        Args:
            line: whose rank it is.
            ledger: the awards, of the sport only if there is one.
            sport: the sport; None for the table of the Games, which takes published counts
                where the results are not whole.

        """
        key = ledger.games, sport
        if key not in self._made:
            self._made[key] = self._ranks(ledger, sport)
        return self._made[key].get(line)

    def _ranks(self, ledger: Ledger, sport: Term | None) -> dict[Term, Ranks]:
        medals: Mapping[Term, Mapping[Term, int]] = ledger.medals
        if sport is None:
            count = count_of(self.reader, self.names, ledger)
            if count.of_some:
                return {}
            medals = count.medals
        among = ranks(medals)
        without = {
            line: rank
            for line, rank in ranks(medals, unranked=self._neutral).items()
            if rank is not None
        }
        place = {rank: number for number, rank in enumerate(sorted(set(without.values())), 1)}
        return {
            line: Ranks(rank, among[line] or rank, place[rank]) for line, rank in without.items()
        }

    @cached_property
    def _neutral(self) -> set[object]:
        return {quad.subject for quad in self.reader.quads(None, mg("kind"), NEUTRAL)}
