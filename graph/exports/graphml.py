"""Networks as GraphML, for networkx, igraph, yEd and Gephi (http://graphml.graphdrawing.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.xml_text import xml_quoted, xml_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.rdf import Writable

    from .network import Drawn

_OTHERS = "Use an RDF format, CSV or Parquet, which can hold it."
_NODE_KEYS = {"kind": "string", "label": "string", "code": "string", "year": "int"}
_EDGE_KEYS = {"kind": "string", "detail": "string", "weight": "int"}


def write_graphml(network: Drawn, out: Writable) -> int:
    """Write a network as GraphML; return how many nodes and edges it has.

    Raises:
        UnknownFormat: for a character that XML cannot carry; a part was written then.

    """
    out.write(_head().encode())
    count = 0
    for text in _lines(network):
        out.write(text.encode())
        count += 1
    out.write(b"</graph>\n</graphml>\n")
    return count


def _lines(network: Drawn) -> Iterator[str]:
    with network.nodes() as nodes:
        for node in nodes:
            data = {"kind": node.kind, "label": node.label, "code": node.code, "year": node.year}
            yield f'<node id="{_quoted(node.iri)}">{_data("n", data)}</node>\n'
    with network.edges() as edges:
        for number, edge in enumerate(edges):
            data = {"kind": edge.kind, "detail": edge.detail, "weight": str(edge.weight)}
            ends = f'source="{_quoted(edge.source)}" target="{_quoted(edge.target)}"'
            yield f'<edge id="e{number}" {ends}>{_data("e", data)}</edge>\n'


def _head() -> str:
    keys = [("n", "node", *key) for key in _NODE_KEYS.items()]
    keys += [("e", "edge", *key) for key in _EDGE_KEYS.items()]
    declared = "".join(
        f'<key id="{of}-{name}" for="{what}" attr.name="{name}" attr.type="{kind}"/>\n'
        for of, what, name, kind in keys
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        f'{declared}<graph edgedefault="directed">\n'
    )


def _data(of: str, data: dict[str, str]) -> str:
    return "".join(
        f'<data key="{of}-{name}">{_text(value)}</data>' for name, value in data.items() if value
    )


def _text(text: str) -> str:
    return xml_text(text, form="GraphML", others=_OTHERS)


def _quoted(text: str) -> str:
    return xml_quoted(text, form="GraphML", others=_OTHERS)
