"""The columns of each sheet: what they are called, what goes into them, and what is needed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: as the header spells it.
        meaning: what goes into it, for a person who fills it.
        example: a cell, empty where most rows leave it so.
        needed: whether each row needs it.

    """

    name: str
    meaning: str
    example: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of spreadsheet.

    Attributes:
        name: as the command line spells it.
        title: what a row of it says.
        columns: in the order of the header.

    """

    name: str
    title: str
    columns: tuple[Column, ...]

    @property
    def needed(self) -> tuple[str, ...]:
        """The names of the columns that each row needs."""
        return tuple(column.name for column in self.columns if column.needed)

    @property
    def optional(self) -> tuple[str, ...]:
        """The names of the others."""
        return tuple(column.name for column in self.columns if not column.needed)


_NAME = Column(
    "name",
    "the person's name as it should be shown, or the end of their address (li-ting-1989)",
    "Lamiya Valiyeva",
    needed=True,
)
_SEX = Column("sex", "M or F", "F")
_BORN = Column(
    "born", "date of birth as 1989-10-25, 1989-10 or 1989; 1989~ if about then", "2002-04-05"
)
_GAMES = Column(
    "games",
    "the Games by name or key, such as Paris 2024 Paralympics or 2024-summer-para",
    "Paris 2024 Paralympics",
    needed=True,
)
_NATION = Column(
    "nation", "the three-letter code, such as AZE; two of a mixed team: DEN; SWE", "AZE"
)
_SPORT = Column("sport", "the sport by name", "Para Athletics", needed=True)
_EVENT = Column("event", "the event by name, without the sport", "Women's 100m - T13", needed=True)
_ATHLETES = Column(
    "athletes", "who competed, by name; several with ; between them", "Lamiya Valiyeva"
)

PEOPLE = Sheet(
    "people",
    "people, with what is known of them",
    (
        _NAME,
        _SEX,
        _BORN,
        Column("died", "date of death, written as born", ""),
        Column("nation", "a nation that they stood for, which tells namesakes apart", "AZE"),
        Column("other_names", "other spellings, with ; between them", "Lamiyə Vəliyeva"),
        Column("identifier", "the key in another register, as register:key", "paris2024:2521602"),
    ),
)
OFFICIALS = Sheet(
    "officials",
    "people who took part in Games as coaches, officials, guides and the like",
    (
        Column("name", _NAME.meaning, "Ada Example", needed=True),
        Column(
            "role",
            "Coach, Official, Guide, FlagBearer, Speaker, Attendee or Supporter",
            "Official",
            needed=True,
        ),
        _GAMES,
        Column("nation", "the three-letter code, such as AZE", "AZE"),
        Column("sport", _SPORT.meaning, ""),
        Column("sex", _SEX.meaning, "M"),
        Column("born", _BORN.meaning, ""),
    ),
)
RESULTS = Sheet(
    "results",
    "what a competitor or team reached in an event",
    (
        _GAMES,
        _SPORT,
        _EVENT,
        Column("nation", _NATION.meaning, "AZE", needed=True),
        _ATHLETES,
        Column("guides", "who guided them, by name; several with ; between them", ""),
        Column("rank", "the final rank in digits; empty if there is none", "1"),
        Column("mark", "the mark as published, such as 11.76 or 2:03.40", "11.76"),
        Column("unit", "Metre, Second, Kilogram or Point", "Second"),
        Column("phase", "the round, such as Heat 1 or Final", "Final"),
        Column("status", "DNS, DNF or DSQ where there is no rank", ""),
        Column("date", "the day, as 2024-09-03", "2024-09-03"),
    ),
)
MEDALS = Sheet(
    "medals",
    "decisions on medals: given, withdrawn, passed on, left vacant, given back",
    (
        _GAMES,
        _SPORT,
        _EVENT,
        Column("medal", "Gold, Silver or Bronze", "Gold", needed=True),
        Column("nation", f"{_NATION.meaning}; empty where a medal is left vacant", "AZE"),
        _ATHLETES,
        Column(
            "action",
            "Awarded, Withdrawn, Reallocated, LeftVacant or Reinstated",
            "Awarded",
            needed=True,
        ),
        Column(
            "date",
            "the day of the decision, as 2024-09-03, 2024-09 or 2024",
            "2024-09-03",
            needed=True,
        ),
        Column("decided_by", "who decided, by name", ""),
        Column("reason", "why, in a sentence", ""),
    ),
)
