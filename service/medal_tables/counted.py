"""One medal table as it was counted, with the awards behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.medals.counting import counted
from graph.medals.editions import edition_named, with_parts
from graph.medals.ledger import ledgers
from graph.medals.portion import count_portion, fields_of
from graph.medals.rules import CutOff
from graph.medals.table import Order, medal_table

from .choices import options_of, rule_asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.engines.base import Reader
    from graph.medals.counting import Count
    from graph.medals.ledger import Ledger
    from graph.medals.portion import Fields, Portion
    from graph.medals.rules import Rule
    from graph.medals.table import Row
    from graph.names import Names
    from graph.terms import NamedNode

    from .asked import Asked
    from .choices import Options


@dataclass(frozen=True, slots=True)
class Counted:
    """A medal table of some Games.

    Attributes:
        games: those asked for.
        editions: the same, with the Games of other cities that are part of them.
        rule: by which it is counted.
        day: up to which decisions are heeded, ISO 8601; nothing where nobody says.
        needs_day: whether the rule needs a day and none is given; then nothing is counted.
        portion: the part of the events.
        options: what it can be narrowed to.
        fields: for whom the events are.
        every: the awards of all events.
        ledgers: the awards of the part.
        whole: the count of all events.
        count: the count of the part.

    """

    games: NamedNode
    editions: tuple[NamedNode, ...]
    rule: Rule
    day: str
    needs_day: bool
    portion: Portion
    options: Options
    fields: Fields
    every: tuple[Ledger, ...]
    ledgers: tuple[Ledger, ...]
    whole: Count
    count: Count

    def rows(self, reader: Reader, by: str, languages: Sequence[str]) -> list[Row]:
        """Return the lines, best first; none where the rule needs a day."""
        if self.needs_day:
            return []
        return medal_table(
            reader,
            self.count,
            unranked=self.rule.unranked,
            order=Order(by or Order.GOLD),
            languages=languages,
        )


def counted_table(
    reader: Reader, names: Names, asked: Asked, languages: Sequence[str] = ()
) -> Counted:
    """Return the medal table that is asked for.

    Raises:
        NotFound: for Games, a rule, a sport, a sex or a class that is not there.

    """
    games = edition_named(reader, asked.games)
    editions = tuple(with_parts(reader, [games]))
    rule = rule_asked(reader, asked.rule, neutral=asked.neutral, succession=asked.succession)
    needs_day = rule.cut_off is CutOff.GIVEN and not asked.on
    reading = replace(rule, cut_off=CutOff.LATEST) if needs_day else rule
    every = tuple(ledgers(reader, names, editions, reading, as_of=asked.on or None).values())
    fields = fields_of(reader, editions)
    options = options_of(reader, every, fields, languages)
    portion = options.portion(asked)
    whole, own = counted(reader, names, every), every
    count = whole
    if not portion.is_whole:
        count, own = count_portion(reader, names, every, portion, fields)
    return Counted(
        games=games,
        editions=editions,
        rule=rule,
        day=asked.on,
        needs_day=needs_day,
        portion=portion,
        options=options,
        fields=fields,
        every=every,
        ledgers=own,
        whole=whole,
        count=count,
    )
