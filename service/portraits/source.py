"""A source: its licence, the rule that it counts by, and what others contradict."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.conflicts import several
from graph.names import OUTSIDE_PREFIXES
from graph.terms import Literal, NamedNode
from service.comparisons import single_valued
from service.decisions import property_text, words

from . import linked
from .gathering import Portrait

if TYPE_CHECKING:
    from graph.conflicts import Conflict
    from service.pages import Cell

    from .gathering import Cited, Gathering

SHOWN = 20
"""So many contradictions are told in words; of more the number by property, and where all are."""

MOST_SEARCHED = 300_000
"""In a source of more statements contradictions are not looked for on each visit of its page."""

_TERMS = OUTSIDE_PREFIXES["dcterms"]
_LICENCES = tuple(NamedNode(_TERMS + end) for end in ("license", "rights"))


@dataclass(frozen=True, slots=True)
class Other:
    """What other sources say instead."""

    value: Cell
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a source says of a thing, and what others say that cannot be right as well."""

    thing: Cell
    name: str
    own: tuple[Cell, ...]
    others: tuple[Other, ...]


@dataclass(frozen=True, slots=True)
class AboutSource:
    """What the page of a source tells beside who published it.

    Attributes:
        licence: as it is stated: an address or a sentence; nothing if nobody says.
        rule: the counting rule that its counts follow.
        is_searched: whether contradictions were looked for.
        open: by property, how many contradictions nobody has decided: its name in words, as
            ``/conflicts`` takes it, and the number.
        contradictions: the first of them.

    """

    licence: Cell | None
    rule: Cell | None
    is_searched: bool
    open: tuple[tuple[str, str, int], ...]
    contradictions: tuple[Contradiction, ...]


def source(gathering: Gathering, graph: NamedNode, statements: int) -> Portrait:
    """Return what is told of a source.

    Args:
        gathering: reads the state.
        graph: the graph of the source.
        statements: how many it makes.

    """
    known = gathering.source(graph)
    conflicts = _open_conflicts(gathering, graph) if statements <= MOST_SEARCHED else []
    counted = Counter(one.predicate for one in conflicts)
    licence = next((term for name in _LICENCES for term in gathering.terms(graph, name)), None)
    told = AboutSource(
        licence=gathering.cell(licence) if licence is not None else None,
        rule=gathering.cell(known.rule) if known.rule else None,
        is_searched=statements <= MOST_SEARCHED,
        open=tuple((words(p), property_text(p), number) for p, number in counted.most_common()),
        contradictions=tuple(_contradiction(gathering, graph, one) for one in conflicts[:SHOWN]),
    )
    publisher = {"@type": "Organization", "name": known.publisher} if known.publisher else {}
    said = {
        "@type": "Dataset",
        "@id": graph.value,
        "name": known.title,
        "description": f"What “{known.title}” says of the Games, statement by statement.",
        "publisher": publisher,
        "datePublished": linked.day(known.issued),
        "license": licence.value if isinstance(licence, NamedNode | Literal) else "",
        "isBasedOn": known.origin if known.origin.startswith(("https://", "http://")) else "",
    }
    return Portrait("source", "source", told, linked.without_empty(said))


def _open_conflicts(gathering: Gathering, graph: NamedNode) -> list[Conflict]:
    found = several(gathering.reader, gathering.names, single_valued(), source=graph)
    return [one for one in found if one.is_open]


def _contradiction(gathering: Gathering, graph: NamedNode, conflict: Conflict) -> Contradiction:
    own = [value for value, graphs in conflict.values if graph in graphs]
    others = [
        Other(gathering.cell(value), gathering.cited(one for one in graphs if one != graph))
        for value, graphs in conflict.values
        if graph not in graphs
    ]
    return Contradiction(
        gathering.cell(conflict.subject),
        words(conflict.predicate),
        tuple(map(gathering.cell, own)),
        tuple(others),
    )
