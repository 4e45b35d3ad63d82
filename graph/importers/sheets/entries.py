"""Which event and which competitor a row means, new ones described."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.importers.statements import RDFS_LABEL, describe, english
from graph.importers.tables import BadCell
from graph.names import mg, slug

from .people import named_person
from .rows import several

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.importers.statements import Facts
    from graph.importers.tables import Row
    from graph.terms import NamedNode, Quad

    from .rows import Work

_SEXES = {"mens": "M", "men": "M", "womens": "F", "women": "F", "mixed": "Mixed"}


@dataclass(slots=True)
class Meant:
    """What a row means.

    Attributes:
        entry: the competitor or team; None where the row names nobody.
        said: what there is to say of what is new.

    """

    event: NamedNode
    entry: NamedNode | None = None
    said: list[Quad] = field(default_factory=list)


def event_of(work: Work, row: Row) -> Meant:
    """Return the event that a row means, described if it is new."""
    games, sport = work.known.games(row.needed("games")), work.known.sport(row.needed("sport"))
    text = row.needed("event")
    event = work.known.event(games, sport, text)
    if event is not None:
        return Meant(event)
    ends = [node.value.rpartition("/")[2] for node in (games, sport)]
    event = work.names.of("event", *ends, slug(text.replace("+", " plus ")))
    sex = next((_SEXES[word] for word in slug(text).split("-") if word in _SEXES), "")
    facts: Facts = {
        RDFS_LABEL: english(text),
        "games": games,
        "sport": sport,
        "sex": mg(sex) if sex else None,
    }
    return Meant(event, said=list(describe(event, "Event", work.graph, facts)))


def entry_of(work: Work, row: Row) -> Meant:
    """Return the event and the competitor that a row means, described where they are new.

    A competitor that others describe is the one with the same athletes, or, where the row
    names none, the only one of the nation.

    Raises:
        BadCell: if somebody or something that the row names is not known or not the only one.

    """
    meant = event_of(work, row)
    nations = [work.known.nation(code) for code in several(row["nation"])]
    people = list(_people(work, row, "athletes", nations, meant))
    if not nations and not people:
        return meant
    entries = list(_matching(work, meant.event, set(nations), set(people)))
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
    """Return the guides that a row names."""
    nations = [work.known.nation(code) for code in several(row["nation"])]
    return list(_people(work, row, "guides", nations, meant))


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
        meant.said += said
        yield person


def _matching(
    work: Work, event: NamedNode, nations: set[NamedNode], people: set[NamedNode]
) -> Iterator[NamedNode]:
    for entry in work.known.entries(event):
        athletes = work.known.objects(entry, mg("athlete"))
        same_nation = not nations or work.known.objects(entry, mg("nation")) == nations
        if same_nation and (people <= athletes if people else bool(nations)):
            yield entry
