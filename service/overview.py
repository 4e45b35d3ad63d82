"""What the home page says of the graph: what is in it, one medal table, one report audited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.medals.audit import Verdict, audit
from graph.medals.table import medal_table
from graph.sources import source, sources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.engines.base import Reader
    from graph.medals.audit import Finding
    from graph.medals.table import Row
    from graph.names import Names
    from graph.sources import Source
    from graph.terms import NamedNode

GAMES, NATION, REPORT = "2024-summer-para", "AZE", "azernews-2024-09-17"
"""Whose medal table is shown, which team is marked in it, and which report is audited."""

ROWS_SHOWN = 10
VERDICTS = (Verdict.DIFFERS, Verdict.AGREES, Verdict.NOT_CHECKABLE)
"""The order in which claims are shown."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The home page of one version of the store.

    Attributes:
        people: all persons, whatever they did.
        medals: medals held now, one an entry.
        sizes: statements in each named graph.
        report: the audited report; None if the store does not have it.
        findings: its claims beside the official counts.

    """

    version: int
    people: int
    nations: int
    events: int
    medals: int
    sources: tuple[Source, ...]
    sizes: Mapping[NamedNode, int]
    report: Source | None
    findings: tuple[Finding, ...]

    @property
    def statements(self) -> int:
        """All statements, counted once a source."""
        return sum(self.sizes.values())

    @property
    def by_verdict(self) -> dict[Verdict, list[Finding]]:
        """The claims of each verdict, those that differ first."""
        return {
            verdict: [finding for finding in self.findings if finding.verdict is verdict]
            for verdict in VERDICTS
        }


def overview(reader: Reader, names: Names) -> Overview:
    """Return what the home page says of this state."""
    report = names.graph(REPORT)
    known = next(iter(reader.quads(graph=report)), None) is not None
    findings = audit(reader, names, report) if known else []
    return Overview(
        version=reader.version,
        people=_count(reader, "?x a mg:Person"),
        nations=_count(reader, "?x a mg:Nation"),
        events=_count(reader, "?x a mg:Event"),
        medals=_count(reader, "?x mg:won ?medal"),
        sources=tuple(sources(reader, names)),
        sizes=sizes(reader),
        report=source(reader, names, report) if known else None,
        findings=tuple(findings),
    )


def standings(reader: Reader, names: Names, *, neutral_ranked: bool) -> list[Row]:
    """Return the medal table that the home page shows."""
    return medal_table(reader, names.of("games", GAMES), neutral_ranked=neutral_ranked)


def excerpt(rows: list[Row]) -> list[Row | None]:
    """Return the head of a medal table, and the marked team with its neighbours.

    None stands where rows are left out.
    """
    place = next((at for at, row in enumerate(rows) if row.code == NATION), 0)
    kept = {*range(ROWS_SHOWN), place - 1, place, place + 1}
    found: list[Row | None] = []
    for at, row in enumerate(rows):
        if at in kept:
            found.append(row)
        elif found and found[-1] is not None and at < place:
            found.append(None)
    return found


def sizes(reader: Reader) -> dict[NamedNode, int]:
    """Return how many statements each named graph holds."""
    text = "SELECT ?graph (COUNT(*) AS ?size) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
    return {row["graph"]: int(row["size"].value) for row in reader.query(text)}  # type: ignore[union-attr] # a SELECT


def _count(reader: Reader, pattern: str) -> int:
    (row,) = reader.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")  # type: ignore[misc] # a SELECT
    return int(row["n"].value)
