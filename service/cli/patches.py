"""Shows a change: in words with labels, as RDF Patch, or as JSON."""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING

from graph import patch
from graph.names import RDF_TYPE, property_words
from graph.terms import NamedNode
from service.amounts import counted

from .voice import answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.change import Change
    from graph.terms import Quad, Term

    from .voice import Json
    from .wording import Wording


def tell_change(change: Change, wording: Wording, *, limit: int) -> None:
    """Write each statement below the thing it is about, removed (-) before added (+)."""
    lines = sorted(_signed_quads(change), key=_order)
    for graph, of_graph in groupby(islice(lines, limit), key=_graph):
        answer()
        answer(f"In {wording.of(graph)}:")
        for subject, of_subject in groupby(of_graph, key=_subject):
            answer()
            answer(f"  {wording.of(subject)}")
            for sign, quad in of_subject:
                answer(f"    {sign} {statement(quad, wording)}")
    if len(lines) > limit:
        answer()
        answer(
            f"... and {counted(len(lines) - limit, 'more statement')}:"
            " raise --limit, or see all with --patch."
        )


def statement(quad: Quad, wording: Wording) -> str:
    """Return what a statement says about its subject, in words."""
    value = _value(quad)
    if quad.predicate == RDF_TYPE and isinstance(value, NamedNode):
        return f"type: {wording.label(value) or property_words(value)}"
    return f"{property_words(quad.predicate)}: {wording.of(value)}"


def _value(quad: Quad) -> Term:
    return quad.object  # type: ignore[return-value] # the store keeps no RDF 1.2 triple terms


def patch_text(change: Change) -> str:
    """Return a change as RDF Patch."""
    return patch.write(change).decode()


def change_json(change: Change) -> dict[str, Json]:
    """Return each statement of a change as a line of N-Quads, for a script."""
    return {
        "statements_removed": sorted(f"{quad} ." for quad in change.removed),
        "statements_added": sorted(f"{quad} ." for quad in change.added),
    }


def _signed_quads(change: Change) -> Iterator[tuple[str, Quad]]:
    yield from (("-", quad) for quad in change.removed)
    yield from (("+", quad) for quad in change.added)


def _graph(line: tuple[str, Quad]) -> Term:
    return line[1].graph_name  # type: ignore[return-value] # changes name graphs


def _subject(line: tuple[str, Quad]) -> Term:
    return line[1].subject  # type: ignore[return-value] # the store keeps no RDF 1.2 triple terms


def _order(line: tuple[str, Quad]) -> tuple[str, str, bool, str, bool, str]:
    sign, quad = line
    return (
        str(quad.graph_name),
        str(quad.subject),
        quad.predicate != RDF_TYPE,
        str(quad.predicate),
        sign == "+",
        str(quad.object),
    )
