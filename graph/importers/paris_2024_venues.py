"""Venues and the schedule of the Paris 2024 Olympic Games: where, and on which days.

The vocabulary has places, the place of an event and the day of an event or a result. So the
schedule gives the places of each event, the day of those events that were decided on one day,
the day of each contest, and the two ceremonies. What no word can say is left out: at what hour
a session began, on which court, pitch or piste it was, that it was cancelled, at which venue
a single contest was, which sports a venue had, and from when until when it was open.

- Days are those of the schedule, which are those of the place: a bout that ended after
  midnight belongs to the evening, and Tahiti is half a day behind. The time that a result
  carries is that of its last change, in archery days later, so it is used only where the
  schedule has no day, and not beyond the last day of the event.
- A session of no one event, such as the qualification of all gymnasts, is part of each event
  of its sport, so events of such a sport get no day.
- The schedule calls venues otherwise than the list of venues. A hall that is one of several
  (``South Paris Arena 4``) is a place of its own and a part of the listed one. Cities are
  known for the football stadiums; that they are in France is added.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import mg, slug

from .paris_2024_tables import day_first, named
from .statements import RDFS_LABEL, SKOS_ALT_LABEL, describe, english
from .tables import BadCell, find_table
from .taking import read_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from graph.terms import Quad

    from .paris_2024_nodes import Nodes
    from .paris_2024_rounds import Line
    from .statements import Facts
    from .tables import RejectFile, Row

VENUES = ("venue", "tag")
SESSIONS = (
    *("day", "status", "discipline", "event", "url"),
    *("venue", "venue_code", "location_description", "location_code"),
)
CANCELLED = "CANCELLED"
STATUSES = {word: word for word in ("FINISHED", "SCHEDULED", CANCELLED)}
JOINT = ("Men", "Women")
"""What the schedule calls a session of all events of a sport for one sex."""

CALLED_OTHERWISE = {
    "Chateauroux Shooting Ctr": "chateauroux-shooting-centre",
    "La Chapelle Arena": "porte-de-la-chapelle-arena",
}
"""Venues whose name in the schedule is not that of the list of venues, and no part of it."""

_ANY_UNIT = "--------"
_PHASE = 4


@dataclass(frozen=True, slots=True)
class Session:
    """One row of the schedule.

    Attributes:
        event: the text of the event; empty for a ceremony.
        unit: what the address of its results calls the contest, or an empty string.
        venue: as the schedule calls it.
        place: the end of the venue's IRI; empty where there is none.

    """

    row: Row
    day: str
    discipline: str
    event: str
    unit: str
    venue: str
    place: str


@dataclass(frozen=True, slots=True)
class Venue:
    """A place where contests were held.

    Attributes:
        end: of its IRI.
        label: as the list of venues has it.
        other_names: as the schedule has it.
        within: the end of the IRI of the larger place; empty where none is known.
        code: of the schedule, or an empty string.

    """

    end: str
    label: str
    other_names: tuple[str, ...] = ()
    within: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """The venues, and the sessions that were held.

    Attributes:
        cities: the name of each city that the schedule gives, by the end of its IRI.

    """

    venues: Sequence[Venue]
    cities: Mapping[str, str]
    sessions: Sequence[Session]

    @property
    def ceremonies(self) -> list[Session]:
        """The sessions of no sport."""
        return [session for session in self.sessions if not session.event]


def read_programme(
    folder: Path, events: Collection[tuple[str, str]], rejects: RejectFile
) -> Programme:
    """Return what ``venues.csv`` and ``schedules.csv`` say, without what was cancelled.

    Args:
        folder: where the two tables are.
        events: the discipline and text of each event.
        rejects: takes the rows that cannot be used.

    Raises:
        BadTable: if a table is missing, cut off, not in UTF-8, or lacks a column.

    """
    listed = dict(
        read_rows(
            find_table(folder, "venues.csv"),
            VENUES,
            lambda row: (slug(named(row, "tag")), named(row, "venue")),
            rejects,
        )
    )
    known = _Venues(listed)
    sessions = read_rows(
        find_table(folder, "schedules.csv"),
        SESSIONS,
        lambda row: _session(row, events, known),
        rejects,
    )
    held = [session for session in sessions if session.row["status"] != CANCELLED]
    return Programme(known.all(), known.cities, held)


class Days:
    """On which day each contest was held, and each event that took one day."""

    def __init__(self, programme: Programme) -> None:
        self._contests: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._events: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._joint: set[str] = set()
        for session in programme.sessions:
            self._contests[session.discipline, session.event, session.unit].add(session.day)
            self._events[session.discipline, session.event].add(session.day)
            if session.event in JOINT:
                self._joint.add(session.discipline)

    def of_contest(self, line: Line) -> str:
        """Return the day of a contest."""
        phase = line.session[:_PHASE] + _ANY_UNIT
        for unit in (line.session, phase):
            days = self._contests.get((line.discipline, line.event, unit), set())
            if len(days) == 1:
                return next(iter(days))
        return min(line.day, max(self._events.get((line.discipline, line.event), {line.day})))

    def of_event(self, discipline: str, event: str, results: Collection[str]) -> str:
        """Return the one day of an event, or an empty text where it took several.

        Args:
            discipline: of the event.
            event: its text.
            results: the days of its results.

        """
        days = {*self._events.get((discipline, event), ()), *results}
        return days.pop() if len(days) == 1 and discipline not in self._joint else ""


def _session(row: Row, events: Collection[tuple[str, str]], venues: _Venues) -> Session:
    discipline, event = named(row, "discipline"), row["event"]
    row.choice("status", STATUSES)
    if event and (discipline, event) not in events and not _is_joint(discipline, event, events):
        raise BadCell(
            f"medals.csv has no event of this name in {discipline}",
            column="event",
            value=event,
            hint="Write it as medals.csv does, or add the medals of the event.",
        )
    return Session(
        row=row,
        day=day_first(row, "day"),
        discipline=discipline,
        event=event,
        unit=row["url"].rpartition("/")[2],
        venue=row["venue"],
        place=venues.of(row) if row["venue"] else "",
    )


def _is_joint(discipline: str, event: str, events: Collection[tuple[str, str]]) -> bool:
    return event in JOINT and any(other == discipline for other, _ in events)


class _Venues:
    """The listed venues, and those that the schedule names, found as its rows go by."""

    def __init__(self, listed: Mapping[str, str]) -> None:
        self._listed = listed
        self._ends = {slug(label): end for end, label in listed.items()}
        self._ends |= {end: end for end in listed}
        self._found: dict[str, Venue] = {}
        self.cities: dict[str, str] = {}

    def of(self, row: Row) -> str:
        """Return the end of the IRI of a row's venue, or raise BadCell."""
        name, code = row["venue"], row["venue_code"]
        whole = row["location_description"] if row["location_code"] == code else name
        city = whole.removeprefix(f"{name}, ") if whole.startswith(f"{name}, ") else ""
        venue = self._listed_venue(name if city else whole, row)
        before = self._found.get(venue.end, venue)
        names = {name, *venue.other_names, *before.other_names} - {venue.label}
        self._found[venue.end] = Venue(
            end=venue.end,
            label=venue.label,
            other_names=tuple(sorted(names)),
            within=venue.within or (slug(city) if city else before.within),
            code=code,
        )
        if city:
            self.cities[slug(city)] = city
        return venue.end

    def all(self) -> list[Venue]:
        """Return the listed venues and their parts, sorted by the end of their IRIs."""
        listed = {end: Venue(end, label) for end, label in self._listed.items()}
        return [venue for _, venue in sorted((listed | self._found).items())]

    def _listed_venue(self, whole: str, row: Row) -> Venue:
        name = row["venue"]
        for called in (slug(whole), slug(name), CALLED_OTHERWISE.get(name, "")):
            if called in self._ends:
                end = self._ends[called]
                return Venue(end, self._listed[end])
        for end, label in self._listed.items():
            if whole.startswith(f"{label} "):
                return Venue(slug(whole), whole, within=end)
        raise BadCell(
            "venues.csv has no venue of this name",
            column="venue",
            value=name,
            hint="Add the venue to venues.csv, or correct the name.",
        )


def describe_venues(programme: Programme, nodes: Nodes) -> Iterator[Quad]:
    """Yield each venue, and each city that the schedule names."""
    for venue in programme.venues:
        about: Facts = {
            "kind": mg("Venue"),
            "partOf": nodes.place(venue.within) if venue.within else None,
            "externalId": f"paris2024:{venue.code}" if venue.code else "",
            RDFS_LABEL: english(venue.label),
            SKOS_ALT_LABEL: venue.other_names,
        }
        yield from describe(nodes.place(venue.end), "Place", nodes.graph, about)
    for end, name in sorted(programme.cities.items()):
        city: Facts = {
            "kind": mg("City"),
            "partOf": nodes.place("france"),
            RDFS_LABEL: english(name),
        }
        yield from describe(nodes.place(end), "Place", nodes.graph, city)


def describe_ceremonies(programme: Programme, nodes: Nodes) -> Iterator[Quad]:
    """Yield the opening and the closing."""
    for session in programme.ceremonies:
        about: Facts = {
            RDFS_LABEL: english(session.discipline),
            "kind": mg("Ceremony"),
            "games": nodes.games,
            "date": session.day,
            "place": nodes.place(session.place) if session.place else None,
        }
        yield from describe(nodes.occasion(session.discipline), "Occasion", nodes.graph, about)
