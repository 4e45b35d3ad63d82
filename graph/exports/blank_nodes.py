"""Labels of blank nodes that follow from what is said of them, whoever loaded it and when.

A store keeps the labels that loading gave, and those are new each time. RDFC-1.0 (RDF Dataset
Canonicalization, W3C 2024) gives a blank node its label by the statements that it is in, so
that it is enough to hold these statements in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import CanonicalizationAlgorithm, Dataset

from graph.terms import BlankNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.terms import Quad


def steadily_labelled(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the quads, those with blank nodes last and under their canonical labels."""
    with_blanks: list[Quad] = []
    for quad in quads:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            with_blanks.append(quad)
        else:
            yield quad
    if with_blanks:
        found = Dataset(with_blanks)
        found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        yield from found
