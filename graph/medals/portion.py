"""A part of the events of some Games: those of a sport, for a sex, or of a sport class."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.names import mg
from graph.selecting import rows, values

from .basis import Basis, Lack, Unmet
from .counting import Count, titles
from .fitting import unmet_by_results
from .published import published_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import NamedNode, Term

    from .ledger import Ledger
    from .published import Published
    from .standing import Award


@dataclass(frozen=True, slots=True)
class Portion:
    """Which events are meant; all of them where nothing is said.

    Attributes:
        sport: of the event.
        sex: for whom the event is.
        sport_class: one of those that the event is for.

    """

    sport: NamedNode | None = None
    sex: NamedNode | None = None
    sport_class: NamedNode | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all events are meant."""
        return self.sport is None and self.is_of_sports

    @property
    def is_of_sports(self) -> bool:
        """Whether nothing but a sport is said, of which sources may publish counts."""
        return self.sex is None and self.sport_class is None


@dataclass(frozen=True, slots=True)
class Fields:
    """For whom events are.

    Attributes:
        sexes: by event.
        classes: the sport classes, by event.

    """

    sexes: Mapping[Term, Collection[Term]] = field(default_factory=dict)
    classes: Mapping[Term, Collection[Term]] = field(default_factory=dict)

    def has(self, award: Award, portion: Portion) -> bool:
        """Tell whether the event of an award is meant."""
        return (
            (portion.sport is None or portion.sport in award.sports)
            and (portion.sex is None or portion.sex in self.sexes.get(award.event, ()))
            and (
                portion.sport_class is None
                or portion.sport_class in self.classes.get(award.event, ())
            )
        )


def fields_of(reader: Reader, games: Iterable[NamedNode]) -> Fields:
    """Return for whom the events of some Games are."""
    some = f"{values('games', games)} ?event mg:games ?games ."

    def said(prop: str) -> Mapping[Term, Collection[Term]]:
        found: defaultdict[Term, set[Term]] = defaultdict(set)
        text = f"SELECT ?event ?value WHERE {{ {some} ?event {mg(prop)} ?value }}"
        for row in rows(reader, text):
            found[row["event"]].add(row["value"])
        return found

    return Fields(said("sex"), said("sportClass"))


def count_portion(
    reader: Reader, names: Names, ledgers: Iterable[Ledger], portion: Portion, fields: Fields
) -> tuple[Count, tuple[Ledger, ...]]:
    """Count a part of some editions by their awards; where these are not whole, as published.

    Only of a sport are counts published, so of a sex or a class the awards are all there is.

    Args:
        reader: the state.
        names: the names of the store.
        ledgers: the awards of each edition.
        portion: the part.
        fields: for whom the events of the editions are.

    Returns:
        The count, and the awards of the part.

    """
    own = tuple(ledger.only(lambda award: fields.has(award, portion)) for ledger in ledgers)
    count = Count()
    for ledger in own:
        table = None
        if portion.sport is not None and portion.is_of_sports:
            table = published_table(reader, names, ledger.games, sport=portion.sport)
        if table is not None and table.total and not ledger.is_whole(table.medals):
            _take(count, table, ledger)
        else:
            _count(count, ledger, titles(reader, names, ledger) if ledger.awards else "")
    return count, own


def _take(count: Count, table: Published, ledger: Ledger) -> None:
    for nation, medals in table.medals.items():
        if any(medals.values()):
            count.medals[ledger.lines.line(nation)].update(medals)
    count.editions[ledger.games] = Basis(
        ledger.games,
        ledger.day,
        table.title,
        is_published=True,
        nations=table.nations,
        is_of_all=table.may_be_of_all,
        beside=ledger.standing,
        unmet=(Unmet(Lack.OF_TODAY),) if ledger.day else (),
        graphs=frozenset({table.graph} if table.graph else ()),
    )


def _count(count: Count, ledger: Ledger, by: str) -> None:
    for line, medals in ledger.medals.items():
        count.medals[line].update(medals)
    undated = sum(not award.acts for award in ledger.counted)
    count.editions[ledger.games] = Basis(
        ledger.games,
        ledger.day,
        by,
        awards=len(ledger.counted),
        undated=undated,
        unmet=unmet_by_results(ledger),
        graphs=ledger.sources if ledger.awards else frozenset(),
    )
