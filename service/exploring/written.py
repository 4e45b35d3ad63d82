"""A board as statements: its links with their sources, and what its things are and are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.explore import laid
from graph.formats import RDF_FORMATS
from graph.names import RDF_TYPE, RDFS_LABEL
from graph.sources import TITLE
from service import serialise
from service.wire.forms import pairs

from .spelled import asked_of
from .told import Teller

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.explore import Laid
    from graph.formats import RdfFormat
    from graph.names import Names
    from graph.terms import Quad

_RDF: dict[str, RdfFormat] = {form.name: form for form in RDF_FORMATS}


def written(reader: Reader, names: Names, text: str, form: str) -> dict[str, str]:
    """Return a board in an RDF format, as ``document``.

    Args:
        reader: the state.
        names: the names of the store.
        text: the board, as its address spells it.
        form: the name of the format.

    Raises:
        NotFound: for a thing of which nothing is known, with near addresses.

    """
    teller = Teller(reader, names, ())
    board = teller.known_board(asked_of(pairs(text.encode()), names).board)
    quads = _statements(reader, names, laid(reader, board, spoken=teller.spoken))
    found = serialise.statements(quads, _RDF[form], prefixes=names.prefixes())
    return {"document": found.decode()}


def _statements(reader: Reader, names: Names, lies: Laid) -> list[Quad]:
    """Return the links, with the classes and names of things, and the titles of the sources."""
    found: set[Quad] = set()
    for link in lies.links:
        found.update(reader.quads(link.source, link.property, link.target))
    for node in lies.things:
        for predicate in (RDF_TYPE, RDFS_LABEL):
            found.update(reader.quads(node, predicate))
    graphs = {quad.graph_name for quad in found}
    for graph in graphs:
        found.update(reader.quads(graph, TITLE, graph=names.meta))  # type: ignore[arg-type] # named graphs
    return sorted(found, key=str)
