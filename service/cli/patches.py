"""Shows a change: in words with labels, as RDF Patch, or as JSON."""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING

from graph import patch
from graph.names import RDF_TYPE
from graph.terms import NamedNode

from .voice import answer, counted
from .wording import property_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.change import Change
    from graph.terms import Quad, Term

    from .voice import Json
    from .wording import Wording


def tell_change(change: Change, wording: Wording, *, limit: int) -> None:
    """Write each statement below the thing it is about, removed (-) before added (+)."""
    lines = sorted(_signed_quads(change), key=_order)
    for (subject, graph), group in groupby(islice(lines, limit), key=_heading):
        answer()
        answer(f"{wording.of(subject)}, said in {wording.of(graph)}")
        for sign, quad in group:
            answer(f"  {sign} {statement(quad, wording)}")
    if len(lines) > limit:
        answer()
        answer(
            f"... and {counted(len(lines) - limit, 'more statement')}:"
            " raise --limit, or see all with --patch."
        )


def statement(quad: Quad, wording: Wording) -> str:
    """Return what a statement says about its subject, in words."""
    if quad.predicate == RDF_TYPE:
        kind = _kind(quad, wording)
        return f"is {'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}"
    return f"{property_words(quad.predicate)}: {wording.of(_value(quad))}"


def _kind(quad: Quad, wording: Wording) -> str:
    kind = _value(quad)
    name = property_words(kind) if isinstance(kind, NamedNode) else wording.of(kind)
    return wording.label(kind) or name


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


def _heading(line: tuple[str, Quad]) -> tuple[Term, Term]:
    return line[1].subject, line[1].graph_name  # type: ignore[return-value] # no RDF 1.2 terms here


def _order(line: tuple[str, Quad]) -> tuple[str, str, bool, str, bool, str]:
    sign, quad = line
    return (
        str(quad.subject),
        str(quad.graph_name),
        quad.predicate != RDF_TYPE,
        str(quad.predicate),
        sign == "+",
        str(quad.object),
    )
