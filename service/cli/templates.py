"""The command ``template``: an empty spreadsheet for a steward, and what goes into it."""

from __future__ import annotations

import sys

import click

from graph.importers.sheets import SHEETS
from graph.importers.sheets.template import template as empty_sheet

from .results import draw_rows
from .voice import answer

_KINDS = "\n".join(f"  {sheet.name}\n      {sheet.title}" for sheet in SHEETS.values())


@click.command(
    short_help="Write an empty spreadsheet to fill in.", epilog=f"\b\nNAME is one of:\n{_KINDS}"
)
@click.argument("name", type=click.Choice(list(SHEETS)), metavar="NAME")
@click.option("--example", "with_example", is_flag=True, help="Add a row that shows how.")
@click.option("--columns", "explain", is_flag=True, help="Say what goes into each column instead.")
def template(*, name: str, with_example: bool, explain: bool) -> None:
    """Write the header of a spreadsheet as CSV: medalgraph template results > results.csv.

    Fill it in with any spreadsheet program, save it as CSV, and import it: medalgraph import
    results results.csv.
    """
    sheet = SHEETS[name]
    if explain:
        answer(f"{sheet.name}: {sheet.title}.")
        draw_rows(
            ("column", "needed", "what goes into it"),
            [
                [column.name, "yes" if column.needed else "", column.meaning]
                for column in sheet.columns
            ],
        )
        return
    sys.stdout.write(empty_sheet(sheet, with_example=with_example))
