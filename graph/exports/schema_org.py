"""The graph in the words of schema.org, for search engines and whoever reads those.

Games and events are sports events, the ones in the others; who competes is a person, or a team
of several; a medal that is held is an award of the person. Days that are not known for certain
are left out, since schema.org knows whole dates, months and years only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.names import OUTSIDE_PREFIXES, RDF, SKOS_ALT_LABEL, XSD, local_name, mg
from graph.terms import DEFAULT_GRAPH, Literal, NamedNode, Quad

from .profiles import Profile, nodes, team_name, texts, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.terms import Object, Subject

    from .facts import About, Facts

SCHEMA = OUTSIDE_PREFIXES["schema"]
_DATES = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_MEDALS = {"Gold": "Gold medal", "Silver": "Silver medal", "Bronze": "Bronze medal"}
_GENDERS = {"F": "Female", "M": "Male"}
_DAYS = {"born": "birthDate", "died": "deathDate", "from": "startDate", "until": "endDate"}
_OWN = ("familyName", "givenName", "latitude", "longitude")


def _schema(term: str) -> NamedNode:
    return NamedNode(SCHEMA + term)


def _common(facts: Facts, node: Subject, about: About) -> Iterator[tuple[NamedNode, Object]]:
    """Yield what is said alike of people, places, Games and bodies."""
    if name := facts.label(node):
        yield _schema("name"), Literal(name)
    for other in texts(about, SKOS_ALT_LABEL):
        yield _schema("alternateName"), Literal(other)
    for key in texts(about, mg("externalId")):
        yield _schema("identifier"), Literal(key)
    for term, prop in _DAYS.items():
        for day in texts(about, mg(term))[:1]:
            if _DATES.fullmatch(day):
                yield _schema(prop), Literal(day)
    for term in _OWN:
        for value in about.values.get(_schema(term), ())[:1]:
            yield _schema(term), value


def _person(facts: Facts, node: Subject, about: About) -> Iterator[Quad]:
    said = list(_common(facts, node, about))
    said += [
        (_schema("gender"), _schema(_GENDERS[local_name(sex)]))
        for sex in nodes(about, mg("sex"))
        if local_name(sex) in _GENDERS
    ]
    said += [(_schema("nationality"), country) for country in nodes(about, mg("country"))]
    return told(node, _schema("Person"), said)


def _place(facts: Facts, node: Subject, about: About) -> Iterator[Quad]:
    kinds = {local_name(kind) for kind in nodes(about, mg("kind"))}
    kind = next((kind for kind in ("Country", "City") if kind in kinds), "Place")
    said = list(_common(facts, node, about))
    said += [(_schema("containedInPlace"), whole) for whole in nodes(about, mg("partOf"))]
    return told(node, _schema(kind), said)


def _body(facts: Facts, node: Subject, about: About) -> Iterator[Quad]:
    return told(node, _schema("Organization"), _common(facts, node, about))


def _nation(facts: Facts, node: Subject, about: About) -> Iterator[Quad]:
    said = list(_common(facts, node, about))
    said += [(_schema("identifier"), Literal(code)) for code in texts(about, mg("code"))]
    return told(node, _schema("SportsTeam"), said)


def _games(facts: Facts, node: Subject, about: About) -> Iterator[Quad]:
    said = list(_common(facts, node, about))
    said += [(_schema("location"), place) for place in nodes(about, mg("place"))]
    said += [(_schema("superEvent"), whole) for whole in nodes(about, mg("partOf"))]
    return told(node, _schema("SportsEvent"), said)


def _event(facts: Facts, node: Subject, about: About) -> Iterator[Quad]:
    said = list(_common(facts, node, about))
    said += [(_schema("superEvent"), games) for games in nodes(about, mg("games"))]
    said += [(_schema("location"), place) for place in nodes(about, mg("place"))]
    said += [(_schema("sport"), Literal(facts.label(sport))) for sport in nodes(about, mg("sport"))]
    said += [
        (_schema("startDate"), Literal(day))
        for day in texts(about, mg("date"))[:1]
        if _DATES.fullmatch(day)
    ]
    return told(node, _schema("SportsEvent"), said)


def _entry(facts: Facts, node: Subject, about: About) -> Iterator[Quad]:
    athletes, events = nodes(about, mg("athlete")), nodes(about, mg("event"))
    who = athletes[0] if len(athletes) == 1 else node
    if who == node:
        named = team_name(facts, node, about)
        said: list[tuple[NamedNode, Object]] = [(_schema("athlete"), one) for one in athletes]
        yield from told(node, _schema("SportsTeam"), [(_schema("name"), Literal(named)), *said])
    medals = [_MEDALS[won] for won in map(local_name, nodes(about, mg("won"))) if won in _MEDALS]
    for event in events:
        yield Quad(event, _schema("competitor"), who, DEFAULT_GRAPH)
        for person in (*athletes, *nodes(about, mg("guide"))):
            for medal in medals:
                text = Literal(f"{medal}, {facts.label(event)}, {_games_of(facts, event)}")
                yield Quad(person, _schema("award"), text, DEFAULT_GRAPH)


def _games_of(facts: Facts, event: Subject) -> str:
    return ", ".join(map(facts.label, facts.known(event, mg("games"))))


SCHEMA_ORG = Profile(
    "schema.org",
    "schema.org",
    {"schema": SCHEMA, "rdf": RDF, "xsd": XSD},
    {
        mg("Person"): _person,
        mg("Place"): _place,
        mg("Organization"): _body,
        mg("Nation"): _nation,
        mg("Games"): _games,
        mg("Event"): _event,
        mg("Entry"): _entry,
    },
)
