"""A published table beside the results or another one, differences explained as by an audit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph.medals.audit import audit
from graph.medals.cells import COLOURS, GAMES, MEDALS_OF, NATION, SPORT, cells_of
from graph.medals.ledger import under
from graph.medals.rules import HELD_NOW
from graph.medals.side_by_side import Differing, Why
from graph.medals.table import MEDALS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.medals.audit import Finding
    from graph.medals.ledger import Ledger
    from graph.medals.published import Published
    from graph.medals.rules import Rule
    from graph.medals.side_by_side import Cells
    from graph.terms import NamedNode, Term
    from service.portraits.gathering import Gathering

    from .sides import Side

    Counts = dict[Term, Counter[Term]]
    Compared = tuple[Cells, Counts, Counts]
    Found = Mapping[tuple[Term, Term], Finding]

NO_COUNT = "“{}” has no count for it"
NOTHING_ELSE = "nothing here tells which of them is right"


def against_source(
    of: Gathering, ledger: Ledger, sport: NamedNode | None, first: Side, second: Side
) -> Compared:
    """Return the results beside a published table, whichever of them is first."""
    games = ledger.games
    counted, source = (first, second) if second.table is not None else (second, first)
    table, rule = source.table, counted.rule or HELD_NOW
    if table is None or table.graph is None:
        return {}, {}, {}
    found = _findings(of, games, sport, table.graph, rule)
    held: Counts = {}
    published: Counts = {}
    cells: Cells = {}
    for (line, medal), one in found.items():
        held.setdefault(line, Counter())[medal] = one.official_value or 0
        published.setdefault(line, Counter())[medal] = one.source_value
        if one.official_value is not None and one.official_value != one.source_value:
            cells[line, medal] = Differing(
                one.official_value, one.source_value, _reasons(one), _left(one)
            )
    for line, medals in _results(of, ledger, sport, rule).items():
        for medal in MEDALS:
            if (line, medal) in found or not medals[medal]:
                continue
            held.setdefault(line, Counter())[medal] = medals[medal]
            if table.may_be_of_all:
                why = Why(NO_COUNT.format(table.title), -medals[medal])
                cells[line, medal] = Differing(medals[medal], None, (why,), 0)
    if source is second:
        return cells, held, published
    return {cell: _turned(one) for cell, one in cells.items()}, published, held


def two_sources(
    of: Gathering,
    games: NamedNode,
    sport: NamedNode | None,
    first: Published,
    second: Published,
) -> Compared:
    """Return two published tables side by side; how each differs from the results says why."""
    sides: list[Counts] = [
        {nation: Counter(medals) for nation, medals in table.medals.items()}
        for table in (first, second)
    ]
    found = [
        _findings(of, games, sport, table.graph, HELD_NOW) if table.graph else {}
        for table in (first, second)
    ]
    cells: Cells = {}
    for nation in sides[0].keys() | sides[1].keys():
        for medal in MEDALS:
            one, other = (side[nation][medal] if nation in side else None for side in sides)
            if one == other:
                continue
            if one is None or other is None:
                lacking = first if one is None else second
                if not lacking.may_be_of_all:
                    continue
                amount = (other or 0) - (one or 0)
                why = (Why(NO_COUNT.format(lacking.title), amount),)
                cells[nation, medal] = Differing(one, other, why, 0)
                continue
            held = [side.get((nation, medal)) for side in found]
            cells[nation, medal] = _between(first, second, one, other, held)
    return cells, sides[0], sides[1]


def _between(
    first: Published,
    second: Published,
    one: int,
    other: int,
    held: list[Finding | None],
) -> Differing:
    """Return why two sources differ: by what each differs from the same results."""
    mine, theirs = held
    if (
        mine is None
        or theirs is None
        or mine.official_value is None
        or mine.official_value != theirs.official_value
        or second.title == mine.official_source
        or first.title == theirs.official_source
    ):
        return Differing(one, other, (Why(NOTHING_ELSE, 0),), other - one)
    reasons = [
        *(Why(f"“{first.title}”: {why.text}", -why.amount, why.event) for why in _reasons(mine)),
        *(Why(f"“{second.title}”: {why.text}", why.amount, why.event) for why in _reasons(theirs)),
    ]
    agreeing = [
        table.title
        for table, finding in ((first, mine), (second, theirs))
        if finding.source_value == finding.official_value
    ]
    if agreeing:
        reasons.append(Why(f"the results here agree with “{agreeing[0]}”", 0))
    left = other - one - sum(why.amount for why in reasons)
    return Differing(one, other, tuple(reasons), left)


def _findings(
    of: Gathering, games: NamedNode, sport: NamedNode | None, graph: NamedNode, rule: Rule
) -> Found:
    """Return what an audit finds of the counts of nations by colour."""
    parts = {GAMES, NATION, *([SPORT] if sport else [])}
    about = {
        cell.subject
        for cell in cells_of(of.reader, graph, [games])
        if cell.parts == parts and (sport is None or cell.part(SPORT) == sport)
    }
    told = audit(of.reader, of.names, graph, rule, games=games, languages=of.shown.languages)
    return {
        (one.nation, MEDALS_OF[one.measure][0]): one
        for one in told
        if one.where in about and one.measure in COLOURS and one.nation is not None
    }


def _results(
    of: Gathering, read: Ledger, sport: NamedNode | None, rule: Rule
) -> Mapping[Term, Counter[Term]]:
    ledger = under(of.reader, of.names, {read.games: read}, rule).get(read.games)
    if ledger is None:
        return {}
    return (ledger.of_sport(sport) if sport else ledger).medals


def _reasons(one: Finding) -> tuple[Why, ...]:
    found = one.explanation.reasons if one.explanation else ()
    return tuple(Why(reason.text, reason.amount, reason.about) for reason in found)


def _left(one: Finding) -> int:
    return one.explanation.unexplained if one.explanation else 0


def _turned(cell: Differing) -> Differing:
    return Differing(
        cell.second,
        cell.first,
        tuple(Why(why.text, -why.amount, why.event) for why in cell.reasons),
        -cell.unexplained,
    )
