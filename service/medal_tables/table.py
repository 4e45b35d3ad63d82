"""A medal table as a page and a program read it: its lines, its basis, and its days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.medals.days import changed_on, stops
from graph.medals.lines import line_name
from graph.medals.rules import NEUTRAL
from graph.names import local_name, property_words
from graph.naming import Naming
from graph.terms import NamedNode
from service.portraits.gathering import code_of
from service.table_words import heading, summary

from .choices import RANKED, UNRANKED, rule_told, rules_told
from .counted import counted_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.medals.days import Changed
    from graph.medals.table import Row
    from graph.terms import Term
    from service.portraits.gathering import Gathering
    from service.wire.problem import Json

    from .asked import Asked
    from .counted import Counted

MOST_CHANGED = 60
"""So many podiums that a day changed are told; during the Games there are more."""
HEADER = ("rank", "nation", "code", "gold", "silver", "bronze", "total")
"""The columns of a table as CSV, as the command line writes them."""


def table_told(of: Gathering, asked: Asked) -> dict[str, Json]:
    """Return the medal table that is asked for.

    Args:
        of: reads the state.
        asked: the Games, the rule, the day and the part of the events.

    """
    table = counted_table(of.reader, of.names, asked, of.shown.languages)
    changed, lines = changed_on(table.ledgers, asked.on) if asked.on else ((), frozenset())
    rows = table.rows(of.reader, asked.by, of.shown.languages)
    return {
        **about(of, table, asked),
        "days": [
            {"day": stop.day, "words": stop.words, "closing": stop.is_closing}
            for stop in stops(table.ledgers)
        ],
        "changed": [_changed(of, one) for one in changed[:MOST_CHANGED]],
        "changed_count": len(changed),
        "rows": [row_told(row, is_changed=row.nation in lines) for row in rows],
        "rules": rules_told(of.reader, of.shown.languages),
        **table.options.told(),
    }


def about(of: Gathering, table: Counted, asked: Asked) -> dict[str, Json]:
    """Return what a table is of: the Games, the rule, the part, and what its figures stand on."""
    neutral = RANKED if NEUTRAL not in table.rule.unranked else UNRANKED
    portion = table.portion
    return {
        "games": named(of, table.games),
        "parts": [named(of, one) for one in table.editions if one != table.games],
        "rule": rule_told(of.reader, table.rule, of.shown.languages),
        "on": asked.on,
        "by": asked.by or "gold",
        "neutral": neutral,
        "sport": _part(of, portion.sport),
        "sex": local_name(portion.sex),
        "sport_class": _part(of, portion.sport_class),
        "problem": _problem(table),
        "summary": "" if table.needs_day else summary(table.count, table.rule),
        "notes": [] if table.needs_day else list(_notes(of, table, asked)),
        "sources": _sources(of, table),
        "basis": [
            {
                "games": games.value,
                "source": basis.source,
                "published": basis.is_published,
                "decisions_up_to": basis.day,
                "awards": basis.awards,
            }
            for games, basis in table.count.editions.items()
        ],
    }


def row_told(row: Row, *, is_changed: bool = False) -> dict[str, Json]:
    """Return a line of a table."""
    return {
        "rank": row.rank,
        "nation": row.nation.value if isinstance(row.nation, NamedNode) and row.is_known else "",
        "label": row.label,
        "language": row.language,
        "code": row.code,
        "gold": row.gold,
        "silver": row.silver,
        "bronze": row.bronze,
        "total": row.total,
        "changed": is_changed,
    }


def named(of: Gathering, node: NamedNode) -> dict[str, Json]:
    """Return the Games or another thing by key and name."""
    cell = of.cell(node)
    told: dict[str, Json] = {"key": local_name(node), "iri": node.value, "label": cell.text}
    return told | {"language": cell.language}


def line_told(of: Gathering, line: NamedNode) -> dict[str, Json]:
    """Return a line of a table by key and name; no IRI where nothing is said of it."""
    naming = Naming(of.reader, of.shown.languages)
    name, iri = line_name(naming, line), line.value if naming.named(line) else ""
    told: dict[str, Json] = {"key": local_name(line), "iri": iri, "label": name.value}
    return told | {"language": name.language or "", "code": code_of(of, line) or local_name(line)}


def _part(of: Gathering, node: NamedNode | None) -> Json:
    return named(of, node) if node is not None else None


def _problem(table: Counted) -> str:
    if not table.needs_day:
        return ""
    return f"The rule “{table.rule.label}” counts as of a day, and no day is given. Choose one."


def _notes(of: Gathering, table: Counted, asked: Asked) -> Iterator[str]:
    """Yield what is said above the figures, without the title."""
    told = heading(of.reader, table.count, table.rule, [table.games], as_of=asked.on or None)
    next(told)
    yield from told
    if not table.portion.is_whole and table.whole.published and not table.count.published:
        yield (
            "The results of these Games that are held here are not whole: the table of all events"
            " takes published counts instead, and this one counts what is held."
        )


def _sources(of: Gathering, table: Counted) -> list[Json]:
    graphs = {graph for basis in table.count.editions.values() for graph in basis.graphs}
    return sources_told(of, graphs)


def sources_told(of: Gathering, graphs: Iterable[Term]) -> list[Json]:
    """Return sources by graph and title, the most trusted first."""
    cited = of.cited(graph for graph in graphs if isinstance(graph, NamedNode))
    return [{"graph": one.graph, "title": one.title} for one in cited]


def _changed(of: Gathering, one: Changed) -> dict[str, Json]:
    words = ", ".join(
        f"{property_words(medal)} {property_words(action)} "  # type: ignore[arg-type] # terms of ours
        f"({'/'.join(map(local_name, nations)) or 'nobody'})"
        for medal, action, nations in one.told
    )
    cell = of.cell(one.event)
    return {
        "event": one.event.value if isinstance(one.event, NamedNode) else "",
        "label": cell.text,
        "language": cell.language,
        "words": words,
    }
