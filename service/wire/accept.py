"""Content negotiation (RFC 9110, section 12): which form of an answer a client would like best."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from graph.formats import RDF_FORMATS, RESULT_FORMATS

from .faults import BadRequest, NotAcceptable

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"  # noqa: S105 - a token of RFC 9110, not a secret
_RANGE = re.compile(rf"\s*({_TOKEN})/({_TOKEN})\s*")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"?')
_QUALITY = re.compile(r"\s*[qQ]\s*=\s*([01](?:\.[0-9]*)?)\s*")


class Offered(Protocol):
    """A form that an answer can take."""

    @property
    def name(self) -> str:
        """As ``format=`` spells it."""

    @property
    def media_type(self) -> str:
        """The registered media type."""

    @property
    def also(self) -> tuple[str, ...]:
        """Other media types that clients send for it."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings, with the point."""


Form = TypeVar("Form", bound=Offered)


@dataclass(frozen=True, slots=True)
class Page:
    """A form of an answer that is made for people."""

    name: str
    media_type: str
    also: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()


HTML = Page("html", "text/html", ("application/xhtml+xml",), (".html",))
PROBLEM_JSON = Page("problem", "application/problem+json", ("application/json",))
JSON_DOCUMENT = Page("json", "application/json", suffixes=(".json",))


@dataclass(frozen=True, slots=True)
class Choice(Generic[Form]):
    """The form that was chosen, and the media type under which the client asked for it."""

    form: Form
    media_type: str


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One member of an Accept header; ``*`` matches anything."""

    type: str
    subtype: str
    quality: float = 1.0

    @property
    def specificity(self) -> int:
        """How exactly it names a type: 2 for a type, 1 for its family, 0 for anything."""
        return (self.type != "*") + (self.subtype != "*")

    def matches(self, media_type: str) -> bool:
        """Tell whether the media type is in this range."""
        kind, _, subtype = media_type.partition("/")
        return self.type in ("*", kind) and self.subtype in ("*", subtype)


def parse(header: str) -> tuple[MediaRange, ...]:
    """Return the members of an Accept header that are media ranges.

    Of their parameters only the weight q counts.

    Example:
        >>> parse("text/turtle, */*;q=0.1")[1].quality
        0.1

    """
    plain = _QUOTED.sub('""', header)
    return tuple(found for member in plain.split(",") if (found := _range(member)))


def choose(header: str, offers: Sequence[Form]) -> Choice[Form]:
    """Return the offer that an Accept header likes best; of equals the first one offered.

    A type that is named counts before one that only a wildcard admits. An absent or
    empty header accepts everything.

    Raises:
        NotAcceptable: with every media type on offer.

    """
    ranges = parse(header)
    if not ranges and not header.strip():
        return Choice(offers[0], offers[0].media_type)
    spelled = [Choice(offer, offer.media_type) for offer in offers]
    spelled += [Choice(offer, other) for offer in offers for other in offer.also]
    best = max(spelled, key=lambda choice: _liking(choice.media_type, ranges))
    if _liking(best.media_type, ranges)[0] == 0:
        types = [offer.media_type for offer in offers]
        raise NotAcceptable(
            "This answer cannot be given in any form that the Accept header admits.", offers=types
        )
    return best


def named(name: str, offers: Sequence[Form]) -> Choice[Form]:
    """Return the offer that ``format=`` names, by its name, suffix or media type.

    Example:
        >>> named("json-ld", RDF_FORMATS).media_type
        'application/ld+json'

    Raises:
        NotAcceptable: if the name is a known form, but not one of this kind of answer.
        BadRequest: if it is not known at all.

    """
    wanted = name.strip().lower()
    for offer in offers:
        if _is_called(offer, wanted):
            return Choice(offer, wanted if "/" in wanted else offer.media_type)
    if any(_is_called(form, wanted) for form in _EVERY_FORM):
        types = [offer.media_type for offer in offers]
        raise NotAcceptable(f"This kind of answer cannot be given as {wanted}.", offers=types)
    names = ", ".join(offer.name for offer in offers)
    raise BadRequest(f"There is no format named {name!r}.", hint=f"Use one of: {names}.")


# N3 is wider than Turtle, but every Turtle document is one.
_ALIASES = {"n3": "turtle"}
_EVERY_FORM: tuple[Offered, ...] = (*RESULT_FORMATS, *RDF_FORMATS, HTML)


def _is_called(form: Offered, wanted: str) -> bool:
    types = (form.media_type, *form.also)
    short = _ALIASES.get(wanted, wanted.replace("-", ""))
    return (
        short == form.name
        or wanted in types
        or f".{wanted}" in form.suffixes
        or wanted == form.media_type.partition("/")[2]
    )


def _range(member: str) -> MediaRange | None:
    head, *parameters = member.split(";")
    found = _RANGE.fullmatch(head)
    if found is None:
        return None
    quality = 1.0
    for parameter in parameters:
        if weight := _QUALITY.fullmatch(parameter):
            quality = min(float(weight[1]), 1.0)
    return MediaRange(found[1].lower(), found[2].lower(), quality)


def _liking(media_type: str, ranges: Sequence[MediaRange]) -> tuple[float, int]:
    """Return the quality of the most specific range that admits the type, and how specific."""
    fits = [(found.specificity, found.quality) for found in ranges if found.matches(media_type)]
    specificity, quality = max(fits, default=(0, 0.0))
    return quality, specificity
