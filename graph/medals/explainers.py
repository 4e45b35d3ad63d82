"""The explainers of one audit: one for each of the Games, or sport of them, with a difference."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from .cells import GAMES, SPORT
from .comparing import Comparison
from .explaining import Explainer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.terms import Term

    from .cells import Scope, Table
    from .holding import Holding
    from .others import TablesBySport


@dataclass(frozen=True)
class Explainers:
    """What makes an explainer when one is needed.

    Attributes:
        holding: has the awards, and what others publish.
        tables: what the source counts, by the scope of each table.
        issued: the day on which the source was published, None if nobody says.

    """

    holding: Holding
    tables: Mapping[Scope, Table]
    issued: str | None = None
    _made: dict[Scope, Explainer] = field(default_factory=dict)

    def of(self, scope: Scope) -> Explainer:
        """Return who explains the counts of some Games, or of a sport of them."""
        if scope not in self._made:
            self._made[scope] = self._make(scope)
        return self._made[scope]

    def _make(self, scope: Scope) -> Explainer:
        about = dict(scope)
        ledger, table = self.holding.in_scope(scope, whole=True), self.tables.get(scope, {})
        games = ((GAMES, about[GAMES]),)
        whole = Comparison(self.holding.in_scope(games, whole=True), self.tables.get(games, {}))
        by_sport = self._sports.get(about[GAMES], {})
        make = partial(
            Explainer, ledger, table, self.holding.background, whole=whole, issued=self.issued
        )
        if SPORT in about:
            results = whole.ledger
            return make(apart={s: by_sport[s] for s in by_sport if not results.has_sport(s)})
        return make(sports=frozenset(by_sport), elsewhere=lambda: self._others[about[GAMES]])

    @cached_property
    def _sports(self) -> dict[Term, dict[Term, Table]]:
        """The tables of sports of the source, by the Games."""
        found: dict[Term, dict[Term, Table]] = {}
        for scope, table in self.tables.items():
            about = dict(scope)
            if about.keys() == {GAMES, SPORT}:
                found.setdefault(about[GAMES], {})[about[SPORT]] = table
        return found

    @cached_property
    def _others(self) -> TablesBySport:
        """The tables of sports that others publish, of all Games that the source has tables of."""
        games = {dict(scope)[GAMES] for scope in self.tables if GAMES in dict(scope)}
        return {one: {} for one in games} | self.holding.others.by_sport(games)
