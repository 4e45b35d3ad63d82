"""People at Paris 2024, and what each of them took part in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import mg

from .people import Name, family_first_nations, names_of, other_spellings, person_slugs, spelling
from .statements import (
    FAMILY_NAME,
    GIVEN_NAME,
    RDFS_LABEL,
    SKOS_ALT_LABEL,
    describe,
    english,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.terms import Quad

    from .paris_2024_nodes import Nodes
    from .paris_2024_tables import Athlete, Tables
    from .statements import Facts

EVENTS_CALLED_OTHERWISE = {("Para Equestrian", "Team Event"): "Team"}
"""Events that the table of athletes names otherwise than the table of medals."""


@dataclass(frozen=True, slots=True)
class Person:
    """An athlete, with all that the tables say of them together.

    Attributes:
        name: as it is shown.
        other_names: other spellings that the tables have.
        disciplines: each discipline once, sorted.
        events: discipline and text of each event, sorted.

    """

    athlete: Athlete
    name: Name
    other_names: tuple[str, ...]
    disciplines: tuple[str, ...]
    events: tuple[tuple[str, str], ...]


def people_in(
    tables: Tables, results: Mapping[str, set[tuple[str, str]]] | None = None
) -> list[Person]:
    """Return the people in the order of the table of athletes.

    Args:
        tables: the rows.
        results: the events in which there are results of a person, by their code.

    """
    order = family_first_nations((a.nation.code, a.name) for a in tables.athletes)
    known = {(medal.discipline, medal.event) for medal in tables.medals}
    won: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for medallist in tables.medallists:
        won[medallist.athlete].add((medallist.discipline, medallist.event))
    spelled: defaultdict[str, set[str]] = defaultdict(set)
    for medal in tables.medals:
        spelled[medal.entry].add(spelling(medal.name))
    people = []
    for athlete in tables.athletes:
        name, others = names_of(athlete.name, family_first=athlete.nation.code in order)
        events = won[athlete.code] | _entered(athlete, known)
        events |= (results or {}).get(athlete.code, set())
        disciplines = {*athlete.disciplines, *(discipline for discipline, _ in events)}
        people.append(
            Person(
                athlete=athlete,
                name=name,
                other_names=tuple(other_spellings(name, [*others, *spelled[athlete.code]])),
                disciplines=tuple(sorted(disciplines)),
                events=tuple(sorted(events)),
            )
        )
    return people


def slugs_of(people: list[Person]) -> dict[str, str]:
    """Return the end of each person's IRI by their code."""
    return person_slugs(
        (p.athlete.code, p.name.label, p.athlete.born or p.athlete.nation.code.lower())
        for p in people
    )


def _entered(athlete: Athlete, known: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the events that an athlete lists, each with the discipline that has it."""
    events = set()
    for text in athlete.events:
        for discipline in athlete.disciplines:
            event = discipline, EVENTS_CALLED_OTHERWISE.get((discipline, text), text)
            if event in known:
                events.add(event)
    return events


def describe_person(person: Person, nodes: Nodes) -> Iterator[Quad]:
    """Yield who a person is, and each part they took: one a discipline, one an event."""
    athlete, graph = person.athlete, nodes.graph
    node, nation = nodes.person(athlete.code), nodes.nation(athlete.nation.code)
    citizen_of = athlete.nationality
    yield from describe(
        node,
        "Person",
        graph,
        {
            RDFS_LABEL: english(person.name.label),
            SKOS_ALT_LABEL: person.other_names,
            FAMILY_NAME: person.name.family,
            GIVEN_NAME: person.name.given,
            "sex": mg(athlete.sex) if athlete.sex else None,
            "born": athlete.born,
            "country": citizen_of.place(nodes.names) if citizen_of else None,
            "externalId": f"paris2024:{athlete.code}",
        },
    )
    part: Facts = {"person": node, "role": mg("Athlete"), "nation": nation}
    for discipline in person.disciplines:
        in_sport: Facts = {"games": nodes.games, "sport": nodes.sport(discipline)}
        where = nodes.in_sport(athlete.code, discipline)
        yield from describe(where, "Participation", graph, part | in_sport)
    for discipline, text in person.events:
        in_event: Facts = {"event": nodes.event(discipline, text)}
        where = nodes.in_event(athlete.code, discipline, text)
        yield from describe(where, "Participation", graph, part | in_event)
