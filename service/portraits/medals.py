"""The medals of an entry or an event as pages tell them: who has each, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.derived import STANDING, STATUS_AFTER
from graph.medals.standing import AWARDED, Act, Award, day_of
from graph.medals.table import MEDALS
from graph.names import mg, property_words
from service.pages import NOTHING

if TYPE_CHECKING:
    from graph.terms import NamedNode
    from service.pages import Cell

    from .gathering import Cited, Gathering

AWARD, ENTRY, MEDAL, STATUS = mg("award"), mg("entry"), mg("medal"), mg("status")
ACTION, DATE, BY, REASON = mg("action"), mg("date"), mg("decidedBy"), mg("reason")


@dataclass(frozen=True, slots=True)
class Step:
    """One decision on an award.

    Attributes:
        action: what it did, in words.
        date: EDTF.
        day: from which day it counts.
        body: who decided; a cell of nothing if nobody says.
        reason: why, in a sentence, or nothing.

    """

    action: str
    date: str
    day: str
    body: Cell
    reason: str
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Medal:
    """One award.

    Attributes:
        node: its IRI.
        entry: the IRI of the entry that received it; nothing for a place left vacant.
        colour: gold, silver or bronze.
        stands: whether it stands on the day asked for.
        status: how it stands then, in words.
        changed: whether anything was decided on it after it was awarded.
        steps: the decisions, the earliest first.
        cited: who states it.

    """

    node: str
    entry: str
    colour: str
    stands: bool
    status: str
    changed: bool
    steps: tuple[Step, ...]
    cited: tuple[Cited, ...]


def medal_told(gathering: Gathering, award: NamedNode, day: str | None = None) -> Medal | None:
    """Return an award as it stood at the end of a day, or stands now; None for one without a medal.

    Args:
        gathering: reads the state.
        award: its IRI.
        day: ISO 8601; None for now.

    """
    medal = gathering.node(award, MEDAL)
    if medal not in MEDALS:
        return None
    entry, status = gathering.node(award, ENTRY), gathering.node(award, STATUS) or STANDING
    decided = _decided(gathering, award)
    acts = tuple(act for act, _ in decided)
    standing = Award(award, award, entry or award, medal, status, acts=acts)
    stands = standing.stands(day)
    before = [act for act in acts if day is None or act.day <= day]
    last = STATUS_AFTER[before[-1].action] if before else None  # type: ignore[index] # an action
    now = last or (STANDING if stands else status if not acts else None)
    return Medal(
        award.value,
        entry.value if entry else "",
        property_words(medal),
        stands,
        property_words(now) if now else "not yet awarded",
        any(act.action != AWARDED for act in acts) or status != STANDING,
        tuple(step for _, step in decided),
        gathering.stating(award, MEDAL),
    )


def medals_of_entry(gathering: Gathering, entry: NamedNode) -> tuple[Medal, ...]:
    """Return the awards of an entry, standing or not, the best first."""
    found = (medal_told(gathering, one) for one in gathering.pointing(ENTRY, entry, MOST))
    return tuple(sorted(filter(None, found), key=place_of))


def place_of(medal: Medal) -> int:
    """Return where a medal is listed: gold, silver, bronze."""
    return [property_words(one) for one in MEDALS].index(medal.colour)


MOST = 100
"""No entry has more awards, and no award more decisions, than a page tells of."""


def _decided(gathering: Gathering, award: NamedNode) -> list[tuple[Act, Step]]:
    order = list(STATUS_AFTER)
    found: list[tuple[Act, Step]] = []
    for decision in gathering.pointing(AWARD, award, MOST):
        action, date = gathering.node(decision, ACTION), gathering.text(decision, DATE)
        if action not in STATUS_AFTER or not date:
            continue
        cited = gathering.stating(decision, ACTION)
        day = day_of(date, last=action != AWARDED)
        body = gathering.node(decision, BY)
        step = Step(
            property_words(action),
            date,
            day,
            gathering.cell(body) if body else NOTHING,
            gathering.text(decision, REASON),
            cited,
        )
        found.append((Act(award, action, day), step))
    found.sort(key=lambda pair: (pair[0].day, order.index(pair[0].action)))  # type: ignore[arg-type] # an action
    return found
