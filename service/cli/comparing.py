"""The command ``audit``: where the counts of sources agree, and where they do not."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from graph.medals.audit import Verdict
from graph.medals.audit import audit as audited
from graph.medals.editions import edition_named
from graph.medals.nations import nation_named
from graph.medals.rules import HELD_NOW, rule_named
from graph.medals.telling import COLUMNS, cells, told
from graph.medals.telling import as_csv as written
from service.amounts import counted

from .asking import at_option, moment
from .place import json_option, opened, source_named, store_option
from .results import draw_rows
from .voice import answer, answer_json

if TYPE_CHECKING:
    from graph.engines.opening import Place
    from graph.medals.telling import Told

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
@click.option("--nation", help="Only the counts of this nation, by code or name.")
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
    place: Place,
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
            nation=nation_named(state, nation) if nation else None,
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


def _cells(found: Told) -> list[str]:
    """Return a finding as a line; the nation stands in what it is about."""
    named = zip(COLUMNS, cells(found), strict=True)
    return [cell for column, cell in named if column != "nation"]
