"""The commands ``backup`` and ``restore``: the history of a store as one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph import backups
from service.amounts import counted

from .bars import showing
from .files import whole_file
from .new_store import alone_in, made_whole
from .place import folder_of, json_option, store_argument, store_option
from .voice import answer, answer_json

if TYPE_CHECKING:
    from graph.backups import Manifest
    from graph.engines.opening import Place

    from .voice import Json

_ENGINES_OWN = "Save it with the means of the engine that keeps it."
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(short_help="Save the store with its history as one file.")
@click.argument("file", type=_FILE)
@click.option("--check", is_flag=True, help="Make none: read FILE and say whether it is whole.")
@json_option
@store_option
def backup(*, file: Path, check: bool, as_json: bool, place: Place) -> None:
    """Save everything that the store says and ever said into FILE, with checksums.

    Others may read and write meanwhile. FILE appears when it is whole, and only you may read
    it. Tokens are no part of it: make new ones after a restore.
    """
    if check:
        with file.open("rb") as saved, showing() as step:
            manifest = backups.check(saved, source=str(file), progress=step("Reading"))
        _tell(manifest, as_json=as_json, sentence=f"{file} is whole")
        return
    if file.exists():
        raise click.BadParameter(
            f"{file} is there already, and was left alone. Choose another name.",
            param_hint="FILE",
        )
    folder = folder_of(place, _ENGINES_OWN)
    try:
        with whole_file(file, private=True) as out, showing() as step:
            manifest = backups.write(folder, out, progress=step("Saving"))
    except KeyboardInterrupt as stop:
        stop.add_note("Stopped. No backup was made.")
        raise
    _tell(manifest, as_json=as_json, sentence=f"Saved {place} in {file}")


@click.command(short_help="Make a store of a backup.")
@click.argument("file", type=_FILE)
@store_argument
@json_option
@store_option
def restore(*, file: Path, named_place: Place | None, as_json: bool, place: Place) -> None:
    """Make a store of the backup FILE in the folder STORE (or --store), with its whole history.

    Every part is compared with its checksum, and the store with what was saved. If anything
    fails, or you press Ctrl-C, no store is made. A store that is there is never replaced:
    move it away first.
    """
    where = folder_of(named_place or place, "Restore it into a folder.")
    where.parent.mkdir(parents=True, exist_ok=True)
    with (
        file.open("rb") as saved,
        alone_in(where.parent),
        made_whole(where) as part,
        showing() as step,
    ):
        manifest = backups.restore(saved, part, source=str(file), progress=step("Restoring"))
    _tell(manifest, as_json=as_json, sentence=f"Restored {where} from {file}")


def _tell(manifest: Manifest, *, as_json: bool, sentence: str) -> None:
    if as_json:
        answer_json(_told(manifest))
        return
    commits = counted(manifest.newest, "commit")
    answer(f"{sentence}: {commits}, {counted(manifest.quads, 'statement')}.")


def _told(manifest: Manifest) -> dict[str, Json]:
    return {
        "base": manifest.base,
        "commits": manifest.newest,
        "made": manifest.made,
        "statements": manifest.quads,
        "fingerprint": manifest.fingerprint,
    }
