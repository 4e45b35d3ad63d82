"""The command ``query``: one SPARQL question, of the store now or as it was."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import click
from pyoxigraph import QuerySolutions

from graph.explain import explain as explain_empty
from graph.explain import with_sources

from .finding import with_names
from .place import opened, store_option
from .results import FORMAT_NAMES, TABLE, write_answer
from .texts import pointing_at, read_text, sparql_text
from .voice import answer, answer_json, listed

if TYPE_CHECKING:
    from graph.engines.opening import Place
    from graph.explain import Explanation
    from graph.search import Filled

at_option = click.option(
    "--at",
    metavar="COMMIT|TIME",
    help="The store as it was after a commit (12), or at a time in UTC (2026-11-26T12:00).",
)


def moment(at: str | None) -> int | str | None:
    """Return ``--at`` as the library takes it: a number is a commit, the rest a time."""
    return int(at) if at is not None and at.isdecimal() else at


@click.command(short_help="Ask a question in SPARQL.")
@sparql_text
@click.option(
    "--format",
    "wanted",
    type=click.Choice(FORMAT_NAMES, case_sensitive=False),
    help=f"How to write the answer.  [default: {TABLE} for rows, turtle for a graph]",
)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option("--explain", is_flag=True, help="Say why the answer is empty, and what would do.")
@click.option("--sources", "cites", is_flag=True, help="Add the sources of each row.")
@at_option
@store_option
def query(  # noqa: PLR0913 - one parameter an option
    *,
    text: str | None,
    file: str | None,
    wanted: str | None,
    as_json: bool,
    explain: bool,
    cites: bool,
    at: str | None,
    place: Place,
) -> None:
    """Ask a question in SPARQL; the usual prefixes (mg:, nation:, rdfs: ...) are known.

    TEXT is the query in quotes, or - to read it from standard input.
    """
    if as_json and wanted not in (None, "json"):
        raise click.UsageError(f"--json and --format {wanted} ask for two different formats.")
    asked = read_text(text, file, what="query")
    if explain:
        with opened(place) as store, pointing_at(asked), store.read(moment(at)) as state:
            filled = with_names(asked, store, moment(at))
            told = explain_empty(state, filled.text, prefixes=store.names.prefixes())
        _tell(_spoken(told, filled), as_json=as_json)
        return
    form = "json" if as_json else wanted or TABLE
    with opened(place) as store, pointing_at(asked):
        with store.query(asked, at=moment(at)):
            # Read as written first, so that what is wrong in it is told of the right place.
            filled = with_names(asked, store, moment(at))
        with store.query(filled.text, at=moment(at)) as found:
            if not cites:
                write_answer(found, form, store.names.prefixes())
                return
        if not isinstance(found, QuerySolutions):
            raise click.UsageError("--sources is for SELECT: other answers have no rows.")
        with store.query(with_sources(filled.text), at=moment(at)) as found:
            write_answer(found, form, store.names.prefixes())


def _spoken(told: Explanation, filled: Filled) -> Explanation:
    """Return an explanation in the words of the query, and not of what was put into it."""
    column = filled.column(told.line, told.column) if told.line and told.column else None
    hints = tuple(replace(hint, query=filled.restored(hint.query)) for hint in told.hints)
    return replace(told, part=tuple(map(filled.restored, told.part)), column=column, hints=hints)


def _tell(told: Explanation, *, as_json: bool) -> None:
    if as_json:
        answer_json(asdict(told))
        return
    answer(told.sentence)
    for line in told.part:
        answer(f"    {line}")
    if told.line:
        answer(f"It begins in line {told.line}, column {told.column} of the query.")
    if told.hints:
        answer("What to try:")
        answer(listed([hint.sentence for hint in told.hints]))
