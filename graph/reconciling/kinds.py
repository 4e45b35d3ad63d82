"""What is offered: the kinds of thing that a name may mean, and the properties of each."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from graph.errors import BadInput
from graph.names import MG

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Offered = TypeVar("Offered")


@dataclass(frozen=True, slots=True)
class Property:
    """One property of things.

    Attributes:
        id: a local name of the vocabulary where there is one.
        name: what people read.
        description: what it says, and how its values may be written.
        value: the kind of thing that its values are; empty for texts and numbers.
        is_evidence: whether it tells one thing from another that has its name.

    """

    id: str
    name: str
    description: str
    value: str = ""
    is_evidence: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing.

    Attributes:
        id: the local name of its class.
        properties: identifiers of what is known of such things, the most telling first.

    """

    id: str
    name: str
    description: str
    properties: tuple[str, ...]


PROPERTIES = {
    one.id: one
    for one in (
        Property(
            "nation", "nation", "A name, an adjective, or a code of today or before.", "Nation"
        ),
        Property("games", "Games", "Such as Paris 2024 or 2024 Summer Paralympics.", "Games"),
        Property("year", "year of Games", "The year in the name of the Games, such as 2024."),
        Property("sport", "sport", "The sport or discipline.", "Sport"),
        Property("event", "event", "The name of the event, such as Men's 100m T12.", "Event"),
        Property("born", "date of birth", "2001-05-14, 14.05.2001, 14 May 2001, or the year."),
        Property("died", "date of death", "A date or a year.", is_evidence=False),
        Property("sex", "sex", "F, female, women, M, male, men."),
        Property("externalId", "key in another register", "Such as wikidata:Q488908."),
        Property("name", "name", "The name that is shown.", is_evidence=False),
        Property("otherNames", "other names", "Other spellings.", is_evidence=False),
        Property("gold", "gold medals", "How many are held now.", is_evidence=False),
        Property("silver", "silver medals", "How many are held now.", is_evidence=False),
        Property("bronze", "bronze medals", "How many are held now.", is_evidence=False),
        Property("medals", "medals", "How many are held now, of all colours.", is_evidence=False),
        Property("code", "code", "Three letters, such as AZE."),
        Property("formerCodes", "former codes", "Codes of earlier times.", is_evidence=False),
        Property("season", "season", "Summer or Winter."),
        Property("from", "first day", "A date.", is_evidence=False),
        Property("until", "last day", "A date.", is_evidence=False),
        Property("place", "place", "Where it was or will be.", "Place", is_evidence=False),
        Property("partOf", "part of", "The larger whole.", is_evidence=False),
        Property("page", "page here", "The address of its page.", is_evidence=False),
    )
}
"""Each property by its identifier."""

_NAMES = ("name", "otherNames")
_MEDALS = ("gold", "silver", "bronze", "medals")
_LAST = ("externalId", "page")
KINDS = {
    one.id: one
    for one in (
        Kind(
            "Person",
            "Person",
            "An athlete, guide, coach, official or anybody else.",
            (
                *("nation", "born", "sport", "games", "year", "event", "sex", *_NAMES),
                *(*_MEDALS, "died", *_LAST),
            ),
        ),
        Kind(
            "Nation",
            "Nation",
            "What stands on the scoreboard: a country, a former one, or a neutral or mixed team.",
            ("code", "formerCodes", *_NAMES, *_MEDALS, *_LAST),
        ),
        Kind(
            "Games",
            "Games",
            "One edition of the Olympic or Paralympic Games.",
            ("year", "season", *_NAMES, "place", "from", "until", "partOf", *_LAST),
        ),
        Kind("Sport", "Sport", "A sport or discipline.", (*_NAMES, "partOf", *_LAST)),
        Kind(
            "Event",
            "Event",
            "A competition for medals at one of the Games.",
            ("games", "year", "sport", "sex", *_NAMES, "place", *_LAST),
        ),
        Kind(
            "Organization",
            "Organization",
            "A committee, ministry, court or other body.",
            ("nation", *_NAMES, "partOf", *_LAST),
        ),
        Kind("Place", "Place", "A city, venue or country.", (*_NAMES, "partOf", *_LAST)),
    )
}
"""Each kind of thing by its identifier, those that are asked for most often first."""


def kind_named(text: str) -> Kind:
    """Return the kind of thing with an identifier: ``Person``, ``mg:Person`` or its IRI.

    Raises:
        BadInput: naming those there are.

    """
    return _named(text, KINDS, what="kind of thing")


def property_named(text: str) -> Property:
    """Return the property with an identifier: ``nation``, ``mg:nation`` or its IRI.

    Raises:
        BadInput: naming those there are.

    """
    return _named(text, PROPERTIES, what="property")


def properties_of(kinds: Iterable[Kind]) -> list[Property]:
    """Return the properties that things of some kinds have, each once."""
    return [PROPERTIES[one] for one in dict.fromkeys(one for k in kinds for one in k.properties)]


def _named(text: str, known: Mapping[str, Offered], *, what: str) -> Offered:
    local = text.strip().removeprefix(MG).removeprefix("mg:")
    if local not in known:
        near = difflib.get_close_matches(local, known, n=2)
        meant = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(known)}."
        raise BadInput(f"There is no {what} called {text!r}.", hint=meant)
    return known[local]
