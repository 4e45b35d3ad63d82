"""The athletes with most medals at all Games of a kind, by the awards that are held here."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.medals.nations import nation_named
from graph.medals.table import MEDALS
from graph.names import local_name, property_words
from graph.selecting import rows
from graph.terms import NamedNode

from .choices import rule_told, rules_told
from .periods import period, year_of
from .table import named

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from graph.medals.ledger import Ledger
    from graph.medals.standing import Award
    from graph.terms import Term
    from service.portraits.gathering import Gathering
    from service.wire.problem import Json

    from .asked import Asked
    from .periods import Period

MOST = 100
"""So many athletes are listed, and all that share the last place."""
_MEMBERS = """SELECT DISTINCT ?entry ?person WHERE {
    ?award mg:entry ?entry ; mg:medal ?medal . ?entry mg:athlete ?person }"""


@dataclass(slots=True)
class _Held:
    """What one athlete holds."""

    medals: Counter[Term] = field(default_factory=Counter)
    nations: set[Term] = field(default_factory=set)
    games: set[NamedNode] = field(default_factory=set)

    def key(self, by: str) -> tuple[int, ...]:
        """Return what ranks it."""
        three = tuple(-self.medals[medal] for medal in MEDALS)
        return (sum(three),) if by == "total" else three


def athletes_told(of: Gathering, asked: Asked) -> dict[str, Json]:
    """Return who holds most medals of all Games of a kind and season.

    Raises:
        NotFound: for a kind of Games, a rule or a nation that there is not.

    """
    found = period(of, asked)
    nation = nation_named(of.reader, asked.nations[0]) if asked.nations else None
    held = _held(of, found.ledgers.values(), nation)
    by = asked.by or "gold"
    best = sorted(
        held.items(), key=lambda one: (one[1].key(by), -one[1].medals.total(), str(one[0]))
    )
    keys = [one.key(by) for _, one in best]
    shown = [
        _row(of, person, one, keys.index(one.key(by)) + 1)
        for place, (person, one) in enumerate(best)
        if place < MOST or keys[place] == keys[MOST - 1]
    ]
    return {
        "kind": asked.kind,
        "season": asked.season,
        "kinds_held": list(found.kinds),
        "nation": named(of, nation) if nation else None,
        "rule": rule_told(of.reader, found.rule, of.shown.languages),
        "on": asked.on,
        "by": by,
        "problem": found.problem,
        "games": [named(of, games) for games in _with_results(found)],
        "without": [named(of, g) for g in found.games if g not in _with_results(found)],
        "count": len(held),
        "rows": shown,
        "rules": rules_told(of.reader, of.shown.languages),
    }


def _with_results(found: Period) -> list[NamedNode]:
    return [g for g in found.games if g in found.ledgers and found.ledgers[g].counted]


def _held(
    of: Gathering, ledgers: Iterable[Ledger], nation: NamedNode | None
) -> dict[NamedNode, _Held]:
    members = _members(of)
    found: defaultdict[NamedNode, _Held] = defaultdict(_Held)
    for ledger in ledgers:
        for award in ledger.counted:
            if nation is None or nation in award.nations:
                _add(found, award, members.get(award.entry, ()), ledger.games)
    return found


def _add(
    found: Mapping[NamedNode, _Held], award: Award, people: Collection[NamedNode], games: NamedNode
) -> None:
    for person in people:
        one = found[person]
        one.medals[award.medal] += 1
        one.nations.update(award.nations)
        one.games.add(games)


def _members(of: Gathering) -> Mapping[Term, list[NamedNode]]:
    found: defaultdict[Term, list[NamedNode]] = defaultdict(list)
    for row in rows(of.reader, _MEMBERS):
        if isinstance(row["person"], NamedNode):
            found[row["entry"]].append(row["person"])
    return found


def _row(of: Gathering, person: NamedNode, one: _Held, rank: int) -> dict[str, Json]:
    years = sorted(filter(None, (year_of(of, games) for games in one.games)))
    told: dict[str, Json] = {property_words(medal): one.medals[medal] for medal in MEDALS}
    return {
        "rank": rank,
        **named(of, person),
        "nations": sorted(map(local_name, one.nations)),
        "first": years[0] if years else "",
        "last": years[-1] if years else "",
        **told,
        "total": one.medals.total(),
    }
