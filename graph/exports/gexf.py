"""Networks as GEXF 1.3, the format of Gephi (https://gexf.net)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.xml_text import xml_quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.rdf import Writable

    from .network import Network

_OTHERS = "Use an RDF format, CSV or Parquet, which can hold it."
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<graph mode="static" defaultedgetype="directed">
<attributes class="node">
<attribute id="kind" title="kind" type="string"/>
<attribute id="code" title="code" type="string"/>
<attribute id="year" title="year" type="integer"/>
</attributes>
<attributes class="edge">
<attribute id="why" title="why" type="string"/>
<attribute id="detail" title="detail" type="string"/>
</attributes>
<nodes>
"""


def write_gexf(network: Network, out: Writable) -> int:
    """Write a network as GEXF; return how many nodes and edges it has.

    Raises:
        UnknownFormat: for a character that XML cannot carry; a part was written then.

    """
    out.write(_HEAD.encode())
    count = 0
    for part, end in ((_nodes, "</nodes>\n<edges>\n"), (_edges, "</edges>\n</graph>\n</gexf>\n")):
        for text in part(network):
            out.write(text.encode())
            count += 1
        out.write(end.encode())
    return count


def _nodes(network: Network) -> Iterator[str]:
    with network.nodes() as nodes:
        for node in nodes:
            values = {"kind": node.kind, "code": node.code, "year": node.year}
            name = f'id="{_quoted(node.iri)}" label="{_quoted(node.label)}"'
            yield f"<node {name}>{_values(values)}</node>\n"


def _edges(network: Network) -> Iterator[str]:
    with network.edges() as edges:
        for number, edge in enumerate(edges):
            ends = f'source="{_quoted(edge.source)}" target="{_quoted(edge.target)}"'
            name = f'label="{_quoted(edge.kind)}" weight="{edge.weight}"'
            values = _values({"why": edge.kind, "detail": edge.detail})
            yield f'<edge id="{number}" {ends} {name}>{values}</edge>\n'


def _values(values: dict[str, str]) -> str:
    told = "".join(
        f'<attvalue for="{name}" value="{_quoted(value)}"/>'
        for name, value in values.items()
        if value
    )
    return f"<attvalues>{told}</attvalues>"


def _quoted(text: str) -> str:
    return xml_quoted(text, form="GEXF", others=_OTHERS)
