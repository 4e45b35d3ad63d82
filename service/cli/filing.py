"""The command ``engine-file``: a store with its history as a file for an engine's own loader."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.engines.opening import open_engine
from graph.engines.remote import filing
from graph.engines.remote.address import Address
from service.amounts import counted

from .bars import showing
from .files import whole_file
from .place import PlaceOfStore, folder_of, json_option, store_option
from .voice import answer, answer_json

if TYPE_CHECKING:
    from graph.engines.opening import Place
    from graph.engines.remote.filing import Filed

_SUFFIXES = (".nq", ".nq.gz")


@click.command("engine-file", short_help="Write the store for the loader of an engine.")
@click.argument("engine", metavar="ADDRESS", type=PlaceOfStore())
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@json_option
@store_option
def engine_file(*, engine: Place, file: Path, as_json: bool, place: Place) -> None:
    """Write the store with its history to FILE, for the loader of the engine at ADDRESS.

    An engine's own loader takes far less time than HTTP. FILE ends in .nq or .nq.gz and holds
    everything that the engine shall keep, restricted sources too, so only you may read it. The
    engine has to run and to hold no store yet; how it keeps terms is tried there. What to do
    with FILE is said at the end.
    """
    if not isinstance(engine, Address):
        raise click.BadParameter(
            f"{engine} is not the address of an engine. Write it from https:// on.",
            param_hint="ADDRESS",
        )
    if not file.name.endswith(_SUFFIXES):
        raise click.BadParameter(
            f"{file} does not end in .nq or .nq.gz, by which loaders know what it is.",
            param_hint="FILE",
        )
    if file.exists():
        raise click.BadParameter(
            f"{file} is there already, and was left alone. Choose another name.",
            param_hint="FILE",
        )
    folder = folder_of(place, "Save it with the means of the engine that keeps it.")
    try:
        with (
            open_engine(folder) as store,
            whole_file(file, private=True) as out,
            showing() as step,
        ):
            filed = filing.write(store, engine, out, step=step)
    except KeyboardInterrupt as stop:
        stop.add_note("Stopped. No file was made.")
        raise
    if as_json:
        answer_json(
            {"commits": filed.commits, "statements": filed.statements, "lines": filed.lines}
        )
        return
    for line in _told(filed, place, engine, file.resolve()):
        answer(line)


def _told(filed: Filed, place: Place, engine: Address, file: Path) -> list[str]:
    held = f"{counted(filed.commits, 'commit')}, {counted(filed.statements, 'statement')}"
    folder, name = _quoted(str(file.parent)), _quoted(file.name)
    return [
        f"Wrote {place} to {file} for {engine}: {held}, {counted(filed.lines, 'line')}.",
        "Load it on the machine of the engine. Oxigraph, while its server is stopped:",
        f"  oxigraph load --location FOLDER --format nq --file {shlex.quote(str(file))}",
        "Virtuoso, in isql-vt, a line each; DirsAllowed in virtuoso.ini has to name the folder:",
        f"  ld_dir({folder}, {name}, 'urn:none');",
        "  rdf_loader_run();",
        "  CHECKPOINT;",
        "  SELECT ll_file, ll_error FROM DB.DBA.load_list;",
        f"Then see that all of it came: medalgraph doctor --store {engine}",
    ]


def _quoted(text: str) -> str:
    """Return a text as SQL quotes it."""
    return "'" + text.replace("'", "''") + "'"
