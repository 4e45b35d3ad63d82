"""The medallists of one event as one source describes them, to be told from each other alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import RDFS_LABEL, SKOS_ALT_LABEL, mg
from graph.terms import Literal, NamedNode

from .profiles import Profile

if TYPE_CHECKING:
    from graph.engines.base import Reader

    from .contests import Contest

_FACTS = {
    RDFS_LABEL: "labels",
    SKOS_ALT_LABEL: "labels",
    mg("born"): "born",
    mg("sex"): "sexes",
    mg("externalId"): "ids",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as one source tells it."""

    graph: NamedNode
    contest: Contest


def medallists(reader: Reader, telling: Telling) -> list[Profile]:
    """Return who won a medal of an event, as its source describes them."""
    contest = telling.contest
    years = {
        int(quad.object.value)
        for quad in reader.quads(contest.games, mg("year"))
        if isinstance(quad.object, Literal)
    }
    nations: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for won in contest.medals:
        for person in won.people:
            nations[person] |= won.nations
    found = []
    for person, stood_for in nations.items():
        profile = Profile(person, nations=stood_for, years=years, sports=set(contest.sports))
        for quad in reader.quads(person, graph=telling.graph):
            if quad.predicate in _FACTS and isinstance(quad.object, Literal | NamedNode):
                getattr(profile, _FACTS[quad.predicate]).add(quad.object.value)
        found.append(profile)
    return found
