"""How many medals each line of a table has, under a rule and on a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .ledger import ledgers
from .published import published_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import NamedNode, Term

    from .ledger import Ledger
    from .published import Published
    from .rules import Rule


@dataclass(slots=True)
class Count:
    """The medals of some Games under a rule.

    Attributes:
        medals: how many medals of each colour each line has.
        awards: how many awards stand that the rule counts.
        undated: how many of these have no dated decision, so that nobody can tell from
            them how things stood on another day.
        cut_offs: the day up to which decisions were heeded, by Games; None for all of them.
        published: who published the counts that were taken as they are, by Games of which
            the graph has no awards, or clearly not all.
        partial: the Games whose awards were counted though they are clearly not all.
        unknown: the Games of which the graph has neither awards nor published counts.

    """

    medals: dict[Term, Counter[Term]] = field(default_factory=lambda: defaultdict(Counter))
    awards: int = 0
    undated: int = 0
    cut_offs: dict[NamedNode, str | None] = field(default_factory=dict)
    published: dict[NamedNode, str] = field(default_factory=dict)
    partial: list[NamedNode] = field(default_factory=list)
    unknown: list[NamedNode] = field(default_factory=list)


def count_medals(
    reader: Reader,
    names: Names,
    games: Iterable[NamedNode],
    rule: Rule,
    *,
    as_of: str | None = None,
) -> Count:
    """Count the medals of one or several editions of the Games.

    Where the graph has no awards of an edition, or clearly not all, the counts are those
    that a source publishes for nations, if they are more, and unless the rule counts
    persons, which no such count tells.

    Args:
        reader: the state to count in.
        names: the names of the store.
        games: the editions; those that the rule leaves out are passed over.
        rule: what is counted, and for whom.
        as_of: a day as EDTF; decisions after it are not heeded, whatever the rule says.

    Raises:
        BadInput: if the rule needs a day and none is given.

    """
    return sum_of(reader, names, ledgers(reader, names, games, rule, as_of=as_of).values())


def sum_of(reader: Reader, names: Names, editions: Iterable[Ledger]) -> Count:
    """Return the sum of ledgers, or of what sources publish where their awards are not whole."""
    count = Count()
    for ledger in editions:
        count.cut_offs[ledger.games] = ledger.day
        _add(ledger, published_table(reader, names, ledger.games), count)
    return count


def _add(ledger: Ledger, table: Published | None, count: Count) -> None:
    standing = sum(award.stands(None) for award in ledger.awards)
    is_whole = table is None or ledger.is_whole(table.medals)
    is_wider = table is not None and table.total >= standing
    if table is not None and is_wider and not is_whole and not ledger.lines.rule.per_person:
        count.published[ledger.games] = table.title
        _take(table, ledger, count)
    elif ledger.awards:
        count.partial += [] if is_whole else [ledger.games]
        count.awards += len(ledger.counted)
        count.undated += sum(not award.acts for award in ledger.counted)
        for line, medals in ledger.medals.items():
            count.medals[line].update(medals)
    else:
        count.unknown.append(ledger.games)


def _take(table: Published, ledger: Ledger, count: Count) -> None:
    for nation, medals in table.medals.items():
        if any(medals.values()):
            count.medals[ledger.lines.line(nation)].update(medals)
