"""The nations and delegations of Paris 2024."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .nations import Country, describe_nation, describe_place
from .statements import RDFS_LABEL, describe, english

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.terms import Quad

    from .paris_2024_nodes import Nodes
    from .paris_2024_tables import Tables


def describe_nations(tables: Tables, nodes: Nodes) -> Iterator[Quad]:
    """Yield each nation with its delegation, and each country that somebody is a citizen of."""
    nations = _by_code(
        [
            *(athlete.nation for athlete in tables.athletes),
            *(medal.nation for medal in tables.medals),
            *(total.nation for total in tables.totals),
        ]
    )
    citizens = [athlete.nationality for athlete in tables.athletes if athlete.nationality]
    for country in _by_code([*nations, *citizens]):
        yield from describe_place(country, nodes.names, nodes.graph)
    for country in nations:
        yield from describe_nation(country, nodes.names, nodes.graph)
        yield from describe(
            nodes.delegation(country.code),
            "Delegation",
            nodes.graph,
            {
                RDFS_LABEL: english(f"{country.label} at Paris 2024"),
                "games": nodes.games,
                "nation": nodes.nation(country.code),
            },
        )


def _by_code(countries: Iterable[Country]) -> list[Country]:
    """Return each country once, as it is named first, sorted by its code."""
    found: dict[str, Country] = {}
    for country in countries:
        found.setdefault(country.code, country)
    return [found[code] for code in sorted(found)]
