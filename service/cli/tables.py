"""The command ``table``: a medal table under a named rule, as of a day."""

from __future__ import annotations

import csv
import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from graph.errors import BadInput, NotFound
from graph.medals.choices import Choices, Succession
from graph.medals.counting import count_medals
from graph.medals.editions import edition_named, editions_of, with_parts
from graph.medals.rules import USUAL, rule_named
from graph.medals.standing import day_of
from graph.medals.table import Order, medal_table
from graph.names import mg
from graph.naming import ENGLISH
from service.table_words import ON_THE_COMMAND_LINE, heading, summary, told

from .asking import at_option, moment
from .place import json_option, opened, store_option
from .results import draw_rows
from .voice import answer, answer_json, remark

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.engines.opening import Place
    from graph.medals.table import Row
    from graph.terms import NamedNode

    from .voice import Json

_HEADER = ("rank", "nation", "code", "gold", "silver", "bronze", "total")
_KINDS = {kind.lower(): mg(kind) for kind in ("Olympic", "Paralympic", "Youth")}
_SEASONS = {season.lower(): mg(season) for season in ("Summer", "Winter", "Intercalated")}


@click.command(short_help="Show a medal table under a named rule.")
@click.argument("games", metavar="[GAMES]...", nargs=-1)
@click.option("--all", "kind", type=click.Choice(list(_KINDS)), help="Sum all Games of a kind.")
@click.option("--season", type=click.Choice(list(_SEASONS)), help="With --all: of one season only.")
@click.option("--rule", "rule_name", default=USUAL, show_default=True, help="The counting rule.")
@click.option("--as-of", metavar="DATE", help="Heed decisions up to this day only (2024-09-08).")
@click.option(
    "--succession",
    type=click.Choice([way.value for way in Succession]),
    help="Otherwise than the rule: nations apart, former codes joined, or successors too.",
)
@click.option(
    "--with-art/--without-art", default=None, help="Count art, alpinism and aeronautics, or not."
)
@click.option("--with-1906/--without-1906", default=None, help="Count the Games of 1906, or not.")
@click.option(
    "--mixed",
    type=click.Choice(["shared", "apart"]),
    help="A mixed team's medal for each of its nations, or on a line of mixed teams.",
)
@click.option(
    "--per", type=click.Choice(["person", "team"]), help="Count each member of a team, or the team."
)
@click.option(
    "--neutral", type=click.Choice(["ranked", "unranked"]), help="Rank neutral athletes, or not."
)
@click.option(
    "--without-parts", is_flag=True, help="Without Games of another city that are part of these."
)
@click.option(
    "--language", default=ENGLISH, show_default=True, help="Name nations so, where a source does."
)
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
    succession: str | None,
    with_art: bool | None,
    with_1906: bool | None,
    mixed: str | None,
    per: str | None,
    neutral: str | None,
    without_parts: bool,
    language: str,
    by: str,
    as_csv: bool,
    as_json: bool,
    at: str | None,
    place: Place,
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
    choices = Choices(
        succession=Succession(succession) if succession else None,
        with_art=with_art,
        with_1906=with_1906,
        mixed_shared=_is(mixed, "shared"),
        per_person=_is(per, "person"),
        neutral_ranked=_is(neutral, "ranked"),
    )
    with opened(place) as store, store.read(moment(at)) as state:
        asked = list(dict.fromkeys(edition_named(state, name) for name in games))
        asked += _all(state, kind, season) if kind else []
        editions = asked if without_parts else with_parts(state, asked)
        rule = choices.made_in(rule_named(state, rule_name), state)
        count = count_medals(state, store.names, editions, rule, as_of=day)
        rows = medal_table(
            state, count, unranked=rule.unranked, order=Order(by), languages=language
        )
        above = list(heading(state, count, rule, asked, as_of=day, hints=ON_THE_COMMAND_LINE))
    if as_json:
        lines = [dict(zip(_HEADER, _cells(row), strict=True)) for row in rows]
        answer_json({**told(count, rule, as_of=day), "heading": above, "rows": lines})
        return
    if count.editions:
        _say(above, as_csv=as_csv)
    cells = [["" if cell is None else str(cell) for cell in _cells(row)] for row in rows]
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\r\n").writerows([_HEADER, *cells])
    elif cells:
        draw_rows(_HEADER, cells)
    remark(summary(count, rule))


def _say(above: list[str], *, as_csv: bool) -> None:
    """Say what stands above a table: with it, but for CSV, which has no place for it."""
    for line in above:
        if as_csv:
            remark(line)
        else:
            answer(line)
    if not as_csv:
        answer("")


def _is(given: str | None, word: str) -> bool | None:
    return None if given is None else given == word


def _all(state: Reader, kind: str, season: str | None) -> list[NamedNode]:
    """Return all Games of a kind and season.

    Raises:
        NotFound: if the store has none.

    """
    found = editions_of(state, *_wanted(kind, season))
    if not found:
        words = " ".join((*([season] if season else []), kind))
        raise NotFound(
            f"The store has no Games of this kind: {words}.",
            hint="Import results or counts of them first, or name another kind.",
        )
    return found


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
