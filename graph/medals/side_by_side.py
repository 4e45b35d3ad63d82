"""Two medal tables of the same Games side by side, with why each cell differs."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .fitting import Fitted, fitted
from .otherwise import Otherwise, otherwise
from .published import published_table
from .rules import CutOff
from .table import MEDALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import NamedNode, Term

    from .background import Background
    from .counting import Count
    from .ledger import Ledger
    from .rules import Rule


@dataclass(frozen=True, slots=True)
class Why:
    """One reason why a cell differs.

    Attributes:
        text: in words.
        amount: by how many medals the second side has more for it, less if negative.
        event: the event that it is about, if it is about one.

    """

    text: str
    amount: int
    event: Term | None = None


@dataclass(frozen=True, slots=True)
class Differing:
    """One cell of two tables that differs.

    Attributes:
        first: the count of the first side; None if it has none.
        second: that of the second.
        reasons: their amounts and what is unexplained make up the difference, where both count.
        unexplained: what is left.

    """

    first: int | None
    second: int | None
    reasons: tuple[Why, ...]
    unexplained: int


Cells = dict[tuple["Term", "Term"], Differing]
"""What differs, by line and colour."""


@dataclass(slots=True)
class _Sums:
    """The reasons of each cell, of which those in the same words are one."""

    cells: defaultdict[tuple[Term, Term], dict[tuple[str, Term | None], int]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def add(self, found: Iterable[Otherwise]) -> None:
        for one in found:
            told = self.cells[one.line, one.medal]
            key = one.text, one.event
            told[key] = told.get(key, 0) + one.amount

    def of(self, cell: tuple[Term, Term]) -> tuple[Why, ...]:
        told = self.cells[cell].items()
        return tuple(Why(text, amount, event) for (text, event), amount in told if amount)


Counts = dict["Term", Counter["Term"]]
Edition = tuple["Ledger", "Count"]
"""The awards of an edition, and its medals as they were counted."""


def compared(
    reader: Reader,
    names: Names,
    sides: Sequence[Mapping[NamedNode, Edition]],
    background: Background,
    *,
    sport: Term | None = None,
) -> tuple[Cells, Counts, Counts]:
    """Return the cells in which two counts of the same Games differ, each with why.

    Args:
        reader: the state.
        names: the names of the store.
        sides: each edition under one rule, on one day, and under another, or on another; one
            that a rule leaves out is on one side only.
        background: names what differences are about.
        sport: the only sport that is counted; None for all.

    Returns:
        What differs, and the medals of each line on each side.

    """
    sums = _Sums()
    one, other = sides
    medals: tuple[Counts, Counts] = {}, {}
    for side, sum_of in zip(sides, medals, strict=True):
        for _, count in side.values():
            for line, found in count.medals.items():
                sum_of.setdefault(line, Counter()).update(found)
    for games in one.keys() | other.keys():
        work = _Edition(reader, names, games, one.get(games), other.get(games), background, sport)
        sums.add(work.differences())
    return _cells(medals, sums), *medals


@dataclass(frozen=True, slots=True)
class _Edition:
    """One edition on both sides; None where a rule leaves it out."""

    reader: Reader
    names: Names
    games: NamedNode
    first: Edition | None
    second: Edition | None
    background: Background
    sport: Term | None

    def differences(self) -> Iterator[Otherwise]:
        """Yield what counts otherwise on the second side."""
        if self.first is None or self.second is None:
            which = "the first" if self.first is None else "the second"
            yield from self._whole(f"{self.background.label(self.games)}, which {which} leaves out")
            return
        bases = [count.editions[self.games] for _, count in (self.first, self.second)]
        published = [basis.is_published for basis in bases]
        if not any(published):
            yield from otherwise(self.first[0], self.second[0], self.background)
        elif all(published):
            yield from self._as_published(self.first[0], self.second[0])
        else:
            ways = [
                f"counts that “{basis.source}” publishes"
                if basis.is_published
                else "the results here"
                for basis in bases
            ]
            yield from self._whole(f"the first takes {ways[0]}, the second {ways[1]}")

    def _whole(self, text: str) -> Iterator[Otherwise]:
        """Yield every difference of the edition with one and the same reason."""
        one, other = (
            side[1].medals if side is not None else {} for side in (self.first, self.second)
        )
        for line in one.keys() | other.keys():
            for medal in MEDALS:
                counts = [side[line][medal] if line in side else 0 for side in (one, other)]
                if counts[0] != counts[1]:
                    yield Otherwise(line, medal, text, counts[1] - counts[0])

    def _as_published(self, first: Ledger, second: Ledger) -> Iterator[Otherwise]:
        """Yield how a published table that both take is made to fit each of them."""
        table = published_table(self.reader, self.names, self.games, sport=self.sport)
        if table is None:
            return
        fits = [
            Fitted(table.medals)
            if self.sport is not None
            else fitted(self.reader, self.names, table, ledger)
            for ledger in (first, second)
        ]
        one, other = (fit.medals for fit in fits)
        for nation in one.keys() | other.keys():
            lines = first.lines.line(nation), second.lines.line(nation)
            own = f"counts published for {self.background.label(nation)}"
            for medal in MEDALS:
                before, after = (side.get(nation, {}).get(medal, 0) for side in (one, other))
                if lines[0] != lines[1] and before:
                    yield Otherwise(lines[0], medal, own, -before)
                    yield Otherwise(lines[1], medal, own, before)
                if after != before:
                    yield Otherwise(lines[1], medal, _taken_off(fits), after - before)


def _taken_off(fits: Sequence[Fitted]) -> str:
    """Return which sports are taken off a published table on one side and not on the other."""
    one, other = ({taken.sport for taken in fit.taken_off} for fit in fits)
    told = [
        f"medals for {', '.join(sorted(sports))}, which {which} does not count"
        for which, sports in (("the first", one - other), ("the second", other - one))
        if sports
    ]
    return "; ".join(told)


def _cells(sides: tuple[Counts, Counts], sums: _Sums) -> Cells:
    found: Cells = {}
    for line in sides[0].keys() | sides[1].keys():
        for medal in MEDALS:
            one, other = (side.get(line, Counter())[medal] for side in sides)
            reasons = sums.of((line, medal))
            if one != other or reasons:
                left = other - one - sum(why.amount for why in reasons)
                found[line, medal] = Differing(one, other, reasons, left)
    return found


def choices_apart(first: Rule, second: Rule, background: Background) -> list[str]:
    """Return in what two rules differ, a sentence each."""
    told = []
    if first.cut_off is not second.cut_off:
        told.append(
            f"Decisions: the first heeds {_HEEDS[first.cut_off]}, the second "
            f"{_HEEDS[second.cut_off]}."
        )
    for text, field_name in _SWITCHES:
        one = getattr(first, field_name)
        if one != getattr(second, field_name):
            told.append(f"{text} only by {'the first' if one else 'the second'}.")
    for what, left, right in (
        ("Left out", first.left_out, second.left_out),
        ("Shown without a rank", first.unranked, second.unranked),
    ):
        for who, nodes in (("the first", left - right), ("the second", right - left)):
            if nodes:
                named = ", ".join(sorted(map(background.label, nodes)))
                told.append(f"{what} by {who} only: {named}.")
    return told


_HEEDS = {
    CutOff.CLOSING: "them up to the closing day",
    CutOff.LATEST: "all of them",
    CutOff.GIVEN: "them up to the day given",
}
_SWITCHES = (
    ("Each member of a pair or team is counted", "per_person"),
    ("A mixed team's medal is counted for each of its nations", "shares_mixed"),
    ("Former codes of a committee are joined", "merges_former_codes"),
    ("Nations are joined with those that replaced them", "merges_successors"),
)
