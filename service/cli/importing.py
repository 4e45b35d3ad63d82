"""The command ``import``: published tables or a filled sheet, in place of what they said before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.importers import IMPORTERS
from graph.importers.putting import check_place, put
from graph.importers.rehearsal import rehearsal
from graph.importers.sheets import (
    SHEETS,
    Lines,
    Mapping,
    convert_sheet,
    kind_of,
    sheet_source,
)
from graph.importers.sheets.wording import refusals_worded, worded
from graph.importers.tables import RejectFile
from graph.names import slug
from graph.sources import Source
from service.amounts import counted

from .bars import CHECKING, showing
from .exits import REFUSED
from .outcomes import commit_sentence, outcome_json, refusals_as_json, tell_warnings
from .place import graph_named, json_option, opened, signed, stoppable, store_option
from .rehearsing import rehearsal_json, tell_import, tell_others
from .voice import answer, answer_json, remark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.engines.base import Reader
    from graph.engines.opening import Place
    from graph.gate.report import Report
    from graph.names import Names
    from graph.progress import Progress
    from graph.terms import NamedNode, Quad
    from graph.transaction import Transaction

_TABLES = "\n".join(f"  {importer.name}\n      {importer.title}" for importer in IMPORTERS.values())
_SHEETS = "\n".join(f"  {sheet.name}\n      {sheet.title}" for sheet in SHEETS.values())


@dataclass(frozen=True, slots=True)
class _Import:
    """What is imported, as the command line says it.

    Attributes:
        name: of the kind of tables, or of the sheet.
        path: the folder of tables, or the file.
        place: where a sheet goes, if that is said.
        title: None where none is given; so with the publisher and the date.
        mapping: the file that says what a sheet's columns are called, if there is one.
        encoding: what a sheet is in; empty to find it out.
        lines: takes which line of a sheet said what.
        replace: whether it may take the place of a source of another kind.

    """

    name: str
    path: Path
    place: str | None
    title: str | None
    publisher: str | None
    issued: str | None
    mapping: Path | None
    encoding: str
    lines: Lines
    replace: bool

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
        only_sheets = (
            *(self.place, self.title, self.publisher, self.issued),
            *(self.mapping, self.encoding),
        )
        if self.name in IMPORTERS and any(only_sheets):
            raise click.UsageError(
                f"{self.name} says itself what its source is: --source, --title, --publisher, "
                f"--issued, --mapping and --encoding are for {', '.join(SHEETS)}."
            )
        if "" in (self.title, self.publisher, self.issued):
            raise click.UsageError(
                "--title, --publisher or --issued is empty: leave out what is to stay as it was "
                "known."
            )

    @property
    def kind(self) -> str:
        """Of which kind of sheet it is; empty for published tables."""
        return kind_of(SHEETS[self.name]) if self.name in SHEETS else ""

    @property
    def rejects(self) -> Path:
        """Where rows that cannot be used go, if nothing is said: each sheet has its own file."""
        parts = [self.name, self.path.stem] if self.name in SHEETS else [self.name]
        return Path("-".join([*parts, "rejects.csv"]))

    def graph(self, names: Names) -> NamedNode:
        """Return what it fills: one source for each sheet and kind of tables."""
        if self.name in IMPORTERS:
            return names.graph(IMPORTERS[self.name].source)
        return graph_named(self.place or slug(f"{self.name} {self.path.stem}"), names)

    def source(self, reader: Reader, names: Names) -> Source:
        """Return what is known of the source that it fills, with what is given anew."""
        if self.name in IMPORTERS:
            return Source(self.graph(names), title=IMPORTERS[self.name].title)
        return sheet_source(
            reader,
            names,
            graph=self.graph(names),
            sheet=SHEETS[self.name],
            file=self.path.name,
            title=self.title,
            publisher=self.publisher,
            issued=self.issued,
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
                source=self.source(tx.draft, names),
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
    help="Where rows that cannot be used are written.  "
    "[default: NAME-rejects.csv, of a sheet NAME-FILE-rejects.csv]",
)
@click.option(
    "--source", metavar="GRAPH", help="Of a sheet: the source it is.  [default: NAME-FILE]"
)
@click.option("--title", help="Of a sheet: its title, as one would cite it.")
@click.option("--publisher", help="Of a sheet: who publishes it.")
@click.option("--issued", metavar="DATE", help="Of a sheet: when it was published.")
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
@click.option(
    "--replace",
    is_flag=True,
    help="Take the place even of a source of another kind, and lose what it says.",
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
    publisher: str | None,
    issued: str | None,
    mapping: Path | None,
    encoding: str,
    replace: bool,
    author: str,
    message: str,
    as_json: bool,
    place: Place,
) -> None:
    """Import the published tables in the folder PATH, or the sheet PATH, as one commit.

    What the source said before is replaced. A row that cannot be used goes to the reject
    file, with its line and the reason, and the others go on.
    """
    wanted = _Import(
        name, path, source, title, publisher, issued, mapping, encoding, Lines(), replace=replace
    )
    wanted.check()
    refused_rows = RejectFile(rejects or wanted.rejects)
    with (
        opened(place) as store,
        stoppable(store),
        refusals_as_json(as_json=as_json),
        refusals_worded(wanted.lines),
    ):
        with store.read() as state:
            into = wanted.source(state, store.names)
        message = message or f"Import {into.title}"
        with (
            showing() as step,
            refused_rows,
            store.transaction(
                source=into.graph, author=author, message=message, kind="import"
            ) as tx,
        ):
            check_place(
                tx.draft,
                graph=into.graph,
                names=store.names,
                kind=wanted.kind,
                replace=wanted.replace,
            )
            quads = wanted.quads(tx, store.names, refused_rows, step(f"Importing {name}"))
            put(tx, quads, graph=into.graph, names=store.names)
            tx.on_check = step(CHECKING)
            if rehearse:
                checked = tx.rehearse()
                report = worded(checked.of_source(into.graph, tx.draft), wanted.lines)
                with store.read() as before:
                    single = store.gate.single_valued()
                    found = rehearsal(before, tx.draft, into.graph, single)
        if not rehearse:
            with store.read() as now:
                report = worded(tx.report.of_source(into.graph, now), wanted.lines)
            _tell(tx, report, refused_rows, as_json=as_json)
            return
        others = len(checked.problems) - len(report.problems)
        if as_json:
            answer_json(rehearsal_json(found, report, refused_rows))
        else:
            tell_import(found, report, refused_rows, others=others)
        if not report.conforms:
            ctx.exit(REFUSED)


def _tell(tx: Transaction, report: Report, rejects: RejectFile, *, as_json: bool) -> None:
    if as_json:
        written = str(rejects.path) if rejects.count else None
        rows = {"rejected": rejects.count, "rejects": written, "notes": rejects.notes}
        answer_json({**outcome_json(tx.commit, report), **rows})
        return
    for note in rejects.notes:
        remark(note)
    tell_warnings(report)
    tell_others(len(tx.report.problems) - len(report.problems))
    if rejects.count:
        remark(
            f"{counted(rejects.count, 'row')} could not be used: see {rejects.path}"
            " for each line and reason. Mend them in the table and import it again."
        )
    answer(commit_sentence(tx.commit))
