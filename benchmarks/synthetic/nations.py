"""Tells of what all Games share: nations and their countries, sports and their classes."""

from __future__ import annotations

from bisect import bisect
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from graph.names import slug

from .shape import DATED, FORMER_NATIONS, RENAMED, REPLACED, Shape, spread
from .telling import Telling, address, described, text, word
from .words import word as made_up

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMER = 400
"""The number of the first nation that is no more."""
_NATION_WORDS, _SPORT_WORDS, _CITY_WORDS = 200_000, 210_000, 220_000
SUCCESSION = "synthetic-succession"


def code(number: int) -> str:
    """Return the three capital letters of a nation."""
    return "".join(
        chr(ord("A") + digit) for digit in (number // 676, number // 26 % 26, number % 26)
    )


def country(number: int) -> str:
    """Return the name of a country, another one for each number."""
    begin = made_up(_NATION_WORDS + number)
    return (
        f"{begin} {code(number).capitalize()}"
        if number % 5 < 2
        else f"{begin}{code(number).lower()}"
    )


def country_place(number: int) -> str:
    """Return the address of a country as a place."""
    return address("place", slug(country(number)))


def sport_slug(number: int, *, is_para: bool) -> str:
    """Return the end of the IRI of a sport."""
    return slug(sport_name(number, is_para=is_para))


def sport_name(number: int, *, is_para: bool) -> str:
    """Return the name of a sport, another one for each number."""
    name = f"{made_up(_SPORT_WORDS + number)}{chr(ord('a') + number % 26)}{'aeiou'[number // 26]}"
    return f"Para {name}" if is_para else name


def class_slug(sport: int, number: int) -> str:
    """Return the end of the IRI of the class with a number in a sport."""
    return f"{chr(ord('A') + sport)}{number + 1}"


def city(number: int) -> str:
    """Return the name of a city where Games are held."""
    return made_up(_CITY_WORDS + number)


@lru_cache(maxsize=4)
def classes_of(shape: Shape) -> tuple[int, ...]:
    """Return how many classes each sport has; the more events, the more classes."""
    events = spread(shape.sport, shape.sports)
    return tuple(max(1, round(shape.sport_classes * one / sum(events))) for one in events)


@lru_cache(maxsize=4)
def _bounds(shape: Shape) -> tuple[float, ...]:
    return tuple(accumulate(reversed(spread(shape.nation, shape.nations))))


def nation_of(shape: Shape, share: float) -> int:
    """Return the nation of somebody by a share between 0 and 1; 0 sends most people."""
    bounds = _bounds(shape)
    return min(bisect(bounds, share * bounds[-1]), len(bounds) - 1)


def tell_background(telling: Telling, shape: Shape) -> None:
    """Tell of the nations, countries, sports and classes that a source of this shape knows."""
    for number in range(shape.nations):
        _tell_nation(telling, number)
    for number in range(shape.sports):
        name = sport_name(number, is_para=shape.is_whole)
        sport = address("sport", slug(name))
        telling.tell(sport, "Sport", ("label", text(name, "en")))
        if shape.is_whole:
            for place in range(classes_of(shape)[number]):
                mark = class_slug(number, place)
                told = ("label", text(mark, "en")), ("sport", sport)
                telling.tell(address("class", mark), "SportClass", *told)


def _tell_nation(telling: Telling, number: int) -> None:
    label = ("label", text(country(number), "en"))
    place = country_place(number)
    telling.tell(place, "Place", ("kind", word("Country")), label)
    telling.tell(
        address("nation", code(number)),
        "Nation",
        ("kind", word("Country")),
        ("code", text(code(number))),
        label,
        ("country", place),
    )


def succession() -> Iterator[str]:
    """Yield what a source says of nations over time, with its description."""
    yield described(SUCCESSION, "Nations over time, made up", issued=2024)
    telling = Telling(SUCCESSION)
    for place in range(FORMER_NATIONS):
        number = place if place < REPLACED else _FORMER + place
        told = [
            ("kind", word("Country")),
            ("label", text(country(number), "en")),
            ("code", text(code(number))),
        ]
        if place < REPLACED:
            former = _FORMER + REPLACED + place % (FORMER_NATIONS - REPLACED)
            told.append(("replaces", address("nation", code(former))))
        if place < RENAMED:
            told.append(("formerCode", text(code(600 + place))))
        if place >= FORMER_NATIONS - DATED:
            told += ("from", text("1912")), ("until", text(str(1950 + place)))
        telling.tell(address("nation", code(number)), "Nation", *told)
    yield telling.take()
