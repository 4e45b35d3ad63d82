"""What is known of one source: who published it and when, how much it says, what was set aside."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from graph.names import RDF_TYPE, property_words
from graph.sources import CLAIM, SET_ASIDE, VERDICT, source
from graph.terms import NamedNode

from .things import Telling, said_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.engines.base import Reader
    from graph.terms import GraphName
    from service.wire.problem import Json

SAID_SHOWN = 200
"""So many statements about what it was asked about stand on its page, which stays below 200 kB."""
CLAIMS_TOLD = 200
"""So many statements that were set aside are told; their number is told in any case."""


def source_told(
    telling: Telling, graph: NamedNode, *, about: Sequence[NamedNode] = ()
) -> dict[str, Json]:
    """Return what a page or program is told of a source.

    Args:
        telling: tells terms and sources of a state.
        graph: the graph of the source.
        about: things; what the source says of them is told too.

    """
    reader, names = telling.reader, telling.names
    known = source(reader, names, graph)
    classes, kinds = _classes(reader, telling, graph), _kinds(reader, telling, graph)
    claims = sorted(
        {
            quad.subject
            for quad in reader.quads(None, RDF_TYPE, CLAIM, graph)
            if any(True for _ in reader.quads(quad.subject, VERDICT, SET_ASIDE, graph))  # type: ignore[arg-type] # no triples
        },
        key=str,
    )
    said = sorted(said_of(reader, graph, about), key=lambda q: (q.subject not in about, str(q)))
    return {
        "graph": graph.value,
        "title": known.title,
        "publisher": known.publisher,
        "issued": known.issued,
        "origin": known.origin,
        "priority": known.priority,
        "statements": sum(count for _, count in kinds),
        "things": classes,
        "kinds": [
            {"property": told, "name": property_words(predicate), "count": count}
            for (predicate, told), count in kinds
        ],
        "tallies": next((int(str(c["count"])) for c in classes if c["name"] == "tally"), 0),
        "set_aside": len(claims),
        "claims": [telling.claim(claim) for claim in islice(claims, CLAIMS_TOLD)],  # type: ignore[arg-type] # no triples
        "about": [telling.named(node) for node in about],
        "said": len(said),
        "says": [
            {
                "thing": telling.term(quad.subject),  # type: ignore[arg-type] # no triples
                "property": telling.term(quad.predicate),
                "property_label": property_words(quad.predicate),
                "value": telling.term(quad.object),  # type: ignore[arg-type] # the same
            }
            for quad in (said[:SAID_SHOWN] if telling.as_cells else said)
        ],
    }


def _classes(reader: Reader, telling: Telling, graph: NamedNode) -> list[dict[str, Json]]:
    """Return how many things of each class a source describes, the most first."""
    rows = reader.query(
        f"SELECT ?c (COUNT(*) AS ?n) {{ GRAPH <{graph.value}> {{ ?x a ?c }} }} GROUP BY ?c"
    )
    counted = [(row["c"], int(row["n"].value)) for row in rows]  # type: ignore[union-attr] # a SELECT
    counted.sort(key=lambda pair: (-pair[1], str(pair[0])))
    return [
        {"class": telling.term(kind), "name": property_words(kind), "count": count}
        for kind, count in counted
        if isinstance(kind, NamedNode)
    ]


def _kinds(
    reader: Reader, telling: Telling, graph: NamedNode
) -> list[tuple[tuple[NamedNode, Json], int]]:
    """Return how many statements a source makes by each property, the most first."""
    text = f"SELECT ?p (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?s ?p ?o }} }} GROUP BY ?p"
    counted = [(row["p"], int(row["n"].value)) for row in reader.query(text)]  # type: ignore[union-attr] # a SELECT
    counted.sort(key=lambda pair: (-pair[1], str(pair[0])))
    return [((predicate, telling.term(predicate)), count) for predicate, count in counted]


def size(reader: Reader, graph: GraphName) -> int:
    """Return how many statements a graph holds; of millions a query counts faster than a loop."""
    pattern = f"GRAPH {graph} {{ ?s ?p ?o }}" if isinstance(graph, NamedNode) else "?s ?p ?o"
    (row,) = reader.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")  # type: ignore[misc] # a SELECT
    return int(row["n"].value)
