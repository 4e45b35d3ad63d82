"""Which event and which competitor a row means, new ones described."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.importers.statements import RDFS_LABEL, describe, english
from graph.importers.tables import BadCell
from graph.names import mg, slug
from graph.terms import NamedNode

from .believing import check_ages
from .people import named_person
from .rows import several

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.importers.statements import Facts
    from graph.importers.tables import Row
    from graph.terms import Quad

    from .rows import Work

_TEAMS = re.compile(r"teams?|relays?|doubles|pairs?|duets?|tandem|group|fours?|eights?|[2-9]x.*")
"""Words in the name of an event of which a nation enters several people at once."""
_LISTED = 3
_SEXES = {"mens": "M", "men": "M", "womens": "F", "women": "F", "mixed": "Mixed"}


@dataclass(slots=True)
class Meant:
    """What a row means.

    Attributes:
        entry: the competitor or team; None where the row names nobody.
        nations: those that the row names.
        said: what there is to say of what is new.

    """

    event: NamedNode
    games: NamedNode
    entry: NamedNode | None = None
    nations: list[NamedNode] = field(default_factory=list)
    said: list[Quad] = field(default_factory=list)


def event_of(work: Work, row: Row) -> Meant:
    """Return the event that a row means, described if it is new."""
    games, sport = work.known.games(row.needed("games")), work.known.sport(row.needed("sport"))
    text = row.needed("event")
    event = work.known.event(games, sport, text)
    if event is not None:
        return Meant(event, games)
    ends = [node.value.rpartition("/")[2] for node in (games, sport)]
    event = work.names.of("event", *ends, slug(text.replace("+", " plus ")))
    sex = next((_SEXES[word] for word in slug(text).split("-") if word in _SEXES), "")
    facts: Facts = {
        RDFS_LABEL: english(text),
        "games": games,
        "sport": sport,
        "sex": mg(sex) if sex else None,
    }
    return Meant(event, games, said=list(describe(event, "Event", work.graph, facts)))


def entry_of(work: Work, row: Row, medal: str = "") -> Meant:
    """Return the event and the competitor that a row means, described where they are new.

    A competitor that others describe is the one with the same athletes. A row that names no
    athletes means the one of the nation of whom no athletes are known; else the one with the
    medal; else, in an event of teams, the only one of the nation.

    Args:
        work: the run.
        row: the row.
        medal: the colour of the medal that the row is about, if it is about one.

    Raises:
        BadCell: if somebody or something that the row names is not known or not the only one.

    """
    meant = event_of(work, row)
    nations = [work.known.nation(code) for code in several(row["nation"])]
    meant.nations = nations
    people = list(_people(work, row, "athletes", nations, meant))
    if not nations and not people:
        return meant
    if people:
        entries = list(_with(work, meant.event, set(nations), set(people)))
    else:
        entries = _unnamed(work, meant.event, set(nations), medal)
    if len(entries) > 1:
        fitting = ", ".join(sorted(node.value.rpartition("--")[2] for node in entries))
        raise BadCell(
            f"{len(entries)} competitors of the event fit the row: {fitting}",
            column="athletes",
            value=row["athletes"],
            hint="Name all athletes of the one that is meant.",
        )
    if entries:
        meant.entry = entries[0]
        return meant
    if not nations:
        raise BadCell(
            "the nation is empty, and nobody of this name is in the event",
            column="nation",
            hint="Write the three-letter code of the nation.",
        )
    ends = [node.value.rpartition("/")[2] for node in (people if len(people) == 1 else nations)]
    key = slug("-".join(ends))
    meant.entry = work.names.of("entry", meant.event.value.rpartition("/")[2], key)
    facts: Facts = {"event": meant.event, "nation": nations, "athlete": people}
    meant.said += describe(meant.entry, "Entry", work.graph, facts)
    return meant


def guides_of(work: Work, row: Row, meant: Meant) -> list[NamedNode]:
    """Return the guides that a row names.

    Raises:
        BadCell: if one of them is also an athlete of the entry.

    """
    nations = [work.known.nation(code) for code in several(row["nation"])]
    guides = list(_people(work, row, "guides", nations, meant))
    guided = {quad.object for quad in meant.said if quad.predicate == mg("athlete")}
    if meant.entry is not None:
        guided |= work.known.objects(meant.entry, mg("athlete"))
    both = [guide for guide in guides if guide in guided]
    if both:
        raise BadCell(
            "one person cannot be athlete and guide at once",
            column="guides",
            value=row["guides"],
            hint="Leave the person in one of the two columns.",
        )
    return guides


def _people(
    work: Work, row: Row, column: str, nations: list[NamedNode], meant: Meant
) -> Iterator[NamedNode]:
    for name in several(row[column]):
        person, said = named_person(
            work,
            name,
            column=column,
            nation=nations[0] if len(nations) == 1 else None,
            event=meant.event,
        )
        check_ages(work.known, person, [meant.games], cell=(column, name))
        meant.said += said
        yield person


def _with(
    work: Work, event: NamedNode, nations: set[NamedNode], people: set[NamedNode]
) -> Iterator[NamedNode]:
    """Yield the entries that have these athletes, and these nations if there are any."""
    for entry in work.known.entries(event):
        same_nation = not nations or work.known.objects(entry, mg("nation")) == nations
        if same_nation and people <= work.known.objects(entry, mg("athlete")):
            yield entry


def _unnamed(work: Work, event: NamedNode, nations: set[NamedNode], medal: str) -> list[NamedNode]:
    """Return the entries that a row without athletes can mean; none for a new one.

    Raises:
        BadCell: if the event is one of single athletes, and it cannot be said which is meant.

    """
    known = work.known
    entries = [one for one in known.entries(event) if known.objects(one, mg("nation")) == nations]
    nobody = [one for one in entries if not known.objects(one, mg("athlete"))]
    holders = [one for one in entries if medal and known.awards(one, event, mg(medal))]
    if nobody or holders:
        return nobody or holders
    if _is_for_teams(work, event):
        return entries
    athletes = {person for entry in entries for person in known.objects(entry, mg("athlete"))}
    names = sorted(known.label(one) for one in athletes if isinstance(one, NamedNode))
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    in_store = f" The store has {', '.join(names[:_LISTED])}{more}." if names else ""
    raise BadCell(
        "the row names no athletes, and the event is one of single athletes",
        column="athletes",
        hint=f"Write who it was.{in_store}",
    )


def _is_for_teams(work: Work, event: NamedNode) -> bool:
    """Whether nations enter teams in an event, as far as is known: if nobody is, it may be."""
    sizes = [len(work.known.objects(one, mg("athlete"))) for one in work.known.entries(event)]
    words = slug(work.known.label(event)).split("-")
    return max(sizes, default=0) != 1 or any(_TEAMS.fullmatch(word) for word in words)
