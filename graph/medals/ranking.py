"""The rank of a nation at some Games or in a sport of them, with and without neutral athletes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from graph.names import mg

from .counting import sum_of
from .rules import NEUTRAL
from .table import ranks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Term

    from .ledger import Ledger

Ranks = dict["Term", "int | None"]


@dataclass
class Ranking:
    """Ranks under a rule, made once for each of the Games and sports that are asked for."""

    reader: Reader
    names: Names
    _made: dict[tuple[Term, Term | None], tuple[Ranks, Ranks]] = field(default_factory=dict)

    def of(
        self, line: Term, ledger: Ledger, sport: Term | None = None
    ) -> tuple[int | None, int | None]:
        """Return the rank of a line if neutral athletes are not ranked, and if they are.

        Both are None for a line without medals, the first for neutral athletes.

        Args:
            line: whose rank it is.
            ledger: the awards, of the sport only if there is one.
            sport: the sport; None for the table of the Games, which takes published counts
                where the results are not whole.

        """
        key = ledger.games, sport
        if key not in self._made:
            self._made[key] = self._ranks(ledger, sport)
        without, among = self._made[key]
        return without.get(line), among.get(line)

    def _ranks(self, ledger: Ledger, sport: Term | None) -> tuple[Ranks, Ranks]:
        medals: Mapping[Term, Mapping[Term, int]] = ledger.medals
        if sport is None:
            medals = sum_of(self.reader, self.names, [ledger]).medals
        return ranks(medals, unranked=self._neutral), ranks(medals)

    @cached_property
    def _neutral(self) -> set[object]:
        return {quad.subject for quad in self.reader.quads(None, mg("kind"), NEUTRAL)}
