"""Makes up an athlete from a number, always the same one, so that nobody is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from struct import unpack
from typing import TYPE_CHECKING

from graph.names import slug

from .nations import code, country_place, nation_of
from .telling import Pair, address, text, word
from .words import family_name, given_name

if TYPE_CHECKING:
    from .plan import Edition, Group

_YOUNGEST, _AGES = 16, 20


@dataclass(frozen=True, slots=True)
class Person:
    """An athlete.

    Attributes:
        node: the IRI, in angle brackets.
        slug: the end of the IRI.
        nation: the number of the nation.
        facts: what is told of the athlete.

    """

    node: str
    slug: str
    nation: int
    facts: tuple[Pair, ...]


def shares(seed: int, *parts: object) -> tuple[float, ...]:
    """Return eight numbers from 0 to 1 that follow from the parts, and look like chance."""
    mixed = blake2b(repr((seed, *parts)).encode(), digest_size=32).digest()
    return tuple(one / (1 << 32) for one in unpack("<8I", mixed))


def person(seed: int, first: Edition, group: Group, unit: int, member: int) -> Person:
    """Return an athlete.

    Args:
        seed: the seed of the world.
        first: the Games at which the athlete is for the first time.
        group: where the athlete competes.
        unit: which newcomer of the group it is, or which new team.
        member: which athlete of the team.

    """
    shape = first.shape
    chance = shares(seed, first.number, group.number, unit, member)
    nation = nation_of(shape, shares(seed, first.number, group.number, unit)[0])
    given, family = _name(shape.name_parts, chance)
    name = f"{given} {family}"
    mark = f"{first.number:x}g{group.number:x}n{unit * group.team + member:x}"
    born = first.year - _YOUNGEST - int(_AGES * chance[5])
    end = "-".join((slug(name), *(() if shape.is_whole else (code(nation).lower(),)), mark))
    facts: list[Pair] = [("label", text(name, "en")), ("sex", word(group.sex))]
    if shape.is_whole:
        day = f"{born}-{1 + int(12 * chance[6]):02}-{1 + int(28 * chance[7]):02}"
        facts += ("born", text(day)), ("country", country_place(nation))
        facts.append(("externalId", text(f"{shape.name}:{mark}")))
        if chance[6] < shape.with_names:
            facts += ("givenName", text(given)), ("familyName", text(family))
    elif chance[6] < shape.with_born:
        facts.append(("born", text(f"{born}~")))
    if chance[7] < shape.with_alt_label:
        facts.append(("altLabel", text(f"{family} {given}")))
    return Person(address("person", end), end, nation, tuple(facts))


def _name(parts: tuple[float, ...], chance: tuple[float, ...]) -> tuple[str, str]:
    """Return given names and family name, as many parts as the shares say."""
    more, left = 0, chance[0]
    while more < len(parts) - 1 and left >= parts[more]:
        left -= parts[more]
        more += 1
    given = [given_name(chance[1]), *(family_name(share) for share in chance[2 : 2 + more])]
    return " ".join(given), family_name(chance[4])
