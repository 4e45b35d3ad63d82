"""Which nodes without names can be written inside the statement that leads to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .terms import BlankNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .terms import Quad

DEEPEST = 16
"""So many brackets stand inside one another at most; what lies deeper has a label."""


def nested(quads: Sequence[Quad]) -> dict[object, list[Quad]]:
    """Return what is said of each node that is written inside one statement, in order.

    A node is, if one statement leads to it and all that is said of it stands in the same
    graph. In a circle of such nodes one has to have a label, or none would ever be written.

    Args:
        quads: the whole document.

    """
    parents = _parents(quads)
    inside = _inside(parents)
    found: dict[object, list[Quad]] = {node: [] for node in inside}
    if inside:
        for quad in quads:
            if quad.subject in inside:
                found[quad.subject].append(quad)
    return found


def _parents(quads: Sequence[Quad]) -> dict[BlankNode, object]:
    """Return the subject that leads to each node to which exactly one statement leads."""
    leading = [(quad.object, quad) for quad in quads if isinstance(quad.object, BlankNode)]
    if not leading:
        return {}
    first: dict[BlankNode, Quad] = {}
    several: set[object] = set()
    for node, quad in leading:
        if first.setdefault(node, quad) is not quad:
            several.add(node)
    elsewhere = {
        quad.subject
        for quad in quads
        if isinstance(quad.subject, BlankNode)
        and quad.subject in first
        and first[quad.subject].graph_name != quad.graph_name
    }
    return {
        node: quad.subject
        for node, quad in first.items()
        if node not in several and node not in elsewhere
    }


def _inside(parents: dict[BlankNode, object]) -> set[object]:
    """Return the nodes that stand inside; circles and depths are cut by leaving some out."""
    depth: dict[object, int] = {}
    for start in parents:
        way: list[object] = []
        node: object = start
        while node in parents and node not in depth:
            depth[node] = 0
            way.append(node)
            node = parents[node]  # type: ignore[index] # it is in there
        above = depth.get(node, 0)
        if way and node in way:
            # The circle is cut here: this node has a label and stands by itself.
            above = -1
        for inner in reversed(way):
            above = 0 if above in (-1, DEEPEST) else above + 1
            depth[inner] = above
    return {node for node, level in depth.items() if level}
