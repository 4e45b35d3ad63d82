"""The engine over HTTP: versions of a graph on any SPARQL 1.1 store."""
