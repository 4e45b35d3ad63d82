"""Every name of a thing as it is spelled, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import RDFS_LABEL, SKOS_ALT_LABEL
from graph.sources import OBJECT, PREDICATE, SUBJECT
from graph.terms import Literal

if TYPE_CHECKING:
    from graph.terms import NamedNode
    from service.pages import Cell

    from .gathering import Cited, Gathering

MOST = 200
"""So many claims that quote something of one thing are looked at."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it is spelled, whether a source names the person so in the first place, and who."""

    name: Cell
    is_label: bool
    is_set_aside: bool
    cited: tuple[Cited, ...]


def spellings(gathering: Gathering, node: NamedNode) -> tuple[Spelling, ...]:
    """Return every name of a thing as it is spelled, with the sources that spell it so."""
    labels: dict[Literal, list[NamedNode]] = {}
    others: dict[Literal, list[NamedNode]] = {}
    for kept, predicate in ((labels, RDFS_LABEL), (others, SKOS_ALT_LABEL)):
        for quad in gathering.reader.quads(node, predicate):
            if isinstance(quad.object, Literal):
                kept.setdefault(quad.object, []).append(quad.graph_name)  # type: ignore[arg-type] # a source
    aside = _names_set_aside(gathering, node)
    found = [
        Spelling(gathering.cell(name), is_label, name in aside, gathering.cited(graphs))
        for is_label, names in ((True, labels), (False, others))
        for name, graphs in names.items()
    ]
    return tuple(
        sorted(found, key=lambda one: (not one.is_label, one.name.language, one.name.text))
    )


def _names_set_aside(gathering: Gathering, node: NamedNode) -> set[object]:
    claims = gathering.pointing(SUBJECT, node, MOST)
    return {
        value
        for claim in claims
        if RDFS_LABEL in gathering.nodes(claim, PREDICATE)
        for value in gathering.terms(claim, OBJECT)
    }
