"""What a request asks of medal tables: its parameters, checked, and the same as an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from graph.medals.choices import Succession
from graph.medals.table import Order

from .medal_tables.asked import Asked, View
from .portraits.asked import last_day
from .wire.faults import BadRequest
from .wire.forms import every, one

if TYPE_CHECKING:
    from .wire.forms import Params

KINDS = ("Olympic", "Paralympic", "Youth")
SEASONS = ("Summer", "Winter", "Intercalated")
MEDALS = ("gold", "silver", "bronze", "total")
MOST_NATIONS = 5
_YEAR = re.compile("[0-9]{4}")
_SPELLED = {"class": "sport_class"}
_WORDS = {
    "by": tuple(order.value for order in Order),
    "neutral": ("ranked", "unranked"),
    "succession": tuple(way.value for way in Succession),
    "medal": MEDALS,
}
_TYPED = {"kind": KINDS, "season": SEASONS}
"""Parameters of which capitals do not matter."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a page takes.

    Attributes:
        names: the parameters that it reads once each.
        most_nations: how often ``nation`` may be given.

    """

    names: tuple[str, ...]
    most_nations: int = 0


TABLE = Taken(
    ("games", "rule", "succession", "on", "by", "neutral", "sport", "sex", "class", "medal"), 1
)
CHOICE = Taken(("kind", "season", "year"))
COMPARED = Taken(
    (
        *("games", "sport", "sex", "class", "rule", "on", "source", "neutral"),
        *("with_rule", "with_on", "with_source"),
    )
)
ALL_TIME = Taken(("kind", "season", "rule", "succession", "on", "by"))
ATHLETES = Taken(("kind", "season", "rule", "on", "by"), 1)
NATIONS = Taken(("kind", "season", "rule", "succession", "on"), MOST_NATIONS)
ALL = Taken((*CHOICE.names, *TABLE.names), 1)
_KNOWN = frozenset(
    name
    for taken in (TABLE, CHOICE, COMPARED, ALL_TIME, ATHLETES, NATIONS)
    for name in (*taken.names, "nation", "at", "format", "safe")
)
_ALIKE = 0.8
"""How alike a name has to be to be a slip, 1 being the same (difflib)."""
_MEANT = {
    **dict.fromkeys(("date", "day", "as-of", "as_of"), "on"),
    **dict.fromkeys(("country", "noc", "code", "team"), "nation"),
    **dict.fromkeys(("gender", "sexes"), "sex"),
    "order": "by",
}


def asked_of(params: Params, taken: Taken, view: View) -> Asked:
    """Return what is asked for.

    Raises:
        BadRequest: for a value that a parameter cannot have, with those that it can.

    """
    _refuse_misspelt(params)
    said = {name: one(params, name) or "" for name in taken.names}
    for name, allowed in (_WORDS | _TYPED).items():
        if said.get(name):
            said[name] = _chosen(name, said[name], allowed)
    for name in ("on", "with_on"):
        if said.get(name):
            said[name] = _day(name, said[name])
    if said.get("year") and not _YEAR.fullmatch(said["year"]):
        raise BadRequest(f"year={said['year']!r} is no year.", hint="Write it as year=2008.")
    nations = tuple(filter(None, every(params, "nation"))) if taken.most_nations else ()
    if len(nations) > taken.most_nations:
        raise BadRequest(
            f"nation= is given {len(nations)} times.",
            hint=f"Name at most {taken.most_nations}.",
        )
    values = {_SPELLED.get(name, name): value for name, value in said.items()}
    return Asked(view, nations=nations, **values)


def _refuse_misspelt(params: Params) -> None:
    """Refuse a parameter that means one of a medal page; what others add to links is no matter."""
    for name, _ in params:
        if name in _KNOWN:
            continue
        near = [_MEANT[name]] if name in _MEANT else get_close_matches(name, _KNOWN, 1, _ALIKE)
        if near:
            raise BadRequest(
                f"There is no parameter {name!r} here.", hint=f"Did you mean {near[0]}=?"
            )


def values_of(asked: Asked, taken: Taken) -> dict[str, Any]:
    """Return what is asked for as the parameters of an address, without what nobody said."""
    told = {name: getattr(asked, _SPELLED.get(name, name)) for name in taken.names}
    if asked.nations:
        several = taken.most_nations > 1
        told["nation"] = list(asked.nations) if several else asked.nations[0]
    return {name: value for name, value in told.items() if value}


def _chosen(name: str, value: str, allowed: tuple[str, ...]) -> str:
    found = next((word for word in allowed if word.lower() == value.lower()), None)
    if found is None:
        raise BadRequest(
            f"{name}={value!r} is not known.", hint=f"Use one of: {', '.join(allowed)}."
        )
    return found


def _day(name: str, text: str) -> str:
    day = last_day(text)
    if day is None:
        raise BadRequest(f"{name}={text!r} is no day.", hint=f"Write it as {name}=2008-08-20.")
    return day
