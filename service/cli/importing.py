"""The command ``import``: published tables in place of what their source said before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.importers import IMPORTERS
from graph.importers.tables import RejectFile

from .bars import CHECKING, showing
from .outcomes import commit_sentence, outcome_json, refusals_as_json, tell_warnings
from .place import json_option, opened, signed, stoppable, store_option
from .voice import answer, answer_json, counted, remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.names import Names
    from graph.terms import NamedNode, Quad
    from graph.transaction import Transaction

_KINDS = "\n".join(f"  {importer.name}\n      {importer.title}" for importer in IMPORTERS.values())


@click.command(
    "import",
    short_help="Import published tables, as one commit.",
    epilog=f"\b\nNAME is one of:\n{_KINDS}",
)
@click.argument("name", type=click.Choice(list(IMPORTERS)), metavar="NAME")
@click.argument(
    "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where rows that cannot be used are written.  [default: NAME-rejects.csv]",
)
@signed
@json_option
@store_option
def import_(  # noqa: PLR0913 - one parameter an option
    *,
    name: str,
    folder: Path,
    rejects: Path | None,
    author: str,
    message: str,
    as_json: bool,
    place: Path,
) -> None:
    """Import the published tables in the folder DIR, as one commit.

    What the source said before is replaced. A row that cannot be used goes to the reject
    file, with its line and the reason, and the others go on.
    """
    importer = IMPORTERS[name]
    refused_rows = RejectFile(rejects or Path(f"{name}-rejects.csv"))
    message = message or f"Import {importer.title}"
    with opened(place) as store, stoppable(store), refusals_as_json(as_json=as_json):
        graph = store.names.graph(importer.source)
        with (
            showing() as step,
            refused_rows,
            store.transaction(source=graph, author=author, message=message, kind="import") as tx,
        ):
            quads = importer.convert(
                folder,
                names=store.names,
                rejects=refused_rows,
                progress=step(f"Importing {name}"),
            )
            put(tx, quads, graph=graph, names=store.names)
            tx.on_check = step(CHECKING)
        _tell(tx, refused_rows, as_json=as_json)


def put(tx: Transaction, quads: Iterable[Quad], *, graph: NamedNode, names: Names) -> None:
    """Make a source say ``quads``, its own description in the graph of sources among them."""
    described: list[Quad] = []

    def said() -> Iterator[Quad]:
        for quad in quads:
            if quad.graph_name == names.meta:
                described.append(quad)
            else:
                yield quad

    tx.replace_graph(graph, said())
    before = set(tx.draft.quads(graph, graph=names.meta))
    tx.remove(*before.difference(described))
    tx.add(*described)


def _tell(tx: Transaction, rejects: RejectFile, *, as_json: bool) -> None:
    if as_json:
        written = str(rejects.path) if rejects.count else None
        rows = {"rejected": rejects.count, "rejects": written, "notes": rejects.notes}
        answer_json({**outcome_json(tx.commit, tx.report), **rows})
        return
    for note in rejects.notes:
        remark(note)
    tell_warnings(tx.report)
    if rejects.count:
        remark(
            f"{counted(rejects.count, 'row')} could not be used: see {rejects.path}"
            " for each line and reason. Mend them in the table and import it again."
        )
    answer(commit_sentence(tx.commit))
