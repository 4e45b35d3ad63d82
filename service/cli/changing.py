"""The command ``update``: one SPARQL Update, kept whole or refused whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .exits import REFUSED
from .outcomes import refusals_as_json, tell_outcome, tell_rehearsal
from .place import graph_named, json_option, opened, signed, stoppable, store_option
from .texts import pointing_at, read_text, sparql_text
from .wording import Wording

if TYPE_CHECKING:
    from graph.engines.opening import Place


@click.command(short_help="Change statements with SPARQL Update, as one commit.")
@sparql_text
@click.option(
    "--source",
    "graph",
    metavar="GRAPH",
    help="Statements that name no graph belong to this one: its name or address.  [default: local]",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and keep nothing.")
@signed
@json_option
@store_option
@click.pass_context
def update(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context,
    *,
    text: str | None,
    file: str | None,
    graph: str | None,
    dry_run: bool,
    author: str,
    message: str,
    as_json: bool,
    place: Place,
) -> None:
    """Change statements with SPARQL Update, as one commit.

    TEXT is the update in quotes, or - to read it from standard input. If it breaks a rule,
    nothing of it is kept, and each problem is named.
    """
    wanted = read_text(text, file, what="update")
    with (
        opened(place) as store,
        stoppable(store),
        refusals_as_json(as_json=as_json),
        pointing_at(wanted),
    ):
        source = graph_named(graph, store.names) if graph else None
        with store.transaction(source=source, author=author, message=message) as tx:
            tx.update(wanted)
            if dry_run:
                report = tx.rehearse()
                wording = Wording(tx.draft, store.names.prefixes(), also=tx.change.removed)
                tell_rehearsal(tx.change, report, wording, as_json=as_json)
        if not dry_run:
            tell_outcome(tx.commit, tx.report, as_json=as_json)
        elif not report.conforms:
            ctx.exit(REFUSED)
