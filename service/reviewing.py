"""What waits for a person: doubtful matches and values that differ, as pages of the review show."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from graph.conflicts import (
    Wanted,
    counted_by_pair,
    key,
    list_mark,
    listed,
    mark,
    sayings,
    settle_by_priority,
)
from graph.identity import deciding as identity
from graph.identity.deciding import Decided, Standing
from graph.selecting import rows
from graph.terms import Literal, NamedNode

from .comparisons import cited, single_valued
from .decisions import counted_by_property, property_named, property_text, words
from .pages import Shown
from .receivers import Receivers
from .side_by_side import SideBySide

if TYPE_CHECKING:
    from graph.conflicts import Conflict
    from graph.engines.base import Reader
    from graph.names import Names
    from service.wire.problem import Json

SHOWN = 20
"""So many are on a page."""


def waiting(reader: Reader, names: Names, asked: Any) -> dict[str, Json]:  # noqa: ANN401 - JSON that ``routes.reviewing`` wrote
    """Return how much waits: of each kept list, and of conflicts for each two sources.

    Args:
        reader: the state.
        names: the names of the store.
        asked: of each kept list, by its key, the pairs of IRIs of each group.

    """
    decided = Decided(reader, names)
    found = listed(reader, names, single_valued(), Wanted())
    telling = SideBySide(reader, names)
    people = rows(reader, "SELECT ?g (COUNT(?p) AS ?n) { GRAPH ?g { ?p a mg:Person } } GROUP BY ?g")
    counted = [(row["g"], int(row["n"].value)) for row in people]
    return {
        "lists": {
            name: {
                group: sum(_standing(decided, pair) == Standing.WAITING for pair in pairs)
                for group, pairs in groups.items()
            }
            for name, groups in asked["lists"].items()
        },
        "titles": {graph.value: telling.source(graph) for graph in reader.graphs()},
        "conflicts": len(found),
        "pairs": [
            {"sources": sorted(graph.value for graph in pair), "conflicts": number}
            for pair, number in counted_by_pair(found).items()
        ],
        "properties": _properties(found),
        "people": [
            {**telling.source(graph), "people": number}
            for graph, number in sorted(counted, key=lambda one: str(one[0]))
        ],
    }


def matches(reader: Reader, names: Names, asked: Any) -> dict[str, Json]:  # noqa: ANN401 - the same
    """Return those of a kept list that wait, one page of them side by side.

    Args:
        reader: the state.
        names: the names of the store.
        asked: the pairs of IRIs of the list, in its order; its sources; how many come before the
            page; the languages; and whether what it takes to decide is told too.

    """
    pairs, first = asked["pairs"], asked["first"]
    decided = Decided(reader, names)
    telling = SideBySide(reader, names, asked["languages"])
    standing = [_standing(decided, pair) for pair in pairs]
    left = [place for place, stands in enumerate(standing) if stands == Standing.WAITING]
    return {
        "waiting": len(left),
        "decided": dict(Counter(map(str, standing))),
        "between": [telling.source(NamedNode(graph)) for graph in asked["sources"]],
        "items": [
            _match(telling, reader, pairs[place], marked=asked["marked"]) | {"place": place}
            for place in left[first : first + SHOWN]
        ],
    }


def match(reader: Reader, names: Names, asked: Any) -> dict[str, Json]:  # noqa: ANN401 - the same
    """Return one match as it is now, and what is decided of it."""
    pair = asked["pair"]
    stands = _standing(Decided(reader, names), pair)
    telling = SideBySide(reader, names, asked["languages"])
    return {"standing": str(stands), "item": _match(telling, reader, pair, marked=True)}


def named(reader: Reader, names: Names, asked: Any) -> dict[str, Json]:  # noqa: ANN401 - the same
    """Return what things are called, by their IRIs."""
    shown = Shown(reader, names, asked["languages"])
    receivers = Receivers(reader, asked["languages"])
    nodes = map(NamedNode, asked["iris"])
    return {node.value: receivers.words(node) or shown.cell(node).text for node in nodes}


def choices(reader: Reader, names: Names, asked: Any) -> dict[str, Json]:  # noqa: ANN401 - the same
    """Return the conflicts that wait, one page of them.

    Args:
        reader: the state.
        names: the names of the store.
        asked: the property as it is typed, the sources, and a thing, as far as each is asked
            for; and which page.

    Raises:
        NotFound: if there is no such property.

    """
    prop, language = (
        property_named(asked["property"], single_valued()) if asked["property"] else (None, "")
    )
    first = asked["first"]
    wanted = Wanted(prop, language, tuple(map(NamedNode, asked["sources"])))
    found = listed(reader, names, single_valued(), wanted)
    if asked["thing"]:
        found = [each for each in found if each.subject == NamedNode(asked["thing"])]
    told: dict[str, Json] = {
        "conflicts": len(found),
        "properties": _properties(found),
        "predicate": prop.value if prop else "",
        "language": language,
        "sources": [cited(reader, names, graph) for graph in wanted.graphs],
        "items": [_choice(reader, names, each, asked) for each in found[first : first + SHOWN]],
    }
    if asked["marked"]:
        change = settle_by_priority(reader, names, found)
        settled = {(quad.subject, quad.predicate) for quad in change.removed}
        told |= {"mark": list_mark(found), "settled": len(settled)}
    return told


def _standing(decided: Decided, pair: list[str]) -> Standing:
    return decided.standing(NamedNode(pair[0]), NamedNode(pair[1]))


def _match(
    telling: SideBySide, reader: Reader, pair: list[str], *, marked: bool
) -> dict[str, Json]:
    one, other = NamedNode(pair[0]), NamedNode(pair[1])
    told = telling.told(one, other)
    return told | ({"mark": identity.mark(reader, (one, other))} if marked else {})


def _choice(reader: Reader, names: Names, conflict: Conflict, asked: Any) -> dict[str, Json]:  # noqa: ANN401 - the same
    shown = Shown(reader, names, asked["languages"])
    receivers = Receivers(reader, asked["languages"])
    subject, said = conflict.subject, sayings(reader, conflict.subject, conflict.predicate)
    told: dict[str, Json] = {
        "subject": str(subject.value),
        "label": receivers.words(subject) or shown.cell(subject).text,
        "property": conflict.predicate.value,
        "property_text": property_text(conflict.predicate, conflict.language),
        "property_label": words(conflict.predicate),
        "language": conflict.language,
        "spelling": conflict.is_spelling,
        "values": [
            {
                "value": receivers.words(value) or shown.cell(value).text,
                "key": key(value),
                "sources": [cited(reader, names, graph) for graph in graphs],
            }
            for value, graphs in conflict.values
        ],
    }
    if asked["marked"]:
        tongue = conflict.language
        told["mark"] = mark(each for each in said if _language(each.value) == tongue)
    return told


def _language(value: object) -> str:
    return (value.language or "") if isinstance(value, Literal) else ""


def _properties(found: list[Conflict]) -> list[Json]:
    return [
        {"name": property_text(each), "label": words(each), "conflicts": number}
        for each, number in counted_by_property(found).items()
    ]
