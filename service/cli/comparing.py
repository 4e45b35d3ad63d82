"""The commands ``audit`` and ``conflicts``: where sources agree, and where they do not."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from graph.medals.audit import Verdict
from graph.medals.audit import audit as audited
from graph.medals.editions import edition_named
from graph.medals.rules import HELD_NOW, rule_named
from graph.medals.telling import COLUMNS, cells, told
from graph.medals.telling import as_csv as written
from graph.names import property_words
from graph.sources import conflicts as found_conflicts
from graph.sources import settle_by_priority, source

from .asking import at_option, moment
from .outcomes import tell_outcome
from .place import json_option, opened, signed, source_named, store_option
from .results import draw_rows
from .voice import answer, answer_json, counted
from .wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engines.base import Reader
    from graph.medals.telling import Told
    from graph.names import Names
    from graph.sources import Conflict
    from graph.store import Store
    from graph.terms import NamedNode

    from .voice import Json

_HEADER = tuple(column for column in COLUMNS if column != "nation")
_IN_WORDS = {
    Verdict.AGREES: "agree",
    Verdict.DIFFERS: "differ",
    Verdict.NOT_CHECKABLE: "cannot be checked",
}


@click.command(short_help="Hold the counts of a source against everything else.")
@click.argument("source_name", metavar="SOURCE")
@click.option("--differs", is_flag=True, help="Only the counts that differ.")
@click.option("--games", "games_name", help="Only the counts of these Games, by label or key.")
@click.option("--nation", help="Only the counts of this nation, by its code.")
@click.option("--rule", "rule_name", help="The counting rule.  [default: medals held now]")
@click.option("--csv", "as_csv", is_flag=True, help="Answer as CSV.")
@json_option
@at_option
@store_option
def audit(  # noqa: PLR0913 - one parameter an option
    *,
    source_name: str,
    differs: bool,
    games_name: str | None,
    nation: str | None,
    rule_name: str | None,
    as_csv: bool,
    as_json: bool,
    at: str | None,
    place: Path,
) -> None:
    """Hold each count that SOURCE publishes against the results, or against other sources.

    SOURCE is the name of its graph, such as azernews-2024-09-17. The exit code is 0, whatever
    is found.
    """
    if as_csv and as_json:
        raise click.UsageError("--csv and --json ask for two different formats.")
    with opened(place) as store, store.read(moment(at)) as state:
        graph = source_named(source_name, state, store.names)
        rule = rule_named(state, rule_name) if rule_name else HELD_NOW
        found = audited(
            state,
            store.names,
            graph,
            rule,
            nation=store.names.of("nation", nation) if nation else None,
            games=edition_named(state, games_name) if games_name else None,
        )
        findings = [told(one) for one in found]
    tally = Counter(finding["verdict"] for finding in findings)
    shown = [one for one in findings if not differs or one["verdict"] == Verdict.DIFFERS]
    if as_json:
        answer_json(shown)
        return
    if as_csv:
        sys.stdout.write(written(shown))
        return
    if shown:
        draw_rows(_HEADER, [_cells(found) for found in shown])
    parts = ", ".join(f"{tally[verdict]:,} {words}" for verdict, words in _IN_WORDS.items())
    answer(f"{counted(len(findings), 'count')}: {parts}.")
    left = [found["unexplained"] for found in findings if found["verdict"] == Verdict.DIFFERS]
    if left:
        whole = left.count(0)
        answer(f"Of those that differ {whole:,} are explained whole, {len(left) - whole:,} not.")


@click.command(short_help="List where sources give different values for what can have one.")
@click.option("--settle", is_flag=True, help="Keep what the most trusted source says, as a commit.")
@signed
@json_option
@store_option
def conflicts(*, settle: bool, author: str, message: str, as_json: bool, place: Path) -> None:
    """List each property that can have one value only and has several, with who says which.

    With --settle the value of the source with the best priority stays, and the others become
    claims of their sources that were set aside, with the reason. Where the two best sources
    have the same priority, or none, nothing is settled.
    """
    with opened(place) as store:
        if settle:
            _settle(store, author=author, message=message, as_json=as_json)
            return
        with store.read() as state:
            found = found_conflicts(state, store.names, store.gate.single_valued())
            sayings = _Sayings(state, store.names)
            if as_json:
                answer_json([sayings.to_json(conflict) for conflict in found])
                return
            for conflict in found:
                answer(sayings.text(conflict))
    answer(f"{counted(len(found), 'conflict')} between sources.")


def _settle(store: Store, *, author: str, message: str, as_json: bool) -> None:
    why = message or "Keep what the most trusted source says"
    with store.transaction(author=author, message=why, kind="settle") as tx:
        change = settle_by_priority(tx.draft, store.names, store.gate.single_valued())
        tx.remove(*change.removed)
        tx.add(*change.added)
    tell_outcome(tx.commit, tx.report, as_json=as_json)


def _cells(found: Told) -> list[str]:
    """Return a finding as a line; the nation stands in what it is about."""
    named = zip(COLUMNS, cells(found), strict=True)
    return [cell for column, cell in named if column != "nation"]


class _Sayings:
    """Says conflicts in words, with the labels and sources of one state."""

    def __init__(self, state: Reader, names: Names) -> None:
        self._state, self._names = state, names
        self._wording = Wording(state, names.prefixes())

    def text(self, conflict: Conflict) -> str:
        """Return a conflict as lines: what it is about, then each value and who says it."""
        about = f"{self._wording.of(conflict.subject)}: {property_words(conflict.predicate)}"
        values = [
            f"    {self._wording.of(value)}: {', '.join(map(self._cited, graphs))}"
            for value, graphs in conflict.values
        ]
        return "\n".join((about, *values))

    def to_json(self, conflict: Conflict) -> Json:
        """Return a conflict for a program."""
        return {
            "subject": conflict.subject.value,
            "label": self._wording.label(conflict.subject),
            "property": conflict.predicate.value,
            "values": [
                {"value": self._wording.of(value), "sources": [graph.value for graph in graphs]}
                for value, graphs in conflict.values
            ],
        }

    def _cited(self, graph: NamedNode) -> str:
        said = source(self._state, self._names, graph)
        return f"{said.title} ({said.issued})" if said.issued else said.title
