"""Tells of one made-up Games: who took part in which events, and who won."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from graph.names import slug

from .nations import city, class_slug, classes_of, code, country, sport_name, tell_background
from .people import person
from .plan import groups
from .shape import at
from .telling import Telling, address, described, number, text, word
from .words import stretched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .people import Person
    from .plan import Contest, Edition, Group
    from .telling import Pair

_OFFICIAL = address("rule", "official-at-closing")
_MEDALS = ("Gold", "Silver", "Bronze", "Bronze")
_TEAM_LABELS = 0.15
"""The share of teams that have a name of their own."""
_FAVOURITES = 1.5
"""How strongly a person who started once is preferred to start again."""


@dataclass(frozen=True, slots=True)
class _Event:
    """What an event is called.

    Attributes:
        node: the IRI, in angle brackets.
        parts: those of the IRI: the Games, the sport, the event.

    """

    node: str
    parts: tuple[str, str, str]
    label: str
    sex: str
    classes: tuple[str, ...]


@dataclass(slots=True)
class _Roster:
    """Who competes in a group, as numbers: persons or teams in the order of their first start.

    Attributes:
        started: how many have started so far.
        known: the members of each that was met.

    """

    seed: int
    games: Edition
    group: Group
    started: int = 0
    known: dict[int, tuple[Person, ...]] = field(default_factory=dict)

    def members(self, unit: int) -> tuple[Person, ...]:
        """Return the athletes of a person or team."""
        found = self.known.get(unit)
        if found is None:
            first, place = self.origin(unit)
            team = range(self.group.team)
            found = tuple(person(self.seed, first, self.group, place, one) for one in team)
            self.known[unit] = found
        return found

    def origin(self, unit: int) -> tuple[Edition, int]:
        """Return the Games where a unit started first, and its place among newcomers there."""
        for before, again in enumerate(self.group.again, start=1):
            games = self.games.before(before)
            if unit < again and games is not None:
                return games, unit
            unit -= again
        return self.games, unit

    def starters(self, contest: Contest, chance: Random) -> tuple[list[int], range]:
        """Return who starts in a contest, and which of these have not started before."""
        new = range(self.started, self.started + contest.new)
        wanted = contest.units - contest.new
        old: set[int] = set()
        while len(old) < wanted:
            unit = int(self.started * chance.random() ** _FAVOURITES)
            while unit in old:
                unit = (unit + 1) % self.started
            old.add(unit)
        self.started += contest.new
        return [*sorted(old), *new], new


class GamesTeller:
    """Tells of one Games.

    Args:
        seed: the seed of the world.
        games: which Games.

    """

    def __init__(self, seed: int, games: Edition) -> None:
        self._seed, self._games, self._shape = seed, games, games.shape
        self._node = address("games", games.slug)
        source = f"synthetic-{games.shape.name}"
        self._source = f"{source}-{games.number}" if games.shape.is_whole else source
        self._telling = Telling(self._source)
        self._won: Counter[tuple[int, str]] = Counter()

    def events(self) -> Iterator[str]:
        """Yield the Games, then each event with the people who are met for the first time."""
        if self._shape.is_whole or self._games.place == 0:
            title = f"{self._shape.kind} Games, made up"
            yield described(self._source, title, issued=self._games.year)
            tell_background(self._telling, self._shape)
        self._tell_games()
        yield self._telling.take()
        for group in groups(self._games):
            roster = _Roster(self._seed, self._games, group)
            for contest in group.contests:
                self._tell_contest(roster, contest)
                yield self._telling.take()

    def counts(self) -> str:
        """Return the published counts of medals by nation, where the source has them."""
        if self._shape.is_whole:
            for nation in sorted({nation for nation, _ in self._won}):
                self._tell_count(nation)
        return self._telling.take()

    def _tell_games(self) -> None:
        games, place = self._games, city(self._games.number % 500)
        told: list[Pair] = [
            ("label", text(f"{place} {games.year} {self._shape.kind}s", "en")),
            ("kind", word(self._shape.kind)),
            ("season", word("Winter" if games.is_winter else "Summer")),
            ("year", number(games.year)),
            ("place", address("place", slug(place))),
        ]
        if self._shape.is_whole:
            told += ("from", text(self._day(0.0))), ("until", text(self._day(1.0)))
        self._telling.tell(self._node, "Games", *told)
        label = ("label", text(place, "en"))
        self._telling.tell(address("place", slug(place)), "Place", ("kind", word("City")), label)
        for nation in range(self._shape.nations) if self._shape.is_whole else ():
            self._telling.tell(
                address("delegation", games.slug, code(nation)),
                "Delegation",
                ("label", text(f"{country(nation)} at {place} {games.year}", "en")),
                ("games", self._node),
                ("nation", _nation(nation)),
            )

    def _tell_contest(self, roster: _Roster, contest: Contest) -> None:
        games = self._games
        chance = Random(f"{self._seed} {games.number} {contest.number}")  # noqa: S311 - made up
        event = self._event(roster.group, contest, chance)
        self._tell_event(event, contest, chance)
        units, new = roster.starters(contest, chance)
        for unit in units:
            for who in roster.members(unit):
                if unit in new:
                    is_known = roster.origin(unit)[0] != games
                    self._tell_newcomer(who, event.parts, is_known=is_known)
                self._telling.tell(
                    address("part", *event.parts, who.slug),
                    "Participation",
                    ("person", who.node),
                    ("role", word("Athlete")),
                    ("nation", _nation(who.nation)),
                    ("event", event.node),
                )
        teams = map(roster.members, units)
        winners = sorted(teams, key=lambda team: chance.random() * (5 + team[0].nation))
        for medal, team in zip(_MEDALS[: contest.awards], winners, strict=False):
            self._tell_medal(medal, team, event, chance)

    def _event(self, group: Group, contest: Contest, chance: Random) -> _Event:
        """Make up what an event is called, and the classes that it is for."""
        shape = self._shape
        classes: tuple[str, ...] = ()
        if shape.is_whole and chance.random() < shape.with_class:
            known = classes_of(shape)[group.sport]
            first = contest.number % known
            wanted = 2 if chance.random() < shape.with_two_classes and known > 1 else 1
            places = (first, (first + 1) % known)[:wanted]
            classes = tuple(class_slug(group.sport, place) for place in places)
        begin = f"{'Men' if group.sex == 'M' else 'Women'}s {contest.number}m"
        characters = at(shape.event_label, chance.random()) - len("".join(classes))
        label = " ".join((stretched(begin, characters, contest.number), *classes[:1]))
        sport = slug(sport_name(group.sport, is_para=shape.is_whole))
        parts = (self._games.slug, sport, slug(label))
        return _Event(address("event", *parts), parts, label, word(group.sex), classes)

    def _tell_event(self, event: _Event, contest: Contest, chance: Random) -> None:
        shape = self._shape
        told: list[Pair] = [
            ("label", text(event.label, "en")),
            ("games", self._node),
            ("sport", address("sport", event.parts[1])),
            ("sex", event.sex),
        ]
        if shape.is_whole:
            two = contest.awards == len(_MEDALS)
            told.append(("rule", word("TwoBronzes" if two else "OneBronze")))
            told += (("sportClass", address("class", one)) for one in event.classes)
            which = chance.random()
            if which < shape.with_distance:
                told.append(("distance", text(f"{contest.number}m")))
            elif which < shape.with_distance + shape.with_weight:
                told.append(("weightClass", text(f"{contest.number}kg")))
        self._telling.tell(event.node, "Event", *told)

    def _tell_newcomer(self, who: Person, parts: Sequence[str], *, is_known: bool) -> None:
        """Tell of somebody who is met for the first time at these Games."""
        if not is_known:
            self._telling.tell(who.node, "Person", *who.facts)
        if self._shape.is_whole:
            self._telling.tell(
                address("part", *parts[:2], who.slug),
                "Participation",
                ("person", who.node),
                ("role", word("Athlete")),
                ("nation", _nation(who.nation)),
                ("games", self._node),
                ("sport", address("sport", parts[1])),
            )

    def _tell_medal(
        self, medal: str, team: Sequence[Person], event: _Event, chance: Random
    ) -> None:
        who = team[0]
        parts = (*event.parts, who.slug)
        entry = address("entry", *parts)
        told: list[Pair] = [
            ("event", event.node),
            ("nation", _nation(who.nation)),
            *(("athlete", one.node) for one in team),
            ("won", word(medal)),
        ]
        if chance.random() < self._shape.with_rank:
            told.append(("rank", number(1 + _MEDALS.index(medal))))
        if len(team) > 1 and not self._shape.is_whole and chance.random() < _TEAM_LABELS:
            told.append(("label", text(country(who.nation), "en")))
        self._telling.tell(entry, "Entry", *told)
        self._won[who.nation, medal] += 1
        award = [
            ("event", event.node),
            ("entry", entry),
            ("medal", word(medal)),
            ("status", word("Standing")),
        ]
        self._tell_award(parts, award, day=self._day(chance.random()))

    def _tell_award(self, parts: Sequence[str], told: Sequence[Pair], *, day: str) -> None:
        award = address("award", *parts)
        if not self._shape.is_whole:
            self._telling.tell(award, "Award", *told)
            return
        date = ("date", text(day))
        self._telling.tell(award, "Award", *told, date)
        action = ("action", word("Awarded"))
        decision = address("decision", *parts, "1")
        self._telling.tell(decision, "Decision", ("award", award), action, date)

    def _tell_count(self, nation: int) -> None:
        counts = [self._won[nation, medal] for medal in _MEDALS[:3]]
        names = ("gold", "silver", "bronze", "total")
        self._telling.tell(
            address("tally", self._source, self._games.slug, code(nation)),
            "Tally",
            ("games", self._node),
            ("nation", _nation(nation)),
            ("rule", _OFFICIAL),
            *zip(names, map(number, (*counts, sum(counts))), strict=True),
        )

    def _day(self, share: float) -> str:
        """Return a day of the Games; 0 is the first and 1 the last."""
        month = "02" if self._games.is_winter else "08"
        return f"{self._games.year}-{month}-{6 + int(share * 16):02}"


@cache
def _nation(number: int) -> str:
    return address("nation", code(number))
