"""How many medals each line of a table has, under a rule and on a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.sources import source

from .basis import Basis, Lack, Unmet
from .fitting import comparison, fitted, is_of_all, is_wide, unmet_by_results
from .ledger import ledgers
from .published import published_table
from .standing import AWARDED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import NamedNode, Term

    from .basis import Comparison
    from .fitting import Fitted
    from .ledger import Ledger
    from .published import Published
    from .rules import Rule


@dataclass(slots=True)
class Count:
    """The medals of some Games under a rule.

    Attributes:
        medals: how many medals of each colour each line has.
        editions: what they were taken from, by Games; those that the rule leaves out are not
            among them.

    """

    medals: dict[Term, Counter[Term]] = field(default_factory=lambda: defaultdict(Counter))
    editions: dict[NamedNode, Basis] = field(default_factory=dict)

    @property
    def awards(self) -> int:
        """How many awards stand that the rule counts."""
        return sum(basis.awards for basis in self.editions.values())

    @property
    def undated(self) -> int:
        """How many of these have no dated decision."""
        return sum(basis.undated for basis in self.editions.values())

    @property
    def published(self) -> dict[NamedNode, str]:
        """Who published the counts that were taken instead of awards, by Games."""
        return {games: b.source for games, b in self.editions.items() if b.is_published}

    @property
    def of_some(self) -> list[Basis]:
        """What was published of some nations only, so that nobody can tell a rank from it."""
        return [basis for basis in self.editions.values() if not basis.is_of_all]

    @property
    def partial(self) -> dict[NamedNode, Comparison]:
        """How awards that were counted differ from what is published of the same Games."""
        return {games: b.lacks for games, b in self.editions.items() if b.lacks}

    @property
    def unknown(self) -> list[NamedNode]:
        """The Games of which nothing could be counted."""
        return [games for games, basis in self.editions.items() if not basis.source]


def count_medals(
    reader: Reader,
    names: Names,
    games: Iterable[NamedNode],
    rule: Rule,
    *,
    as_of: str | None = None,
) -> Count:
    """Count the medals of one or several editions of the Games.

    Published counts are taken where the graph has no awards of an edition, or clearly not
    all; and where awards lack medals of a whole published table that is trusted as much,
    follows the rule as far as they do, and knows as much of later decisions. No published
    count is taken for a rule that counts persons, for none tells that.

    Args:
        reader: the state to count in.
        names: the names of the store.
        games: the editions; those that the rule leaves out are passed over.
        rule: what is counted, and for whom.
        as_of: a day as EDTF; decisions after it are not heeded, whatever the rule says.

    Raises:
        BadInput: if the rule needs a day and none is given.

    """
    return counted(reader, names, ledgers(reader, names, games, rule, as_of=as_of).values())


def counted(reader: Reader, names: Names, read: Iterable[Ledger]) -> Count:
    """Count the medals of editions whose awards were read, as ``count_medals`` does."""
    work = _Counting(reader, names)
    for ledger in read:
        work.add(ledger)
    return work.count


def count_of(reader: Reader, names: Names, ledger: Ledger) -> Count:
    """Count the medals of one edition by its awards, if these are whole, else as published.

    Unlike in a table, awards that are about whole stand: what they lack is for an audit to say.
    """
    work = _Counting(reader, names, is_lenient=True)
    work.add(ledger)
    return work.count


class _Counting:
    """One count, edition by edition.

    Args:
        reader: the state.
        names: the names of the store.
        is_lenient: whether awards are taken that are about whole, whoever publishes more.

    """

    def __init__(self, reader: Reader, names: Names, *, is_lenient: bool = False) -> None:
        self._reader, self._names, self._is_lenient = reader, names, is_lenient
        self.count = Count()

    def add(self, ledger: Ledger) -> None:
        """Count the medals of one edition."""
        table = published_table(self._reader, self._names, ledger.games)
        if table is not None and not table.total:
            table = None
        if table is not None and self._may_be_better(table, ledger):
            fit = fitted(self._reader, self._names, table, ledger)
            if self._is_better(table, fit, ledger):
                self._take(table, fit, ledger)
                return
        self._count(ledger, table)

    def _may_be_better(self, table: Published, ledger: Ledger) -> bool:
        """Tell whether a published table can be taken at all, however it follows the rule."""
        if ledger.lines.rule.per_person:
            return False
        if not ledger.is_whole(table.medals):
            return not ledger.awards or table.total >= ledger.standing
        return not self._is_lenient and is_wide(table, ledger)

    def _is_better(self, table: Published, fit: Fitted, ledger: Ledger) -> bool:
        """Tell whether a published table that can be taken is to be taken, and not the awards."""
        if not ledger.is_whole(table.medals):
            return True
        beside = comparison(table, ledger)
        moved = {
            nation
            for award in ledger.awards
            if any(act.action != AWARDED for act in award.acts)
            for nation in award.nations
        }
        parts, own = (
            {unmet.lack.part for unmet in each} for each in (fit.unmet, unmet_by_results(ledger))
        )
        is_trusted = table.trust <= self._trust(ledger)
        return (
            bool(beside.missing) and parts <= own and is_trusted and not moved & beside.more.keys()
        )

    def _take(self, table: Published, fit: Fitted, ledger: Ledger) -> None:
        for nation, medals in fit.medals.items():
            if any(medals.values()):
                self.count.medals[ledger.lines.line(nation)].update(medals)
        self.count.editions[ledger.games] = Basis(
            ledger.games,
            ledger.day,
            table.title,
            is_published=True,
            nations=table.nations,
            is_of_all=is_of_all(table, ledger),
            beside=ledger.standing,
            unmet=fit.unmet,
            taken_off=fit.taken_off,
            graphs=frozenset({table.graph} if table.graph else ()),
        )

    def _count(self, ledger: Ledger, table: Published | None) -> None:
        if not ledger.awards:
            unmet = (Unmet(Lack.NO_PERSONS, (table.title,)),) if table else ()
            self.count.editions[ledger.games] = Basis(ledger.games, ledger.day, unmet=unmet)
            return
        for line, medals in ledger.medals.items():
            self.count.medals[line].update(medals)
        self.count.editions[ledger.games] = Basis(
            ledger.games,
            ledger.day,
            titles(self._reader, self._names, ledger),
            awards=len(ledger.counted),
            undated=sum(not award.acts for award in ledger.counted),
            unmet=unmet_by_results(ledger),
            lacks=_lacks(table, ledger) if table else None,
            graphs=ledger.sources,
        )

    def _trust(self, ledger: Ledger) -> int:
        said = (source(self._reader, self._names, graph) for graph in ledger.sources)  # type: ignore[arg-type]
        return min((one.trust for one in said), default=0)


def titles(reader: Reader, names: Names, ledger: Ledger) -> str:
    """Return who states the awards of an edition."""
    said = (source(reader, names, graph) for graph in ledger.sources)  # type: ignore[arg-type]
    return ", ".join(sorted(one.title for one in said))


def _lacks(table: Published, ledger: Ledger) -> Comparison | None:
    """Return how awards differ from a whole table, or lack medals of one of some nations."""
    beside = comparison(table, ledger)
    differs = beside.more if is_wide(table, ledger) else not ledger.is_whole(table.medals)
    return beside if differs else None
