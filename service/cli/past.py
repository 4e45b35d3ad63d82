"""The commands over commits: ``history``, ``show`` and ``undo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .commits import commit_json, commit_line, tell_commit
from .numbers import Number
from .outcomes import tell_outcome
from .patches import change_json, patch_text, tell_change
from .place import json_option, opened, signed, stoppable, store_option
from .voice import answer, answer_json, remark
from .wording import Wording

if TYPE_CHECKING:
    from graph.engines.opening import Place

LINES_SHOWN = 200


@click.command(short_help="List the commits, the newest first.")
@click.option(
    "--limit", "-n", type=Number(min=1), help="Show so many of the newest.  [default: all]"
)
@json_option
@store_option
def history(*, limit: int | None, as_json: bool, place: Place) -> None:
    """List the commits, the newest first."""
    with opened(place) as store:
        commits = list(store.history(limit))
    if as_json:
        answer_json([commit_json(commit) for commit in commits])
        return
    for commit in commits:
        answer(commit_line(commit))
    if not commits:
        remark("There are no commits yet: the store is empty.")


@click.command(short_help="Show one commit: who, when, why, and what changed.")
@click.argument("number", metavar="COMMIT", type=Number(min=1))
@click.option("--patch", is_flag=True, help="Write the whole change as RDF Patch.")
@click.option(
    "--limit",
    "-n",
    type=Number(min=1),
    default=LINES_SHOWN,
    show_default=True,
    help="Show so many statements; --patch and --json show all.",
)
@json_option
@store_option
def show(*, number: int, patch: bool, limit: int, as_json: bool, place: Place) -> None:
    """Show one commit: who, when, why, and what was added (+) and removed (-)."""
    if patch and as_json:
        raise click.UsageError("--patch and --json ask for two different formats.")
    with opened(place) as store:
        commit, change = store.commit(number), store.change(number)
        if patch:
            click.echo(patch_text(change), nl=False)
        elif as_json:
            answer_json(commit_json(commit) | change_json(change))
        else:
            with store.read() as reader:
                wording = Wording(reader, store.names.prefixes(), also=change.quads())
                tell_commit(commit, wording)
                tell_change(change, wording, limit=limit)


@click.command(short_help="Take back one commit, as a new commit.")
@click.argument("number", metavar="COMMIT", type=Number(min=1))
@signed
@json_option
@store_option
def undo(*, number: int, author: str, message: str, as_json: bool, place: Place) -> None:
    """Take back what one commit did, as a new commit; the history keeps both."""
    with opened(place) as store, stoppable(store):
        outcome = store.undo(number, author=author, message=message)
    tell_outcome(outcome.commit, outcome.report, as_json=as_json)
