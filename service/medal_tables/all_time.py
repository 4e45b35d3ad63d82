"""The medals of all Games of a kind: a line a nation, by the rule that the list names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.medals.counting import counted
from graph.medals.table import Order, medal_table
from graph.names import local_name
from service.table_words import heading, summary

from .choices import rule_told, rules_told
from .periods import period
from .table import named, row_told, sources_told

if TYPE_CHECKING:
    from service.portraits.gathering import Gathering
    from service.wire.problem import Json

    from .asked import Asked


def all_time_told(of: Gathering, asked: Asked) -> dict[str, Json]:
    """Return the sum of all Games of a kind and season.

    Raises:
        NotFound: for a kind of Games, or a rule, that there is not.

    """
    found = period(of, asked)
    count = counted(of.reader, of.names, found.ledgers.values())
    rows = medal_table(
        of.reader,
        count,
        unranked=found.rule.unranked,
        order=Order(asked.by or Order.GOLD),
        languages=of.shown.languages,
    )
    asked_for = list(found.games)
    notes = list(heading(of.reader, count, found.rule, asked_for, as_of=asked.on or None))[1:]
    graphs = {graph for basis in count.editions.values() for graph in basis.graphs}
    bases = [count.editions.get(games) for games in found.games]
    return {
        "kind": asked.kind,
        "season": asked.season,
        "kinds_held": list(found.kinds),
        "rule": rule_told(of.reader, found.rule, of.shown.languages),
        "succession": asked.succession,
        "on": asked.on,
        "by": asked.by or "gold",
        "problem": found.problem,
        "summary": "" if found.problem else summary(count, found.rule),
        "notes": [] if found.problem else notes,
        "sources": sources_told(of, graphs),
        "games": [
            named(of, games)
            | {
                "basis": ""
                if basis is None or not basis.source
                else "counts"
                if basis.is_published
                else "results"
            }
            for games, basis in zip(found.games, bases, strict=True)
        ],
        "rows": [row_told(row) for row in rows if local_name(row.nation)],
        "rules": rules_told(of.reader, of.shown.languages),
    }
