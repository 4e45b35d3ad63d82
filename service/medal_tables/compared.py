"""Two medal tables side by side: rules, days, results and sources, and why each cell differs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.medals.background import Background
from graph.medals.counting import counted
from graph.medals.editions import edition_named, with_parts
from graph.medals.ledger import ledgers, under
from graph.medals.portion import count_portion, fields_of
from graph.medals.published import published_tables
from graph.medals.rules import HELD_NOW, CutOff
from graph.medals.side_by_side import choices_apart, compared
from graph.medals.table import MEDALS
from graph.names import local_name, property_words
from graph.terms import NamedNode
from service.amounts import counted as counted_words

from .against import against_source, two_sources
from .choices import options_of, rule_asked, rules_told
from .sides import sides_of
from .table import line_told, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.medals.counting import Count
    from graph.medals.ledger import Ledger
    from graph.medals.portion import Fields, Portion
    from graph.medals.published import Published
    from graph.medals.side_by_side import Cells, Differing
    from graph.terms import Term
    from service.portraits.gathering import Gathering
    from service.wire.problem import Json

    from .asked import Asked
    from .sides import Side

    Counts = Mapping[Term, Mapping[Term, int]]

NOTHING_ASKED = "What the table is to be compared with is not said."
_NO_DAY = "The rule “{}” counts as of a day, and no day is given."


def compared_told(of: Gathering, asked: Asked) -> dict[str, Json]:
    """Return two tables side by side, with why each cell differs.

    Raises:
        NotFound: for Games, a rule, a source or a sport that is not there.
        BadInput: for a rule by which no source counts.

    """
    games = edition_named(of.reader, asked.games)
    editions = with_parts(of.reader, [games])
    background = Background(of.reader, of.names, of.shown.languages)
    fields = fields_of(of.reader, editions)
    tables = published_tables(of.reader, of.names, games)
    per_person = any(
        rule_asked(of.reader, text).per_person for text in (asked.rule, asked.with_rule) if text
    )
    plain = replace(HELD_NOW, left_out=frozenset(), per_person=per_person)
    read = ledgers(of.reader, of.names, editions, plain)
    options = options_of(of.reader, read.values(), fields, of.shown.languages)
    portion = options.portion(asked)
    if portion.sport is not None:
        tables = published_tables(of.reader, of.names, games, sport=portion.sport)
    first, second = sides_of(of.reader, asked, tables)
    told: dict[str, Json] = {
        "games": named(of, games),
        "sport": named(of, portion.sport) if portion.sport else None,
        "first": _side_told(first),
        "second": _side_told(second),
        "rules": rules_told(of.reader, of.shown.languages),
        "sources": [
            {"key": local_name(t.graph), "label": t.title} for t in tables if t.graph is not None
        ],
        "sports": options.told()["sports"],
    }
    problem = _problem(asked, first, second)
    if problem:
        return told | {
            "problem": problem,
            "apart": [],
            "rows": [],
            "differing": 0,
            "otherwise_alike": 0,
            "unexplained": 0,
        }
    if first.table is not None and second.table is not None:
        found = two_sources(of, games, portion.sport, first.table, second.table)
    elif first.table is not None or second.table is not None:
        found = against_source(of, read[games], portion.sport, first, second)
    else:
        sides = [_under(of, read, side, portion, fields) for side in (first, second)]
        found = compared(of.reader, of.names, sides, background, sport=portion.sport)
    cells, *counts = found
    one, other = (
        _every_line(side, own, counts) for side, own in zip((first, second), counts, strict=True)
    )
    rows = _rows(of, cells, one, other)
    apart = choices_apart(first.rule, second.rule, background) if first.rule and second.rule else []
    apart += [_of_some(side.table) for side in (first, second) if side.table]
    apart = list(filter(None, apart))
    return told | {
        "problem": "",
        "apart": apart,
        "rows": rows,
        "differing": sum(cell.first != cell.second for cell in cells.values()),
        "otherwise_alike": sum(cell.first == cell.second for cell in cells.values()),
        "unexplained": sum(bool(cell.unexplained) for cell in cells.values()),
    }


def _problem(asked: Asked, first: Side, second: Side) -> str:
    if not (asked.source or asked.with_rule or asked.with_on or asked.with_source):
        return NOTHING_ASKED
    for side in (first, second):
        if side.table is None and side.rule and side.rule.cut_off is CutOff.GIVEN and not side.on:
            return _NO_DAY.format(side.rule.label)
    return ""


def _under(
    of: Gathering,
    read: Mapping[NamedNode, Ledger],
    side: Side,
    portion: Portion,
    fields: Fields,
) -> dict[NamedNode, tuple[Ledger, Count]]:
    """Return the awards and the medals of each edition on one side."""
    rule = side.rule or HELD_NOW
    every = under(of.reader, of.names, read, rule, as_of=side.on or None)
    found = {}
    for games, ledger in every.items():
        if portion.is_whole:
            found[games] = ledger, counted(of.reader, of.names, [ledger])
        else:
            count, own = count_portion(of.reader, of.names, [ledger], portion, fields)
            found[games] = own[0], count
    return found


def _of_some(table: Published) -> str:
    """Return that a table has some nations only, which are all that is compared; else nothing."""
    if table.may_be_of_all:
        return ""
    nations = counted_words(table.nations, "nation")
    return f"“{table.title}” counts {nations} only; of the others there is nothing to compare."


def _side_told(side: Side) -> dict[str, Json]:
    return {
        "words": side.words,
        "rule": side.rule.key if side.rule else "",
        "on": side.on,
        "source": side.table.graph.value if side.table and side.table.graph else "",
    }


def _rows(of: Gathering, cells: Cells, one: Counts, other: Counts) -> list[Json]:
    """Return a row for each line of either side, those that differ first, then by gold."""
    differing = {line for line, _ in cells}
    lines = sorted(
        one.keys() | other.keys(),
        key=lambda line: (
            line not in differing,
            *_order(one.get(line, other.get(line))),
            str(line),
        ),
    )
    return [_row(of, line, cells, one, other) for line in lines if isinstance(line, NamedNode)]


def _every_line(side: Side, own: Counts, counts: Iterable[Counts]) -> Counts:
    """Return the medals of a side, of lines of the other too where it is counted and not published.

    A nation of which nothing was counted has none; one that a source does not count may have some.
    """
    if side.table is not None:
        return own
    return {line: own.get(line, {}) for table in counts for line in table}


def _order(medals: Mapping[Term, int] | None) -> tuple[int, ...]:
    return tuple(-(medals or {}).get(medal, 0) for medal in MEDALS)


def _row(
    of: Gathering, line: NamedNode, cells: Cells, one: Counts, other: Counts
) -> dict[str, Json]:
    named_line = line_told(of, line)
    return {
        "nation": named_line["iri"],
        **{name: named_line[name] for name in ("label", "language", "code")},
        "first": _three(one.get(line)),
        "second": _three(other.get(line)),
        "cells": [
            _cell_told(medal, cells[line, medal]) for medal in MEDALS if (line, medal) in cells
        ],
    }


def _three(medals: Mapping[Term, int] | None) -> Json:
    if medals is None:
        return None
    told: dict[str, Json] = {property_words(m): medals.get(m, 0) for m in MEDALS}
    return told | {"total": sum(medals.get(medal, 0) for medal in MEDALS)}


def _cell_told(medal: NamedNode, cell: Differing) -> dict[str, Json]:
    return {
        "medal": property_words(medal),
        "first": cell.first,
        "second": cell.second,
        "because": [
            {
                "text": why.text,
                "amount": why.amount,
                "event": why.event.value if isinstance(why.event, NamedNode) else "",
            }
            for why in cell.reasons
        ],
        "unexplained": cell.unexplained,
    }
