"""The command ``import``: published tables or a filled sheet, in place of what they said before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.importers import IMPORTERS
from graph.importers.putting import put
from graph.importers.rehearsal import rehearsal
from graph.importers.sheets import SHEETS, Lines, Mapping, convert_sheet
from graph.importers.sheets.wording import refusals_worded, worded
from graph.importers.tables import RejectFile
from graph.names import slug
from graph.sources import Source

from .bars import CHECKING, showing
from .exits import REFUSED
from .outcomes import commit_sentence, outcome_json, refusals_as_json, tell_warnings
from .place import graph_named, json_option, opened, signed, stoppable, store_option
from .rehearsing import rehearsal_json, tell_import
from .voice import answer, answer_json, counted, remark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.engines.base import Commit
    from graph.gate.report import Report
    from graph.names import Names
    from graph.progress import Progress
    from graph.terms import Quad
    from graph.transaction import Transaction

_TABLES = "\n".join(f"  {importer.name}\n      {importer.title}" for importer in IMPORTERS.values())
_SHEETS = "\n".join(f"  {sheet.name}\n      {sheet.title}" for sheet in SHEETS.values())


@dataclass(frozen=True, slots=True)
class _Import:
    """What is imported, as the command line says it.

    Attributes:
        name: of the kind of tables, or of the sheet.
        path: the folder of tables, or the file.
        graph: where a sheet goes, if that is said.
        mapping: the file that says what a sheet's columns are called, if there is one.
        encoding: what a sheet is in; empty to find it out.
        lines: takes which line of a sheet said what.

    """

    name: str
    path: Path
    graph: str | None
    title: str | None
    publisher: str
    mapping: Path | None
    encoding: str
    lines: Lines

    def check(self) -> None:
        """Refuse what does not go together."""
        if self.name in SHEETS and self.path.is_dir():
            raise click.BadParameter(
                f"{self.path} is a folder; {self.name} is read from one file.", param_hint="PATH"
            )
        if self.name in IMPORTERS and self.path.is_file():
            raise click.BadParameter(
                f"{self.path} is a file; {self.name} is read from a folder.", param_hint="PATH"
            )
        only_sheets = (self.graph, self.title, self.publisher, self.mapping, self.encoding)
        if self.name in IMPORTERS and any(only_sheets):
            raise click.UsageError(
                f"{self.name} says itself what its source is: --source, --title, --publisher, "
                f"--mapping and --encoding are for {', '.join(SHEETS)}."
            )

    def source(self, names: Names) -> Source:
        """Return what it fills: one source for each sheet and kind of tables."""
        if self.name in IMPORTERS:
            importer = IMPORTERS[self.name]
            return Source(names.graph(importer.source), title=importer.title)
        graph = graph_named(self.graph or slug(f"{self.name} {self.path.stem}"), names)
        title = f"{self.name.capitalize()} sheet {self.path.name}"
        return Source(
            graph, title=self.title or title, publisher=self.publisher, origin=self.path.name
        )

    def quads(
        self, tx: Transaction, names: Names, rejects: RejectFile, progress: Progress
    ) -> Iterable[Quad]:
        """Return what it says."""
        if self.name in IMPORTERS:
            convert = IMPORTERS[self.name].convert
            return convert(self.path, names=names, rejects=rejects, progress=progress)
        sheet = SHEETS[self.name]
        # Read whole before anything is written: names are looked up in what is written to.
        return list(
            convert_sheet(
                sheet,
                self.path,
                reader=tx.draft,
                source=self.source(names),
                mapping=Mapping.read(self.mapping, sheet) if self.mapping else Mapping(),
                names=names,
                rejects=rejects,
                progress=progress,
                encoding=self.encoding,
                lines=self.lines,
            )
        )


@click.command(
    "import",
    short_help="Import published tables or a filled sheet, as one commit.",
    epilog=f"\b\nNAME is a folder of published tables:\n{_TABLES}\n\n"
    f"\b\nor one sheet (see 'medalgraph template'):\n{_SHEETS}",
)
@click.argument("name", type=click.Choice([*IMPORTERS, *SHEETS]), metavar="NAME")
@click.argument("path", metavar="PATH", type=click.Path(exists=True, path_type=Path))
@click.option("--rehearse", is_flag=True, help="Say what would happen, and keep nothing.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where rows that cannot be used are written.  [default: NAME-rejects.csv]",
)
@click.option(
    "--source", metavar="GRAPH", help="Of a sheet: the source it is.  [default: NAME-FILE]"
)
@click.option("--title", help="Of a sheet: its title, as one would cite it.")
@click.option("--publisher", default="", help="Of a sheet: who publishes it.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Of a sheet: what its columns and words are called (TOML).",
)
@click.option(
    "--encoding",
    default="",
    help="Of a sheet: what it is in, such as windows-1252 or mac-roman.  [default: found out]",
)
@signed
@json_option
@store_option
@click.pass_context
def import_(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context,
    *,
    name: str,
    path: Path,
    rehearse: bool,
    rejects: Path | None,
    source: str | None,
    title: str | None,
    publisher: str,
    mapping: Path | None,
    encoding: str,
    author: str,
    message: str,
    as_json: bool,
    place: Path,
) -> None:
    """Import the published tables in the folder PATH, or the sheet PATH, as one commit.

    What the source said before is replaced. A row that cannot be used goes to the reject
    file, with its line and the reason, and the others go on.
    """
    wanted = _Import(name, path, source, title, publisher, mapping, encoding, Lines())
    wanted.check()
    refused_rows = RejectFile(rejects or Path(f"{name}-rejects.csv"))
    with (
        opened(place) as store,
        stoppable(store),
        refusals_as_json(as_json=as_json),
        refusals_worded(wanted.lines),
    ):
        into = wanted.source(store.names)
        message = message or f"Import {into.title}"
        with (
            showing() as step,
            refused_rows,
            store.transaction(
                source=into.graph, author=author, message=message, kind="import"
            ) as tx,
        ):
            quads = wanted.quads(tx, store.names, refused_rows, step(f"Importing {name}"))
            put(tx, quads, graph=into.graph, names=store.names)
            tx.on_check = step(CHECKING)
            if rehearse:
                report = worded(tx.rehearse(), wanted.lines)
                with store.read() as before:
                    single = store.gate.single_valued()
                    found = rehearsal(before, tx.draft, into.graph, single)
        if not rehearse:
            _tell(tx.commit, worded(tx.report, wanted.lines), refused_rows, as_json=as_json)
            return
        if as_json:
            answer_json(rehearsal_json(found, report, refused_rows))
        else:
            tell_import(found, report, refused_rows)
        if not report.conforms:
            ctx.exit(REFUSED)


def _tell(commit: Commit | None, report: Report, rejects: RejectFile, *, as_json: bool) -> None:
    if as_json:
        written = str(rejects.path) if rejects.count else None
        rows = {"rejected": rejects.count, "rejects": written, "notes": rejects.notes}
        answer_json({**outcome_json(commit, report), **rows})
        return
    for note in rejects.notes:
        remark(note)
    tell_warnings(report)
    if rejects.count:
        remark(
            f"{counted(rejects.count, 'row')} could not be used: see {rejects.path}"
            " for each line and reason. Mend them in the table and import it again."
        )
    answer(commit_sentence(commit))
