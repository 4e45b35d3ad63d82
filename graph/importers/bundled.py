"""The sources that come with medalgraph, so that a fresh machine has something to ask.

Two of the files are made by importers from tables that do not come along; the counting
rules, the nations over time and a news report were put into statements by hand. Make the
two again with::

    python -m graph.importers.bundled FOLDER

where FOLDER holds the folders of tables that ``TABLES`` names.
"""

from __future__ import annotations

import gzip
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph

from graph.errors import BadTable
from graph.formats import N_QUADS, TRIG
from graph.names import DEFAULT_BASE, Names
from graph.progress import silent

from . import ipc_medals_by_sport, paris_2024_paralympics
from .tables import RejectFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.formats import RdfFormat
    from graph.terms import NamedNode, Quad

FOLDER = Path(__file__).resolve().parents[1] / "bundled"
TABLES = {
    paris_2024_paralympics.SOURCE: "paris2024-paralympics",
    ipc_medals_by_sport.SOURCE: "paralympic-medals-by-sport-1960-2020",
}
"""The folder of tables that each made file comes from."""

IPC_NATIONS = frozenset({"AZE"})
"""Whose counts of 1960 to 2020 are bundled: those that the news report speaks of."""


@dataclass(frozen=True, slots=True)
class BundledSource:
    """One file that comes with medalgraph; it also holds the description of its source.

    Attributes:
        slug: the end of the IRI of its graph.
        title: as a person would cite it.
        path: where the file is.
        format: how it is written.

    """

    slug: str
    title: str
    path: Path
    format: RdfFormat

    def graph(self, names: Names) -> NamedNode:
        """Return the graph that the source fills."""
        return names.graph(self.slug)

    def open(self, names: Names | None = None) -> BinaryIO:
        """Return the file's content, not compressed, with the IRIs of a store's own base."""
        content = self.path.read_bytes()
        if self.path.suffix == ".gz":
            content = gzip.decompress(content)
        base = names.base if names else DEFAULT_BASE
        if base != DEFAULT_BASE:
            content = content.replace(f"<{DEFAULT_BASE}/id/".encode(), f"<{base}/id/".encode())
        return BytesIO(content)


def bundled_sources() -> tuple[BundledSource, ...]:
    """Return the sources that come with medalgraph, the most trusted first.

    The later ones speak of rules, people and places that those before name, so load them in
    this order, or all at once.

    Example:
        >>> [source.slug for source in bundled_sources()][:3]
        ['counting-rules', 'nations-over-time', 'paris2024-paralympics']

    """
    names = Names()
    return (
        BundledSource(
            slug="counting-rules",
            title="Rules by which medals are counted",
            path=FOLDER / "counting-rules.trig",
            format=TRIG,
        ),
        BundledSource(
            slug="nations-over-time",
            title="Codes of nations at the Games through time, and which nation came after which",
            path=FOLDER / "nations-over-time.trig",
            format=TRIG,
        ),
        BundledSource(
            slug=paris_2024_paralympics.SOURCE,
            title=paris_2024_paralympics.source(names).title,
            path=FOLDER / "paris-2024-paralympics.nq.gz",
            format=N_QUADS,
        ),
        BundledSource(
            slug=ipc_medals_by_sport.SOURCE,
            title=ipc_medals_by_sport.source(names).title,
            path=FOLDER / "ipc-medals-by-sport.trig",
            format=TRIG,
        ),
        BundledSource(
            slug="azernews-2024-09-17",
            title="News report on the Azerbaijani team at the Paris 2024 Paralympics",
            path=FOLDER / "azernews-2024-09-17.trig",
            format=TRIG,
        ),
    )


def paris_2024_as_bundled(tables: Path) -> bytes:
    """Return the N-Quads that the importer makes of the Paris 2024 tables in ``tables``."""
    with RejectFile(None) as rejects:
        quads = paris_2024_paralympics.convert(
            tables / TABLES[paris_2024_paralympics.SOURCE],
            names=Names(),
            rejects=rejects,
            progress=silent,
        )
        return _written(quads, N_QUADS, rejects)


def ipc_as_bundled(tables: Path) -> bytes:
    """Return the TriG that the importer makes of the IPC's table in ``tables``."""
    with RejectFile(None) as rejects:
        quads = ipc_medals_by_sport.convert(
            tables / TABLES[ipc_medals_by_sport.SOURCE],
            names=Names(),
            rejects=rejects,
            progress=silent,
            nations=IPC_NATIONS,
        )
        return _written(quads, TRIG, rejects)


def rebuild(tables: Path, *, into: Path = FOLDER) -> None:
    """Make the bundled files again that importers make.

    The same tables give the same content. The compressed file carries no time, so it
    too is the same as long as the compressor is.

    Raises:
        BadTable: if a table cannot be read, or a row of it is refused.

    """
    places = {source.slug: into / source.path.name for source in bundled_sources()}
    paris, ipc = places[paris_2024_paralympics.SOURCE], places[ipc_medals_by_sport.SOURCE]
    paris.write_bytes(gzip.compress(paris_2024_as_bundled(tables), mtime=0))
    ipc.write_bytes(ipc_as_bundled(tables))


def _written(quads: Iterable[Quad], form: RdfFormat, rejects: RejectFile) -> bytes:
    prefixes = Names().prefixes() if form is TRIG else None
    content = pyoxigraph.serialize(quads, format=form.engine, prefixes=prefixes)
    if rejects.count:
        raise BadTable(
            f"{rejects.count} {'row was' if rejects.count == 1 else 'rows were'} refused, "
            "so the bundled file would not be whole.",
            hint="Import the tables with a reject file, and mend what it says.",
        )
    return content or b""


if __name__ == "__main__":
    rebuild(Path(sys.argv[1]))
