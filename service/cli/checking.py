"""The command ``check``: the whole store against every rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from service.amounts import counted

from .bars import showing
from .exits import REFUSED
from .place import json_option, opened, stoppable, store_option
from .voice import answer, answer_json, listed

if TYPE_CHECKING:
    from graph.engines.opening import Place
    from graph.gate.report import Report


@click.command(short_help="Check the whole store against every rule.")
@json_option
@store_option
@click.pass_context
def check(ctx: click.Context, *, as_json: bool, place: Place) -> None:
    """Check everything in the store against all rules; exit code 1 if a rule is broken."""
    with opened(place) as store, stoppable(store), showing() as step:
        report = store.check(progress=step("Checking"))
    if as_json:
        answer_json(report.to_json())
    else:
        _tell(report)
    if not report.conforms:
        ctx.exit(REFUSED)


def _tell(report: Report) -> None:
    for noun, found in (
        ("violation", report.sentences("Violation")),
        ("warning", report.sentences("Warning")),
    ):
        if found:
            answer(f"{counted(len(found), noun)}:")
            answer(listed(found))
            answer()
    verdict = "No rule is broken" if report.conforms else "Rules are broken"
    violations = counted(len(report.violations), "violation")
    warnings = counted(len(report.warnings), "warning")
    answer(f"{verdict}: {violations} and {warnings} in {counted(report.checked, 'check')}.")
