"""The medal table of some Games: a line a nation, ranked by gold or by all medals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from graph.names import local_name, mg
from graph.naming import ENGLISH, Naming

from .lines import line_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from graph.engines.base import Reader
    from graph.terms import Term

    from .counting import Count

MEDALS = (mg("Gold"), mg("Silver"), mg("Bronze"))


class Order(StrEnum):
    """What ranks a table."""

    GOLD = "gold"
    """Gold, then silver, then bronze."""
    TOTAL = "total"
    """All medals alike."""


@dataclass(frozen=True, slots=True)
class Row:
    """One nation's line in a medal table.

    Attributes:
        rank: equal counts share a rank and the next one is skipped (1, 2, 2, 4). None
            for a team that is not ranked, and for all where counts of some nations only
            are known.
        code: the three-letter code, or an empty string.
        language: the tag of the language of the label, or an empty string.
        is_known: whether a source names it; of the line of mixed teams often none does.

    """

    rank: int | None
    nation: Term
    label: str
    code: str
    gold: int
    silver: int
    bronze: int
    language: str = ""
    is_known: bool = True

    @property
    def total(self) -> int:
        """All medals of the nation."""
        return self.gold + self.silver + self.bronze


def medal_table(
    reader: Reader,
    count: Count,
    *,
    unranked: frozenset[Term] = frozenset(),
    order: Order = Order.GOLD,
    languages: str | Sequence[str] = ENGLISH,
) -> list[Row]:
    """Return a count as a table, best first.

    Args:
        reader: the state that was counted in.
        count: the medals of each line.
        unranked: the kinds of nations that stay where their medals put them without a
            rank, while the next moves up.
        order: what ranks.
        languages: the tags of the languages in which nations are named, where a source does.

    """
    without = {quad.subject for kind in unranked for quad in reader.quads(None, mg("kind"), kind)}
    naming = Naming(reader, languages)
    rows: list[Row] = []
    for nation, rank in ranks(count.medals, unranked=without, order=order).items():
        code = naming.text(nation, mg("code")) or local_name(nation)
        named = line_name(naming, nation)
        three = _three(count.medals[nation])
        place = None if count.of_some else rank
        is_known = naming.named(nation) is not None
        rows.append(Row(place, nation, named.value, code, *three, named.language or "", is_known))
    return rows


def ranks(
    medals: Mapping[Term, Mapping[Term, int]],
    *,
    unranked: Collection[object] = (),
    order: Order = Order.GOLD,
) -> dict[Term, int | None]:
    """Return the rank of each line, best first; None for those that take none.

    Example:
        >>> gold, _, bronze = MEDALS
        >>> one, two, three = (mg(code) for code in ("AAA", "BBB", "CCC"))
        >>> list(ranks({one: {bronze: 1}, two: {gold: 1}, three: {gold: 1}}).values())
        [1, 1, 3]

    """
    lines = {nation: _three(found) for nation, found in medals.items()}
    keys = {nation: _key(found, order) for nation, found in lines.items()}
    best_first = sorted(lines, key=lambda one: (keys[one], _down(lines[one]), str(one)))
    ranked: list[tuple[int, ...]] = []
    found: dict[Term, int | None] = {}
    for nation in best_first:
        found[nation] = None
        if nation not in unranked:
            ranked.append(keys[nation])
            found[nation] = ranked.index(keys[nation]) + 1
    return found


def _three(medals: Mapping[Term, int]) -> tuple[int, int, int]:
    gold, silver, bronze = (medals.get(medal, 0) for medal in MEDALS)
    return gold, silver, bronze


def _key(medals: tuple[int, int, int], order: Order) -> tuple[int, ...]:
    return _down(medals) if order is Order.GOLD else (-sum(medals),)


def _down(medals: tuple[int, int, int]) -> tuple[int, ...]:
    return tuple(-count for count in medals)
