"""The command ``replicate``: a replica of a store, made, and kept up for as long as one likes."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from graph.engines.disk import Places, read_current
from graph.engines.remote.address import is_address
from graph.errors import (
    BadInput,
    MedalgraphError,
    PrimaryRefused,
    Refused,
    StoreExists,
    StoreLocked,
    StoreProblem,
    StoreTooNew,
)
from graph.replicating import FolderSource, Puller
from service.amounts import counted
from service.primary import HttpSource
from service.secret_files import read_secret

from .bars import lines, showing
from .numbers import Number
from .place import json_option
from .voice import answer, answer_json, remark

if TYPE_CHECKING:
    from graph.replicating import Pulled, Source

_TASK = "Pulling, in bytes"
_FOR_GOOD = (Refused, PrimaryRefused, BadInput, StoreTooNew, StoreExists, StoreLocked)
"""What does not mend itself; whatever else goes wrong is tried again."""
_LONGEST_PAUSE_S = 30.0
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(short_help="Keep a replica of a store on another machine.")
@click.argument("source", metavar="SOURCE")
@click.argument("target", type=_FOLDER)
@click.option("--follow", is_flag=True, help="Go on, commit by commit, until Ctrl-C.")
@click.option(
    "--every",
    "pause_s",
    type=Number(1, 86_400),
    default=1,
    show_default=True,
    help="With --follow: how many seconds to wait between two looks.",
)
@click.option(
    "--token-file",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="MEDALGRAPH_TOKEN_FILE",
    show_envvar=True,
    help="The file that holds the token, of scope replicate, for a SOURCE with an address.",
)
@json_option
def replicate(  # noqa: PLR0913 - one parameter an option
    *,
    source: str,
    target: Path,
    follow: bool,
    pause_s: int,
    token_file: Path | None,
    as_json: bool,
) -> None:
    """Make the folder TARGET a replica of SOURCE, or bring it up to date.

    SOURCE is the folder of a store, or the address of a running service such as
    https://medals.example.org. Only files that TARGET lacks are pulled, and each is compared
    with its checksum. If anything fails, or you press Ctrl-C, the replica stays as it was.
    """
    if follow and as_json:
        raise click.UsageError("--json is for a single pull, without --follow.")
    if is_address(target):
        raise BadInput(
            f"A replica is a folder, and {target} is an address.",
            hint="Give the folder of this machine that shall hold it.",
        )
    reached = _source(source, token_file)
    with Puller(reached, target) as puller:
        try:
            if follow:
                _follow(puller, target, pause_s=float(pause_s))
            with showing() as step:
                pulled = puller.pull(progress=step(_TASK))
        except KeyboardInterrupt as stop:
            stop.add_note(_stopped(target))
            raise
    if as_json:
        answer_json(
            {
                "before": pulled.before,
                "commit": pulled.newest,
                "bytes": pulled.pulled_bytes,
                "erased": pulled.erased,
            }
        )
    else:
        answer(_told(pulled, target))


def _follow(puller: Puller, target: Path, *, pause_s: float) -> NoReturn:
    """Pull again and again, and say what changes."""
    wrong, wait_s = "", pause_s
    while True:
        try:
            pulled = puller.pull(progress=lines(_TASK))
        except _FOR_GOOD:
            raise
        except MedalgraphError as error:
            if str(error) != wrong:
                remark(f"{error} {error.hint} It is tried again.")
            wrong, wait_s = str(error), max(pause_s, min(2 * wait_s, _LONGEST_PAUSE_S))
        else:
            if wrong:
                remark("That is over.")
            if pulled.before != pulled.newest or pulled.erased:
                remark(_told(pulled, target))
            wrong, wait_s = "", pause_s
        time.sleep(wait_s)


def _source(text: str, token_file: Path | None) -> Source:
    """Return the primary that a person means.

    Raises:
        BadInput: if an address comes without a token, or its file cannot be read, or
            others may read it.

    """
    if "://" not in text:
        return FolderSource(Path(text))
    token = ""
    if token_file is not None:
        named_by = "--token-file or MEDALGRAPH_TOKEN_FILE"
        token = read_secret(token_file, what="the token", named_by=named_by).strip()
    if not token:
        raise BadInput(
            "A service gives its files to nobody without a token.",
            hint="Make one there with 'medalgraph token create --scope replicate', write it into a"
            " file that only you can read, and name the file with --token-file.",
        )
    source = HttpSource(text, token)
    if source.can_be_overheard:
        remark(
            f"{text} is not encrypted: whoever is on the way can read the token, and restricted"
            " sources. Use https."
        )
    return source


def _told(pulled: Pulled, target: Path) -> str:
    came = counted(pulled.pulled_bytes, "byte")
    if pulled.erased:
        return f"{target} was made anew at commit {pulled.newest}: the primary erased something."
    if pulled.before == pulled.newest:
        return f"{target} is at commit {pulled.newest}, as its primary is."
    return f"{target} is at commit {pulled.newest}; {came} came."


def _stopped(target: Path) -> str:
    try:
        kept = f"The replica is at commit {read_current(Places(target))}"
    except StoreProblem:
        kept = "There is no replica yet"
    return f"Stopped. {kept}; what was pulled since is used the next time."
