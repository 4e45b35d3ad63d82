"""What is asked for of a medal table, as routes pass it to whoever reads."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum


class View(StrEnum):
    """What is told."""

    CHOICE = "choice"
    TABLE = "table"
    EVENTS = "events"
    COMPARED = "compared"
    NATION = "nation"
    ALL_TIME = "all-time"
    ATHLETES = "athletes"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; empty is what nobody said.

    Attributes:
        view: what is told.
        games: the edition, by key or name.
        kind: of Games: Olympic, Paralympic, Youth.
        season: of Games: Summer, Winter, Intercalated.
        year: of Games.
        rule: the counting rule, by key or name.
        on: the day up to which decisions are heeded, ISO 8601.
        by: what ranks, gold or total.
        neutral: ranked or unranked, otherwise than the rule.
        succession: apart, codes or successors, otherwise than the rule.
        sport: of events.
        sex: for whom events are.
        sport_class: of events.
        nations: by code or name.
        medal: gold, silver, bronze or total.
        source: whose published table is compared, by its name; empty for a count.
        with_rule: the rule of the other side of a comparison.
        with_on: the day of the other side.
        with_source: the source of the other side.

    """

    view: View
    games: str = ""
    kind: str = ""
    season: str = ""
    year: str = ""
    rule: str = ""
    on: str = ""
    by: str = ""
    neutral: str = ""
    succession: str = ""
    sport: str = ""
    sex: str = ""
    sport_class: str = ""
    nations: tuple[str, ...] = ()
    medal: str = ""
    source: str = ""
    with_rule: str = ""
    with_on: str = ""
    with_source: str = ""

    def to_text(self) -> str:
        """Return it as another process reads it."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Asked:
        """Return what ``to_text`` told."""
        told = json.loads(text)
        given = {one.name: told[one.name] for one in fields(cls)}
        return cls(**(given | {"view": View(told["view"]), "nations": tuple(told["nations"])}))
