"""Coaches and technical officials of the Paris 2024 Olympic Games."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import mg, slug

from .nations import Country, describe_nation, describe_place
from .paris_2024_tables import COUNTRY, PERSON_SEX, country, day, day_first, named, texts
from .people import Published, names_of, person_slugs
from .statements import (
    COMMENT,
    FAMILY_NAME,
    GIVEN_NAME,
    RDFS_LABEL,
    describe,
    english,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graph.terms import Quad

    from .paris_2024_nodes import Nodes
    from .statements import Facts
    from .tables import Row

COACHES = ("code", "name", "gender", "function", "disciplines", "birth_date", *COUNTRY)
OFFICIALS = (
    *("code", "name", "gender", "function", "disciplines", "birth_date"),
    *("organisation_code", "organisation_long"),
)


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who took part without competing.

    Attributes:
        role: ``Coach`` or ``Official``.
        function: as published, such as ``Head Coach`` or ``Referee``.
        nation: whom a coach coached, or where an official is from; None if that is not a
            nation.
        organisation: the code of the nation or federation.
        federation: its name, where it is not a nation.

    """

    code: str
    name: str
    sex: str
    born: str
    role: str
    function: str
    disciplines: tuple[str, ...]
    nation: Country | None
    organisation: str
    federation: str = ""


def coach_of(row: Row) -> Staff:
    """Return the coach of a row."""
    nation = country(row, COUNTRY)
    return Staff(
        code=row.needed("code"),
        name=named(row, "name"),
        sex=row.choice("gender", PERSON_SEX),
        born=day(row, "birth_date") if row["birth_date"] else "",
        role="Coach",
        function=row["function"],
        disciplines=tuple(part.strip() for part in row["disciplines"].split(",") if part.strip()),
        nation=nation,
        organisation=nation.code,
    )


def official_of(row: Row, nocs: Mapping[str, Country]) -> Staff:
    """Return the official of a row; ``nocs`` are the nations by their code."""
    code = row.needed("organisation_code")
    return Staff(
        code=row.needed("code"),
        name=named(row, "name"),
        sex=row.choice("gender", PERSON_SEX),
        born=day_first(row, "birth_date") if row["birth_date"] else "",
        role="Official",
        function=row["function"],
        disciplines=texts(row, "disciplines"),
        nation=nocs.get(code),
        organisation=code,
        federation="" if code in nocs else row["organisation_long"],
    )


def describe_staff(staff: Sequence[Staff], nodes: Nodes) -> Iterator[Quad]:
    """Yield who was a coach or an official, in which discipline, and for whom."""
    names = {one.code: names_of(Published(one.name, ""), family_first=False)[0] for one in staff}
    # Another competitor's key may have the same name and year, so the role stands in it.
    ends = person_slugs(
        (one.code, f"{names[one.code].label} {one.role}", one.born or one.organisation.lower())
        for one in staff
    )
    yield from _describe_nations((one.nation for one in staff if one.nation), nodes)
    yield from _describe_sports((name for one in staff for name in one.disciplines), nodes)
    for one in staff:
        node = nodes.names.of("person", ends[one.code])
        name = names[one.code]
        who: Facts = {
            RDFS_LABEL: english(name.label),
            FAMILY_NAME: name.family,
            GIVEN_NAME: name.given,
            "sex": mg(one.sex),
            "born": one.born,
            "externalId": f"paris2024:{one.code}",
        }
        yield from describe(node, "Person", nodes.graph, who)
        function = f"{one.function}, {one.federation}" if one.federation else one.function
        for discipline in one.disciplines:
            part: Facts = {
                "person": node,
                "role": mg(one.role),
                "games": nodes.games,
                "sport": nodes.sport(discipline),
                "nation": nodes.nation(one.nation.code) if one.nation else None,
                COMMENT: english(function) if function else None,
            }
            where = nodes.names.of("part", nodes.edition.key, slug(discipline), ends[one.code])
            yield from describe(where, "Participation", nodes.graph, part)


def _describe_nations(nations: Iterable[Country], nodes: Nodes) -> Iterator[Quad]:
    for found in {nation.code: nation for nation in nations}.values():
        yield from describe_place(found, nodes.names, nodes.graph)
        yield from describe_nation(found, nodes.names, nodes.graph)


def _describe_sports(labels: Iterable[str], nodes: Nodes) -> Iterator[Quad]:
    for label in sorted(set(labels)):
        yield from describe(nodes.sport(label), "Sport", nodes.graph, {RDFS_LABEL: english(label)})
