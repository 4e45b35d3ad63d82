"""Medals of nations over all Games of a kind: what each was called then, and where gaps are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph.medals.background import Background
from graph.medals.counting import counted
from graph.medals.nations import nation_named
from graph.medals.published import published_table
from graph.medals.table import MEDALS
from graph.names import RDF_TYPE, local_name, mg, property_words
from graph.terms import DEFAULT_GRAPH, NamedNode, Quad
from service.portraits.gathering import code_of

from .choices import rule_told, rules_told
from .periods import period, year_of
from .table import named, sources_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.medals.counting import Count
    from graph.medals.ledger import Ledger
    from graph.terms import Term
    from service.portraits.gathering import Gathering
    from service.wire.problem import Json

    from .asked import Asked
    from .periods import Period

RESULTS, COUNTS, NOTHING, LEFT_OUT = "results", "counts", "nothing", "left out"
"""What the medals of some Games are taken from."""

_NOBODY = "Whose medals are wanted is not said."


def history_told(of: Gathering, asked: Asked) -> dict[str, Json]:
    """Return the medals of one nation or several at all Games of a kind and season.

    Raises:
        NotFound: for a nation, a kind of Games or a rule that there is not.

    """
    nations = list(dict.fromkeys(nation_named(of.reader, text) for text in asked.nations))
    found = period(of, asked)
    background = Background(of.reader, of.names, of.shown.languages)
    return {
        "kind": asked.kind,
        "season": asked.season,
        "kinds_held": list(found.kinds),
        "rule": rule_told(of.reader, found.rule, of.shown.languages),
        "succession": asked.succession,
        "on": asked.on,
        "problem": found.problem if nations else _NOBODY,
        "nations": [
            _nation(of, one) | {"kin": [_nation(of, other) for other in _kin(of, background, one)]}
            for one in nations
        ],
        "games": []
        if found.problem or not nations
        else [_at(of, found, games, nations) for games in found.games],
        "rules": rules_told(of.reader, of.shown.languages),
    }


def _kin(of: Gathering, background: Background, nation: NamedNode) -> list[NamedNode]:
    """Return who came before and after a nation; a former code alone is no nation to draw."""
    return [
        one
        for one in background.kin.get(nation, ())
        if isinstance(one, NamedNode)
        and of.reader.contains(Quad(one, RDF_TYPE, mg("Nation"), DEFAULT_GRAPH))
    ]


def _nation(of: Gathering, nation: NamedNode) -> dict[str, Json]:
    return {
        **named(of, nation),
        "code": code_of(of, nation),
        "from": of.text(nation, mg("from")),
        "until": of.text(nation, mg("until")),
    }


def _at(
    of: Gathering, found: Period, games: NamedNode, nations: Sequence[NamedNode]
) -> dict[str, Json]:
    """Return the medals of each nation at some Games; None where nobody can tell."""
    ledgers = found.of(games, of)
    count = counted(of.reader, of.names, ledgers)
    bases = list(count.editions.values())
    basis = LEFT_OUT
    if bases:
        published = any(one.is_published for one in bases)
        known = any(one.source for one in bases)
        basis = COUNTS if published else RESULTS if known else NOTHING
    return {
        **named(of, games),
        "year": year_of(of, games),
        "basis": basis,
        "of_all": not count.of_some,
        "sources": sources_told(of, {graph for one in bases for graph in one.graphs}),
        "counts": [_count(of, ledgers, count, one, basis) for one in nations],
    }


def _count(
    of: Gathering, ledgers: Sequence[Ledger], count: Count, nation: NamedNode, basis: str
) -> Json:
    lines = {ledger.lines.line(nation) for ledger in ledgers}
    medals: Counter[Term] = sum(
        (count.medals[line] for line in lines if line in count.medals), Counter()
    )
    if basis in (NOTHING, LEFT_OUT) or (count.of_some and not medals):
        return None
    told: dict[str, Json] = {property_words(medal): medals[medal] for medal in MEDALS}
    own = _own(of, ledgers, count, lines)
    return {
        **told,
        "total": medals.total(),
        "as": [named(of, one) for one in own] if medals else [],
    }


def _own(
    of: Gathering, ledgers: Iterable[Ledger], count: Count, lines: set[Term]
) -> list[NamedNode]:
    """Return the nations that brought medals to a line, as they were then."""
    found: set[Term] = set()
    for ledger in ledgers:
        basis = count.editions.get(ledger.games)
        if basis is None:
            continue
        if basis.is_published:
            table = published_table(of.reader, of.names, ledger.games)
            medals = table.medals if table else {}
            found |= {
                nation
                for nation, by in medals.items()
                if any(by.values()) and ledger.lines.line(nation) in lines
            }
        else:
            for line in lines:
                for medal in MEDALS:
                    found |= ledger.brought(line, medal).keys()
    nodes = [one for one in found if isinstance(one, NamedNode)]
    return sorted(nodes, key=local_name)
