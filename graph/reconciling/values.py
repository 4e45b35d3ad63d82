"""The values of a property that a thing has, to fill a column of somebody's table."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from graph.selecting import by_name
from graph.terms import Literal, NamedNode

from .facts import COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.terms import Term

    from .facts import Facts, Library

Value: TypeAlias = "NamedNode | str | int"
"""Another thing, a text or a number."""

_SEXES = {"F": "female", "M": "male"}


def values(prop: str, facts: Facts, library: Library) -> list[Value]:
    """Return the values of a property, in an order that does not change; none of another kind's."""
    if prop in COLOURS or prop == "medals":
        return _medals(prop, facts, library)
    nodes: Mapping[str, Iterable[NamedNode]] = {
        "nation": facts.nations,
        "games": facts.games,
        "sport": facts.sports,
        "event": facts.events,
        "place": facts.places,
        "partOf": facts.wholes,
    }
    if prop in nodes:
        # Games come in the order of their years; other things have none.
        ordered = ((min(library.years(node), default=0), str(node), node) for node in nodes[prop])
        return [node for _, _, node in sorted(ordered, key=lambda one: one[:2])]
    if prop == "year":
        return sorted(facts.years)
    return [*_texts(prop, facts)]


def _texts(prop: str, facts: Facts) -> Iterable[str]:
    found: Mapping[str, Iterable[str]] = {
        "name": [facts.name],
        "otherNames": sorted(set(facts.labels) - {facts.name}),
        "born": sorted(facts.born),
        "died": sorted(facts.died),
        "sex": sorted(_SEXES.get(sex, "") or sex for sex in facts.sexes),
        "externalId": sorted(facts.ids),
        "code": sorted(facts.codes_now),
        "formerCodes": sorted(facts.codes - facts.codes_now),
        "season": sorted(facts.seasons),
        "from": sorted(facts.begins),
        "until": sorted(facts.ends),
    }
    return found.get(prop, ())


def _medals(prop: str, facts: Facts, library: Library) -> list[Value]:
    """Return how many medals a person or nation holds; a nation's are those of its entries."""
    if facts.kind == "Person":
        medals = facts.medals
    elif facts.kind == "Nation":
        medals = _medals_of(facts.node, library)
    else:
        return []
    return [sum(medals.values()) if prop == "medals" else medals.get(prop, 0)]


def _medals_of(nation: NamedNode, library: Library) -> dict[str, int]:
    counted = library.reader.query(
        "SELECT ?medal (COUNT(?entry) AS ?count)"
        f" WHERE {{ ?entry mg:nation {nation} ; mg:won ?medal }} GROUP BY ?medal"
    )
    by_medal: dict[Term, int] = {}
    for row in by_name(counted):
        if isinstance(row["count"], Literal):
            by_medal[row["medal"]] = int(row["count"].value)
    return {colour: by_medal.get(medal, 0) for colour, medal in COLOURS.items()}
