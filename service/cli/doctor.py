"""The command ``doctor``: what is wrong with a store or a running service, in plain words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from graph.checkups import Verdict, look_over, look_over_engine
from graph.engines.remote.address import Address
from service.amounts import counted
from service.checkup import look_over_service

from .bars import showing
from .exits import REFUSED
from .place import folder_of, json_option, store_option
from .voice import answer, answer_json, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.checkups import Finding
    from graph.engines.opening import Place

_SHOWN = {Verdict.WELL: "ok", Verdict.WORRYING: "look", Verdict.WRONG: "WRONG"}


@click.command(short_help="Say what is wrong with a store or a running service.")
@click.argument("where", required=False, metavar="[STORE or ADDRESS]")
@click.option("--quick", is_flag=True, help="Leave out what reads every statement.")
@json_option
@store_option
@click.pass_context
def doctor(
    ctx: click.Context, *, where: str | None, quick: bool, as_json: bool, place: Place
) -> None:
    """Look a store (or --store), or the service at an ADDRESS such as http://127.0.0.1:8080, over.

    Nothing is changed, but that small graphs are written to the engine of a store at an address
    and removed again, to see what it can do. Each line says how one thing is: "ok"; "look", which
    works but should be better; or "WRONG". The exit code is 1 if anything is wrong.
    """
    found = []
    for finding in _findings(where, place, quick=quick):
        found.append(finding)
        if not as_json:
            _tell(finding)
    wrong = sum(finding.verdict is Verdict.WRONG for finding in found)
    if as_json:
        answer_json([finding.to_json() for finding in found])
    else:
        worrying = sum(finding.verdict is Verdict.WORRYING for finding in found)
        things = counted(len(found), "thing")
        answer(f"Looked at {things}: {wrong} wrong, {worrying} to look at.")
    if wrong:
        ctx.exit(REFUSED)


def _findings(where: str | None, place: Place, *, quick: bool) -> Iterator[Finding]:
    if where is not None and "://" in where:
        yield from look_over_service(_address(where))
        return
    if where is None and isinstance(place, Address):
        with showing() as step:
            yield from look_over_engine(place, quick=quick, step=step)
        return
    with showing() as step:
        folder = Path(where) if where else folder_of(place, "Look over what it says with: check")
        yield from look_over(folder, quick=quick, step=step)


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise click.BadParameter(
            f"{text} is not the address of a service. Write http://HOST:PORT or https://HOST.",
            param_hint="ADDRESS",
        )
    return text


def _tell(finding: Finding) -> None:
    answer(f"{_SHOWN[finding.verdict]:>5}  {finding.what}: {one_line(finding.sentence)}")
    if finding.hint:
        answer(f"       {one_line(finding.hint)}")
