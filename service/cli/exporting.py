"""The command ``export``: what the store says as files, each whole or not there at all."""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph import exports
from graph.errors import UnknownFormat
from graph.exports import PRODUCTS, PROFILES, TABLES, Product, Scope
from graph.formats import CSV, N_QUADS, N_TRIPLES, PARQUET, ZIP, RdfFormat, rdf_format_of
from graph.lexer import guarded
from service.amounts import counted
from service.wire.sparql import QueryForm, query_form

from .asking import at_option, moment
from .bars import showing
from .files import whole_file
from .place import graph_named, opened, store_option
from .texts import pointing_at, read_text
from .voice import remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Reader
    from graph.engines.opening import Place
    from graph.progress import Step
    from graph.rdf import Writable
    from graph.store import Store

STDOUT = "-"
_GZIP = ".gz"
_FORMATS = list(dict.fromkeys(each.form.name for each in PRODUCTS))


@click.command(short_help="Write the statements, tables or networks of the store to files.")
@click.argument("file", default=STDOUT, type=click.Path(allow_dash=True))
@click.option("--graph", "graph", metavar="GRAPH", help="Only this source: its name or address.")
@click.option("--games", metavar="GAMES", help="Only these Games and who took part: key or name.")
@click.option(
    "--query",
    "asked",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    help="Only the answer to the query in FILE; - reads it from standard input.",
)
@click.option(
    "--format",
    "wanted",
    type=click.Choice(_FORMATS, case_sensitive=False),
    help="How to write it.  [default: as the file's name ends, else nquads or ntriples]",
)
@click.option(
    "--profile",
    type=click.Choice([known.name for known in PROFILES]),
    help="In the words of another vocabulary.",
)
@click.option(
    "--table",
    type=click.Choice([known.name for known in TABLES]),
    help="Only this table, as csv or parquet.",
)
@click.option("--safe", type=click.Choice(["excel"]), help="Make CSV safe to open in Excel.")
@click.option("--all", "all_of_them", is_flag=True, help="Every form, into the new folder FILE.")
@click.option("--manifest", "told", is_flag=True, help="Write FILE.manifest.json as well.")
@click.option("--restricted", is_flag=True, help="With the restricted sources.")
@at_option
@store_option
def export(  # noqa: PLR0913 - one parameter an option
    *,
    file: str,
    graph: str | None,
    games: str | None,
    asked: str | None,
    wanted: str | None,
    profile: str | None,
    table: str | None,
    safe: str | None,
    all_of_them: bool,
    told: bool,
    restricted: bool,
    at: str | None,
    place: Place,
) -> None:
    """Write what the store says to FILE, or to standard output; the same state, the same bytes.

    A FILE that ends in .gz is compressed. It appears under its name only when it is whole.
    Restricted sources are left out, unless one is named or --restricted is given.
    """
    if sum(part is not None for part in (graph, games, asked)) > 1:
        raise click.UsageError("Give one of --graph, --games and --query.")
    if (all_of_them or told) and file == STDOUT:
        raise click.UsageError("Name a FILE: standard output cannot hold more than one file.")
    query = read_text(None, asked, what="query") if asked else ""
    with opened(place) as store, store.read(moment(at)) as reader, pointing_at(query):
        source = graph_named(graph, store.names).value if graph else ""
        scope = Scope(source, games or "", query, restricted)
        work = _Work(store, reader, scope)
        if all_of_them:
            if wanted or profile or table:
                raise click.UsageError("--all writes every form; leave out the others.")
            work.everything(Path(file), safe=safe is not None)
            return
        form = wanted or _form_of(file, one_graph=bool(source or query), table=table or "")
        product = exports.product(
            form, profile=profile or "", table=table or "", safe=safe is not None
        )
        rows = bool(query) and query_form(guarded(query, source="the query")) is QueryForm.SELECT
        work.one(file, replace(product, rows=rows), with_manifest=told)


def _form_of(file: str, *, one_graph: bool, table: str) -> str:
    """Return the name of the format that a file's name tells.

    Raises:
        UnknownFormat: if it tells none.

    """
    if file == STDOUT:
        return CSV.name if table else (N_TRIPLES if one_graph else N_QUADS).name
    suffix = Path(file.lower().removesuffix(_GZIP)).suffix
    if suffix in ZIP.suffixes:
        return CSV.name
    others = {each.form.suffixes[0]: each.form.name for each in PRODUCTS}
    try:
        return others.get(suffix) or rdf_format_of(Path(file)).name
    except UnknownFormat as error:
        hint = f"Use --format with one of: {', '.join(_FORMATS)}."
        raise UnknownFormat(f"The name {file} tells no format.", hint=hint) from error


@dataclass(frozen=True, slots=True)
class _Work:
    """So much of a state, to be written."""

    store: Store
    reader: Reader
    scope: Scope

    def one(self, file: str, product: Product, *, with_manifest: bool) -> None:
        """Write one file, and say so."""
        with showing() as step:
            if file == STDOUT:
                count = self._write(product, sys.stdout.buffer, step)
            else:
                _refuse_name(file, product)
                with whole_file(Path(file)) as out:
                    count = self._write(product, out, step)
        if with_manifest:
            self._manifest(Path(f"{file}.manifest.json"), [_made(Path(file), product, count)])
        where = "standard output" if file == STDOUT else file
        remark(f"{_said(product, count)} written to {where}.")
        _remark_on_loss(product, self.scope)

    def everything(self, folder: Path, *, safe: bool) -> None:
        """Write every form into a new folder, with checksums and a manifest."""
        products = [replace(each, safe=safe) for each in PRODUCTS]
        with _whole_folder(folder) as part, showing() as step:
            found = []
            for product in products:
                name = product.file_name + ("" if product.is_packed else _GZIP)
                with whole_file(part / name) as out:
                    count = self._write(product, out, step)
                found.append(_made(part / name, product, count))
            (part / exports.SUMS).write_text(exports.sums(found), encoding="utf-8")
            self._manifest(part / exports.MANIFEST, found)
        remark(f"{counted(len(found), 'file')} written to {folder}.")

    def _write(self, product: Product, out: Writable, step: Step) -> int:
        return exports.export(product, self.scope, self.reader, self.store.names, out, step=step)

    def _manifest(self, path: Path, files: list[exports.Made]) -> None:
        told = exports.manifest(self.store, self.reader.version, self.scope, files)
        text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
        path.write_text(text, encoding="utf-8")


def _made(path: Path, product: Product, count: int) -> exports.Made:
    return exports.made(path, media_type=product.media_type, count=count)


def _refuse_name(file: str, product: Product) -> None:
    """Refuse a name that says something else of the file than it will be."""
    is_zip = file.lower().endswith(ZIP.suffixes)
    if product.is_archive and not is_zip:
        raise click.UsageError(
            f"{product.form.name} is several tables, in a file that ends in .zip;"
            " for one of them use --table."
        )
    if is_zip and not product.is_archive:
        raise click.UsageError("Only all tables are a .zip; use .gz to compress one file.")


def _said(product: Product, count: int) -> str:
    if isinstance(product.form, RdfFormat):
        return counted(count, "statement")
    if product.form in (CSV, PARQUET):
        return counted(count, "row")
    return counted(count, "node or edge", plural="nodes and edges")


def _remark_on_loss(product: Product, scope: Scope) -> None:
    is_part = scope.source or scope.query or product.profile
    if isinstance(product.form, RdfFormat) and not product.form.holds_graphs and not is_part:
        remark(
            f"{product.form.name} cannot say who said what: each statement is there once."
            " Use trig, nquads or jsonld to keep the sources."
        )


@contextmanager
def _whole_folder(folder: Path) -> Iterator[Path]:
    """Yield where to write, and move it to its place at the end; an error leaves nothing."""
    if folder.exists():
        raise click.BadParameter(
            f"{folder} is there already, and was left alone. Choose another name.",
            param_hint="FILE",
        )
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        yield part
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
