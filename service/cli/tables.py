"""The command ``table``: a medal table under a named rule, as of a day."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import click

from graph.errors import BadInput
from graph.medals.counting import count_medals
from graph.medals.editions import edition_named, editions_of
from graph.medals.rules import rule_named
from graph.medals.standing import day_of
from graph.medals.table import Order, medal_table
from graph.names import mg

from .asking import at_option, moment
from .place import json_option, opened, store_option
from .results import draw_rows
from .voice import answer_json, counted, remark

if TYPE_CHECKING:
    from pathlib import Path

    from graph.medals.counting import Count
    from graph.medals.rules import Rule
    from graph.medals.table import Row
    from graph.terms import NamedNode

    from .voice import Json

_HEADER = ("rank", "nation", "code", "gold", "silver", "bronze", "total")
_RULE = "after-reallocations"
_KINDS = {kind.lower(): mg(kind) for kind in ("Olympic", "Paralympic", "Youth")}
_SEASONS = {season.lower(): mg(season) for season in ("Summer", "Winter", "Intercalated")}


@click.command(short_help="Show a medal table under a named rule.")
@click.argument("games", metavar="[GAMES]...", nargs=-1)
@click.option("--all", "kind", type=click.Choice(list(_KINDS)), help="Sum all Games of a kind.")
@click.option("--season", type=click.Choice(list(_SEASONS)), help="With --all: of one season only.")
@click.option("--rule", "rule_name", default=_RULE, show_default=True, help="The counting rule.")
@click.option("--as-of", metavar="DATE", help="Heed decisions up to this day only (2024-09-08).")
@click.option(
    "--by",
    type=click.Choice([order.value for order in Order]),
    default=Order.GOLD.value,
    show_default=True,
    help="What ranks: gold before silver before bronze, or all medals alike.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Answer as CSV.")
@json_option
@at_option
@store_option
def table(  # noqa: PLR0913 - one parameter an option
    *,
    games: tuple[str, ...],
    kind: str | None,
    season: str | None,
    rule_name: str,
    as_of: str | None,
    by: str,
    as_csv: bool,
    as_json: bool,
    at: str | None,
    place: Path,
) -> None:
    """Show the medal table of GAMES, named by label or key, or of --all of a kind; sums several.

    A name with spaces goes in quotes: "Paris 2024 Paralympics". Part of a rule's name is
    enough where only one rule has it. Teams without a rank stand where their medals put them.
    """
    if as_csv and as_json:
        raise click.UsageError("--csv and --json ask for two different formats.")
    if bool(games) == bool(kind):
        raise click.UsageError("Name the Games, or give --all with their kind: one of the two.")
    if season and not kind:
        raise click.UsageError("--season goes with --all.")
    day = _day(as_of)
    with opened(place) as store, store.read(moment(at)) as state:
        editions = list(dict.fromkeys(edition_named(state, name) for name in games))
        editions += editions_of(state, *_wanted(kind, season)) if kind else []
        rule = rule_named(state, rule_name)
        count = count_medals(state, store.names, editions, rule, as_of=day)
        rows = medal_table(state, count, unranked=rule.unranked, order=Order(by))
    if as_json:
        answer_json(_told(rows, count, rule))
        return
    cells = [["" if cell is None else str(cell) for cell in _cells(row)] for row in rows]
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\r\n").writerows([_HEADER, *cells])
    elif cells:
        draw_rows(_HEADER, cells)
    remark(_summary(count, rule))


def _wanted(kind: str, season: str | None) -> list[NamedNode]:
    return [_KINDS[kind], *([_SEASONS[season]] if season else [])]


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(day_of(text, last=True)).isoformat()
    except ValueError as error:
        raise BadInput(
            f"--as-of {text!r} is no day.", hint="Write year, month and day: 2024-09-08."
        ) from error


def _cells(row: Row) -> tuple[Json, ...]:
    return (row.rank, row.label, row.code, row.gold, row.silver, row.bronze, row.total)


def _told(rows: list[Row], count: Count, rule: Rule) -> Json:
    return {
        "rule": rule.iri,
        "label": rule.label,
        "games": [
            {"games": games.value, "decisions_up_to": day} for games, day in count.cut_offs.items()
        ],
        "awards": count.awards,
        "published": [
            {"games": games.value, "source": title} for games, title in count.published.items()
        ],
        "partial": [games.value for games in count.partial],
        "unknown": [games.value for games in count.unknown],
        "undated": count.undated,
        "rows": [dict(zip(_HEADER, _cells(row), strict=True)) for row in rows],
    }


def _summary(count: Count, rule: Rule) -> str:
    days = [day for day in count.cut_offs.values() if day]
    until = f", decisions up to {' / '.join(days)}" if days else ""
    if not count.cut_offs:
        return f"{rule.label}: the rule leaves out all of these Games."
    said = f"{rule.label}: {counted(count.awards, 'award')}{until}."
    if days and count.undated:
        said += (
            f" {count.undated:,} of them have no dated decision and are counted as they stand now."
        )
    for title, games in Counter(count.published.values()).items():
        said += f" {counted(games, 'edition')} without whole results: as published in {title}."
    if count.partial:
        said += f" The results of {_keys(count.partial)} are not whole."
    if count.unknown:
        said += f" Nothing to count was found for {_keys(count.unknown)}."
    return said


def _keys(games: list[NamedNode]) -> str:
    return ", ".join(each.value.rpartition("/")[2] for each in games)
