"""The graph in the words of the IPTC Sport Schema (https://sportschema.org), for newsrooms.

Games are a competition, an event of the Games is an event in it, an entry is a participation
of an athlete or a team in the event, and a delegation one of a national team in the Games. What
the schema has no word for is left out: medals, decisions, classes, and who said so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.names import RDF, RDFS, RDFS_LABEL, XSD, mg
from graph.terms import DEFAULT_GRAPH, Literal, NamedNode, Quad

from .profiles import Profile, label, nodes, team_name, texts, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.terms import Object, Subject

    from .facts import About, Facts

SPORT = "https://sportschema.org/ontologies/main/"
FACET = "https://sportschema.org/ontologies/sports-facet/"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE = NamedNode(XSD + "date")
_BELOW = "/iptc/"
"""Stands between the address of a record and what the schema needs besides it."""


def _sport(term: str) -> NamedNode:
    return NamedNode(SPORT + term)


def _person(facts: Facts, node: Subject, about: About) -> Iterator[Quad]:
    said = list(label(facts, node))
    said += [
        (_sport("dateOfBirth"), Literal(day, datatype=_DATE))
        for day in texts(about, mg("born"))[:1]
        if _DAY.fullmatch(day)
    ]
    said += [
        (_sport("nationality"), Literal(facts.label(one))) for one in nodes(about, mg("country"))
    ]
    return told(node, _sport("Athlete"), said)


def _nation(facts: Facts, node: Subject, _about: About) -> Iterator[Quad]:
    return told(node, _sport("Team"), label(facts, node))


def _place(facts: Facts, node: Subject, _about: About) -> Iterator[Quad]:
    return told(node, _sport("Site"), label(facts, node))


def _games(facts: Facts, node: Subject, about: About) -> Iterator[Quad]:
    said = list(label(facts, node))
    said += [(_sport("location"), place) for place in nodes(about, mg("place"))]
    said += [(_sport("parent"), whole) for whole in nodes(about, mg("partOf"))]
    return told(node, _sport("Competition"), said)


def _event(facts: Facts, node: Subject, about: About) -> Iterator[Quad]:
    said = list(label(facts, node))
    said += [(_sport("eventInCompetition"), games) for games in nodes(about, mg("games"))]
    said += [(_sport("location"), place) for place in nodes(about, mg("place"))]
    said += [
        (NamedNode(FACET + "weightClassType"), Literal(limit))
        for limit in texts(about, mg("weightClass"))
    ]
    return told(node, _sport("Event"), said)


def _entry(facts: Facts, node: Subject, about: About) -> Iterator[Quad]:
    athletes = nodes(about, mg("athlete"))
    if len(athletes) == 1:
        kind, who = "IndividualParticipation", athletes[0]
    else:
        kind, who = "TeamParticipation", NamedNode(f"{_iri(node)}{_BELOW}team")
        named = Literal(team_name(facts, node, about))
        yield from told(who, _sport("Team"), [(RDFS_LABEL, named)])
    said: list[tuple[NamedNode, Object]] = [(_sport("participationBy"), who)]
    said += [(_sport("rank"), Literal(rank)) for rank in texts(about, mg("rank"))[:1]]
    yield from told(node, _sport(kind), said)
    for event in nodes(about, mg("event")):
        yield Quad(event, _sport("participation"), node, DEFAULT_GRAPH)


def _delegation(facts: Facts, node: Subject, about: About) -> Iterator[Quad]:
    said: list[tuple[NamedNode, Object]] = [(RDFS_LABEL, Literal(team_name(facts, node, about)))]
    said += [(_sport("participationBy"), nation) for nation in nodes(about, mg("nation"))]
    yield from told(node, _sport("TeamParticipation"), said)
    for games in nodes(about, mg("games")):
        yield Quad(games, _sport("participation"), node, DEFAULT_GRAPH)


def _iri(node: Subject) -> str:
    return node.value if isinstance(node, NamedNode) else f"urn:blank:{node.value}"


IPTC = Profile(
    "iptc",
    "IPTC Sport Schema",
    {"sport": SPORT, "spfacet": FACET, "rdf": RDF, "rdfs": RDFS, "xsd": XSD},
    {
        mg("Person"): _person,
        mg("Nation"): _nation,
        mg("Place"): _place,
        mg("Games"): _games,
        mg("Event"): _event,
        mg("Entry"): _entry,
        mg("Delegation"): _delegation,
    },
)
