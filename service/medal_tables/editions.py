"""The Games of which medal tables can be chosen, with what each table would stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.medals.editions import editions_of
from graph.names import local_name, mg
from graph.selecting import rows

from .table import named

if TYPE_CHECKING:
    from graph.terms import NamedNode, Term
    from service.portraits.gathering import Gathering
    from service.wire.problem import Json

    from .asked import Asked

_RESULTS = """SELECT DISTINCT ?games WHERE {
    ?award mg:medal ?medal ; mg:event ?event . ?event mg:games ?games }"""
_COUNTS = """SELECT DISTINCT ?games WHERE {
    ?tally a mg:Tally ; mg:games ?games ; mg:nation ?nation }"""


def choice_told(of: Gathering, asked: Asked) -> dict[str, Json]:
    """Return the Games of a kind, a season or a year, the latest first, and which kinds there are.

    Raises:
        NotFound: if no Games are of all that is asked for.

    """
    every = [_edition(of, games) for games in editions_of(of.reader)]
    found = [
        one
        for one in every
        if asked.kind in ("", one["kind"])
        and asked.season in ("", one["season"])
        and asked.year in ("", one["year"])
    ]
    if every and not found:
        years = sorted({str(one["year"]) for one in every})
        raise NotFound(
            "There are no Games of this kind, season and year here.",
            hint=f"There are Games of {', '.join(years)}.",
        )
    results, counts = ({row["games"] for row in rows(of.reader, q)} for q in (_RESULTS, _COUNTS))
    found.sort(key=lambda one: (str(one["year"]), str(one["key"])), reverse=True)
    return {
        "kind": asked.kind,
        "season": asked.season,
        "year": asked.year,
        "kinds": sorted({str(one["kind"]) for one in every} - {""}),
        "seasons": sorted({str(one["season"]) for one in every} - {""}),
        "years": sorted({str(one["year"]) for one in every} - {""}, reverse=True),
        "games": [one | {"basis": _basis(one, results, counts)} for one in found],
    }


def _edition(of: Gathering, games: NamedNode) -> dict[str, Json]:
    year = of.text(games, mg("year")) or of.text(games, mg("from"))[:4]
    kind, season = (local_name(of.node(games, mg(name))) for name in ("kind", "season"))
    return {**named(of, games), "kind": kind, "season": season, "year": year}


def _basis(one: dict[str, Json], results: set[Term], counts: set[Term]) -> str:
    """Return what is held of the medals of some Games: results, counts or nothing."""
    iris = [{node.value for node in nodes} for nodes in (results, counts)]
    if one["iri"] in iris[0]:
        return "results"
    return "counts" if one["iri"] in iris[1] else ""
