"""The command ``export``: what the store says as a file, whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.errors import NotFound, UnknownFormat
from graph.formats import N_QUADS, N_TRIPLES, RDF_FORMATS, rdf_format, rdf_format_of
from graph.names import is_restricted
from graph.rdf import write_quads
from graph.terms import Triple

from .asking import at_option, moment
from .bars import showing
from .files import whole_file
from .place import graph_named, opened, store_option
from .sorting import in_order
from .voice import counted, remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from graph.formats import RdfFormat
    from graph.store import Store
    from graph.terms import NamedNode, Quad

STDOUT = "-"


@click.command(short_help="Write the statements to a file, always in the same order.")
@click.argument("file", default=STDOUT, type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--graph", "graph", metavar="GRAPH", help="Only this graph: its name or address.")
@click.option(
    "--format",
    "wanted",
    type=click.Choice([known.name for known in RDF_FORMATS], case_sensitive=False),
    help="How to write it.  [default: as the file's name ends, else nquads or ntriples]",
)
@click.option("--restricted", is_flag=True, help="With the restricted sources.")
@at_option
@store_option
def export(  # noqa: PLR0913 - one parameter an option
    *,
    file: str,
    graph: str | None,
    wanted: str | None,
    restricted: bool,
    at: str | None,
    place: Path,
) -> None:
    """Write all statements to FILE, or to standard output, always in the same order.

    A FILE that ends in .gz is compressed. It appears under its name only when it is whole.
    Restricted sources are left out, unless one is named or --restricted is given.
    """
    with opened(place) as store:
        name = graph_named(graph, store.names) if graph else None
        fit = chosen_format(file, wanted, one_graph=name is not None)
        found = _quads(store, name, at)
        if name is None and not restricted:
            found = (quad for quad in found if not is_restricted(quad.graph_name))
        quads = _Counted(found)
        if file == STDOUT:
            _write(sys.stdout.buffer, quads, fit, store)
        else:
            with whole_file(Path(file)) as stream:
                _write(stream, quads, fit, store)
    where = "standard output" if file == STDOUT else file
    remark(f"{counted(quads.number, 'statement')} written to {where}.")


def chosen_format(file: str, wanted: str | None, *, one_graph: bool) -> RdfFormat:
    """Return the format to write.

    Raises:
        UnknownFormat: if the file's name tells none, or it cannot keep apart several graphs.

    """
    if wanted:
        fit = rdf_format(wanted)
    elif file == STDOUT:
        fit = N_TRIPLES if one_graph else N_QUADS
    else:
        fit = rdf_format_of(Path(file))
    if not fit.holds_graphs and not one_graph:
        raise UnknownFormat(
            f"{fit.name} cannot keep apart what different sources say.",
            hint="Use trig, nquads or jsonld, or choose one graph with --graph.",
        )
    return fit


def _quads(store: Store, graph: NamedNode | None, at: str | None) -> Iterator[Quad]:
    with store.read(moment(at)) as reader:
        if graph is not None and next(reader.quads(graph=graph), None) is None:
            known = ", ".join(sorted(name.value.rpartition("/")[2] for name in reader.graphs()))
            raise NotFound(
                f"No statement is in the graph <{graph.value}>.",
                hint=f"The graphs are: {known}." if known else "The store is empty.",
            )
        yield from reader.quads(graph=graph)


def _write(stream: BinaryIO, quads: Iterable[Quad], fit: RdfFormat, store: Store) -> None:
    with showing() as step:
        if fit not in (N_QUADS, N_TRIPLES):
            step("Exporting")
            write_quads(quads, stream, format=fit, prefixes=store.names.prefixes())
            return
        said = quads if fit is N_QUADS else map(_triple, quads)
        with in_order(said, progress=step("Exporting")) as lines:
            stream.writelines(lines)


def _triple(quad: Quad) -> Triple:
    return Triple(quad.subject, quad.predicate, quad.object)


class _Counted:
    """Counts the statements that pass."""

    def __init__(self, quads: Iterator[Quad]) -> None:
        self._quads, self.number = quads, 0

    def __iter__(self) -> Iterator[Quad]:
        for quad in self._quads:
            self.number += 1
            yield quad
