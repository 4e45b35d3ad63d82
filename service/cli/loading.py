"""The command ``load``: files of RDF into the store, all of them or none."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from graph.errors import BadSyntax
from graph.formats import RDF_FORMATS, rdf_format, rdf_format_of
from graph.sources import source as described

from .bars import CHECKING, showing
from .numbers import Number
from .outcomes import refusals_as_json, tell_outcome
from .place import graph_named, json_option, opened, signed, stoppable, store_option
from .texts import point_into

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.opening import Place
    from graph.formats import RdfFormat
    from graph.store import Store
    from graph.terms import NamedNode
    from graph.transaction import Transaction

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person tells about a source; None where nothing was said."""

    title: str | None
    publisher: str | None
    issued: str | None
    origin: str | None
    priority: int | None

    def given(self) -> dict[str, str | int]:
        """Return the facts that were given."""
        pairs = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in pairs.items() if value is not None}


@click.command(short_help="Load RDF files, as one commit.")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
)
@click.option("--graph", "graph", metavar="GRAPH", help="Load into this graph: name or address.")
@click.option("--source", "slug", metavar="NAME", help="Load into the graph of this source.")
@click.option("--title", help="What the source is called.")
@click.option("--publisher", help="Who published it.")
@click.option("--issued", metavar="DATE", help="When it was published, such as 2024-09-17.")
@click.option("--origin", metavar="ADDRESS", help="Where it was taken from.")
@click.option("--priority", type=Number(min=1), help="How far it is trusted; 1 is most.")
@click.option(
    "--format",
    "wanted",
    type=click.Choice([known.name for known in RDF_FORMATS], case_sensitive=False),
    help="How the files are written.  [default: as each name ends]",
)
@click.option("--replace", "replacing", is_flag=True, help="Put the files in place of the graph.")
@signed
@json_option
@store_option
def load(  # noqa: PLR0913 - one parameter an option
    *,
    files: tuple[str, ...],
    graph: str | None,
    slug: str | None,
    title: str | None,
    publisher: str | None,
    issued: str | None,
    origin: str | None,
    priority: int | None,
    wanted: str | None,
    replacing: bool,
    author: str,
    message: str,
    as_json: bool,
    place: Place,
) -> None:
    """Load RDF from each FILE, as one commit; - reads standard input.

    Statements that name no graph go to --graph or --source, else to the graph 'local'.
    If a file cannot be read or breaks a rule, nothing of any file is kept.
    """
    facts = Facts(title, publisher, issued, origin, priority)
    into = _one_of(graph, slug)
    if facts.given() and not slug:
        raise click.UsageError("--title, --publisher and the like describe a source: add --source.")
    if replacing and into is None:
        raise click.UsageError("--replace needs the graph to replace: add --graph or --source.")
    readers = [(file, _format(file, wanted)) for file in files]
    message = message or f"Load {', '.join(Path(file).name for file in files)}"
    with opened(place) as store, stoppable(store), refusals_as_json(as_json=as_json):
        name = graph_named(into, store.names) if into else None
        with (
            showing() as step,
            store.transaction(source=name, author=author, message=message, kind="load") as tx,
        ):
            for position, (file, fit) in enumerate(readers):
                with showing_line(file):
                    tx.load(
                        _opened(file),
                        format=fit,
                        graph=name,
                        replace=replacing and position == 0,
                        progress=step(f"Loading {Path(file).name}"),
                    )
            if name and facts.given():
                describe(tx, store, name, facts)
            tx.on_check = step(CHECKING)
        tell_outcome(tx.commit, tx.report, as_json=as_json)


def _one_of(graph: str | None, slug: str | None) -> str | None:
    if graph and slug:
        raise click.UsageError("--graph and --source both say where to load: use one.")
    return graph or slug


def _format(file: str, wanted: str | None) -> RdfFormat:
    if wanted:
        return rdf_format(wanted)
    if file == STDIN:
        raise click.UsageError("Standard input has no name that tells its format: add --format.")
    return rdf_format_of(Path(file))


def _opened(file: str) -> Path | BinaryIO:
    return sys.stdin.buffer if file == STDIN else Path(file)


@contextmanager
def showing_line(file: str) -> Iterator[None]:
    """Show the line of the file that a syntax error raised inside names."""
    try:
        yield
    except BadSyntax as error:
        if file != STDIN:
            point_into(Path(file), error)
        raise


def describe(tx: Transaction, store: Store, graph: NamedNode, facts: Facts) -> None:
    """Write what is known of a source beside what was known before."""
    before = described(tx.draft, store.names, graph)
    after = replace(before, **facts.given())  # type: ignore[arg-type] # the names are those of the fields
    tx.remove(*set(before.quads(store.names)) - set(after.quads(store.names)))
    tx.add(*after.quads(store.names))
