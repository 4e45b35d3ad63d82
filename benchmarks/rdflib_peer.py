"""A peer: rdflib behind rdflib-endpoint, as its documentation serves a graph.

``python -m benchmarks.rdflib_peer FILE PORT`` serves a file of N-Triples until it is stopped.
"""

from __future__ import annotations

import sys

import uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint


def main() -> None:
    """Load a file, and serve it."""
    file, port = sys.argv[1:]
    graph = Dataset(default_union=True)
    graph.parse(file, format="nt")
    uvicorn.run(
        SparqlEndpoint(graph=graph, path="/sparql"),
        host="127.0.0.1",
        port=int(port),
        log_level="error",
    )


if __name__ == "__main__":
    main()
