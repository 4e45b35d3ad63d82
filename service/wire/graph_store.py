"""The SPARQL 1.1 Graph Store HTTP Protocol: which graph a request means, and what it gets back.

Section numbers in this file are those of https://www.w3.org/TR/sparql11-http-rdf-update/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.formats import RDF_FORMATS, RDF_XML, RdfFormat
from graph.terms import DEFAULT_GRAPH, iri

from .faults import BadRequest, UnsupportedBody
from .forms import every, one

if TYPE_CHECKING:
    from graph.terms import GraphName

    from .forms import Params

READING = ("GET", "HEAD")
OK, CREATED, NO_CONTENT = 200, 201, 204


def target(params: Params) -> GraphName | None:
    """Return the graph that ``?default`` or ``?graph=IRI`` names, or None for neither (4.2).

    Raises:
        BadRequest: if both are given, or one twice.
        BadTerm: if the graph's name is no absolute IRI.

    Example:
        >>> target([("graph", "http://ex/g")]).value
        'http://ex/g'

    """
    name, default = one(params, "graph"), every(params, "default")
    if name is not None and default:
        raise BadRequest("A request names the default graph or a graph, not both.")
    if default:
        return DEFAULT_GRAPH
    return None if name is None else iri(name)


def body_format(media_type: str) -> RdfFormat:
    """Return the RDF format that a Content-Type announces; its parameters are ignored.

    Only the registered types and ``application/x-turtle`` and the like count: a body
    labelled ``text/plain`` or ``application/json`` is not taken for RDF. A body that is
    not labelled at all is RDF/XML (5).

    Raises:
        UnsupportedBody: for any other type.

    """
    wanted = media_type.partition(";")[0].strip().lower() or RDF_XML.media_type
    for known in RDF_FORMATS:
        if wanted == known.media_type or wanted in (t for t in known.also if "-turtle" in t):
            return known
    offers = [known.media_type for known in RDF_FORMATS]
    raise UnsupportedBody(f"The media type {wanted!r} is not read here.", offers=offers)


def written_status(*, existed: bool, exists: bool) -> int:
    """Return 201 if writing made the graph, otherwise 204 (5.3, 5.5)."""
    return CREATED if exists and not existed else NO_CONTENT
