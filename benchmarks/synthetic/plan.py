"""Decides who meets in the events of one Games, as numbers only and without chance.

The plan of a Games depends on nothing but its number, so that a later Games knows who was
at an earlier one without anything being remembered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from .shape import AGAIN, CENTURY, PARALYMPICS, Shape, at, spread

EDITIONS = 33
"""How many Games a series has: every four years from 1896 to 2024."""
_FIRST_YEAR, _EVERY_YEARS = 1896, 4
_WHOLE_EVERY = 4
"""One Games of four is told as the Paralympics are; these make half of the statements."""
_TEAM_SPORTS = 5
"""One sport of so many has the events of large teams."""
_LARGE_TEAM = 4
_TEAMS = (1, 2, 4, 6, 10, 16, 30)
"""How many athletes a team may have; between two, the smaller."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One Games of the made-up world.

    Attributes:
        number: its place among all Games.
        shape: how it is told.
        place: its place among the Games that are told so.

    """

    number: int
    shape: Shape
    place: int

    @property
    def series(self) -> int:
        """Which series of Games it belongs to; the same people meet in one series only."""
        return self.place // EDITIONS

    @property
    def year(self) -> int:
        """The year in which it is held."""
        return _FIRST_YEAR + _EVERY_YEARS * (self.place % EDITIONS)

    @property
    def is_winter(self) -> bool:
        """Whether it is of snow and ice."""
        return self.series % 3 == 2

    @property
    def slug(self) -> str:
        """The end of its IRI."""
        season = "winter" if self.is_winter else "summer"
        mark = "-para" if self.shape.is_whole else ""
        return f"{self.year}-{season}{mark}-{self.series}"

    def before(self, how_many: int) -> Edition | None:
        """Return the Games of the series so many editions earlier, if there were any."""
        if self.place % EDITIONS < how_many:
            return None
        return _edition(self.shape, self.place - how_many)


@dataclass(frozen=True, slots=True)
class Contest:
    """One event of a group.

    Attributes:
        number: unique in the Games.
        units: how many persons or teams start.
        new: how many of them have not started in this group before.
        awards: how many medals it gives.
        level: where it stands in the Games, from the smallest event to the largest.

    """

    number: int
    units: int
    new: int
    awards: int
    level: float


@dataclass(frozen=True, slots=True)
class Group:
    """Events of one sport and sex with teams of one size, in which the same people start.

    Attributes:
        number: the same in all Games.
        sport: the number of the sport.
        sex: ``M`` or ``F``.
        team: how many athletes start together.
        again: how many persons or teams come again from the Games before, and from the
            ones before those; they are the first to start.

    """

    number: int
    sport: int
    sex: str
    team: int
    contests: tuple[Contest, ...]
    again: tuple[int, int]

    @property
    def units(self) -> int:
        """How many persons or teams there are."""
        return sum(contest.new for contest in self.contests)


def edition(number: int) -> Edition:
    """Return the Games with a number."""
    turn, rest = divmod(number, _WHOLE_EVERY)
    if rest == 0:
        return Edition(number, PARALYMPICS, turn)
    return Edition(number, CENTURY, turn * (_WHOLE_EVERY - 1) + rest - 1)


def _edition(shape: Shape, place: int) -> Edition:
    if shape is PARALYMPICS:
        return Edition(place * _WHOLE_EVERY, shape, place)
    turn, rest = divmod(place, _WHOLE_EVERY - 1)
    return Edition(turn * _WHOLE_EVERY + rest + 1, shape, place)


@lru_cache(maxsize=8)
def groups(games: Edition) -> tuple[Group, ...]:
    """Return the groups of a Games."""
    known = _starting(games)
    before = [{} if (one := games.before(n)) is None else _starting(one) for n in (1, 2)]
    found = []
    for key, contests in known.items():
        units = sum(contest.new for contest in contests)
        first, second = (_newcomers(one.get(key, [])) for one in before)
        again = (min(int(AGAIN[0] * units), first), min(int(AGAIN[1] * units), second // 2))
        sport, sex, team = key
        number = (sport * 64 + team) * 2 + (sex == "F")
        found.append(Group(number, sport, sex, team, tuple(contests), again))
    return tuple(found)


def _newcomers(contests: list[Contest]) -> int:
    """Return how many of a group are surely at the Games for the first time and come again."""
    return int(0.55 * sum(contest.new for contest in contests))


@lru_cache(maxsize=8)
def _starting(games: Edition) -> dict[tuple[int, str, int], list[Contest]]:
    """Return the events of a Games by sport, sex and size of the teams."""
    shape = games.shape
    size = at(shape.events, (games.place % EDITIONS + 0.5) / EDITIONS)
    total = max(1, round(size))
    bounds = list(accumulate(spread(shape.sport, shape.sports)))
    levels = [(place + 0.5) / total for place in range(total)]
    found: dict[tuple[int, str, int], list[tuple[int, float]]] = {}
    for number, level in enumerate(levels):
        athletes = max(1, round(at(shape.team, number * 0.8191725134 % 1.0)))
        team = max(size for size in _TEAMS if size <= athletes)
        share = number * 0.6180339887 % 1.0
        sport = _sport_of(bounds, share, is_large=team > _LARGE_TEAM)
        found.setdefault((sport, "MF"[number * 5 // 3 % 2], team), []).append((number, level))
    return {
        key: _contests(shape, [(number, level, key[2]) for number, level in events])
        for key, events in found.items()
    }


def _sport_of(bounds: list[float], share: float, *, is_large: bool) -> int:
    wanted = share * bounds[-1]
    sport = next(number for number, bound in enumerate(bounds) if wanted <= bound)
    is_for_teams = sport % _TEAM_SPORTS == 0
    if is_large and not is_for_teams:
        return sport - sport % _TEAM_SPORTS
    if is_for_teams and not is_large:
        return min(sport + 1, len(bounds) - 1) if sport + 1 < len(bounds) else sport - 1
    return sport


def _contests(shape: Shape, events: list[tuple[int, float, int]]) -> list[Contest]:
    """Return the contests of a group with as many newcomers as people start on average."""
    found: list[Contest] = []
    started = due = 0.0
    introduced = 0
    for number, level, team in events:
        awards = round(at(shape.awards, number * 0.7548776662 % 1.0))
        units = max(awards, round(at(shape.starters, level) / team), 1)
        started += units
        due = started / shape.starts
        new = min(units, max(units - introduced, round(due - introduced), 0))
        introduced += new
        found.append(Contest(number, units, new, min(awards, units), level))
    return found
