"""What the pages say of the graph: what is in it, one medal table, one report audited."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from graph.medals.audit import Verdict, audit
from graph.medals.counting import count_medals
from graph.medals.rules import usual_rule
from graph.medals.table import medal_table
from graph.sources import source, sources
from graph.terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.engines.base import Reader
    from graph.medals.audit import Finding
    from graph.medals.table import Row
    from graph.names import Names
    from graph.sources import Source
    from service.wire.problem import Json

GAMES, NATION, REPORT = "2024-summer-para", "AZE", "azernews-2024-09-17"
"""Whose medal table is shown, which team is marked in it, and which report is audited."""

ROWS_SHOWN = 10
VERDICTS = (Verdict.DIFFERS, Verdict.AGREES, Verdict.NOT_CHECKABLE)
"""The order in which claims are shown."""


def home(
    reader: Reader, names: Names, *, neutral_ranked: bool, languages: Sequence[str] = ()
) -> dict[str, Json]:
    """Return what the home page says of this state.

    Args:
        reader: the state.
        names: the names of the store.
        neutral_ranked: whether neutral athletes take a rank in the medal table.
        languages: those in which nations are named, the best first.

    Returns:
        ``counts``, ``sources`` as of ``sources_told``, ``report`` and ``claims`` by verdict
        (None and empty if the store lacks the report), ``rows`` of the medal table, and its
        ``excerpt``, in which None stands where rows are left out.

    """
    report, rule = names.graph(REPORT), usual_rule(reader)
    known = next(iter(reader.quads(graph=report)), None) is not None
    rows: list[Json] = [
        _row_told(row)
        for row in medal_table(
            reader,
            count_medals(reader, names, [names.of("games", GAMES)], rule),
            unranked=frozenset() if neutral_ranked else rule.unranked,
            languages=languages,
        )
    ]
    told = sources_told(reader, names)
    statements = sum(size for entry in told if isinstance(size := entry["statements"], int))
    return {
        "counts": {
            "people": _count(reader, "?x a mg:Person"),
            "nations and teams": _count(reader, "?x a mg:Nation"),
            "events": _count(reader, "?x a mg:Event"),
            "medals": _count(reader, "?x mg:won ?medal"),
            "statements": statements,
        },
        "sources": [entry for entry in told if entry["graph"] != names.meta.value],
        "report": _told(source(reader, names, report), 0) if known else None,
        "claims": _claims(audit(reader, names, report, languages=languages) if known else []),
        "rows": rows,
        "excerpt": excerpt(rows),
    }


def sources_told(reader: Reader, names: Names) -> list[dict[str, Json]]:
    """Return all sources, the most trusted first, and last what describes them, if anything."""
    found = sources(reader, names)
    found += [source(reader, names, names.meta)] if names.meta in reader.graphs() else []
    counted = sizes(reader)
    return [_told(entry, counted.get(entry.graph, 0)) for entry in found]


def excerpt(rows: Sequence[Json]) -> list[Json]:
    """Return the head of a medal table, and the marked team with its neighbours.

    None stands where rows are left out.
    """
    place = next((at for at, row in enumerate(rows) if _code(row) == NATION), 0)
    kept = {*range(ROWS_SHOWN), place - 1, place, place + 1}
    found: list[Json] = []
    for at, row in enumerate(rows):
        if at in kept:
            found.append(row)
        elif found and found[-1] is not None and at < place:
            found.append(None)
    return found


def _code(row: Json) -> Json:
    return row["code"] if isinstance(row, dict) else None


def _told(found: Source, size: int) -> dict[str, Json]:
    return {
        "graph": found.graph.value,
        "title": found.title,
        "publisher": found.publisher,
        "issued": found.issued,
        "origin": found.origin,
        "priority": found.priority,
        "statements": size,
    }


def _row_told(row: Row) -> dict[str, Json]:
    return {**asdict(row), "nation": row.nation.value, "total": row.total}


def _claims(findings: list[Finding]) -> dict[str, Json]:
    """Return the claims of each verdict, those that differ first."""
    return {
        verdict: [
            {
                "what": finding.what,
                "source_value": finding.source_value,
                "official_value": finding.official_value,
                "official_source": finding.official_source,
                "note": finding.note,
                "where": finding.where.value if isinstance(finding.where, NamedNode) else "",
            }
            for finding in findings
            if finding.verdict is verdict
        ]
        for verdict in VERDICTS
    }


def sizes(reader: Reader) -> dict[NamedNode, int]:
    """Return how many statements each named graph holds."""
    text = "SELECT ?graph (COUNT(*) AS ?size) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
    return {row["graph"]: int(row["size"].value) for row in reader.query(text)}  # type: ignore[union-attr] # a SELECT


def _count(reader: Reader, pattern: str) -> int:
    (row,) = reader.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")  # type: ignore[misc] # a SELECT
    return int(row["n"].value)
