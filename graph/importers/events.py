"""What the text of a Paralympic event says: its sport classes, its length, its weight class.

The official results write the sport class inside the event's name, in as many ways as
there are sports: ``Men's 100m - T12``, ``Men K44 -70kg``, ``Men's C1-3 Road Race``,
``Mixed Team - BC1/BC2``, ``PR1 Women's Single Sculls``, ``Men's Foil Category A``.

How each way is read:

- ``C1-3`` and ``H1-5`` are ranges of one family: C1, C2 and C3. So is ``WS1-2``.
- ``BC1/BC2`` is a list.
- ``SL3-SU5`` and ``WH1-WH2`` are ranges in the order of badminton's classes, so the first
  admits SL4 too: ten of its sixteen players also played in SL4 singles.
- In table tennis, ``MS4`` and ``WS4`` are the singles of class 4. The number in ``MD14``,
  ``WD20`` or ``XD7`` is the most that the classes of the two partners may add up to, so
  such an event names no class. Neither does a relay of ``34 Points``.
- ``Open`` in archery and ``Quad`` in tennis are divisions, not classes of one athlete.
- The number that shooting puts first (``R5 - Mixed 10m Air Rifle Prone SH2``) is the
  event's, not a class.

An event may admit athletes of other classes than the one in its name (T46 in a ``T47``
final, SB12 in ``SB13``). The text does not say so, so neither does the result, and no
class is concluded for the athlete from the event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.names import slug

CYCLING = "Para Cycling"
PARENTS = {"Para Cycling Road": CYCLING, "Para Cycling Track": CYCLING}
"""Disciplines whose sport has one set of classes for several of them."""

TABLE_TENNIS, FENCING, ARCHERY = "Para Table Tennis", "Wheelchair Fencing", "Para Archery"
EQUESTRIAN, BADMINTON = "Para Equestrian", "Para Badminton"

BADMINTON_CLASSES = ("WH1", "WH2", "SL3", "SL4", "SU5", "SH6")
_PLAIN_CODES = {
    "Boccia": "BC",
    "Para Athletics": "T|F",
    "Para Canoe": "KL|VL",
    "Para Cycling": "B|C|H|T",
    "Para Judo": "J",
    "Para Rowing": "PR",
    "Para Swimming": "SB|SM|S",
    "Para Taekwondo": "K",
    "Shooting Para Sport": "SH",
}
"""The families of class codes in each sport; a class is a family and a number."""

_WRITTEN_OUT = {
    FENCING: re.compile(r"\bCategory ([AB])\b"),
    EQUESTRIAN: re.compile(r"\bGrade ([IV]+)\b"),
    ARCHERY: re.compile(r"\bW1\b"),
    "Para Triathlon": re.compile(r"\bPT(?:S[2-5]|VI|WC)\b"),
}
"""Sports whose events name one class, in words of their own."""

_DISTANCE = re.compile(r"\b(?:\d+x)?\d+m\b")
_WEIGHT = re.compile(r"(?:[+-]|\bup to |\bover )\d+ ?kg\b")


@dataclass(frozen=True, slots=True)
class SportClass:
    """A sport class as an event names it.

    Attributes:
        code: as published, such as ``T12``; the number or letter alone where the sport
            publishes no more (``4`` in table tennis, ``A`` in fencing).
        sport: the sport that has the class.

    """

    code: str
    sport: str

    @property
    def key(self) -> str:
        """The class as part of an IRI; codes that several sports use carry their sport.

        Example:
            >>> SportClass("T12", "Para Athletics").key, SportClass("B", "Para Cycling").key
            ('T12', 'para-cycling-B')

        """
        plain = len(self.code) > 1 and self.sport not in (TABLE_TENNIS, EQUESTRIAN)
        return self.code if plain else f"{slug(self.sport)}-{self.code}"

    @property
    def label(self) -> str:
        """The class as a person calls it: ``T12``, ``Class 4``, ``Grade II``, ``Category A``."""
        word = {TABLE_TENNIS: "Class ", EQUESTRIAN: "Grade ", FENCING: "Category "}
        return word.get(self.sport, "") + self.code


@dataclass(frozen=True, slots=True)
class EventText:
    """What the text of an event says.

    Attributes:
        classes: the sport classes it names, in the order of their numbers.
        distance: the length as published, or an empty string.
        weight_class: the limit of body weight as published, or an empty string.

    """

    classes: tuple[SportClass, ...]
    distance: str
    weight_class: str


def read_event(text: str, discipline: str) -> EventText:
    """Return what the text of an event says, knowing its discipline.

    Example:
        >>> event = read_event("Men's C1-3 1000m Time Trial", "Para Cycling Track")
        >>> [found.code for found in event.classes], event.distance
        (['C1', 'C2', 'C3'], '1000m')

    """
    sport = PARENTS.get(discipline, discipline)
    distance, weight = _DISTANCE.search(text), _WEIGHT.search(text)
    return EventText(
        classes=tuple(SportClass(code, sport) for code in _codes(text, sport)),
        distance=distance[0] if distance else "",
        weight_class=weight[0].strip() if weight else "",
    )


def event_slug(text: str) -> str:
    """Return an event's text as part of an IRI; a plus sign is kept as a word.

    Example:
        >>> event_slug("Men K44 +80kg"), event_slug("Men K44 -80kg")
        ('men-k44-plus-80kg', 'men-k44-80kg')

    """
    return slug(text.replace("+", " plus "))


def _codes(text: str, sport: str) -> list[str]:
    if sport == BADMINTON:
        return _badminton(text)
    if sport == TABLE_TENNIS:
        found = re.search(r"\b[MW]S(\d+)(?:-(\d+))?\b", text)
        return _numbers("", found[1], found[2]) if found else []
    if sport in _WRITTEN_OUT:
        return _WRITTEN_OUT[sport].findall(text)
    return _plain(text, _PLAIN_CODES[sport]) if sport in _PLAIN_CODES else []


def _plain(text: str, families: str) -> list[str]:
    codes = []
    for family, first, last in re.findall(rf"\b({families})(\d+)(?:-(\d+))?\b", text):
        codes += _numbers(family, first, last)
    if not codes and "B" in families.split("|"):
        codes = re.findall(r"\bB\b", text)
    return codes


def _numbers(family: str, first: str, last: str | None) -> list[str]:
    return [f"{family}{number}" for number in range(int(first), int(last or first) + 1)]


def _badminton(text: str) -> list[str]:
    named = [BADMINTON_CLASSES.index(code) for code in re.findall(r"\b[A-Z]{2}\d\b", text)]
    return list(BADMINTON_CLASSES[min(named) : max(named) + 1]) if named else []
