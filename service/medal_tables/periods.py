"""All Games of a kind and season under one rule: what all-time lists and histories stand on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.medals.editions import editions_of, whole_of, with_parts
from graph.medals.ledger import ledgers
from graph.medals.rules import CutOff
from graph.names import local_name, mg

from .choices import rule_asked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.medals.ledger import Ledger
    from graph.medals.rules import Rule
    from graph.terms import NamedNode
    from service.portraits.gathering import Gathering

    from .asked import Asked

_NO_DAY = "The rule “{}” counts as of a day, and no day is given."


@dataclass(frozen=True, slots=True)
class Period:
    """The Games of a kind and season.

    Attributes:
        games: those asked for, the earliest first; the parts of others are with their whole.
        rule: by which is counted.
        problem: why nothing can be counted, in a sentence; else nothing.
        kinds: of the Games that are held, where it is not said which; else none.
        ledgers: the awards of each edition that the rule does not leave out.

    """

    games: tuple[NamedNode, ...]
    rule: Rule
    problem: str
    kinds: tuple[str, ...]
    ledgers: Mapping[NamedNode, Ledger]

    def of(self, games: NamedNode, of: Gathering) -> list[Ledger]:
        """Return the awards of one of the Games, with those of its parts."""
        every = with_parts(of.reader, [games])
        return [self.ledgers[one] for one in every if one in self.ledgers]


def period(of: Gathering, asked: Asked) -> Period:
    """Return the Games that are asked for.

    Raises:
        NotFound: if there are none of this kind and season, or no such rule.

    """
    kinds = [mg(word) for word in (asked.kind, asked.season) if word]
    found = editions_of(of.reader, *kinds)
    if not found:
        every = editions_of(of.reader)
        words = sorted({local_name(of.node(games, mg("kind"))) for games in every} - {""})
        raise NotFound(
            f"There are no Games of this kind here: {' '.join(map(local_name, kinds)) or 'any'}.",
            hint=f"There are: {', '.join(words)}." if words else "The store has no Games yet.",
        )
    several = {of.node(games, mg("kind")) for games in found}
    own = [games for games in found if whole_of(of.reader, games) not in found]
    own.sort(key=lambda games: (year_of(of, games), str(games)))
    rule = rule_asked(of.reader, asked.rule, succession=asked.succession)
    problem = ""
    if rule.cut_off is CutOff.GIVEN and not asked.on:
        problem = _NO_DAY.format(rule.label)
        rule = replace(rule, cut_off=CutOff.LATEST)
    held = tuple(sorted(filter(None, map(local_name, several)))) if len(several) > 1 else ()
    if held:
        problem = f"Of which kind of Games is not said: {' or '.join(held)}."
    every = with_parts(of.reader, own)
    read = {} if problem else ledgers(of.reader, of.names, every, rule, as_of=asked.on or None)
    return Period(tuple(own), rule, problem, held, read)


def year_of(of: Gathering, games: NamedNode) -> str:
    """Return the year of some Games, or nothing."""
    return of.text(games, mg("year")) or of.text(games, mg("from"))[:4]
